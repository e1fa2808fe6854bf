"""The lines of a text capture, with their typography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.marks import LineMark
from hsec_wagtail.importer.reading.source import Source

__all__ = ["LONGEST_LABEL", "Line", "Style", "chunks", "count_up", "split_lines"]

# The last three are the bullets of Word's Symbol and Wingdings fonts.
_MARKS = "•·▪▫‣⁃◦●○■□►▶➢➤✓\uf0a7\uf0b7\uf0d8"
# The marker of a list item; a letter o is one where Word wrote it: before a tab or several blanks.
_BULLET = re.compile(rf"(?:[{_MARKS}*§\-–—]\s+|[{_MARKS}]|o(?:\t|\u00a0|  )\s*)(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]|[IVX]{1,5}\.)\s+(?=\S)")
_LONE_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+)\1\Z")
_RULER = re.compile(r"\s*([=\-~])\1{2,}\s*\Z")
_SAYS = re.compile(r"[^\W_]")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BLANKS = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff\x1c\x1d\x1e\x85\u2028\u2029"

_NO_LABEL_ENDS = (".", "!", "?", ";", ",", "; and", "; or", "; et", "; ou")
# Four letters before the stop, so that "St. Lucia" is no sentence.
_SENTENCE = re.compile(r"[^\W\d_]{4}[.!?] [^\W\d_a-zà-ÿ]")

#: A line of more characters than this is prose, whatever it ends with.
LONGEST_LABEL = 100


class Style(Enum):
    """How a line that may be a heading is set."""

    PLAIN = "plain"
    HASHES = "hashes"
    UNDERLINED = "underlined"
    BOLD = "bold"
    CAPITALS = "capitals"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    ``start`` and ``end`` enclose its text without marker and outer white space; ``indent`` is the
    white space before it; ``gap`` counts the blank lines above; ``depth`` is the level that hashes
    or the kind of underline give a heading; ``width`` counts the characters up to its end, indent
    and marker among them; ``outer`` is where its marker, if it has one, begins; ``is_link`` says that a
    profile, or the markup of a saved page, knows it for a link; ``mark`` is what else that markup says.
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
    width: int = 0
    outer: int = 0
    is_link: bool = False
    mark: LineMark | None = None

    @property
    def span(self) -> Span:
        """Where the text stands."""
        return (self.start, self.end)

    @property
    def is_item(self) -> bool:
        """Whether a list marker stands before the text."""
        return bool(self.bullet) or self.style is Style.NUMBERED

    @property
    def marker(self) -> Message:
        """The kind of marker before the text, if there is one."""
        return Message("list-number") if self.ordinal else Message("bullet")

    @property
    def is_label(self) -> bool:
        """Whether the line is short and says no sentence: a title, a heading, a link."""
        if self.mark and (self.mark.grid or self.mark.quote or self.mark.heading):
            return bool(self.mark.heading)
        return (
            not self.bullet
            and len(self.text) <= LONGEST_LABEL
            and not self.text.endswith(_NO_LABEL_ENDS)
            and not self.has_address
            and not _SENTENCE.search(self.text)
        )

    @property
    def is_prose(self) -> bool:
        """Whether the line says a sentence."""
        return not self.is_item and not self.is_label

    @property
    def is_marked(self) -> bool:
        """Whether hashes, an underline or stars say that this is a heading."""
        return self.style in {Style.HASHES, Style.UNDERLINED, Style.BOLD}

    @property
    def has_address(self) -> bool:
        """Whether an address of the web stands in it."""
        return bool(_URL.search(self.text))


def split_lines(source: Source) -> list[Line]:
    """Return the lines of ``source`` that are not blank: those with a letter or a digit."""
    lines: list[Line] = []
    offset = gap = 0
    marker = ""
    for number, raw in enumerate(source.text.splitlines(keepends=True), 1):
        if _SAYS.search(raw):
            line = _line(source, offset, raw, number, gap if lines else 0)
            if marker and not line.bullet:
                line = replace(line, bullet=marker, style=Style.PLAIN)
            lines.append(line)
            gap, marker = 0, ""
        elif (ruler := _RULER.match(raw)) and not gap and _can_be_underlined(lines):
            depth = "=-~".index(ruler.group(1)) + 1
            lines[-1] = replace(lines[-1], style=Style.UNDERLINED, depth=depth)
        elif raw.strip(_BLANKS) in {*_MARKS, "*"}:
            # A bullet that stands alone belongs to the next line that says something.
            marker = raw.strip(_BLANKS)
        elif not marker:
            gap += 1
        offset += len(raw)
    return _with_lone_numbers(lines)


def _can_be_underlined(lines: Sequence[Line]) -> bool:
    # Elsewhere a ruler separates what is above and below.
    return bool(lines) and lines[-1].is_label and not lines[-1].is_marked


def _line(source: Source, offset: int, raw: str, number: int, gap: int) -> Line:
    indent_length = len(raw) - len(raw.lstrip(_BLANKS))
    start = offset + indent_length
    end = offset + len(raw.rstrip(_BLANKS))
    width, outer = end - offset, start
    bullet, style, depth = "", Style.PLAIN, 0
    ordinal: Span | None = None
    if (match := _BULLET.match(source.text, start, end)) and not _is_flanked(
        source.text[start:end]
    ):
        bullet, start = match.group().strip(_BLANKS), match.end()
    elif match := _NUMBER.match(source.text, start, end):
        ordinal, start, style = match.span(1), match.end(), Style.NUMBERED
    elif match := _HASHES.match(source.text, start, end):
        depth, start, style = len(match.group(1)), match.end(), Style.HASHES
        end = start + len(source.text[start:end].rstrip("# "))
    elif match := _BOLD.match(source.text, start, end):
        (start, end), style, depth = match.span(2), Style.BOLD, 4
    if style in {Style.HASHES, Style.BOLD} and (match := _NUMBER.match(source.text, start, end)):
        ordinal, start = match.span(1), match.end()
    text = " ".join(source.text[start:end].split())
    if style is Style.PLAIN and not bullet and _is_in_capitals(text):
        style = Style.CAPITALS
    indent = raw[:indent_length]
    return Line(start, end, text, number, indent, bullet, ordinal, style, depth, gap, width, outer)


def _is_flanked(text: str) -> bool:
    """Tell whether a dash or a star stands on either side, as in "- 30 -"."""
    return text[0] in "*-–—" and text[-1] == text[0] and text[-2:-1].isspace()


def _is_in_capitals(text: str) -> bool:
    # A word alone may be an acronym.
    return " " in text and text.isupper()


def _with_lone_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with the numbers that stand alone put before the lines below them."""
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        lone = above and not above.is_item and _LONE_NUMBER.fullmatch(above.text)
        if above and lone and not (line.is_item or line.is_marked):
            joined[-1] = replace(
                line, ordinal=above.span, style=Style.NUMBERED, gap=above.gap, outer=above.start
            )
        else:
            joined.append(line)
    return joined


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines without a blank line between them."""
    run: list[Line] = []
    for line in lines:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def count_up(ordinals: Sequence[str]) -> bool:
    """Tell whether ``ordinals`` are 1, 2, 3; a, b, c; or i, ii, iii, as a list on a page numbers itself."""
    bare = tuple(ordinal.strip("().").lower() for ordinal in ordinals)
    figures = tuple(str(n) for n in range(1, len(bare) + 1))
    return bare in {figures, _LETTERS[: len(bare)], _ROMAN[: len(bare)]}
