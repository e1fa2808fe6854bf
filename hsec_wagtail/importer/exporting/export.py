"""A section of a site as a section document: pages, bodies, quick links, and the keys that an import gave them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.from_fields import (
    Ids,
    LinkTargets,
    Loss,
    restore_group,
    restore_page,
)
from hsec_wagtail.importer.document.references import find_references
from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.errors import ExportError
from hsec_wagtail.importer.exporting.keys import NAVIGATION, Keys, read_keys
from hsec_wagtail.importer.exporting.load import (
    StoredGroup,
    StoredPage,
    StoredSection,
    read_groups,
    read_section,
)
from hsec_wagtail.importer.exporting.site_fields import site_field_notes
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.writing.media import describe_files
from hsec_wagtail.importer.writing.redirects import redirected_paths
from hsec_wagtail.models import SectionPageMixin
from hsec_wagtail.models.queries import page_type_of
from hsec_wagtail.page_models import base_page_model

__all__ = ["Export", "choose_languages", "export_section"]


@dataclass(frozen=True, slots=True)
class Export:
    """A section document, and warnings: above all of what it could not hold."""

    document: doc.Document
    warnings: tuple[Message, ...]


def choose_languages(page: Any, *, language: str | None = None, every: bool = False) -> list[Any]:
    """Return ``page``, its translation in ``language``, or it and all its translations.

    Raises:
        ExportError: There is no translation in ``language``.
    """
    if language is None and not every:
        return [page]
    model = base_page_model()
    rows = model._default_manager.filter(translation_key=page.translation_key)
    found = {row.locale.language_code: row for row in rows.select_related("locale").specific()}
    if every:
        return [page, *(row for row in found.values() if row.pk != page.pk)]
    if language not in found:
        raise ExportError(
            "no-translation",
            title=page.title,
            pk=page.pk,
            language=str(language),
            known=sorted(found),
        )
    return [found[language]]


def export_section(page: Any, *, draft: bool = False) -> Export:
    """Return ``page`` and all of ours below it as a document; the number of queries does not grow with them.

    Args:
        page: A page of one of our types.
        draft: Write the newest drafts, and pages that are not public, too.

    Raises:
        ExportError: The page is of another type, or not public and no draft was asked for.
    """
    if not page_type_of(page.content_type_id):
        kind = str(page.specific_class._meta.verbose_name)
        raise ExportError("export-of-other-type", title=page.title, pk=page.pk, type=kind)
    section = read_section(page, draft=draft)
    if not section.pages:
        raise ExportError("export-not-public", title=page.title, pk=page.pk)
    keys = read_keys(section.pages)
    of_section = Q(translation_key__in=keys.navigation, page=None, locale_id=page.locale_id)
    navigation = list(read_groups(of_section, draft=draft))
    writer = _DocumentWriter(section, keys, navigation)
    document = writer.document(page.locale.language_code)
    return Export(document, (*section.warnings, *site_field_notes(section.pages), *writer.warnings))


class _DocumentWriter:
    """Writes the section that was read as a document."""

    def __init__(
        self, section: StoredSection, keys: Keys, navigation: Sequence[StoredGroup]
    ) -> None:
        self._section = section
        self._keys = keys
        self._navigation = navigation
        self._ids = Ids()
        self.warnings: list[Message] = []
        groups = [group.fields for group in (*section.groups, *navigation)]
        self._targets = _targets([*(page.fields for page in section.pages), *groups], keys, section)
        self._redirects = redirected_paths(section.pages[0].row)

    def document(self, language: str) -> doc.Document:
        """Return the document, and note in ``warnings`` what it cannot hold."""
        pages = self._pages()
        navigation = [self._group(group, prefix=NAVIGATION) for group in self._navigation]
        return doc.Document(
            language=language,
            source=self._keys.source,
            trail=_trail(self._section.pages[0].row, self._keys),
            page=pages[0],
            navigation=navigation,
        )

    def _pages(self) -> list[doc.Page]:
        groups: dict[int | None, list[StoredGroup]] = {}
        for group in self._section.groups:
            groups.setdefault(group.row.page_id, []).append(group)
        pages: dict[str, doc.Page] = {}
        for stored in self._section.pages:
            page = self._page(stored)
            prefix = f"{page.key}/links/"
            beside = groups.get(stored.row.pk, [])
            page.quick_links = [self._group(group, prefix=prefix) for group in beside]
            if pages:
                pages[stored.above].children.append(page)
            pages[stored.row.path] = page
        return list(pages.values())

    def _page(self, stored: StoredPage) -> doc.Page:
        page, losses = restore_page(
            stored.type,
            stored.fields,
            key=self._keys.pages[stored.row.pk],
            slug=stored.fields["slug"] or stored.row.slug,
            targets=self._targets,
            ids=self._ids,
        )
        page.addresses = self._redirects.get(stored.row.pk, [])
        self._note(stored.name, losses)
        return page

    def _group(self, stored: StoredGroup, *, prefix: str) -> nodes.LinkGroup:
        group, losses = restore_group(
            stored.fields,
            key=self._keys.of_group(stored.row, prefix=prefix),
            slug=stored.fields["slug"] or stored.row.slug,
            targets=self._targets,
            ids=self._ids,
        )
        self._note(stored.name, losses)
        return group

    def _note(self, item: Message, losses: Iterable[Loss]) -> None:
        self.warnings += [
            Message("lost-at", item=item, path=loss.path, loss=loss.text) for loss in losses
        ]


def _trail(top: Any, keys: Keys) -> list[str]:
    """Return the names above the section as its page has them; above other pages, as their source had them."""
    if isinstance(top, SectionPageMixin):
        return [line for line in map(str.strip, top.trail.splitlines()) if line]
    return keys.trail


def _targets(fields: Iterable[Fields], keys: Keys, section: StoredSection) -> LinkTargets:
    """Return the pages and files that the ids in ``fields`` stand for."""
    found = find_references(fields)
    documents, images = describe_files(documents=found.documents, images=found.images)
    outside = found.pages - keys.pages.keys()
    parts = {
        url: keys.pages[page.row.pk]
        for page in section.pages
        for url in (page.row.get_url(), page.row.get_full_url())
        if url
    }
    return LinkTargets(
        keys=keys.pages,
        addresses=_addresses(outside) if outside else {},
        documents=documents,
        images=images,
        parts=parts,
    )


def _addresses(pks: Collection[int]) -> dict[int, str]:
    """Return the full URLs of those pages that are public."""
    rows = base_page_model()._default_manager.filter(pk__in=pks, live=True).select_related("locale")
    urls = ((row.pk, row.get_full_url()) for row in rows)
    return {pk: url for pk, url in urls if url}
