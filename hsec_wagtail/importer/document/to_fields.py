"""Documents as the fields of pages: raw StreamField data with ids that stay from run to run.

Pages are named by their keys here: :class:`PageRef` strings stand where Wagtail wants ids, until
:func:`resolve` puts these in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from hsec_wagtail.importer.document import page_links
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import block_id, slug_from
from hsec_wagtail.importer.document.node_specs import block_spec, spec_of
from hsec_wagtail.importer.document.nodes import (
    BodyNode,
    Heading,
    Link,
    LinkGroup,
    ListNode,
    Node,
    Paragraph,
    RawBlock,
)
from hsec_wagtail.importer.document.page_spec import PAGE, Fields, change_fields
from hsec_wagtail.importer.document.part_kinds import Part, PartKind
from hsec_wagtail.importer.document.stored_parts import change_value
from hsec_wagtail.importer.text.html_cleaning import clean_html, clean_text
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = [
    "FORM",
    "Fields",
    "group_fields",
    "identity",
    "link_identity",
    "page_fields",
    "resolve",
    "says_something",
    "unresolve",
]

_INNER_LIST = re.compile(r"<[ou]l>")

#: Goes up when the same page of a document gives other fields than before, so that a site that was
#: imported earlier is looked at again; tests/importer/document/test_to_fields.py notices.
FORM = 2

_REFERENCE = page_links.PAGE

# What an import makes of a link to a document once it knows its id here.
_DOCUMENT_LINK = re.compile(r'<a href="document:([0-9]{1,18})">')
_LOST_DOCUMENT_LINK = re.compile(r'<a href="document:[^"]*">((?:(?!</a>).)*)</a>', re.DOTALL)


def page_fields(page: doc.Page, *, source_key: str) -> Fields:
    """Return the fields of a page; the plan decides on its parent and its slug.

    Block ids are made of ``source_key``, the page's key and the node's, so that they stay.
    """
    scope = f"{source_key}\n{page.key}"
    fields: Fields = {}
    for part in PAGE.parts:
        value = getattr(page, part.field)
        absent = part.stored is None or (part.site_only and value is None)
        if absent or (part.only_on and page.type not in part.only_on):
            continue
        if part.kind is PartKind.LIST:
            fields[part.field] = [_block(scope, node) for node in value if says_something(node)]
        else:
            fields[part.field] = _scalar(part, value)
    return fields


def group_fields(group: LinkGroup, *, scope: str) -> Fields:
    """Return the fields of a group of links; ``scope`` names what it belongs to, for its ids."""
    return {
        "heading": clean_text(group.heading),
        "links": [
            {
                "type": "link",
                "id": link_identity(group, link, scope),
                "value": _value(link, ""),
            }
            for link in group.links
        ],
    }


def _rich_text(html: str, *, inline: bool = False) -> str:
    """Return ``html`` cleaned and as Wagtail stores it: its editor cannot open a ``<br>`` without the slash."""
    html = clean_html(html, inline=inline).replace("<br>", "<br/>")
    html = _DOCUMENT_LINK.sub(r'<a linktype="document" id="\1">', html)
    return page_links.mark(_LOST_DOCUMENT_LINK.sub(r"\1", html))


def says_something(node: BodyNode) -> bool:
    """Tell whether ``node`` becomes a block: an empty paragraph does not."""
    return not isinstance(node, Paragraph | ListNode) or bool(_value(node, ""))


def _block(scope: str, node: BodyNode) -> dict[str, Any]:
    block = identity(node, scope)
    return {"type": _block_type(node), "value": _value(node, block), "id": block}


def _block_type(node: BodyNode) -> str:
    match node:
        case RawBlock():
            return node.block
        case ListNode():
            return "paragraph"
    return spec_of(node).block


def _items(values: list[Any], ids: list[str | None], scope: str) -> list[dict[str, Any]]:
    """Return the children of a ListBlock; those without an id get one from their place."""
    return [
        {"type": "item", "value": value, "id": known or block_id(scope, str(n))}
        for n, (value, known) in enumerate(zip(values, ids, strict=True))
    ]


def _known(ids: list[str] | None, values: Sequence[Any]) -> list[str | None]:
    """Return the ``ids`` of ``values`` as far as they are given, None for the rest."""
    given = list(ids or ())[: len(values)]
    return [*given, *[None] * (len(values) - len(given))]


def identity(node: Node, scope: str, *, place: int | None = None) -> str:
    """Return the id of the block or item that ``node`` becomes within ``scope``.

    ``place`` is its number in a list; it counts where the node has neither id nor key.
    """
    return _node_id(node, scope) or block_id(scope, str(place))


def link_identity(group: LinkGroup, link: Link, scope: str) -> str:
    """Return the id of the block that ``link`` of ``group`` becomes."""
    return link.id or block_id(scope, f"{group.key}/{link.key}")


def _node_id(node: Node, scope: str) -> str | None:
    return node.id or (block_id(scope, node.key) if node.key else None)


@singledispatch
def _value(node: Node, scope: str) -> Any:
    """Return the value of the block, or of the item, that ``node`` becomes, as its row says."""
    spec = spec_of(node)
    if whole := spec.part_at(""):
        return _stored(node, whole, scope)
    struct: dict[str, Any] = {}
    for part in spec.parts:
        if part.stored is not None:
            outer, _, inner = part.stored.partition(".")
            value = _stored(node, part, scope)
            if inner:
                struct.setdefault(outer, {})[inner] = value
            else:
                struct[outer] = value
    return struct


def _stored(node: Node, part: Part, scope: str) -> Any:
    value = getattr(node, part.field)
    match part.kind:
        case PartKind.LIST:
            return _list(value, scope)
        case PartKind.CELLS:
            return _cells(node, part, scope)
        case PartKind.PAGE if part.many:
            ids = _known(getattr(node, part.ids[0]), value)
            return _items([_reference(key) for key in value], ids, f"{scope}/{part.field}")
    return _scalar(part, value)


def _scalar(part: Part, value: Any) -> Any:
    match part.kind:
        case PartKind.PLAIN:
            return clean_text(value)
        case PartKind.RICH:
            return _rich_text(value) if value else ""
        case PartKind.URL:
            return page_links.mark_url(value or "")
        case PartKind.PAGE:
            return _reference(value) if value else None
        case PartKind.FILE:
            return value.pk if value else None
        case PartKind.DAY:
            return value.isoformat() if value else None
    return "" if value is None else value


def _list(nodes: Sequence[Node], scope: str) -> list[dict[str, Any]]:
    values = [_value(node, identity(node, scope, place=n)) for n, node in enumerate(nodes)]
    return _items(values, [_node_id(node, scope) for node in nodes], scope)


def _cells(node: Node, part: Part, scope: str) -> list[dict[str, Any]]:
    row_ids, cell_ids = (getattr(node, name) for name in part.ids)
    ids = cell_ids or []
    rows = [
        _items(
            [_rich_text(cell, inline=True) for cell in row],
            _known(ids[n] if n < len(ids) else None, row),
            f"{scope}/{n}",
        )
        for n, row in enumerate(getattr(node, part.field))
    ]
    return _items(rows, _known(row_ids, rows), scope)


@_value.register
def _(node: ListNode, scope: str) -> str:
    tag = "ol" if node.ordered else "ul"
    texts = (_item_html(item.html) for item in node.items)
    items = "".join(f"<li>{text}</li>" for text in texts if text)
    # As a whole: an item that holds nothing but a list goes into the one before it.
    return _rich_text(f"<{tag}>{items}</{tag}>") if items else ""


def _item_html(html: str) -> str:
    """Return the HTML of an item: inline text, followed by the lists in the item."""
    match = _INNER_LIST.search(html)
    start = match.start() if match else len(html)
    return clean_html(html[:start], inline=True) + clean_html(html[start:])


@_value.register
def _(node: Heading, scope: str) -> dict[str, Any]:
    text = clean_text(node.text)
    return {"text": text, "anchor": node.anchor or slug_from(text), "level": str(node.level)}


@_value.register
def _(node: RawBlock, scope: str) -> Any:
    def stored(part: Part, value: Any) -> Any:
        if part.kind is PartKind.FILE:
            return node.file_id(value)
        if part.kind is PartKind.PAGE:
            reference = parse_reference(value) if isinstance(value, str) else None
            return _reference(reference[0]) if reference else None
        is_text = part.is_text or part.kind is PartKind.URL
        return _scalar(part, value) if is_text and isinstance(value, str) else value

    return change_value(node.value, block_spec(node.block), stored)


def _reference(key: str) -> str:
    return f"{_REFERENCE}{key}"


def resolve(
    fields: Fields, ids: Mapping[str, int], urls: Mapping[str, str] | None = None
) -> Fields:
    """Return ``fields`` with the ids of pages in place of references to their keys.

    A key without an id becomes None in a field and goes from a list; a link in rich text to it is its text.
    ``urls`` are addresses of pages by key, for links to parts of them; without it they lead to the pages.
    """
    addresses = {} if urls is None else urls

    def put(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.startswith(_REFERENCE):
            return ids.get(value[len(_REFERENCE) :])
        if value.startswith(page_links.PART):
            return page_links.put_url(value, addresses)
        return page_links.put(value, ids, addresses)

    def keep(item: Any) -> bool:
        value = item.get("value") if isinstance(item, dict) else None
        return (
            not (isinstance(value, str) and value.startswith(_REFERENCE)) or put(value) is not None
        )

    return {name: _walk(value, put, keep) for name, value in fields.items()}


def _walk(value: Any, put: Callable[[Any], Any], keep: Callable[[Any], bool]) -> Any:
    if isinstance(value, dict):
        return {name: _walk(part, put, keep) for name, part in value.items()}
    if isinstance(value, list):
        return [_walk(part, put, keep) for part in value if keep(part)]
    return put(value)


def unresolve(
    fields: Fields, keys: Mapping[int, str], urls: Mapping[str, str] | None = None
) -> Fields:
    """Return ``fields`` with references in place of the ids of pages that ``keys`` names.

    ``urls`` are keys by addresses of pages, for links to parts of them.
    """
    addresses = {} if urls is None else urls

    def named(part: Part, value: Any) -> Any:
        if part.kind is PartKind.PAGE:
            return _reference(keys[value]) if isinstance(value, int) and value in keys else value
        if isinstance(value, str) and part.is_html:
            return page_links.name(value, keys, addresses)
        if isinstance(value, str) and part.kind is PartKind.URL:
            return page_links.name_url(value, addresses)
        return value

    return change_fields(fields, named)
