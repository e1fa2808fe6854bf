"""The texts of a document, one by one, with their spans in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_specs import block_spec, spec_of
from hsec_wagtail.importer.document.nodes import Node, RawBlock
from hsec_wagtail.importer.document.page_spec import PAGE
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.stored_parts import value_parts
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.text.words import html_text

__all__ = [
    "Leaf",
    "leaves",
    "navigation_leaves",
    "node_leaves",
    "own_text",
    "page_leaves",
    "raw_text",
    "stored_text",
]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of a document.

    ``path`` names it as error messages do: ``page.children[2].body[0].items[1]``. ``aside`` is text
    that a page shows in another form, such as the URL behind a label: it may be in
    the source beside the text.
    """

    path: str
    text: str
    span: Span | None
    aside: str = ""


def leaves(document: doc.Document) -> Iterator[Leaf]:
    """Yield every text of the document's pages, page by page.

    Breadcrumb and navigation are not among them: readers claim these as chrome.
    """
    stack = [("page", document.page)]
    while stack:
        path, page = stack.pop()
        yield from page_leaves(page, path)
        below = [(f"{path}.children[{n}]", child) for n, child in enumerate(page.children)]
        stack.extend(reversed(below))


def navigation_leaves(document: doc.Document) -> Iterator[Leaf]:
    """Yield the texts of the navigation that an import of ``document`` brings along."""
    for n, group in enumerate(document.navigation):
        yield from node_leaves(group, f"navigation[{n}]")


def page_leaves(page: doc.Page, path: str = "page") -> Iterator[Leaf]:
    """Yield the texts of one page in reading order, its children's left out."""
    for part in PAGE.parts:
        if part.field == "body":
            for n, node in enumerate(page.body):
                yield from node_leaves(node, f"{path}.body[{n}]")
        elif part.kind is PartKind.LIST:
            yield from _item_leaves(page, part, path)
        elif text := _shown_text(page, part):
            span = getattr(page, part.span) if part.span else None
            place = page.span if part.field == "title" else None
            yield Leaf(f"{path}.{part.field}", text, span or place)


def node_leaves(node: Node, path: str) -> Iterator[Leaf]:
    """Yield the texts of one node of a body, or of a group of links, in reading order.

    A node's own text is one; a part that has its own place in the source, and
    each item of a list, is another.
    """
    if isinstance(node, RawBlock):
        yield Leaf(path, raw_text(node), node.span)
        return
    spec = spec_of(node)
    placed = [part for part in spec.parts if part.span]
    for part in placed:
        if text := _shown_text(node, part):
            yield Leaf(f"{path}.{part.field}", text, getattr(node, part.span))
    if text := own_text(node):
        yield Leaf(path, text, node.span, _aside(node, spec))
    for part in spec.parts:
        if part.kind is PartKind.LIST and not part.repeats and part.is_shown(node.__dict__):
            yield from _item_leaves(node, part, path)


def _item_leaves(node: Node, part: Part, path: str) -> Iterator[Leaf]:
    for n, item in enumerate(getattr(node, part.field)):
        yield from node_leaves(item, f"{path}.{part.field}[{n}]")


def own_text(node: Node) -> str:
    """Return a node's own text: without its items, and without parts that have their own place in the source."""
    if isinstance(node, RawBlock):
        return raw_text(node)
    texts = (_shown_text(node, part) for part in spec_of(node).parts if not part.span)
    return "\n".join(text for text in texts if text)


def _shown_text(node: Node, part: Part) -> str:
    if not part.is_text or not part.is_shown(node.__dict__):
        return ""
    return _text(part, getattr(node, part.field))


def _text(part: Part, value: Any) -> str:
    match part.kind:
        case PartKind.CELLS:
            return "\n".join(html_text(cell) for row in value for cell in row)
        case PartKind.RICH:
            return html_text(value)
    return str(value or "")


def _aside(node: Node, spec: NodeSpec) -> str:
    names = (part.aside for part in spec.parts if part.aside)
    return next((url for name in names if (url := getattr(node, name))), "")


def raw_text(node: RawBlock) -> str:
    """Return the text of a site's own block; of one that the site does not describe, all its strings."""
    found = value_parts("", node.value, block_spec(node.block))
    return "\n".join(
        text for part in found if part.shown and (text := stored_text(part.part, part.value))
    )


def stored_text(part: Part | None, value: Any) -> str:
    """Return the visible text of a stored part; of a part that no row describes, what looks like text."""
    if not isinstance(value, str) or not value.strip() or not (part is None or part.is_text):
        return ""
    return value if part and part.kind is PartKind.PLAIN else html_text(value)
