"""A source: decoded text, to whose character offsets all spans refer."""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.words import iter_words

__all__ = ["BOMS", "MAX_BYTES", "Markup", "Source", "TextRun", "Word", "check_bytes", "decode"]

#: Largest source that is read where the caller sets no other limit, in bytes.
MAX_BYTES = 20_000_000

#: Byte order marks and what is in which encoding behind them.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", Message("kind-pdf")),
    (b"PK\x03\x04", Message("kind-zip")),
    (b"\xd0\xcf\x11\xe0", Message("kind-office")),
    (b"\x89PNG", Message("kind-image")),
    (b"\xff\xd8\xff", Message("kind-image")),
    (b"GIF8", Message("kind-image")),
    (b"\x1f\x8b", Message("kind-gzip")),
)
# Old kinds of white space (form feeds, separators) are not among these.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1b\x7f]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a source and where it stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of a line with formatting or a link.

    ``link`` numbers the links of a page from 1, so that runs of one link are known; 0 is none. ``shift`` is
    "sub", "sup" or nothing.
    """

    start: int
    end: int
    link: int = 0
    href: str = ""
    bold: bool = False
    italic: bool = False
    shift: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """Formatting, links and line numbers of a saved page, by its visible text.

    ``runs`` are in order and do not overlap; ``numbers`` are those of the lines of the file in which the
    lines of the text begin.
    """

    runs: tuple[TextRun, ...]
    numbers: tuple[int, ...]

    def within(self, start: int, end: int) -> Iterator[TextRun]:
        """Yield the runs between two offsets, clipped to them."""
        n = bisect_right(self.runs, start, key=lambda run: run.end)
        while n < len(self.runs) and self.runs[n].start < end:
            run = self.runs[n]
            yield replace(run, start=max(run.start, start), end=min(run.end, end))
            n += 1


@dataclass(frozen=True)
class Source:
    """Text that was read, identified by its hash; of a saved page, its visible text."""

    name: str
    text: str
    sha256: str = field(repr=False)
    markup: Markup | None = field(default=None, repr=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return tuple(Word(m.start(), m.end(), m.group()) for m in iter_words(self.text))

    def within(self, start: int, end: int) -> range:
        """Return the numbers of the words that lie wholly between two characters."""
        first, last = bisect_left(self._word_starts, start), bisect_left(self._word_starts, end)
        while last > first and self.words[last - 1].end > end:
            last -= 1
        return range(first, last)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def line_of(self, offset: int) -> int:
        """Return the number of the line of the file, from 1, that holds the character at ``offset``."""
        line = min(bisect_right(self._line_starts, offset), max(len(self._line_starts) - 1, 1))
        return self.markup.numbers[line - 1] if self.markup else line


def decode(data: bytes, *, name: str, max_bytes: int = MAX_BYTES) -> Source:
    """Return the text of ``data``, which is UTF-8, or UTF-16 or UTF-32 with a byte order mark.

    Raises:
        SourceError: Nothing in it, too much in it, not text, or text in another encoding.
    """
    check_bytes(data, name=name, max_bytes=max_bytes)
    text = _decode_text(data, name)
    if not text.strip("\ufeff\u00a0 \t\r\n\f\v"):
        raise SourceError("source-empty", name=name)
    return Source(name=name, text=text, sha256=hashlib.sha256(data).hexdigest())


def check_bytes(data: bytes, *, name: str, max_bytes: int = MAX_BYTES) -> None:
    """Raise SourceError where ``data`` is too large, or plainly not text."""
    if len(data) > max_bytes:
        raise SourceError("source-too-large", name=name, most=max_bytes)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError("not-text", name=name, kind=kind)


def _decode_text(data: bytes, name: str) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_marked(data[len(bom) :], encoding, name)
    if control := _CONTROL_BYTES.search(data):
        remedy = Message("remedy-plain-text")
        if control.group() == b"\0" and b"\0" in data[1:80:2]:
            remedy = Message("remedy-utf-16")
        raise SourceError(
            "control-byte",
            name=name,
            byte=f"{control.group()[0]:02X}",
            offset=control.start(),
            remedy=remedy,
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "not-utf-8",
            name=name,
            offset=error.start,
            byte=f"{data[error.start]:02X}",
            line=line,
        ) from error


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    """Return the text of ``data``, whose byte order mark said that it is in ``encoding``."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            "not-as-marked", name=name, encoding=encoding, offset=error.start
        ) from error
    if control := _CONTROLS.search(text):
        raise SourceError(
            "control-character",
            name=name,
            character=f"{ord(control.group()):04X}",
            offset=control.start(),
            remedy=Message("remedy-plain-text"),
        )
    return text
