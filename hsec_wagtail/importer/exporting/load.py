"""A section as a site has it: its pages and quick links, read in a number of queries that does not grow."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from wagtail.models import Locale, PageViewRestriction, Revision, get_page_models

from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model, page_models

__all__ = ["StoredGroup", "StoredPage", "StoredSection", "page_type_of", "read_section"]

_FIELDS = (
    "title", "slug", "lead", "body", "status", "anchor", "anchor_aliases", "expected", "changed",
    "change_note", "short_name", "layout", "search_description", "seo_title", "show_in_menus",
)  # fmt: skip
_GROUP_FIELDS = ("heading", "slug", "links")


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
        """What messages call it."""
        return Message("named-page", title=self.fields["title"], pk=self.row.pk)


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """Quick links: the row, and the fields that a document holds."""

    row: QuickLinksSnippet
    fields: Fields

    @property
    def name(self) -> Message:
        """What messages call it."""
        title = self.fields["heading"] or self.row.slug
        return Message("named-links", title=title, pk=self.row.pk)


@dataclass(slots=True)
class StoredSection:
    """The pages, parents first, and the groups of links beside them; what needs a look is in ``warnings``."""

    pages: list[StoredPage] = field(default_factory=list)
    groups: list[StoredGroup] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)


def page_type_of(content_type_id: int) -> str:
    """Return section, forum, topic or policy; "" for pages of other types."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return next(
        (kind for kind, ours in page_models().items() if model and issubclass(model, ours)), ""
    )


def read_section(page: Any, *, draft: bool) -> StoredSection:
    """Return ``page``, which is one of ours, and all below it as the public sees them, or as editors do.

    Args:
        page: The page at the top.
        draft: Read the newest drafts, and pages that are not public, too.
    """
    section = StoredSection()
    below = base_page_model()._default_manager.descendant_of(page, inclusive=True)
    kept = _keep(below, section.warnings, draft=draft)
    rows = below.filter(content_type__in=_our_types()).order_by("path").specific()
    drafts = _drafts(below, draft=draft)
    locales = Locale.objects.in_bulk()
    for row in rows:
        if row.pk in kept:
            # Addresses depend on it.
            row.locale = locales[row.locale_id]
            content = drafts.get(row.pk) or _content(row, _FIELDS)
            kind = page_type_of(row.content_type_id)
            section.pages.append(StoredPage(row, kind, _fields(content, _FIELDS)))
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
        content = drafts.get(row.pk) or _content(row, _GROUP_FIELDS)
        yield StoredGroup(row, _fields(content, _GROUP_FIELDS))


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


def _our_types() -> list[ContentType]:
    ours = tuple(page_models().values())
    models = [model for model in get_page_models() if issubclass(model, ours)]
    return list(ContentType.objects.get_for_models(*models).values())


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


def _content(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields ``names`` of ``row`` as a revision has them."""
    content: dict[str, Any] = {}
    for name in names:
        value: Any = getattr(row, name, None)
        if hasattr(value, "raw_data"):
            value = list(value.raw_data)
        elif hasattr(value, "isoformat"):
            value = value.isoformat()
        content[name] = value
    return content


def _fields(content: Mapping[str, Any], names: Collection[str]) -> Fields:
    fields = {name: content.get(name) for name in names}
    for name in {"body", "links"} & fields.keys():
        value = fields[name]
        fields[name] = json.loads(value) if isinstance(value, str) and value else value or []
    return fields


def _private(page: Any) -> Iterator[Message]:
    """Yield a warning for every restriction on pages of the section, or above it."""
    for restriction in PageViewRestriction.objects.select_related("page").order_by("page__path"):
        other = restriction.page
        if other.path.startswith(page.path) or page.path.startswith(other.path):
            yield Message("export-private", title=other.title, pk=other.pk)
