"""Documents as the fields of pages: raw StreamField data with ids that stay from run to run.

Pages are named by their keys here: :class:`PageRef` strings stand where Wagtail wants ids, until
:func:`resolve` puts these in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Any

from hsec_wagtail.importer.document import page_links as pagelinks
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import block_id, key_from
from hsec_wagtail.importer.text.html_cleaning import clean_html, clean_text

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

#: Names of model fields -> values; StreamFields as lists of raw blocks.
Fields = dict[str, Any]

#: Goes up when the same page of a document gives other fields than before, so that a site that was
#: imported earlier is looked at again; tests/importer/document/test_to_fields.py notices.
FORM = 1

_REFERENCE = pagelinks.PAGE
#: Names of block fields that hold the id of a page.
_PAGE_FIELDS = frozenset({"page"})
_PAGE_LISTS = frozenset({"topics"})

# What an import makes of a link to a document once it knows its id here.
_DOCUMENT_LINK = re.compile(r'<a href="document:([0-9]{1,18})">')
_LOST_DOCUMENT_LINK = re.compile(r'<a href="document:[^"]*">((?:(?!</a>).)*)</a>', re.DOTALL)


def page_fields(page: doc.Page, *, source_key: str) -> Fields:
    """Return the fields of a page; its parent and its slug are the plan's affair.

    Block ids are made of ``source_key``, the page's key and the node's, so that they stay.
    """
    scope = f"{source_key}\n{page.key}"
    fields: Fields = {
        "title": clean_text(page.title),
        "lead": _rich_text(page.lead) if page.lead else "",
        "status": page.status,
        # Where it is empty the page makes its own.
        "anchor": page.anchor,
        "expected": page.expected or "",
        "search_description": clean_text(page.search_description),
        "changed": page.changed.isoformat() if page.changed else None,
        "change_note": clean_text(page.change_note),
        "body": [_block(scope, node) for node in page.body if says_something(node)],
    }
    if page.type == "forum":
        fields["short_name"] = clean_text(page.short_name)
    if page.type == "section":
        fields["layout"] = page.layout
    fields |= {name: value for name, value in _of_sites(page) if value is not None}
    return fields


def _of_sites(page: doc.Page) -> Iterator[tuple[str, Any]]:
    """Yield the fields that no source fills, only an export of a site."""
    yield "seo_title", None if page.seo_title is None else clean_text(page.seo_title)
    yield "show_in_menus", page.show_in_menus
    yield "anchor_aliases", page.anchor_aliases


def group_fields(group: doc.LinkGroup, *, scope: str) -> Fields:
    """Return the fields of a group of links; ``scope`` names what it belongs to, for its ids."""
    return {
        "heading": clean_text(group.heading),
        "links": [
            {
                "type": "link",
                "id": link_identity(group, link, scope),
                "value": _link_value(link),
            }
            for link in group.links
        ],
    }


def _rich_text(html: str, *, inline: bool = False) -> str:
    """Return ``html`` cleaned and as Wagtail stores it: its editor cannot open a ``<br>`` without the slash."""
    html = clean_html(html, inline=inline).replace("<br>", "<br/>")
    html = _DOCUMENT_LINK.sub(r'<a linktype="document" id="\1">', html)
    return pagelinks.mark(_LOST_DOCUMENT_LINK.sub(r"\1", html))


def says_something(node: doc.BodyNode) -> bool:
    """Tell whether ``node`` becomes a block: a paragraph of nothing does not."""
    return not isinstance(node, doc.Paragraph | doc.ListNode) or bool(_value(node, ""))


def _block(scope: str, node: doc.BodyNode) -> dict[str, Any]:
    kind = "paragraph" if isinstance(node, doc.ListNode) else node.type
    block = identity(node, scope)
    return {"type": kind, "value": _value(node, block), "id": block}


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


def identity(node: doc.Node, scope: str, *, place: int | None = None) -> str:
    """Return the id of the block or item that ``node`` becomes within ``scope``.

    ``place`` is its number in a list; it counts where the node has neither id nor key.
    """
    return _node_id(node, scope) or block_id(scope, str(place))


def link_identity(group: doc.LinkGroup, link: doc.Link, scope: str) -> str:
    """Return the id of the block that ``link`` of ``group`` becomes."""
    return link.id or block_id(scope, f"{group.key}/{link.key}")


def _node_id(node: doc.Node, scope: str) -> str | None:
    return node.id or (block_id(scope, node.key) if node.key else None)


@singledispatch
def _value(node: doc.BodyNode, scope: str) -> Any:
    raise TypeError(f"No block for {type(node).__name__}.")


@_value.register
def _(node: doc.Paragraph, scope: str) -> str:
    return _rich_text(node.html)


@_value.register
def _(node: doc.ListNode, scope: str) -> str:
    tag = "ol" if node.ordered else "ul"
    texts = (_item_html(item.html) for item in node.items)
    items = "".join(f"<li>{text}</li>" for text in texts if text)
    # As a whole: an item that holds nothing but a list goes into the one before it.
    return _rich_text(f"<{tag}>{items}</{tag}>") if items else ""


def _item_html(html: str) -> str:
    """Return the HTML of an item: inline text, and the lists in the item behind it."""
    match = _INNER_LIST.search(html)
    start = match.start() if match else len(html)
    return clean_html(html[:start], inline=True) + clean_html(html[start:])


@_value.register
def _(node: doc.Heading, scope: str) -> dict[str, Any]:
    text = clean_text(node.text)
    return {"text": text, "anchor": node.anchor or key_from(text), "level": str(node.level)}


@_value.register
def _(node: doc.Initiatives, scope: str) -> dict[str, Any]:
    return {
        "intro": _rich_text(node.intro) if node.intro else "",
        "grouping": node.grouping,
        "initiatives": _items(
            [
                _initiative(item, identity(item, scope, place=n))
                for n, item in enumerate(node.items)
            ],
            [_node_id(item, scope) for item in node.items],
            scope,
        ),
    }


def _initiative(item: doc.Initiative, scope: str) -> dict[str, Any]:
    dates = [
        {"edtf": date.edtf, "label": clean_text(date.label), "text": clean_text(date.text)}
        for date in item.dates
    ]
    return {
        "text": _rich_text(item.html),
        "dates": _items(dates, [_node_id(date, scope) for date in item.dates], scope),
        "topics": _items(
            [_reference(key) for key in item.topics],
            _known(item.topic_ids, item.topics),
            f"{scope}/topics",
        ),
    }


@_value.register
def _(node: doc.Members, scope: str) -> dict[str, Any]:
    members = [
        {
            "name": clean_text(member.name),
            "country": member.country or "",
            "role": member.role,
            "since": member.since or "",
            "until": member.until or "",
        }
        for member in node.items
    ]
    return {
        "intro": _rich_text(node.intro) if node.intro else "",
        "display": node.display,
        "members": _items(members, [_node_id(member, scope) for member in node.items], scope),
    }


@_value.register
def _(node: doc.LinkNode, scope: str) -> dict[str, Any]:
    return {**_link_value(node), "document": node.document.pk if node.document else None}


def _link_value(link: doc.Link) -> dict[str, Any]:
    return {
        "label": clean_text(link.label),
        "page": _reference(link.page) if link.page else None,
        "url": pagelinks.mark_url(link.url or ""),
    }


@_value.register
def _(node: doc.Notice, scope: str) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "text": _rich_text(node.html),
        "starts": node.starts.isoformat() if node.starts else None,
        "ends": node.ends.isoformat() if node.ends else None,
    }


@_value.register
def _(node: doc.Funding, scope: str) -> dict[str, Any]:
    return {
        "title": clean_text(node.title),
        "description": _rich_text(node.html),
        "opens": node.opens.isoformat() if node.opens else None,
        "closes": node.closes.isoformat() if node.closes else None,
        "eligibility": _rich_text(node.eligibility),
        "how_to_apply": _rich_text(node.how_to_apply),
        "url": node.url or "",
    }


@_value.register
def _(node: doc.Quote, scope: str) -> dict[str, Any]:
    return {"text": clean_text(node.text), "attribution": clean_text(node.attribution)}


@_value.register
def _(node: doc.Table, scope: str) -> dict[str, Any]:
    ids = node.cell_ids or []
    rows = [
        _items(
            [_rich_text(cell, inline=True) for cell in row],
            _known(ids[n] if n < len(ids) else None, row),
            f"{scope}/{n}",
        )
        for n, row in enumerate(node.rows)
    ]
    return {
        "caption": clean_text(node.caption),
        "header": node.header,
        "rows": _items(rows, _known(node.row_ids, rows), scope),
    }


@_value.register
def _(node: doc.Contact, scope: str) -> dict[str, Any]:
    return {
        "name": clean_text(node.name),
        "address": clean_text(node.address),
        "email": clean_text(node.email),
        "phone": clean_text(node.phone),
        "url": node.url or "",
    }


@_value.register
def _(node: doc.Details, scope: str) -> dict[str, Any]:
    return {"summary": clean_text(node.summary), "text": _rich_text(node.html)}


@_value.register
def _(node: doc.Documents, scope: str) -> dict[str, Any]:
    items = [
        {
            "document": item.file.pk if item.file else None,
            "title": clean_text(item.title),
            "language": item.language,
        }
        for item in node.items
    ]
    ids = [_node_id(item, scope) for item in node.items]
    return {"heading": clean_text(node.heading), "documents": _items(items, ids, scope)}


@_value.register
def _(node: doc.Image, scope: str) -> dict[str, Any]:
    image = {
        "image": node.file.pk if node.file else None,
        "decorative": node.decorative,
        "alt_text": clean_text(node.alt),
    }
    return {"image": image, "caption": clean_text(node.caption)}


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
        if value.startswith(pagelinks.PART):
            return pagelinks.put_url(value, addresses)
        return pagelinks.put(value, ids, addresses)

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

    def name_of(value: Any, field: str) -> Any:
        if isinstance(value, str):
            if field == "url":
                return pagelinks.name_url(value, addresses)
            return pagelinks.name(value, keys, addresses)
        if field in _PAGE_FIELDS or field in _PAGE_LISTS:
            return _reference(keys[value]) if isinstance(value, int) and value in keys else value
        return value

    def walk(value: Any, field: str) -> Any:
        if isinstance(value, dict):
            return {
                name: walk(part, name if name != "value" else field) for name, part in value.items()
            }
        if isinstance(value, list):
            return [walk(part, field) for part in value]
        return name_of(value, field)

    return {name: walk(value, name) for name, value in fields.items()}
