"""Differences between two texts in words, within bounds for texts of any size.

difflib takes cubic time at worst, where many words are equal to many. So what both texts begin and end with is left
aside; words are compared where few enough are left, else sentences, and words only in those that differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

__all__ = ["Line", "Piece", "compare_lines"]

#: Most words, or lines, of both texts together, and most pairs of equal ones; beyond that nothing is compared.
_MOST_ITEMS = 2_000
_MOST_PAIRS = 10_000
#: The least share of words that two wordings of a line have in common, and the most lines to look for them.
_ALIKE = 0.5
_MOST_REWORDED = 400
_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE_ENDS = frozenset(".!?;:…")

#: Where two equal runs begin, in the old and in the new text, and how long they are.
_Match = tuple[int, int, int]


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
    here = there = 0
    for before, after, length in [*_matches(old, new), (len(old), len(new), 0)]:
        yield from _replaced(old[here:before], new[there:after])
        here, there = before + length, after + length
        yield from _whole("kept", new[after:there])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of ``new`` with those of ``old`` in their places, each beside the one it is a wording of."""
    pairs = _reworded(old, new)
    if len(old) == len(new) <= _MOST_REWORDED:
        pairs = list(enumerate(range(len(old))))
    here = there = 0
    for before, after in pairs:
        yield from _whole("deleted", old[here:before])
        yield from _whole("inserted", new[there:after])
        yield Line(tuple(_words(old[before], new[after])))
        here, there = before + 1, after + 1
    yield from _whole("deleted", old[here:])
    yield from _whole("inserted", new[there:])


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of lines that share at least half of their words, none crossing another."""
    pairs: list[tuple[int, int]] = []
    if len(old) * len(new) > _MOST_REWORDED:
        return pairs
    said = [Counter(_WORD.findall(text)) for text in new]
    free = 0
    for place, text in enumerate(old):
        words = Counter(_WORD.findall(text))
        likeness = [(_likeness(words, said[n]), -n) for n in range(free, len(new))]
        best, other = max(likeness, default=(0.0, 0))
        if best >= _ALIKE:
            pairs.append((place, -other))
            free = 1 - other
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _whole(kind: str, texts: Sequence[str]) -> Iterator[Line]:
    yield from (Line((Piece(kind, text),)) for text in texts)


def _words(old: str, new: str) -> Iterator[Piece]:
    """Yield the way from ``old`` to ``new``; spaces between two changed words are part of the change."""
    kept = ""
    for gone, come, word in _steps(old, new):
        start = _common_space(gone, come)
        end = _common_space(gone[start:][::-1], come[start:][::-1])
        kept += gone[:start]
        gone_words, come_words = gone[start : len(gone) - end], come[start : len(come) - end]
        if kept and (gone_words or come_words):
            yield Piece("kept", kept)
            kept = ""
        if gone_words:
            yield Piece("deleted", gone_words)
        if come_words:
            yield Piece("inserted", come_words)
        kept += gone[len(gone) - end :] + word
    if kept:
        yield Piece("kept", kept)


def _steps(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield for each word that stays what goes before it, what comes there, and the word; at the end ""."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    here = there = 0
    for i, j in _same_words([word[0] for word in before], [word[0] for word in after]):
        one, other = before[i], after[j]
        yield old[here : one.start()], new[there : other.start()], one[0]
        here, there = one.end(), other.end()
    yield old[here:], new[there:], ""


def _common_space(one: str, other: str) -> int:
    """Return how many characters of white space both begin with."""
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not a.isspace():
            break
        number += 1
    return number


def _same_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the words that stay."""
    for i, j, length in _matches(old, new, otherwise=_by_sentences):
        yield from zip(range(i, i + length), range(j, j + length), strict=True)


def _nothing(_old: Sequence[Hashable], _new: Sequence[Hashable]) -> Iterator[_Match]:
    yield from ()


def _matches(
    old: Any, new: Any, *, otherwise: Callable[[Any, Any], Iterable[_Match]] = _nothing
) -> list[_Match]:
    """Return the runs that stay, in order; ``otherwise`` finds them where there is too much to compare."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    if len(one) + len(other) > _MOST_ITEMS or _pairs(one, other) > _MOST_PAIRS:
        found = otherwise(one, other)
    else:
        found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    inner = [(start + i, start + j, length) for i, j, length in found]
    runs = [(0, 0, start), *inner, (len(old) - end, len(new) - end, end)]
    return [run for run in runs if run[2]]


def _by_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[_Match]:
    """Yield the runs of words that stay: whole sentences, and words of the sentences between these."""
    before, after = list(_sentences(old)), list(_sentences(new))
    here = there = 0
    for i, j, length in [*_matches(before, after), (len(before), len(after), 0)]:
        start, other_start = sum(map(len, before[:i])), sum(map(len, after[:j]))
        for one, other, words in _matches(old[here:start], new[there:other_start]):
            yield here + one, there + other, words
        words = sum(map(len, before[i : i + length]))
        if words:
            yield start, other_start, words
        here, there = start + words, other_start + words


def _sentences(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    start = 0
    for place, word in enumerate(words, start=1):
        if word in _SENTENCE_ENDS or place == len(words):
            yield tuple(words[start:place])
            start = place


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Return how many both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pairs(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    counts = Counter(one)
    return sum(counts[item] for item in other)


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
