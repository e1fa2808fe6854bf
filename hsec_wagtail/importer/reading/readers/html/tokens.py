"""Markup as tags, text and comments, in linear time whatever the markup is.

The standard library's parser takes quadratic time for hostile markup, and lxml drops text without a word
where it gives up; this one follows the tokenizer of the HTML standard, and older browsers where they
show more of a broken page: a quotation mark that is never closed hides no text.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from enum import Enum
from html import unescape

from hsec_wagtail.importer.messages import Message

__all__ = ["MarkupKind", "MarkupToken", "MarkupTokens"]

_NAME = re.compile(r"/?([a-zA-Z][^\s/<>]*)")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s/>=<][^\s/>=<]*|=")
_EQUALS = re.compile(r"\s*=\s*")
_BARE_VALUE = re.compile(r"[^\s>]*")
# What the value of an attribute looks like that ran on to the quotation mark of the next one.
_RAN_ON = re.compile(r"[\w-]\s*=\s*\Z")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31})(;|(?![\w=]))"
)
# More digits than any character has; Python refuses to make a number of too many.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
#: Characters that Windows editors leave in pages and no browser shows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

#: Elements whose content is no markup; the last two hold character references.
_RAW = frozenset({"script", "style", "xmp", "textarea", "title"})
_HAS_REFERENCES = frozenset({"textarea", "title"})
_SHOWN = frozenset({"xmp", "textarea", "title"})


class MarkupKind(Enum):
    """The kind of a token."""

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"


@dataclass(slots=True)
class MarkupToken:
    """A piece of markup: ``text`` is that of a text or comment, or the name of a tag."""

    kind: MarkupKind
    text: str
    offset: int
    attributes: dict[str, str] = field(default_factory=dict)


class MarkupTokens:
    """The tokens of ``markup``; ``faults`` holds the repaired faults, by offset, once they were taken."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._unended: set[str] = set()
        self.faults: list[tuple[int, Message]] = []

    def __iter__(self) -> Iterator[MarkupToken]:
        markup = self._markup
        start = place = 0
        while (bracket := markup.find("<", place)) >= 0:
            place = bracket + 1
            if match := _NAME.match(markup, place):
                token, end = self._tag(match)
            elif markup[place : place + 1] in {"!", "?", "/"}:
                token, end = self._comment(bracket)
            else:
                continue
            if bracket > start:
                yield _text(markup[start:bracket], start)
            yield token
            start = place = end
            if token.kind is MarkupKind.START and token.text in _RAW:
                start = place = yield from self._raw(token.text, end)
        if start < len(markup):
            yield _text(markup[start:], start)

    def _tag(self, match: re.Match[str]) -> tuple[MarkupToken, int]:
        bracket = match.start() - 1
        kind = MarkupKind.END if match.group().startswith("/") else MarkupKind.START
        token = MarkupToken(kind, match.group(1).lower(), bracket)
        place = match.end()
        while True:
            gap = _GAP.match(self._markup, place)
            place = gap.end() if gap else place
            name = _ATTRIBUTE.match(self._markup, place)
            if name is None:
                # An angle bracket begins the next tag: this one was never closed.
                return token, place + (self._markup[place : place + 1] == ">")
            value, place = self._value(name.end(), bracket)
            token.attributes.setdefault(name.group().lower(), value)

    def _value(self, place: int, bracket: int) -> tuple[str, int]:
        """Return the value of the attribute whose name ends at ``place``, and where it ends."""
        equals = _EQUALS.match(self._markup, place)
        if equals is None:
            return "", place
        place = equals.end()
        quote = self._markup[place : place + 1]
        if quote not in {'"', "'"}:
            bare = _BARE_VALUE.match(self._markup, place)
            end = bare.end() if bare else place
            return _attribute_text(self._markup[place:end]), end
        end = self._markup.find(quote, place + 1) if quote not in self._unended else -1
        if end < 0:
            self._unended.add(quote)
        limit = len(self._markup) if end < 0 else end
        closed = self._markup.find(">", place + 1, limit)
        if end < 0 or (closed >= 0 and _RAN_ON.search(self._markup, max(closed, end - 80), end)):
            self.faults.append((bracket, Message("quote-never-closed")))
            end = closed if closed >= 0 else limit
            return _attribute_text(self._markup[place + 1 : end]), end
        return _attribute_text(self._markup[place + 1 : end]), end + 1

    def _comment(self, bracket: int) -> tuple[MarkupToken, int]:
        markup = self._markup
        if not markup.startswith("<!--", bracket):
            end = markup.find(">", bracket)
            end = len(markup) if end < 0 else end
            return MarkupToken(MarkupKind.COMMENT, markup[bracket + 1 : end], bracket), end + 1
        for short in ("<!-->", "<!--->"):
            if markup.startswith(short, bracket):
                return MarkupToken(MarkupKind.COMMENT, "", bracket), bracket + len(short)
        end = markup.find("--", bracket + 4)
        while end >= 0 and not markup.startswith((">", "!>"), end + 2):
            end = markup.find("--", end + 1)
        if end < 0:
            self.faults.append((bracket, Message("comment-never-closed")))
            return MarkupToken(MarkupKind.COMMENT, markup[bracket + 4 :], bracket), len(markup)
        closed = markup.index(">", end)
        return MarkupToken(MarkupKind.COMMENT, markup[bracket + 4 : end], bracket), closed + 1

    def _raw(self, name: str, start: int) -> Generator[MarkupToken, None, int]:
        """Yield the content of the element ``name`` that begins at ``start``; return where it ends."""
        end = None
        if name not in self._unended:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._markup, start)
        stop = end.start() if end else len(self._markup)
        if end is None and name in _SHOWN:
            # Read as markup, as old browsers did, so that the page behind it is not lost.
            self._unended.add(name)
            return start
        if end is None:
            self.faults.append((start, Message("element-never-closed", element=name)))
        content = self._markup[start:stop]
        if name in _HAS_REFERENCES:
            yield _text(content, start)
        else:
            yield MarkupToken(MarkupKind.TEXT, _CONTROLS.sub("", content), start)
        return stop


def _text(markup: str, offset: int) -> MarkupToken:
    text = markup
    if "&" in text:
        text = unescape(_NO_CHARACTER.sub("\ufffd", text))
    return MarkupToken(MarkupKind.TEXT, _CONTROLS.sub("", text), offset)


def _attribute_text(value: str) -> str:
    # "?a=1&copy=2" holds no copyright sign.
    return _REFERENCE.sub(lambda match: unescape(match.group()), value) if "&" in value else value
