"""The addresses of a page: its own, and those it links to, made absolute."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag

from hsec_wagtail.importer.document.keys import slug_from
from hsec_wagtail.importer.text.html_cleaning import SAFE_SCHEMES
from hsec_wagtail.importer.text.urls import is_web_address

__all__ = ["AddressResolver", "anchor_from", "own_address"]

_SAVED_FROM = re.compile(r"\s*saved from url=\((\d{1,6})\)(\S+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_LONGEST = 2000


def anchor_from(name: str) -> str:
    """Return the anchor of a document that a name of a place in a page becomes, "" where nothing is left of it."""
    plain = unquote(name).strip().lstrip("#")
    if not re.search(r"[^\W_]", plain):
        return ""
    return plain if re.fullmatch(r"[\w-]{1,100}", plain) else slug_from(plain)


class AddressResolver:
    """Makes addresses absolute.

    Args:
        own: Address of the page, "" if it is not known.
        base: What its relative addresses are relative to, "" if it is not known.
    """

    def __init__(self, own: str, base: str) -> None:
        self._own = urldefrag(own)[0]
        self._base = base

    def whole(self, address: str) -> str | None:
        """Return ``address`` made absolute, a place in the page itself as ``#place``; None if nobody can follow it."""
        bare = address.strip()
        if _CONTROLS.search(bare):
            bare = (
                _CONTROLS.sub("", bare)
                if ":" in bare.partition("/")[0]
                else bare.replace(" ", "%20")
            )
        if not bare or bare.startswith("#"):
            anchor = anchor_from(bare)
            return f"#{anchor}" if anchor else ""
        try:
            whole = urljoin(self._base, bare) if self._base else bare
            scheme = urlsplit(whole).scheme
        except ValueError:
            return None
        if scheme.lower() not in SAFE_SCHEMES or len(whole) > _LONGEST:
            return None
        page, fragment = urldefrag(whole)
        anchor = anchor_from(fragment)
        return f"#{anchor}" if anchor and page == self._own and self._own else whole


def own_address(soup: BeautifulSoup, given: str | None) -> tuple[str, str]:
    """Return the page's own address and its base; ``given`` is what the person who imports it says."""
    base = canonical = saved = ""
    for node in soup.descendants:
        if isinstance(node, Comment):
            if not saved and (match := _SAVED_FROM.match(str(node))):
                saved = match.group(2)[: int(match.group(1))]
        elif isinstance(node, Tag):
            href = str(node.get("href", "")).strip()
            if node.name == "base" and not base:
                base = href
            elif node.name == "link" and str(node.get("rel", "")).lower() == "canonical":
                canonical = href
    candidates = (given, saved, canonical, base)
    own = next((url for url in candidates if url and _is_known(url)), "")
    try:
        return own, urljoin(own, base) if base else own
    except ValueError:
        return own, own


def _is_known(url: str) -> bool:
    return len(url) <= _LONGEST and is_web_address(url)
