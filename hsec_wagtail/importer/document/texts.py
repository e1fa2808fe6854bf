"""The texts of a document, one by one, with where each stands in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.text.words import html_text

__all__ = ["Leaf", "body_leaves", "leaves"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of a document.

    ``path`` names it as error messages do: ``page.children[2].body[0].items[1]``. ``aside`` is text
    that a reader of the page meets in another form, such as the URL behind a label: it may stand in
    the source beside the text.
    """

    path: str
    text: str
    span: doc.Span | None
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


def page_leaves(page: doc.Page, path: str = "page") -> Iterator[Leaf]:
    """Yield the texts of one page, its children's left out."""
    yield Leaf(f"{path}.title", page.title, page.title_span or page.span)
    if page.lead:
        yield Leaf(f"{path}.lead", html_text(page.lead), page.lead_span)
    for n, node in enumerate(page.body):
        yield from body_leaves(node, f"{path}.body[{n}]")
    for n, group in enumerate(page.quick_links):
        yield from _group_leaves(group, f"{path}.quick_links[{n}]")


def _group_leaves(group: doc.LinkGroup, path: str) -> Iterator[Leaf]:
    if group.heading:
        yield Leaf(f"{path}.heading", group.heading, group.heading_span)
    for n, link in enumerate(group.links):
        yield Leaf(f"{path}.links[{n}]", link.label, link.span, link.url or "")


def body_leaves(node: doc.BodyNode, path: str) -> Iterator[Leaf]:
    """Yield the texts of one node of a body, in reading order."""
    match node:
        case doc.Heading(text=text):
            yield Leaf(path, text, node.span)
        case doc.Paragraph(html=html) | doc.Notice(html=html):
            yield Leaf(path, html_text(html), node.span)
        case doc.ListNode() | doc.Initiatives():
            yield from _list_leaves(node, path)
        case doc.Members():
            yield from _member_leaves(node, path)
        case doc.LinkNode():
            yield Leaf(path, node.label, node.span, node.url or "")
        case doc.Table():
            yield from _table_leaves(node, path)
        case _:
            text = "\n".join(_texts(node))
            yield Leaf(path, text, node.span)


def _list_leaves(node: doc.ListNode | doc.Initiatives, path: str) -> Iterator[Leaf]:
    if isinstance(node, doc.Initiatives) and node.intro:
        yield Leaf(f"{path}.intro", html_text(node.intro), node.intro_span)
    items: Sequence[doc.ListItem | doc.Initiative] = node.items
    for n, item in enumerate(items):
        yield Leaf(f"{path}.items[{n}]", html_text(item.html), item.span)


def _member_leaves(node: doc.Members, path: str) -> Iterator[Leaf]:
    if node.intro:
        yield Leaf(f"{path}.intro", html_text(node.intro), None)
    if node.display == "list":
        for n, member in enumerate(node.items):
            yield Leaf(f"{path}.items[{n}]", member.name, member.span)


def _table_leaves(node: doc.Table, path: str) -> Iterator[Leaf]:
    cells = [html_text(cell) for row in node.rows for cell in row]
    yield Leaf(path, "\n".join([node.caption, *cells]), node.span)


def _texts(node: doc.BodyNode) -> list[str]:
    match node:
        case doc.Funding():
            parts = [node.title, node.html, node.eligibility, node.how_to_apply]
        case doc.Quote():
            parts = [node.text, node.attribution]
        case doc.Contact():
            parts = [node.name, node.address, node.email, node.phone]
        case doc.Details():
            parts = [node.summary, node.html]
        case doc.Documents():
            parts = [node.heading, *(item.title for item in node.items)]
        case doc.Image():
            parts = [node.caption]
        case _:
            parts = []
    return [html_text(part) for part in parts if part]
