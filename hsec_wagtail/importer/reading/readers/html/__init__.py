"""The reader of saved pages: zones, headings and bodies as of text, found with the help of the markup."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.names import LANGUAGE
from hsec_wagtail.importer.errors import ReadError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers.base import PageImage, Reading
from hsec_wagtail.importer.reading.readers.capture import read_lines
from hsec_wagtail.importer.reading.readers.html.addresses import AddressResolver, own_address
from hsec_wagtail.importer.reading.readers.html.encoding import Decoded, decode_page
from hsec_wagtail.importer.reading.readers.html.lines import page_lines
from hsec_wagtail.importer.reading.readers.html.parsing import MAX_DEPTH, MAX_NODES, Parsed, parse
from hsec_wagtail.importer.reading.readers.html.regions import with_zones
from hsec_wagtail.importer.reading.readers.html.visible import Visible, render
from hsec_wagtail.importer.reading.readers.phrases import guess_language
from hsec_wagtail.importer.reading.source import MAX_BYTES, Markup, Source, check_bytes
from hsec_wagtail.importer.text.languages import primary_language

__all__ = ["MAX_DEPTH", "MAX_NODES", "PageBounds", "read_html"]


@dataclass(frozen=True, slots=True)
class PageBounds:
    """Largest page that is read: in bytes, in elements and texts, and in elements within elements."""

    max_bytes: int = MAX_BYTES
    max_nodes: int = MAX_NODES
    max_depth: int = MAX_DEPTH


def read_html(
    data: bytes,
    *,
    name: str,
    profiles: Sequence[Profile],
    profile: Profile | None = None,
    language: str | None = None,
    base_url: str | None = None,
    bounds: PageBounds = PageBounds(),
    repeated: Container[str] = frozenset(),
) -> Reading:
    """Return the section that the saved page ``data`` shows.

    Args:
        data: The page as it lies on disk.
        name: Its name in messages.
        profiles: Those that may recognise it by themselves.
        profile: The one that was asked for; it must fit.
        language: What was asked for; otherwise the profile's, what the page declares, or guessed.
        base_url: The page's address, where it does not say it itself.
        bounds: Largest page.
        repeated: Lines, normalised, that other pages have in places of no content, too.

    Raises:
        SourceError: Too much, or no text.
        ReadError: Larger than ``bounds``, or there is nothing to read; a frameset names its frames.
    """
    decoded, parsed = _parsed(data, name, bounds)
    own, base = own_address(parsed.soup, base_url)
    visible = render(parsed.soup, AddressResolver(own, base))
    source = _source(name, data, visible)
    title = _title(parsed.soup)
    lines = with_zones(page_lines(source, visible.rows), visible.regions, title=title)
    reading = read_lines(
        source,
        lines,
        format="html",
        profiles=profiles,
        profile=profile,
        language=language
        or (None if profile and profile.language else _language(parsed.soup, source)),
        title=title,
        repeated=repeated,
    )
    if own and reading.document.source:
        reading.document.source.url = own
    loose = _loose_anchors(source, reading.document)
    return replace(
        reading,
        url=own or None,
        images=tuple(_images(visible, reading.document)),
        frames=tuple(visible.frames),
        warnings=(*decoded.warnings, *reading.warnings, *_told(parsed, visible), *loose),
    )


def _parsed(data: bytes, name: str, bounds: PageBounds) -> tuple[Decoded, Parsed]:
    check_bytes(data, name=name, max_bytes=bounds.max_bytes)
    decoded = decode_page(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    parsed = parse(text, name=name, max_nodes=bounds.max_nodes, max_depth=bounds.max_depth)
    return decoded, parsed


def _source(name: str, data: bytes, visible: Visible) -> Source:
    if not visible.rows:
        raise _nothing(name, visible)
    numbers: list[int] = []
    for row in visible.rows:
        numbers += [row.source_line] * (row.number - len(numbers))
    markup = Markup(tuple(visible.runs), tuple(numbers))
    return Source(name, visible.text, hashlib.sha256(data).hexdigest(), markup)


def _nothing(name: str, visible: Visible) -> ReadError:
    if visible.frames:
        return ReadError("frameset-alone", name=name, frames=list(dict.fromkeys(visible.frames)))
    return ReadError("page-shows-no-word", name=name)


def _title(soup: BeautifulSoup) -> str:
    tag = soup.find("title")
    return " ".join(tag.get_text().split()) if tag is not None else ""


def _language(soup: BeautifulSoup, source: Source) -> str | None:
    """Return the language that the page declares; between English and French its words are believed."""
    tag = soup.find("html")
    declared = str(tag.get("lang", "")).strip() if tag is not None else ""
    primary = primary_language(declared)
    if primary in {"", "en", "fr"} or not re.fullmatch(LANGUAGE, primary):
        return guess_language(source.text)
    return primary


def _images(visible: Visible, document: doc.Document) -> list[PageImage]:
    """Return the images with the pages of the document that they stand on."""
    starts = [(page.span[0], page.key) for page in document.page.children if page.span]
    images: list[PageImage] = []
    for picture in visible.pictures:
        n = bisect_right(starts, picture.offset, key=lambda start: start[0])
        key = starts[n - 1][1] if n else document.page.key
        images.append(PageImage(picture.src, picture.alt, key, picture.offset))
    return images


def _loose_anchors(source: Source, document: doc.Document) -> list[Message]:
    """Return warnings of links to places in the page that are no headings."""
    anchors = {"top", *(page.anchor for page in document.page.walk())}
    for page in document.page.walk():
        anchors |= {node.anchor for node in page.body if isinstance(node, nodes.Heading)}
    loose = {
        run.href: run.start
        for run in reversed(source.markup.runs if source.markup else ())
        if run.href.startswith("#") and run.href[1:] not in anchors
    }
    return [
        Message("anchor-unknown", line=source.line_of(start), href=href)
        for href, start in sorted(loose.items(), key=lambda item: item[1])
    ]


def _told(parsed: Parsed, visible: Visible) -> list[Message]:
    notes = [*parsed.faults, *visible.notes]
    told = [Message("at-line", line=line, note=note) for line, note in notes]
    if visible.frames:
        told.insert(0, Message("frameset", frames=list(dict.fromkeys(visible.frames))))
    return told
