"""Menus in frames: pages of links that are the navigation of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pydantic import ValidationError

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_parts import html_of
from hsec_wagtail.importer.reading.website.hrefs import html_links
from hsec_wagtail.importer.text.words import html_text

__all__ = ["menu_groups"]

_ANCHOR = re.compile(r"<a\s[^<>]*>")
_LONGEST_LABEL = 255


def menu_groups(document: doc.Document) -> list[nodes.LinkGroup]:
    """Return all links of the page ``document`` as groups: those that stand in none come first."""
    loose: list[nodes.Link] = []
    groups = [*document.navigation]
    for page in document.page.walk():
        groups += page.quick_links
        for text in [page.lead, *(html for node in page.body for html in html_of(node))]:
            loose += _links(text)
        loose += [
            nodes.Link(label=node.label, url=node.url)
            for node in page.body
            if isinstance(node, nodes.LinkNode)
        ]
    first = [nodes.LinkGroup(slug="site-navigation", links=loose)] if loose else []
    return [*first, *groups]


def _links(html: str) -> Iterator[nodes.Link]:
    """Yield the links in ``html``."""
    for part in html.split("</a>")[:-1]:
        starts = list(_ANCHOR.finditer(part))
        if not starts:
            continue
        hrefs: list[str] = []

        def note(href: str, hrefs: list[str] = hrefs) -> str:
            hrefs.append(href)
            return href

        html_links(starts[-1][0], note)
        label = " ".join(html_text(part[starts[-1].end() :]).split())[:_LONGEST_LABEL]
        if label and hrefs:
            try:
                yield nodes.Link(label=unescape(label), url=hrefs[0])
            except ValidationError:
                yield nodes.Link(label=label)
