"""Matching of two sequences of words: those that both have, in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from hsec_wagtail.importer.text.sequences import unmoved

__all__ = ["matches"]

#: Above this many pairs of words the matcher, which is quadratic at worst, is not asked: too little
#: found is a failure that shows.
_LARGEST_COMPARISON = 4_000_000
#: How many words that stand together, once only in either sequence, name a place.
_ANCHOR = 3


def matches(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places in ``one`` and in ``other`` of words that both have, in the same order.

    Long sequences are cut where both say something that neither says twice.
    """
    long = len(one) * len(other) > _LARGEST_COMPARISON
    a = b = 0
    for i, j in [*(_anchors(one, other) if long else ()), (len(one), len(other))]:
        for ours, theirs in _compared(one[a:i], other[b:j]):
            yield a + ours, b + theirs
        a, b = i, j


def _compared(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    shorter = min(len(one), len(other))
    head = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    yield from ((n, n) for n in range(head))
    a, b = one[head : len(one) - tail], other[head : len(other) - tail]
    if a and b and len(a) * len(b) <= _LARGEST_COMPARISON:
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            yield from ((head + block.a + n, head + block.b + n) for n in range(block.size))
    yield from ((len(one) - n, len(other) - n) for n in range(tail, 0, -1))


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each sequence has what both have once, as in a patience diff."""
    ours, theirs = _named_once(one), _named_once(other)
    kept = unmoved(list(theirs), list(ours))
    return [(place, theirs[name]) for name, place in ours.items() if name in kept]


def _named_once(sequence: Sequence[str]) -> dict[tuple[str, ...], int]:
    names = [tuple(sequence[n : n + _ANCHOR]) for n in range(len(sequence) - _ANCHOR + 1)]
    counts = Counter(names)
    return {name: place for place, name in enumerate(names) if counts[name] == 1}
