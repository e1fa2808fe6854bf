"""Dates marked up where prose gives them, so that the public reads the words of the source once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

from hsec_wagtail.dates import EDTF, find_dates

__all__ = ["DateInProse", "mark_dates", "paragraphs", "words_in_prose"]

_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*+>)""")
# What ends a sentence that no full stop ends.
_BREAK = re.compile(r"</?(?:p|li|ul|ol|br|hr|h[1-6]|blockquote|div|td|th)\b", re.IGNORECASE)
# Other ways in which HTML may write a character.
_ENTITIES = {
    "–": "&ndash;",
    "—": "&mdash;",
    "'": "&#x27;",
    "’": "&rsquo;",
    "é": "&eacute;",
    "û": "&ucirc;",
}


@dataclass(frozen=True, slots=True)
class DateInProse:
    """The words of a date, and the ``datetime`` of its ``<time>`` if HTML has one for it."""

    text: str
    datetime: str | None


def mark_dates(html: str, dates: Iterable[DateInProse]) -> tuple[SafeString, list[bool]]:
    """Put ``<time>`` around each date that stands in one piece of text of ``html``.

    Returns:
        The HTML, and for each date whether the words are in ``html``, marked up or not.

    The same words are marked for one date only. ``html`` has to be clean.
    """
    wanted = list(dates)
    # Tags at odd places; a date that is found becomes a tag, too, so that no other is found in it.
    pieces = _TAG.split(html)
    carried = [False] * len(wanted)
    for place in sorted(range(len(wanted)), key=lambda place: -len(wanted[place].text)):
        if wanted[place].text.strip():
            carried[place] = _mark(pieces, wanted[place])
    words = _plain(html)
    for place, date in enumerate(wanted):
        text = " ".join(date.text.split())
        carried[place] = carried[place] or bool(text and text in words)
    return mark_safe("".join(pieces)), carried  # noqa: S308 - parts of html, and escaped values


def words_in_prose(html: str, dates: Iterable[tuple[EDTF, str]], *, language: str) -> list[str]:
    """Return for each date its words: those given with it, else those of the same date in ``html``, else "".

    What the prose says once stands for one date only: "signed in 1999" does not say that it was
    ratified in 1999.
    """
    wanted = [(date, " ".join(text.split())) for date, text in dates]
    if all(text for _date, text in wanted):
        return [text for _date, text in wanted]
    found = [
        (date.value, " ".join(date.text.split()))
        for date in find_dates(paragraphs(html), language=language)
    ]
    for given in wanted:
        if given in found:
            found.remove(given)
    return [text or _take(found, date) for date, text in wanted]


def _take(found: list[tuple[EDTF, str]], wanted: EDTF) -> str:
    """Remove the first date that is ``wanted``, and return its words."""
    for place, (date, text) in enumerate(found):
        if date == wanted:
            del found[place]
            return text
    return ""


def _mark(pieces: list[str], date: DateInProse) -> bool:
    pattern = _pattern(date.text)
    for place in range(0, len(pieces), 2):
        if match := pattern.search(pieces[place]):
            found = match[0]
            if date.datetime:
                found = f'<time datetime="{escape(date.datetime)}">{found}</time>'
            text = pieces[place]
            pieces[place : place + 1] = [text[: match.start()], found, text[match.end() :]]
            return True
    return False


def _pattern(text: str) -> re.Pattern[str]:
    words = (
        "".join(_character(character) for character in word) for word in unescape(text).split()
    )
    return re.compile(r"(?<![\w&#])" + r"(?:\s|&nbsp;|&#160;)+".join(words) + r"(?!\w)")


def _character(character: str) -> str:
    forms = dict.fromkeys([character, escape(character), _ENTITIES.get(character, character)])
    return "(?:" + "|".join(map(re.escape, forms)) + ")"


def paragraphs(html: str) -> str:
    """Return the text of ``html``, an empty line where a block begins or ends: no date goes on there."""
    parts = _TAG.split(html)
    parts[1::2] = ["\n\n" if _BREAK.match(tag) else "" for tag in parts[1::2]]
    return unescape("".join(parts))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
