"""Stored fields as pages and groups of a document: the inverse of ``to_fields``.

What a document cannot hold is never dropped silently: it is reported as a loss, with its place and content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.conversion import Ids, Loss, StoredItem, StoredPlace
from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.from_blocks import block_node, link_node
from hsec_wagtail.importer.document.from_rich_text import LinkTargets
from hsec_wagtail.importer.document.nodes import LinkGroup
from hsec_wagtail.importer.document.page_spec import PAGE
from hsec_wagtail.importer.document.part_kinds import PartKind
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["Ids", "LinkTargets", "Loss", "restore_group", "restore_page"]


def restore_page(
    page_type: str,
    fields: Mapping[str, Any],
    *,
    key: str,
    slug: str,
    targets: LinkTargets,
    ids: Ids | None = None,
) -> tuple[doc.Page, list[Loss]]:
    """Return the page that ``fields`` (as stored, with ids of pages) describe, and the losses.

    Args:
        page_type: section, forum, topic or policy.
        fields: Names of model fields -> values; the body as raw blocks.
        key: Of the page in the document.
        slug: Of the page on the site.
        targets: The pages and files that the ids stand for.
        ids: Those of the document so far, where the page is one of several.
    """
    place = StoredPlace(key, "", ids or Ids(), targets, [])
    page = _page(place, {**_values(place, fields), "type": page_type, "key": key, "slug": slug})
    for item, kind in _blocks(place.at("body"), fields.get("body")):
        node = block_node(kind, item.value, item.place)
        if node is not None:
            page.body.append(node)
    return page, place.losses


def _values(place: StoredPlace, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the page that are not empty, without its body."""
    values: dict[str, Any] = {}
    for part in PAGE.parts:
        stored = fields.get(part.stored or "")
        if not stored or part.kind is PartKind.LIST:
            continue
        match part.kind:
            case PartKind.PLAIN:
                values[part.field] = clean_text(str(stored))
            case PartKind.RICH:
                values[part.field] = place.at(part.field).html(stored)
            case PartKind.SETTING | PartKind.DATA | PartKind.DAY | PartKind.EDTF:
                values[part.field] = stored
    return values


def restore_group(
    fields: Mapping[str, Any],
    *,
    key: str,
    slug: str,
    targets: LinkTargets,
    ids: Ids | None = None,
) -> tuple[LinkGroup, list[Loss]]:
    """Return the group of links that ``fields`` describe, and the losses."""
    place = StoredPlace(f"links/{key}", "", ids or Ids(), targets, [])
    group = LinkGroup(key=key, slug=slug, heading=clean_text(str(fields.get("heading") or "")))
    for item, kind in _blocks(place.at("links"), fields.get("links")):
        link = link_node(item.value, item.place) if kind == "link" else None
        if kind != "link":
            item.place.lose(Message("lost-block", kind=kind))
        if link is not None:
            group.links.append(link)
    return group, place.losses


def _page(place: StoredPlace, values: dict[str, Any]) -> doc.Page:
    """Return the page; values that the format refuses are lost."""
    try:
        return doc.Page(**values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            name = str(fault["loc"][0])
            if name in values:
                value = str(values.pop(name))
                place.at(name).lose(Message("lost-value", value=value, fault=words_of(fault)))
    return doc.Page(**{"title": place.scope, **values})


def _blocks(place: StoredPlace, raw_blocks: Any) -> Iterator[tuple[StoredItem, str]]:
    """Yield the blocks of a stream, each with its type."""
    for n, raw in enumerate(raw_blocks if isinstance(raw_blocks, list) else []):
        if not isinstance(raw, dict):
            place.lose(Message("lost-no-block", value=repr(raw)))
            continue
        identity = place.ids.take(raw.get("id"), scope=place.scope, path=f"{place.path}/{n}")
        yield StoredItem(raw.get("value"), place.inside(identity)), str(raw.get("type"))
