"""Keys of the pages and groups of an exported section: those of the import that made them, or stable ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.names import KEY
from hsec_wagtail.importer.exporting.load import StoredPage
from hsec_wagtail.models import ImportItem, QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

__all__ = ["NAVIGATION", "Keys", "read_keys"]

#: Prefix of the keys of items that are groups of a section's navigation.
NAVIGATION = "navigation/"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the pages and groups of an export.

    ``pages`` holds keys by the ids of pages, ``groups`` those of the import by the translation key of
    quick links.
    """

    source: doc.SourceInfo
    trail: list[str] = field(default_factory=list)
    pages: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[Any, str] = field(default_factory=dict)

    def of_group(self, row: QuickLinksSnippet, *, prefix: str) -> str:
        """Return the key of a group whose item is called ``prefix`` and then so."""
        known = self.groups.get(row.translation_key, "")
        key = known.removeprefix(prefix) if known.startswith(prefix) else ""
        return key if KEY.fits(key) else str(row.translation_key)

    @property
    def navigation(self) -> list[Any]:
        """Translation keys of the groups that are the section's navigation."""
        return [name for name, key in self.groups.items() if key.startswith(NAVIGATION)]


def read_keys(pages: Sequence[StoredPage]) -> Keys:
    """Return the names of ``pages``, the top one first, and of the groups that came with them.

    A page has the key of the import that made it or the page it is a translation of, if the same
    import made the top page; else its translation key, which stays when the page is moved or renamed.
    """
    top = pages[0].row
    translations = _translations(top)
    items = _items(translations)
    first = items.get(top.pk) or items.get(("translation", top.translation_key))
    if first is None:
        named = _distinct(pages, items, identity=None)
        key = named[top.pk]
        return Keys(doc.SourceInfo(name=key, key=key), pages=named)
    identity = (first.parent_id, first.source_key)
    named = _distinct(pages, items, identity=identity)
    return Keys(_source(first), _trail(first), named, _groups(identity))


def _translations(top: Any) -> QuerySet[Any]:
    """Return the pages of the section and all their translations."""
    pages = base_page_model()._default_manager
    below = pages.descendant_of(top, inclusive=True).order_by()
    found: QuerySet[Any] = pages.filter(translation_key__in=below.values("translation_key"))
    return found


def _items(translations: QuerySet[Any]) -> dict[Any, ImportItem]:
    """Return the last items that name pages, by the page's id and by ("translation", its translation key)."""
    written = (
        ImportItem.objects.applied()
        .filter(
            content_type__in=page_content_types(),
            object_id__in=translations.annotate(text=Cast("pk", CharField())).values("text"),
        )
        .exclude(key="")
        .only("object_id", "parent_id", "source_key", "key", "language", "source")
    )
    names = dict(translations.values_list("pk", "translation_key"))
    found: dict[Any, ImportItem] = {}
    for item in written.order_by("pk"):
        pk = int(item.object_id)
        # A run that only found a conflict kept no source.
        if item.source_id is None and pk in found:
            item.source_id = found[pk].source_id
        found[pk] = found["translation", names[pk]] = item
    return found


def _distinct(
    pages: Sequence[StoredPage],
    items: Mapping[Any, ImportItem],
    *,
    identity: tuple[str, str] | None,
) -> dict[int, str]:
    taken: set[str] = set()
    named: dict[int, str] = {}
    for page in pages:
        row = page.row
        item = items.get(row.pk) or items.get(("translation", row.translation_key))
        known = item.key if item and (item.parent_id, item.source_key) == identity else ""
        # Versions before this one took any text for a key.
        key = known if KEY.fits(known) else str(row.translation_key)
        if key in taken:
            key = f"{row.translation_key}-{row.pk}"
        taken.add(key)
        named[row.pk] = key
    return named


def _groups(identity: tuple[str, str]) -> dict[Any, str]:
    """Return the keys of the groups that the import made, by their translation keys."""
    parent_id, source_key = identity
    items = ImportItem.objects.filter(
        content_type=ContentType.objects.get_for_model(QuickLinksSnippet),
        parent_id=parent_id,
        source_key=source_key,
        undone=False,
    )
    keys = dict(items.order_by("pk").values_list("object_id", "key"))
    rows = QuickLinksSnippet.objects.annotate(text=Cast("pk", CharField()))
    there = rows.filter(text__in=items.order_by().values("object_id"))
    return {
        translation_key: keys[text]
        for text, translation_key in there.order_by("pk").values_list("text", "translation_key")
    }


def _source(item: ImportItem) -> doc.SourceInfo:
    """Return where the section came from first, as far as the import kept it."""
    key, source = item.source_key, item.source
    if source and source.notes.get("origin"):
        return doc.SourceInfo.model_validate({**source.notes["origin"], "key": key})
    if source is None or source.format == "fixture":
        return doc.SourceInfo(name=key, key=key)
    return doc.SourceInfo(
        name=source.name, key=key, url=source.url or None, sha256=source.sha256 or None
    )


def _trail(item: ImportItem) -> list[str]:
    return list(item.source.notes.get("trail", [])) if item.source else []
