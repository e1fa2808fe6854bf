"""The pages of one file in the tree: sections kept or folded in, links resolved to pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.website.hrefs import change_body_links, change_group_links
from hsec_wagtail.importer.reading.website.index import Index
from hsec_wagtail.importer.text.urls import page_reference, resolve

__all__ = ["fold", "group_spans", "link_groups", "link_pages"]

_DEEPEST_HEADING = 4
_FIRST_HEADING = 2


def fold(page: doc.Page) -> None:
    """Make the pages below ``page`` parts of its body, under headings; their nodes get keys anew."""
    if not page.children:
        return
    stack = [(child, _FIRST_HEADING) for child in reversed(page.children)]
    page.children = []
    while stack:
        child, level = stack.pop()
        page.body += _as_part(child, min(level, _DEEPEST_HEADING))
        page.quick_links += child.quick_links
        stack += [(below, level + 1) for below in reversed(child.children)]
    for node in _nodes(page):
        node.key = None
    set_keys(doc.Document.model_construct(page=page, navigation=[]))


def _as_part(page: doc.Page, level: int) -> Iterator[nodes.BodyNode]:
    span = page.title_span or page.span
    yield nodes.Heading(text=page.title, anchor=page.anchor, level=level, span=span)
    if page.lead:
        yield nodes.Paragraph(html=page.lead, span=page.lead_span)
    for node in page.body:
        if isinstance(node, nodes.Heading):
            node.level = min(node.level + level - 1, _DEEPEST_HEADING)
        yield node


def _nodes(page: doc.Page) -> Iterator[nodes.Node]:
    stack: list[object] = [*page.body, *page.quick_links]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, BaseModel):
            stack += value.__dict__.values()
            if isinstance(value, nodes.Node):
                yield value


def group_spans(groups: Sequence[nodes.LinkGroup]) -> Iterator[Span]:
    """Yield where the texts of ``groups`` stand in their source."""
    for group in groups:
        yield from (span for span in (group.heading_span, *(x.span for x in group.links)) if span)


def link_pages(index: Index, pages: Sequence[doc.Page], *, number: int) -> list[str]:
    """Make links in ``pages``, of the file ``number``, to pages of the import links by key.

    Return the addresses of those that lead to pages of the same site that are not in the import.
    """
    linker = _Linker(index, number)
    for page in pages:
        change_body_links(page, linker.change)
        change_group_links(page.quick_links, linker.change)
    return list(linker.unresolved)


def link_groups(index: Index, groups: Sequence[nodes.LinkGroup], *, number: int) -> None:
    """Make links in ``groups``, of the file ``number``, to pages of the import links by key."""
    change_group_links(groups, _Linker(index, number).change)


class _Linker:
    def __init__(self, index: Index, number: int) -> None:
        self._index = index
        self._number = number
        self._base = index.base(number)
        #: As a dict: in order, each once.
        self.unresolved: dict[str, None] = {}

    def change(self, href: str) -> str:
        """Return the reference to the page that ``href`` leads to, or its whole address."""
        if href.startswith("#"):
            return href
        whole = resolve(self._base, href)
        if whole is None:
            return href
        found = self._index.target(href, at=self._number)
        if found is None:
            if self._index.is_ours(whole.address):
                self.unresolved[href] = None
            # A local address is one among the files; nothing but the href is known of it.
            return _joined(whole.address, href) if "//" in whole.address else href
        if found.number == self._number and "#" in href:
            return href[href.index("#") :]
        return self._reference(found.number, found.spot, found.anchor)

    def _reference(self, number: int, spot: int, anchor: str) -> str:
        one = self._index.spool.one
        key, keeps = one("SELECT key, keeps FROM file WHERE number = ?", number) or ("", 0)
        if spot >= 0 and keeps:
            child = one("SELECT key FROM child WHERE number = ? AND spot = ?", number, spot)
            return page_reference(child[0] if child else key)
        return page_reference(key, anchor)


def _joined(address: str, href: str) -> str:
    fragment = href.partition("#")[2]
    return f"{address}#{fragment}" if fragment else address
