"""The words of rich text as Wagtail's search index takes them, several times faster where it is plain."""

from __future__ import annotations

import re
from html import unescape

from wagtail.rich_text import get_text_for_indexing

__all__ = ["rich_text_words"]

# What is exactly so needs no parser: tags that hold no text of their own kind, attributes in double
# quotes, entities that are closed. The groups are possessive: a text that is otherwise fails at once.
_NAME = r"(?:a|b|i|em|strong|p|ul|ol|li|h[1-6]|br|hr|embed|blockquote|code|sub|sup|del)"
_TAG = rf'</{_NAME}>|<{_NAME}(?: [a-z]+(?:-[a-z]+)*="[^"<>&]*")*+ ?/?>'
_PLAIN = re.compile(rf"(?:[^<>&]++|{_TAG}|&(?:[a-zA-Z][a-zA-Z0-9]*+|#[0-9]++);)*+")
_SPACED = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<(?:br|hr) ?/>")
_ANY_TAG = re.compile(r"<[^<>]*>")


def rich_text_words(html: str) -> str:
    """Return what ``wagtail.rich_text.get_text_for_indexing()`` returns."""
    if not _PLAIN.fullmatch(html):
        return str(get_text_for_indexing(html))
    if "<" in html:
        html = _ANY_TAG.sub("", _SPACED.sub(" ", html))
    html = html.strip()
    return unescape(html) if "&" in html else html
