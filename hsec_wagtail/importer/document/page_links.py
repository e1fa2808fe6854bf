r"""Links in rich text to pages of the import: by key in a document, by id on a site.

In a document a page is ``href="page:KEY"``, a part of it ``href="page:KEY#anchor"``. In fields on their way
to a site these are ``linktype="page" id="\x01hsec-page:KEY"`` and ``href="\x01hsec-url:KEY#anchor"``, on the
site ``linktype="page" id="7"`` and ``href="/its/url/#anchor"``.

Wagtail's links to pages have no place for an anchor, so that links to parts of pages are addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from hsec_wagtail.importer.text.urls import page_reference, parse_reference

__all__ = ["PAGE", "PART", "mark", "mark_url", "name", "name_url", "put", "put_url", "referred"]

# No cleaned text holds a control character, so that no words are taken for a reference.
PAGE = "\x01hsec-page:"
PART = "\x01hsec-url:"

_LINK = re.compile(r'<a href="(page:[^"]*)">')
_MARKED = re.compile(r'<a (?:linktype="page" id="\x01hsec-page|href="\x01hsec-url):([^"]*)">')
_LOST = re.compile(
    r'<a (?:linktype="page" id="\x01hsec-page|href="\x01hsec-url):[^"]*">((?:(?!</a>).)*)</a>',
    re.DOTALL,
)
_START = re.compile(r"<a\s[^<>]*>")
_PAGE_TYPE = re.compile(r'\slinktype="page"')
_ID = re.compile(r'\sid="([0-9]{1,18})"')
_HREF = re.compile(r'\shref="([^"#]*)#([^"]*)"')


def referred(html: str) -> list[str]:
    """Return the keys of the pages that links in ``html`` of a document lead to."""
    found = (parse_reference(unescape(href)) for href in _LINK.findall(html))
    return [reference[0] for reference in found if reference]


def mark(html: str) -> str:
    """Return clean ``html`` of a document as fields hold it on their way to a site."""
    return _LINK.sub(_marked, html) if "page:" in html else html


def _marked(link: re.Match[str]) -> str:
    return _tag(mark_url(unescape(link[1])))


def mark_url(url: str) -> str:
    """Return the ``url`` of a link of a document as fields hold it on their way."""
    reference = parse_reference(url)
    if reference is None:
        return url
    key, anchor = reference
    rest = page_reference(key, anchor).partition(":")[2]
    return f"{PART if anchor else PAGE}{rest}"


def _tag(marked: str) -> str:
    return (
        f'<a href="{marked}">' if marked.startswith(PART) else f'<a linktype="page" id="{marked}">'
    )


def put(html: str, ids: Mapping[str, int], urls: Mapping[str, str]) -> str:
    """Return ``html`` of fields with ids and addresses for keys; links to unknown pages become text."""

    def known(link: re.Match[str]) -> str:
        key, anchor = parse_reference(f"page:{link[1]}") or ("", "")
        if anchor and key in urls:
            return f'<a href="{escape(urls[key])}#{escape(anchor)}">'
        return f'<a linktype="page" id="{ids[key]}">' if key in ids else link[0]

    return _LOST.sub(r"\1", _MARKED.sub(known, html)) if "\x01" in html else html


def put_url(marked: str, urls: Mapping[str, str]) -> str:
    """Return the address that a link's ``marked`` url means, "" where the page is unknown."""
    key, anchor = parse_reference(f"page:{marked.removeprefix(PART)}") or ("", "")
    return f"{urls[key]}#{anchor}" if key in urls else ""


def name(html: str, keys: Mapping[int, str], urls: Mapping[str, str]) -> str:
    """Return ``html`` of a site with marked keys for the ids that ``keys`` and the addresses that ``urls`` name."""

    def named(link: re.Match[str]) -> str:
        number = _ID.search(link[0]) if _PAGE_TYPE.search(link[0]) else None
        if number and int(number[1]) in keys:
            return _tag(f"{PAGE}{page_reference(keys[int(number[1])]).partition(':')[2]}")
        place = _HREF.search(link[0])
        url = unescape(place[1]) if place else ""
        if place and url in urls:
            return _tag(name_url(f"{url}#{unescape(place[2])}", urls))
        return link[0]

    return _START.sub(named, html) if "<a " in html else html


def name_url(url: str, urls: Mapping[str, str]) -> str:
    """Return ``url`` marked, if it is that of a part of a page that ``urls`` names."""
    address, _, anchor = url.partition("#")
    if not anchor or address not in urls:
        return url
    return mark_url(page_reference(urls[address], anchor))
