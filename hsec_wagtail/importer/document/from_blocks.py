"""Stored blocks as the nodes of a document, by the rows of their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.conversion import StoredItem, StoredPlace
from hsec_wagtail.importer.document.keys import block_id, slug_from
from hsec_wagtail.importer.document.node_specs import block_spec
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.stored_parts import change_value, stored_value
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text
from hsec_wagtail.importer.text.urls import page_reference

__all__ = ["block_node", "link_node"]

NodeT = TypeVar("NodeT")


def block_node(block_type: str, value: Any, place: StoredPlace) -> nodes.BodyNode | None:
    """Return the block ``value`` as a node, or None where no node can hold it; that is a loss."""
    spec = block_spec(block_type)
    if spec is None or spec.node is nodes.RawBlock:
        return _raw(block_type, value, place)
    make = _MAKERS.get(block_type)
    return make(value, place) if make else _node(spec, value, place)


def _raw(block_type: str, value: Any, place: StoredPlace) -> nodes.RawBlock | None:
    """Return a block of the site's own, whole."""
    spec = block_spec(block_type)
    if spec is None:
        place.warn(Message("kept-block", block=block_type))

    def named(part: Part, value: Any) -> Any:
        match part.kind:
            case PartKind.RICH:
                return place.html(value)
            case PartKind.PAGE:
                key = place.page_key(value)
                return key and page_reference(key)
            case PartKind.FILE:
                file = place.file(value, part.file)
                return file and file.model_dump()
        return value

    return place.make(
        nodes.RawBlock, id=place.id, block=block_type, value=change_value(value, spec, named)
    )


def _node(spec: NodeSpec, value: Any, place: StoredPlace) -> Any:
    """Return a stored block or item as a node, as its row says; None is a loss."""
    struct = place.check(value, spec.stored_names())
    for outer, inner in _inner_names(spec).items():
        place.at(outer).check(struct.get(outer), inner)
    values: dict[str, Any] = {}
    for part in spec.parts:
        if part.stored is not None:
            values |= _read(part, struct, place)
    return place.make(spec.node, id=place.id, **values)


def _inner_names(spec: NodeSpec) -> dict[str, list[str]]:
    """Return the names of parts that are stored inside another one."""
    found: dict[str, list[str]] = {}
    for part in spec.parts:
        outer, _, inner = (part.stored or "").partition(".")
        if inner:
            found.setdefault(outer, []).append(inner)
    return found


def _read(part: Part, struct: Mapping[str, Any], place: StoredPlace) -> dict[str, Any]:
    """Return the fields of the node that a stored part fills."""
    stored = stored_value(struct, part)
    inside = place.at(*(part.stored or "").split("."))
    match part.kind:
        case PartKind.PLAIN:
            return {part.field: clean_text(str(stored or ""))}
        case PartKind.RICH:
            return {part.field: inside.html(stored)}
        case PartKind.LIST if part.item:
            make = partial(_node, part.item)
            return {part.field: _each(inside.items(stored), make)}
        case PartKind.CELLS:
            return _cells(part, stored, place)
        case PartKind.PAGE if part.many:
            return _pages(part, inside.items(stored), place)
        case PartKind.PAGE:
            return {part.field: inside.page_key(stored)}
        case PartKind.FILE:
            return {part.field: place.file(stored, part.file)}
    # Where nothing is stored the node has its default.
    return {} if stored in (None, "") else {part.field: stored}


def _pages(part: Part, items: list[StoredItem], place: StoredPlace) -> dict[str, Any]:
    pages = [(item.place.page_key(item.value), item.place.id) for item in items]
    found = [(key, identity) for key, identity in pages if key]
    ids = [identity for _, identity in found]
    made = _numbered(f"{place.id}/{part.field}", len(ids))
    return {part.field: [key for key, _ in found], part.ids[0]: ids if ids != made else None}


def _cells(part: Part, stored: Any, place: StoredPlace) -> dict[str, Any]:
    rows = place.at(part.field).items(stored)
    cells = [row.place.items(row.value) for row in rows]
    row_ids = [row.place.id for row in rows]
    cell_ids = [[cell.place.id for cell in row] for row in cells]
    made = [_numbered(f"{place.id}/{n}", len(row)) for n, row in enumerate(cells)]
    outer, inner = part.ids
    return {
        part.field: [[cell.place.html(cell.value, inline=True) for cell in row] for row in cells],
        outer: row_ids if row_ids != _numbered(place.id, len(rows)) else None,
        inner: cell_ids if cell_ids != made else None,
    }


def _numbered(scope: str, count: int) -> list[str]:
    """Return the ids that an import gives items that have none."""
    return [block_id(scope, str(n)) for n in range(count)]


def _paragraph(value: Any, place: StoredPlace) -> nodes.Paragraph | None:
    html = place.html(value)
    return place.make(nodes.Paragraph, id=place.id, html=html) if html else None


def _heading(value: Any, place: StoredPlace) -> nodes.Heading | None:
    struct = place.check(value, ("text", "anchor", "level"))
    text = _text(struct, "text")
    anchor = struct.get("anchor") or (slug_from(text) if text else "")
    level = struct.get("level") or "2"
    return place.make(nodes.Heading, id=place.id, text=text, anchor=anchor, level=level)


def _link_block(value: Any, place: StoredPlace) -> nodes.LinkNode | None:
    struct = place.check(value, ("label", "page", "url", "document"))
    return place.make(nodes.LinkNode, id=place.id, **_link(struct, place))


def link_node(value: Any, place: StoredPlace) -> nodes.Link | None:
    """Return the stored link of a group of quick links."""
    struct = place.check(value, ("label", "page", "url"))
    return place.make(nodes.Link, id=place.id, **_link(struct, place))


def _link(struct: dict[str, Any], place: StoredPlace) -> dict[str, Any]:
    """Return label and target; where several are stored, the one that the site shows."""
    label, url = _text(struct, "label"), _text(struct, "url")
    page, document = struct.get("page"), struct.get("document")
    if (page and (url or document)) or (url and document):
        place.lose(Message("lost-targets"))
    target: dict[str, Any] = {}
    if page:
        target = _page_target(page, place)
    elif document:
        target = {"document": place.file(document, "document")}
    elif url:
        target = {"url": place.targets.named(url)}
    shown = target.get("document")
    label = label or (shown.title if shown else "") or target.get("url") or ""
    return {"label": label, **target}


def _page_target(page: Any, place: StoredPlace) -> dict[str, Any]:
    if page in place.targets.keys:
        return {"page": place.targets.keys[page]}
    if address := place.targets.addresses.get(page):
        return {"url": address}
    place.lose(Message("lost-target-page", page=str(page)))
    return {}


def _each(items: list[StoredItem], make: Callable[[Any, StoredPlace], NodeT | None]) -> list[NodeT]:
    made = (make(item.value, item.place) for item in items)
    return [node for node in made if node is not None]


def _text(struct: dict[str, Any], name: str) -> str:
    return clean_text(str(struct.get(name) or ""))


#: Blocks whose nodes need more than their rows say.
_MAKERS: dict[str, Callable[[Any, StoredPlace], nodes.BodyNode | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "link": _link_block,
}
