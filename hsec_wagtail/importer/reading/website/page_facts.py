"""The facts about a page that are needed while the others are read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.texts import page_leaves
from hsec_wagtail.importer.reading.readers.prose import short_name
from hsec_wagtail.importer.reading.website.hrefs import change_body_links, change_group_links
from hsec_wagtail.importer.reading.website.index import (
    BODY,
    NAVIGATION,
    QUICK_LINKS,
    ChildFacts,
    LinkFacts,
    PageFacts,
)
from hsec_wagtail.importer.text.urls import resolve
from hsec_wagtail.importer.text.words import normalise, words

__all__ = ["facts_of", "links_of"]

_ABBREVIATION = re.compile(r"[^\W\d_a-zà-ÿ][^\Wa-zà-ÿ_]+")


def facts_of(document: doc.Document, *, path: str, url: str) -> PageFacts:
    """Return the facts of the page that ``document`` is."""
    page = document.page
    pages = list(page.walk())
    texts = [leaf.text for one in pages for leaf in page_leaves(one)]
    return PageFacts(
        path=path,
        url=url,
        title=normalise(page.title),
        language=document.language,
        key=page.key,
        is_forum=bool(_abbreviation(short_name(page.title, " ".join(texts)))),
        prose=_prose(pages),
        links=_groups_digest(page.quick_links),
        trail=tuple(map(normalise, document.trail)),
        children=tuple(
            ChildFacts(
                normalise(child.title), _abbreviation(child.short_name), child.anchor, child.key
            )
            for child in page.children
        ),
        anchors=tuple(_anchors(pages)),
    )


def _abbreviation(name: str) -> str:
    """Return ``name``, normalised, if it is made of capitals as those of organisations are, else ""."""
    return normalise(name) if _ABBREVIATION.fullmatch(name) else ""


def links_of(document: doc.Document, *, base: str) -> list[LinkFacts]:
    """Return the links of the page that ``document`` is, to wherever they lead, in order."""
    found: list[LinkFacts] = []

    def note(spot: int, kind: int) -> Callable[[str], str]:
        def take(href: str) -> str:
            target = None if href.startswith("#") else resolve(base, href)
            if target:
                found.append(LinkFacts(spot, kind, target.address))
            return href

        return take

    page = document.page
    for spot, one in enumerate([page, *page.children], start=-1):
        for below in one.walk() if spot >= 0 else [one]:
            change_body_links(below, note(spot, BODY))
            change_group_links(below.quick_links, note(spot, QUICK_LINKS))
    change_group_links(document.navigation, note(-1, NAVIGATION))
    return found


def _prose(pages: Sequence[doc.Page]) -> int:
    """Return how many words of running text ``pages`` have: a menu has none."""
    return sum(
        len(words(leaf.text))
        for page in pages
        for leaf in page_leaves(page)
        if leaf.path.startswith(("page.lead", "page.body"))
        and leaf.text.rstrip().endswith((".", "!", "?", "…", ":", ";"))
    )


def _anchors(pages: Sequence[doc.Page]) -> Iterator[str]:
    # Those of the sections' own are known with the sections.
    for page in pages:
        yield from (node.anchor for node in page.body if isinstance(node, nodes.Heading))


def _groups_digest(groups: Sequence[nodes.LinkGroup]) -> str:
    """Return what tells the labels of quick links from those of others; "" for none."""
    labels = [
        label for group in groups for label in ("", group.heading, *(x.label for x in group.links))
    ]
    return hashlib.sha256("\n".join(map(normalise, labels)).encode()).hexdigest() if labels else ""
