"""Rows: the lines of a page's visible text with their contexts, and their writer."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from hsec_wagtail.importer.reading.readers.html.styles import PLAIN, Inline
from hsec_wagtail.importer.reading.readers.marks import Grid, ListMark
from hsec_wagtail.importer.reading.source import TextRun

__all__ = ["Context", "Row", "RowWriter"]

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_SAYS = re.compile(r"[^\W_]")
# White space that HTML does not fold; a line of nothing else is blank all the same.
_ODD_BLANKS = "\u00a0\u2007\u202f\u200b\ufeff\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_ENDS = re.compile(r"[\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Context:
    """The context of all the text in an element."""

    inline: Inline = PLAIN
    heading: int = 0
    item: ListMark | None = None
    root: int = 0
    level: int = 0
    ordered: bool = False
    in_ordered: bool = False
    terms: str = ""
    region: int = 0
    table_row: int = 0
    quote: int = 0
    details: int = 0
    is_small_print: bool = False
    is_control: bool = False
    is_preformatted: bool = False
    is_bar: bool = False
    grid: Grid | None = None


@dataclass(slots=True)
class Row:
    """A line of the visible text.

    ``number`` is its line in the visible text, ``source_line`` that in the file, ``block`` the block whose
    lines only line breaks separate, ``rules`` how many rules stand above it. ``bold``, ``linked``, ``control`` count those of its ``letters``.
    """

    start: int
    number: int
    source_line: int
    block: int
    context: Context
    anchors: list[str]
    rules: int = 0
    opens_item: bool = False
    end: int = 0
    letters: int = 0
    bold: int = 0
    linked: int = 0
    control: int = 0
    size: int = 7
    largest: int = 1
    links: dict[int, str] = field(default_factory=dict)


class RowWriter:
    """Writes visible text: folds white space, keeps rows, and runs of formatted or linked text."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.runs: list[TextRun] = []
        self.length = 0
        self.source_line = 1
        self.anchors: list[str] = []
        self.cell: list[int] | None = None
        self.row: Row | None = None
        self._parts: list[str] = []
        self._gap = 0
        self._blank = ""
        self._number = 1
        self._block = 0
        self._opened: int = 0
        self._rules = 0
        self._soft_ends: Set[int] = frozenset()
        self._line = 0

    @property
    def text(self) -> str:
        """The text written so far."""
        return "".join(self._parts)

    @property
    def ends_with_colon(self) -> bool:
        """Whether the text written so far ends with a colon."""
        return bool(self._parts) and self._parts[-1].endswith(":")

    def rule(self) -> None:
        """Separate the following text by a rule."""
        self.end_block(1)
        self._rules += 1

    def end_block(self, gap: int) -> None:
        """End the row; the next stands ``gap`` blank lines below it, in a block of its own."""
        self._end()
        self._gap = max(self._gap, gap)
        self._block += 1

    def break_line(self) -> None:
        """End the row within its block; a second break in a row makes a blank line."""
        if self.row is None:
            self.end_block(1)
        self._end()

    def blank(self, character: str = " ") -> None:
        """Separate the following text by ``character``."""
        if self.row is not None:
            self._blank = self._blank or character

    def write(self, text: str, context: Context) -> None:
        """Write running text, white space folded."""
        folded = _folded(text)
        bare = folded.strip(" ")
        if folded.startswith(" "):
            self.blank()
        if bare and (self.row is not None or bare.strip(_ODD_BLANKS)):
            self._put(bare, context)
        if bare and folded.endswith(" "):
            self.blank()

    def begin_lines(self, soft_ends: Set[int]) -> None:
        """Begin preformatted text; the lines with the numbers ``soft_ends``, from 0, go on in the next."""
        self._soft_ends, self._line = soft_ends, 0

    def write_lines(self, text: str, context: Context) -> None:
        """Write preformatted text; how far its lines are indented is kept."""
        first, *others = text.split("\n")
        self.write(first, context)
        for line in others:
            if self._line in self._soft_ends:
                self.blank()
                self.write(line, context)
            else:
                self.break_line()
                self._write_indented(line, context)
            self._line += 1

    def _write_indented(self, line: str, context: Context) -> None:
        bare = line.lstrip(" \t")
        if bare.strip(_ODD_BLANKS + " \t\r\f\v"):
            self._put(line[: len(line) - len(bare)] + _folded(bare).rstrip(" "), context)
            if bare.endswith((" ", "\t")):
                self.blank()

    def _end(self) -> None:
        if self.row is not None:
            self.row.end = self.length
            self.row = None
        self._blank = ""

    def _put(self, text: str, context: Context) -> None:
        row = self.row
        if row is None:
            row = self._begin(context)
        start = self.length
        if self._blank:
            self._append(self._blank)
            self._style(start, self._beside(context.inline))
        begun = self.length
        self._append(text)
        self._style(begun, context.inline)
        if self.cell is not None:
            self.cell[:] = [self.cell[0] if self.cell[0] >= 0 else begun, self.length]
        self._blank = ""
        _count(row, text, context)

    def _begin(self, context: Context) -> Row:
        if self.rows:
            self._append("\n" * (1 + self._gap))
            self._number += 1 + self._gap
        self._gap, self._blank = 0, ""
        row = Row(
            self.length,
            self._number,
            self.source_line,
            self._block,
            context,
            self.anchors,
            self._rules,
        )
        self.anchors = []
        if context.item and context.item.number > self._opened:
            row.opens_item, self._opened = True, context.item.number
        self.rows.append(row)
        self.row = row
        return row

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def _beside(self, inline: Inline) -> Inline:
        """Return the formatting of a blank before text of the formatting ``inline``: what both sides share."""
        last = self.runs[-1] if self.runs and self.runs[-1].end == self.length - 1 else None
        if last is None:
            return PLAIN
        link = last.link if last.link == inline.link else 0
        return Inline(
            bold=last.bold and inline.bold,
            italic=last.italic and inline.italic,
            shift=last.shift if last.shift == inline.shift else "",
            link=link,
            href=last.href if link else "",
        )

    def _style(self, start: int, inline: Inline) -> None:
        """Note how the text from ``start`` on is set."""
        if not (inline.link or inline.bold or inline.italic or inline.shift):
            return
        run = TextRun(
            start, self.length, inline.link, inline.href, inline.bold, inline.italic, inline.shift
        )
        last = self.runs[-1] if self.runs else None
        if last and last.end == start and _looks(last) == _looks(run):
            self.runs[-1] = TextRun(last.start, self.length, *_looks(run))
        else:
            self.runs.append(run)


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", _LINE_ENDS.sub(" ", text))


def _looks(run: TextRun) -> tuple[int, str, bool, bool, str]:
    return (run.link, run.href, run.bold, run.italic, run.shift)


def _count(row: Row, text: str, context: Context) -> None:
    if not _SAYS.search(text):
        return
    inline, letters = context.inline, len(text)
    row.letters += letters
    row.bold += letters if inline.bold or context.is_bar else 0
    row.control += letters if context.is_control else 0
    row.size = min(row.size, inline.size)
    row.largest = max(row.largest, inline.size)
    if inline.link:
        row.linked += letters
        row.links[inline.link] = inline.href
