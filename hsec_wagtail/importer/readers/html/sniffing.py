"""Whether bytes are a saved page: by what they begin with, then by the name of the file."""

from __future__ import annotations

import re
from pathlib import PurePath

__all__ = ["looks_like_html"]

_SUFFIXES = frozenset(
    ".htm .html .xhtml .shtml .shtm .stm .asp .aspx .php .php3 .phtml .jsp .cfm .cgi .do".split()
)
_TEXTS = frozenset({".txt", ".text", ".md"})
_HEAD = 16_384

# What stands before the first element: an XML declaration, comments, the mark of who saved the page.
_PROLOGUE = re.compile(r"(?:\s+|<\?[^<>]*>|<!--(?:(?!-->).)*-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+html\b[^<>]*>", re.IGNORECASE)
_FRAME = re.compile(r"<(?:html|head|body|frameset)\b[^<>]*>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:title|meta|link|script|style|base|table|div|center|font|p|h[1-6]|ul|ol|img|br|hr|a|b|nav|main"
    r"|header|section|article|form|noscript|html|head|body|frameset|basefont|span|tr|td)\b[^<>]*>",
    re.IGNORECASE,
)
_END = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)


def looks_like_html(data: bytes, name: str) -> bool:
    """Tell whether ``data`` is the markup of a page.

    A text that merely quotes markup is none: in one, text follows the first tag. So the source of a page
    that was saved as text is told by its first two tags, between which nothing stands.
    """
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    suffix = PurePath(name).suffix.lower()
    if head.lstrip()[:1] in {"{", "["}:
        return False
    if suffix in _SUFFIXES:
        return "<" in head
    start = _PROLOGUE.match(head)
    place = start.end() if start else 0
    if doctype := _DOCTYPE.match(head, place):
        return bool(_ELEMENT.match(head, _gap(head, doctype.end())))
    if frame := _FRAME.match(head, place):
        return bool(_ELEMENT.match(head, _gap(head, frame.end())))
    first = _ELEMENT.match(head, place)
    return bool(first) and suffix not in _TEXTS and len(_END.findall(head)) > 2


def _gap(head: str, place: int) -> int:
    match = _PROLOGUE.match(head, place)
    return match.end() if match else place
