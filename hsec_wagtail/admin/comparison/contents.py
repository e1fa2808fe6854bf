"""The parts of a comparison of two values as templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from hsec_wagtail.record.history.words import Line, Piece, compare_lines

__all__ = ["Cells", "Content", "Entry", "Fields", "Gap", "Html", "Items", "Rows", "Words"]

_FOLDER = "hsec_wagtail/admin/comparison"
#: Words that are shown on each side of a change.
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text with what changed in them."""

    lines: tuple[Line, ...]
    template: ClassVar[str] = f"{_FOLDER}/words.html"

    @property
    def changed(self) -> bool:
        """Return whether anything in it changed."""
        return any(line.changed for line in self.lines)

    @classmethod
    def make(cls, old: Sequence[str], new: Sequence[str]) -> Words:
        """Return the way from ``old`` to ``new``, with a few words around each change."""
        if not (old and new):
            kind = "deleted" if old else "inserted"
            return cls(tuple(Line((Piece(kind, text),)) for text in old or new))
        return cls(tuple(map(_folded, compare_lines(old, new))))

    @classmethod
    def exchange(cls, old: str, new: str) -> Words:
        """Return a value in place of another."""
        pieces = (Piece("deleted", old), Piece("inserted", new))
        return cls((Line(tuple(piece for piece in pieces if piece.text)),))

    @classmethod
    def same(cls, text: str) -> Words:
        """Return a value that did not change."""
        return cls((Line((Piece("kept", text),)),) if text else ())


def _folded(line: Line) -> Line:
    """Return ``line`` without the words that are far from a change; pieces of kind ``gap`` stand for them."""
    last = len(line.pieces) - 1
    pieces: list[Piece] = []
    for place, piece in enumerate(line.pieces):
        words = piece.text.split(" ")
        before, after = (_AROUND if place else 0), (_AROUND if place < last else 0)
        # A lone piece stands beside a line that changed: its beginning says which it is.
        before = before or (0 if after else _AROUND)
        # Beside a space at an end there is an empty word.
        before, after = before + piece.text.startswith(" "), after + piece.text.endswith(" ")
        if piece.kind != "kept" or len(words) <= before + after + 2:
            pieces.append(piece)
            continue
        rest = len(words) - after
        shown = Piece("kept", " ".join([*words[:before], ""])), Piece("gap", "…")
        pieces += [*shown, Piece("kept", " ".join(["", *words[rest:]]))]
    return Line(tuple(piece for piece in pieces if piece.text))


@dataclass(frozen=True, slots=True)
class Html:
    """The comparison that Wagtail, or a site, has for a block of which nothing is known here."""

    html: SafeString
    template: ClassVar[str] = f"{_FOLDER}/html.html"


@dataclass(frozen=True, slots=True)
class Fields:
    """The children of a struct that changed, by their labels."""

    fields: tuple[tuple[str | Promise, Content], ...]
    template: ClassVar[str] = f"{_FOLDER}/fields.html"


#: The cells of a row, those that did not change as well.
Cells = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list that changed or was moved.

    Attributes:
        state: added, removed or changed; "" for what was moved only.
        label: The type of block.
        place: Its number in the new list; of what was removed, in the old one.
        before: Its number in the old list where it was moved, else 0.
        beginning: The first words that it says.
        content: What changed in it; all of it where it was added or removed.
    """

    state: str
    label: str | Promise
    place: int
    before: int
    beginning: str
    content: Content | Cells | None

    @property
    def is_whole(self) -> bool:
        """Return whether all in it was added or removed, so that its parts need no marks."""
        return self.state in ("added", "removed")


@dataclass(frozen=True, slots=True)
class Gap:
    """Items that did not change."""

    count: int


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a list."""

    entries: tuple[Entry | Gap, ...]
    template: ClassVar[str] = f"{_FOLDER}/items.html"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table; their contents are cells.

    Attributes:
        head: Names of the columns; empty where they have none.
        entries: The rows that changed.
    """

    head: tuple[str | Promise, ...]
    entries: tuple[Entry | Gap, ...]
    template: ClassVar[str] = f"{_FOLDER}/rows.html"

    @property
    def cells(self) -> int:
        """Return the number of columns beside that of the numbers of the rows."""
        contents = [one.content for one in self.entries if isinstance(one, Entry)]
        rows = [content for content in contents if isinstance(content, tuple)]
        return max(map(len, [self.head, *rows]))

    @property
    def width(self) -> int:
        """Return the number of all columns."""
        return self.cells + 1

    @property
    def numbers(self) -> range:
        """Return the numbers of the columns that have no names."""
        return range(len(self.head), self.cells)


Content = Words | Html | Fields | Items | Rows
