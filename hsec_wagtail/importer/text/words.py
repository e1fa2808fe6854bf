"""Words, as the ledger counts and compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

__all__ = ["count_words", "html_text", "iter_words", "normal_form", "normalise", "words"]

# From the first letter or digit of a run to its last, so that bullets, brackets and quotation marks
# that touch a word are not compared with it; an accent written apart from its letter stays with it.
# A Markdown link separates its label from its address.
_WORD = re.compile(r"[^\W_](?:(?:[^\s\]]|\](?!\())*[^\W_])?[\u0300-\u036f]*")

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TAG = re.compile(r"<[/!?]?([a-zA-Z][a-zA-Z0-9]*|(?<=[/!?]))[^<>]*>")
_BLOCKS = frozenset(
    "address article aside blockquote br caption dd details div dl dt figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul".split()
)


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order, in normal form C, bullets and lone dashes left out."""
    if text.isascii() and not _CONTROLS.search(text):
        # Most texts, and many times faster.
        return _WORD.findall(text)
    return [normal_form(match.group()) for match in iter_words(text)]


def count_words(text: str) -> int:
    """Return how many words ``text`` has."""
    return len(_WORD.findall(text))


def normal_form(word: str) -> str:
    """Return ``word`` in Unicode normal form C, without the control characters that no page shows."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", word))


def iter_words(text: str) -> Iterator[re.Match[str]]:
    """Yield a match for each word of ``text``: a run without white space that holds a letter or a digit."""
    yield from _WORD.finditer(text)


def normalise(label: str) -> str:
    r"""Return ``label`` as labels are compared: case, white space and outer punctuation are ignored.

    >>> normalise("  G8 On-line:\u00a0")
    'g8 on-line'
    """
    text = unicodedata.normalize("NFC", label).casefold().replace("\u2019", "'")
    return " ".join(text.split()).strip(" .:;,>»«<|•·*#-–—")


def html_text(html: str) -> str:
    """Return the visible text of a fragment of clean HTML; block elements separate words."""
    if "<" not in html and "&" not in html:
        return html
    # Not a parser: the standard library's takes quadratic time for hostile text.
    return unescape(_TAG.sub(_gap, html))


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag.group(1).lower() in _BLOCKS else ""
