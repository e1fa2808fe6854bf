"""Differences between two texts in words, within bounds for texts of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Line", "Piece", "compare_lines"]

#: Most comparisons of two words, lines times lines or words times words; beyond that a text is shown as exchanged.
_MOST_COMPARISONS = 1_000_000
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept, inserted or deleted."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the difference; one without pieces stands for lines that are left out as they did not change."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Return whether something in it changed."""
        return any(piece.kind != "kept" for piece in self.pieces)


def compare_lines(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Return the lines of ``new`` and those deleted from ``old``, with what changed in them.

    Of the lines that did not change, those beside a change are kept.
    """
    return list(_shortened(list(_lines(old, new))))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    if len(old) * len(new) > _MOST_COMPARISONS:
        yield from _whole("deleted", old)
        yield from _whole("inserted", new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            yield from _whole("kept", new[new_start:new_end])
        elif what == "replace" and end - start == new_end - new_start:
            pairs = zip(old[start:end], new[new_start:new_end], strict=True)
            yield from (Line(_words(before, after)) for before, after in pairs)
        else:
            yield from _whole("deleted", old[start:end])
            yield from _whole("inserted", new[new_start:new_end])


def _whole(kind: str, texts: Sequence[str]) -> Iterator[Line]:
    yield from (Line((Piece(kind, text),)) for text in texts)


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST_COMPARISONS:
        return Piece("deleted", old), Piece("inserted", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs: list[_Run] = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        run = _Run("".join(before[start:end]), "".join(after[new_start:new_end]))
        # A space between two changed words is part of the change.
        run.same = what == "equal" and (not runs or bool(run.old.strip()))
        if runs and not run.same and not runs[-1].same:
            runs[-1].old += run.old
            runs[-1].new += run.new
        else:
            runs.append(run)
    return tuple(piece for run in runs for piece in _pieces(run))


@dataclass(slots=True)
class _Run:
    """Words of the old text, and those of the new one in their place."""

    old: str
    new: str
    same: bool = False


def _pieces(run: _Run) -> Iterator[Piece]:
    if run.old == run.new:
        yield Piece("kept", run.old)
        return
    if run.old:
        yield Piece("deleted", run.old)
    if run.new:
        yield Piece("inserted", run.new)


def _shortened(lines: Sequence[Line]) -> Iterator[Line]:
    gap = False
    for place, line in enumerate(lines):
        beside = lines[max(place - 1, 0) : place + 2]
        if any(one.changed for one in beside):
            yield line
            gap = False
        elif not gap:
            yield Line(())
            gap = True
