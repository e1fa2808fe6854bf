"""The lines of a text capture, with what their typography tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from hsec_wagtail.importer.document import Span
from hsec_wagtail.importer.source import Source

__all__ = ["Line", "Style", "chunks", "is_wrapped", "split_lines"]

# The marker of a list item; a letter o is one where Word wrote it: before a tab or several blanks.
_BULLET = re.compile(
    r"(?:[•·▪▫‣⁃◦●○■□►▶➢➤✓*§\-–—][\s\u00a0]+|[•·▪▫‣◦●○■□►▶➢➤✓]|o(?:\t|\u00a0|  )[\s\u00a0]*)(?=\S)"
)
_NUMBER = re.compile(r"(\(?(?:\d{1,2}|[a-z])[.)])[\s\u00a0]+(?=\S)")
_HASHES = re.compile(r"(#{1,6})[\s\u00a0]+(?=\S)")
_RULER = re.compile(r"\s*([=\-~*_])\1{2,}\s*\Z")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

#: A line of more characters than this is prose, whatever it ends with.
LONGEST_LABEL = 100


class Style(Enum):
    """How a line that may be a heading is set."""

    PLAIN = "plain"
    HASHES = "hashes"
    UNDERLINED = "underlined"
    CAPITALS = "capitals"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    ``start`` and ``end`` enclose its text without marker and outer white space; ``indent`` is the
    white space before it; ``gap`` counts the blank lines above; ``depth`` is the level that hashes
    give a heading.
    """

    start: int
    end: int
    text: str
    number: int
    indent: str = ""
    bullet: str = ""
    ordinal: Span | None = None
    style: Style = Style.PLAIN
    depth: int = 0
    gap: int = 0

    @property
    def span(self) -> Span:
        """Where the text stands."""
        return (self.start, self.end)

    @property
    def is_item(self) -> bool:
        """Whether a list marker stands before the text."""
        return bool(self.bullet) or self.style is Style.NUMBERED

    @property
    def is_label(self) -> bool:
        """Whether the line is short and says no sentence: a title, a heading, a link."""
        return (
            not self.bullet
            and len(self.text) <= LONGEST_LABEL
            and not self.text.endswith((".", "!", "?", ";", ","))
            and not _URL.search(self.text)
        )

    @property
    def is_prose(self) -> bool:
        """Whether the line says a sentence."""
        return not self.is_item and not self.is_label


def split_lines(source: Source) -> list[Line]:
    """Return the lines of ``source`` that are not blank; no-break spaces alone are blank."""
    lines: list[Line] = []
    offset = gap = 0
    for number, raw in enumerate(source.text.splitlines(keepends=True), 1):
        if not raw.strip(_BLANKS):
            gap += 1
        elif (ruler := _RULER.match(raw)) and lines and not gap and ruler.group(1) in "=-~":
            # A ruler right below a line underlines it; elsewhere it parts what is above and below.
            lines[-1] = _restyle(lines[-1], Style.UNDERLINED)
        elif ruler:
            gap += 1
        else:
            lines.append(_line(source, offset, raw, number, gap if lines else 0))
            gap = 0
        offset += len(raw)
    return lines


_BLANKS = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff\x1c\x1d\x1e\x85\u2028\u2029"


def _line(source: Source, offset: int, raw: str, number: int, gap: int) -> Line:
    indent_length = len(raw) - len(raw.lstrip(_BLANKS))
    start = offset + indent_length
    end = offset + len(raw.rstrip(_BLANKS))
    bullet, style, depth = "", Style.PLAIN, 0
    ordinal: Span | None = None
    if match := _BULLET.match(source.text, start, end):
        bullet, start = match.group().strip(_BLANKS), match.end()
    elif match := _NUMBER.match(source.text, start, end):
        ordinal, start, style = match.span(1), match.end(), Style.NUMBERED
    elif match := _HASHES.match(source.text, start, end):
        depth, start, style = len(match.group(1)), match.end(), Style.HASHES
        end = start + len(source.text[start:end].rstrip("# "))
        if match := _NUMBER.match(source.text, start, end):
            ordinal, start = match.span(1), match.end()
    text = " ".join(source.text[start:end].split())
    if style is Style.PLAIN and not bullet and len(text) > 3 and text.isupper():
        style = Style.CAPITALS
    return Line(start, end, text, number, raw[:indent_length], bullet, ordinal, style, depth, gap)


def _restyle(line: Line, style: Style) -> Line:
    return Line(
        line.start, line.end, line.text, line.number, line.indent, line.bullet, line.ordinal,
        style, line.depth, line.gap,
    )  # fmt: skip


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines that no blank line parts."""
    run: list[Line] = []
    for line in lines:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether the capture was broken into lines of one width, so that a break means nothing."""
    if not lines or max(len(line.text) for line in lines) > LONGEST_LABEL + 20:
        return False
    broken = sum(
        1
        for line, following in pairwise(lines)
        if not following.gap and not following.is_item and len(line.text) >= 50
    )
    return broken >= 2
