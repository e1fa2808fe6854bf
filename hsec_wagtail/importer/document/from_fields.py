"""Stored fields as pages and groups of a document: the inverse of ``streamfield``.

What a document cannot hold is never passed over: it is a loss, with its place and what it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.conversion import Ids, Item, Loss, Place
from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.from_blocks import block_node, link_node
from hsec_wagtail.importer.document.from_rich_text import Targets
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["Ids", "Loss", "Targets", "restore_group", "restore_page"]

_TEXTS = ("title", "short_name", "search_description", "change_note")
#: Fields of a page that a document holds as they are stored.
_PLAIN = ("status", "anchor", "expected", "layout", "changed")
# Written only where they say something, so that most documents do without.
_RARE = ("seo_title", "show_in_menus", "anchor_aliases")


def restore_page(
    page_type: str,
    fields: Mapping[str, Any],
    *,
    key: str,
    slug: str,
    targets: Targets,
    ids: Ids | None = None,
) -> tuple[doc.Page, list[Loss]]:
    """Return the page that ``fields`` (as stored, ids of pages in them) describe, and what it cannot hold.

    Args:
        page_type: section, forum, topic or policy.
        fields: Names of model fields -> values; the body as raw blocks.
        key: Of the page in the document.
        slug: Of the page on the site.
        targets: What the ids stand for.
        ids: Those of the document so far, where the page is one of several.
    """
    place = Place(key, "", ids or Ids(), targets, [])
    values = {name: clean_text(str(fields.get(name) or "")) for name in _TEXTS}
    values |= {name: fields[name] for name in _PLAIN if fields.get(name)}
    values |= {name: fields[name] for name in _RARE if fields.get(name)}
    page = _page(place, {**values, "type": page_type, "key": key, "slug": slug})
    page.lead = place.at("lead").html(fields.get("lead"))
    for item, kind in _blocks(place.at("body"), fields.get("body")):
        node = block_node(kind, item.value, item.place)
        if node is not None:
            page.body.append(node)
    return page, place.losses


def restore_group(
    fields: Mapping[str, Any],
    *,
    key: str,
    slug: str,
    targets: Targets,
    ids: Ids | None = None,
) -> tuple[doc.LinkGroup, list[Loss]]:
    """Return the group of links that ``fields`` describe, and what it cannot hold."""
    place = Place(f"links/{key}", "", ids or Ids(), targets, [])
    group = doc.LinkGroup(key=key, slug=slug, heading=clean_text(str(fields.get("heading") or "")))
    for item, kind in _blocks(place.at("links"), fields.get("links")):
        link = link_node(item.value, item.place) if kind == "link" else None
        if kind != "link":
            item.place.lose(Message("lost-block", kind=kind))
        if link is not None:
            group.links.append(link)
    return group, place.losses


def _page(place: Place, values: dict[str, Any]) -> doc.Page:
    """Return the page; what the format refuses of it is lost."""
    try:
        return doc.Page(**values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            name = str(fault["loc"][0])
            if name in values:
                value = str(values.pop(name))
                place.at(name).lose(Message("lost-value", value=value, fault=words_of(fault)))
    return doc.Page(**{"title": place.scope, **values})


def _blocks(place: Place, raw_blocks: Any) -> Iterator[tuple[Item, str]]:
    """Yield the blocks of a stream, each with its type."""
    for n, raw in enumerate(raw_blocks if isinstance(raw_blocks, list) else []):
        if not isinstance(raw, dict):
            place.lose(Message("lost-no-block", value=repr(raw)))
            continue
        identity = place.ids.take(raw.get("id"), scope=place.scope, path=f"{place.path}/{n}")
        yield Item(raw.get("value"), place.inside(identity)), str(raw.get("type"))
