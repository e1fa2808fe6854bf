"""The links of a page, wherever they are in it: listed and changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_parts import change_html
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = ["change_body_links", "change_group_links", "html_links"]

#: What a link's address becomes: itself, another one, or ``page:KEY`` with or without an anchor.
HrefChange = Callable[[str], str]

_START = re.compile(r"<a\s[^<>]*>")
_HREF = re.compile(r"""(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")


def html_links(html: str, change: HrefChange) -> str:
    """Return ``html`` with the addresses of its links as ``change`` has them."""
    return _START.sub(lambda start: _changed(start[0], change), html) if "<a" in html else html


def _changed(start: str, change: HrefChange) -> str:
    def new(match: re.Match[str]) -> str:
        before = unescape(next(part for part in match.groups()[1:] if part is not None))
        after = change(before)
        return match[0] if after == before else f'{match[1]}"{escape(after)}"'

    return _HREF.sub(new, start, count=1)


def change_body_links(page: doc.Page, change: HrefChange) -> None:
    """Change the links in the lead and the body of ``page``, in the order in which they stand."""
    page.lead = html_links(page.lead, change)
    for node in page.body:
        if isinstance(node, nodes.LinkNode):
            _change_link(node, change)
        else:
            change_html(node, lambda html: html_links(html, change))


def change_group_links(groups: Iterable[nodes.LinkGroup], change: HrefChange) -> None:
    """Change the links of ``groups``."""
    for group in groups:
        for link in group.links:
            _change_link(link, change)


def _change_link(link: nodes.Link, change: HrefChange) -> None:
    if not link.url:
        return
    url = change(link.url)
    reference = parse_reference(url)
    if reference and not reference[1]:
        link.page, link.url = reference[0], None
    else:
        link.url = url
