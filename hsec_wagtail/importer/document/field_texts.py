"""Provenance: from which stretch of the source each part of a page came, and the texts of what is stored.

Parts are named by content paths, as Wagtail's comments and wagtail-localize spell them: ``title``,
``body.<block id>``, ``body.<block id>.initiatives.<item id>.text``, ``links.<block id>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.schema import Span
from hsec_wagtail.importer.document.to_fields import Fields, identity, link_identity, says_something
from hsec_wagtail.importer.text.words import html_text

__all__ = ["asides", "group_spans", "lies_in", "spans", "texts"]


def spans(page: doc.Page, *, source_key: str) -> dict[str, Span]:
    """Return where each part of ``page`` stands in its source, in the order of the page.

    Parts whose place is not known are left out, and so are quick links, which are items of their own. A
    plain list is one block: it stands from its first item to its last.
    """
    scope = f"{source_key}\n{page.key}"
    found: list[tuple[str, Span | None]] = [
        ("title", page.title_span or page.span),
        ("lead", page.lead_span if page.lead else None),
    ]
    for node in page.body:
        if says_something(node):
            found += _node_spans(node, identity(node, scope))
    return {path: span for path, span in found if span}


def group_spans(group: doc.LinkGroup, *, scope: str) -> dict[str, Span]:
    """Return where heading and links of ``group`` stand; ``scope`` is that of its fields."""
    found: list[tuple[str, Span | None]] = [("heading", group.heading_span)]
    for link in group.links:
        found.append((f"links.{link_identity(group, link, scope)}", link.span))
    return {path: span for path, span in found if span}


def _node_spans(node: doc.BodyNode, block: str) -> Iterator[tuple[str, Span | None]]:
    path = f"body.{block}"
    match node:
        case doc.ListNode():
            yield path, node.span or _hull(item.span for item in node.items)
        case doc.Initiatives():
            yield path, node.span
            yield f"{path}.intro", node.intro_span
            for n, item in enumerate(node.items):
                yield from _initiative_spans(item, path, identity(item, block, place=n))
        case doc.Members():
            yield path, node.span
            for n, member in enumerate(node.items):
                yield f"{path}.members.{identity(member, block, place=n)}", member.span
        case _:
            yield path, node.span


def _initiative_spans(
    item: doc.Initiative, path: str, item_id: str
) -> Iterator[tuple[str, Span | None]]:
    yield f"{path}.initiatives.{item_id}.text", item.span
    for n, date in enumerate(item.dates):
        date_id = identity(date, item_id, place=n)
        yield f"{path}.initiatives.{item_id}.dates.{date_id}", date.span


def _hull(places: Iterable[Span | None]) -> Span | None:
    known = [span for span in places if span]
    return (min(start for start, _ in known), max(end for _, end in known)) if known else None


#: Fields of pages, and parts of blocks, that readers of a page do not see.
_DATA = frozenset(
    "status expected anchor anchor_aliases slug layout search_description seo_title changed level grouping"
    " display decorative country role since until edtf kind starts ends opens closes header language url page document image".split()
)
#: Parts of our blocks, and fields, that hold plain text: what looks like markup there is text.
_PLAIN = frozenset(
    "title short_name heading label caption summary name address email phone attribution change_note".split()
)
_PLAIN_BLOCKS = frozenset({"heading", "quote"})
#: Fields and parts of blocks as they are read; PostgreSQL keeps the keys of an object in an order of its own.
_ORDER = {
    name: place
    for place, name in enumerate(
        "title heading short_name summary caption name label intro text lead description eligibility"
        " how_to_apply attribution address email phone initiatives dates members documents rows body"
        " links".split()
    )
}


def texts(fields: Fields) -> dict[str, str]:
    """Return the visible text of every part of ``fields`` that has any, in the order of the page.

    ``fields`` is what is stored: raw StreamField data, an editor's own blocks and a site's own block types
    among it. The dates of an initiative repeat its text and are named all the same.
    """
    return {
        leaf.path: leaf.value if leaf.plain else html_text(leaf.value) for leaf in _leaves(fields)
    }


def asides(fields: Fields) -> dict[str, str]:
    """Return the addresses behind labels by the paths of the labels."""
    return {leaf.path: leaf.url for leaf in _leaves(fields) if leaf.url}


def lies_in(path: str, part: str) -> bool:
    """Tell whether ``path`` is ``part`` or something within it."""
    return path == part or path.startswith(f"{part}.")


class _Leaf(NamedTuple):
    path: str
    value: Any
    plain: bool = False
    url: str = ""


def _leaves(fields: Fields) -> Iterator[_Leaf]:
    """Yield the texts, their parts in order; what is not text is none."""
    stack = [_Leaf("", fields)]
    while stack:
        leaf = stack.pop()
        if isinstance(leaf.value, str):
            # Control characters begin references to pages.
            if leaf.value.strip() and not leaf.value.startswith("\x01"):
                yield leaf
        else:
            stack += reversed(list(_parts(leaf)))


def _parts(leaf: _Leaf) -> Iterator[_Leaf]:
    prefix = f"{leaf.path}." if leaf.path else ""
    if isinstance(leaf.value, Mapping):
        url = leaf.value.get("url")
        parts = sorted(leaf.value.items(), key=lambda part: _ORDER.get(part[0], len(_ORDER)))
        for name, part in parts:
            if name in _DATA or (name == "members" and leaf.value.get("display") == "text"):
                continue
            plain = leaf.plain or name in _PLAIN
            aside = url if name == "label" and isinstance(url, str) else ""
            yield _Leaf(f"{prefix}{name}", part, plain, aside)
    elif isinstance(leaf.value, list):
        for n, part in enumerate(leaf.value):
            if isinstance(part, Mapping) and "value" in part:
                plain = leaf.plain or str(part.get("type")) in _PLAIN_BLOCKS
                yield _Leaf(f"{prefix}{part.get('id') or n}", part["value"], plain)
            else:
                yield _Leaf(f"{prefix}{n}", part, leaf.plain)
