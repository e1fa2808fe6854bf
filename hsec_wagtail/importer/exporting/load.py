"""A section of a site: its pages and quick links, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from wagtail.models import Locale, PageViewRestriction, Revision

from hsec_wagtail.importer.document.node_specs import GROUP
from hsec_wagtail.importer.document.page_spec import PAGE, Fields
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.writing.object_fields import fields_of_revision, fields_of_row
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types, page_type_of
from hsec_wagtail.page_models import base_page_model

__all__ = ["StoredGroup", "StoredPage", "StoredSection", "read_groups", "read_section"]

#: The fields of a page and of a group that a document holds; slugs are not among the fields that are compared.
_FIELDS = ("slug", *(part.stored for part in PAGE.parts if part.stored))
_GROUP_FIELDS = ("slug", *(part.stored for part in GROUP.parts if part.stored))


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of ours: its row, its type in a document, and the fields that a document holds."""

    row: Any
    type: str
    fields: Fields

    @property
    def above(self) -> str:
        """Path of the page above."""
        return str(self.row.path[: -type(self.row).steplen])

    @property
    def name(self) -> Message:
        """Its name in messages."""
        return Message("named-page", title=self.fields["title"], pk=self.row.pk)


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """Quick links: the row, and the fields that a document holds."""

    row: QuickLinksSnippet
    fields: Fields

    @property
    def name(self) -> Message:
        """Its name in messages."""
        title = self.fields["heading"] or self.row.slug
        return Message("named-links", title=title, pk=self.row.pk)


@dataclass(slots=True)
class StoredSection:
    """The pages, parents first, and the groups of links beside them, with warnings."""

    pages: list[StoredPage] = field(default_factory=list)
    groups: list[StoredGroup] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)


def read_section(page: Any, *, draft: bool) -> StoredSection:
    """Return ``page``, which is one of ours, and all below it as the public sees them, or as editors do.

    Args:
        page: The page at the top.
        draft: Read the newest drafts, and pages that are not public, too.
    """
    section = StoredSection()
    below = base_page_model()._default_manager.descendant_of(page, inclusive=True)
    kept = _keep(below, section.warnings, draft=draft)
    rows = below.filter(content_type__in=page_content_types()).order_by("path").specific()
    drafts = _drafts(below, draft=draft)
    locales = Locale.objects.in_bulk()
    for row in rows:
        if row.pk in kept:
            # Addresses depend on it.
            row.locale = locales[row.locale_id]
            kind = page_type_of(row.content_type_id)
            fields = _fields(row, drafts.get(row.pk), _FIELDS)
            section.pages.append(StoredPage(row, kind, fields))
    section.warnings += _private(page)
    section.groups += read_groups(Q(page__in=below.values("pk")), draft=draft)
    return section


def read_groups(condition: Q, *, draft: bool) -> Iterator[StoredGroup]:
    """Yield the groups of links that meet ``condition``, in their order."""
    groups = QuickLinksSnippet.objects.filter(condition)
    if not draft:
        groups = groups.filter(live=True)
    drafts = _drafts(groups, draft=draft)
    for row in groups.order_by("sort_order", "pk"):
        yield StoredGroup(row, _fields(row, drafts.get(row.pk), _GROUP_FIELDS))


def _keep(below: Any, warnings: list[Message], *, draft: bool) -> set[int]:
    """Return the ids of the pages to write; those left out are named in ``warnings``."""
    kept: set[int] = set()
    out: list[tuple[str, list[str]]] = []
    rows = below.order_by("path").values_list(
        "pk", "path", "title", "live", "content_type_id", "has_unpublished_changes", "alias_of"
    )
    for pk, path, title, live, content_type_id, has_draft, alias_of in rows:
        page = (title, pk)
        if out and path.startswith(out[-1][0]):
            out[-1][1].append(f"{title} ({pk})")
        elif why := _barrier(page, content_type_id, live=live, draft=draft):
            out.append((path, []))
            warnings.append(why)
        else:
            kept.add(pk)
            warnings += _notes(page, live=live, has_draft=has_draft, alias_of=alias_of, draft=draft)
    warnings += [Message("export-below-left-out", pages=names) for _, names in out if names]
    return kept


def _barrier(
    page: tuple[str, int], content_type_id: int, *, live: bool, draft: bool
) -> Message | None:
    """Return why ``page``, its title and id, is left out, if it is."""
    title, pk = page
    if not page_type_of(content_type_id):
        kind = ContentType.objects.get_for_id(content_type_id).name
        return Message("export-own-type", title=title, pk=pk, type=kind)
    if not (live or draft):
        return Message("export-not-public-left-out", title=title, pk=pk)
    return None


def _notes(
    page: tuple[str, int], *, live: bool, has_draft: bool, alias_of: int | None, draft: bool
) -> Iterator[Message]:
    title, pk = page
    if draft and not live:
        yield Message("export-not-public-here", title=title, pk=pk)
    elif draft and has_draft:
        yield Message("export-draft", title=title, pk=pk)
    elif has_draft:
        yield Message("export-newer-draft", title=title, pk=pk)
    if alias_of:
        yield Message("export-alias", title=title, pk=pk, of=alias_of)


def _drafts(rows: Any, *, draft: bool) -> dict[int, Mapping[str, Any]]:
    """Return the contents of the newest drafts of ``rows`` where they differ from what is public, by row."""
    if not draft:
        return {}
    changed = rows.filter(Q(has_unpublished_changes=True) | Q(live=False)).order_by()
    revisions = Revision.objects.filter(pk__in=changed.values("latest_revision_id"))
    return {
        int(object_id): content
        for object_id, content in revisions.values_list("object_id", "content")
    }


def _fields(row: Any, draft: Mapping[str, Any] | None, names: Iterable[str]) -> Fields:
    return fields_of_revision(type(row), draft, names) if draft else fields_of_row(row, names)


def _private(page: Any) -> Iterator[Message]:
    """Yield a warning for every restriction on pages of the section, or above it."""
    for restriction in PageViewRestriction.objects.select_related("page").order_by("page__path"):
        other = restriction.page
        if other.path.startswith(page.path) or page.path.startswith(other.path):
            yield Message("export-private", title=other.title, pk=other.pk)
