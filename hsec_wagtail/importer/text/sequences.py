"""Orderings of named things: which of them kept their places, and how two orderings are merged or paired."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import TypeVar

__all__ = ["batched", "likeliest_pairs", "preceding", "unmoved", "unpassed", "weave"]

K = TypeVar("K", bound=Hashable)


def unmoved(before: Sequence[K], after: Sequence[K]) -> set[K]:
    """Return the largest set of things in the same order in both; all others were moved.

    This is the longest increasing subsequence of the places in ``before``, found by patience sorting
    in O(n log n) (Fredman, On computing the length of longest increasing subsequences, 1975).
    Neither may name a thing twice.
    """
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    tops: list[int] = []  # the lowest place on which a run of each length can end
    ends: list[int] = []  # where in ``common`` that is
    below: list[
        int
    ] = []  # what stands before each in the longest run that ends with it; -1: nothing
    for n, key in enumerate(common):
        length = bisect_left(tops, places[key])
        below.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [places[key]]
        ends[length : length + 1] = [n]
    found: set[K] = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        found.add(common[n])
        n = below[n]
    return found


def unpassed(before: Sequence[K], after: Sequence[K]) -> set[K]:
    """Return the things in both that are in the same order with each of the others in both.

    It did not move, and nothing moved past it. Neither may name a thing twice.
    """
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    highest = list(accumulate((places[key] for key in common), max))
    lowest = list(accumulate((places[key] for key in reversed(common)), min))[::-1]
    return {
        key
        for key, high, low in zip(common, highest, lowest, strict=True)
        if high == places[key] == low
    }


def preceding(order: Iterable[K], among: Collection[K]) -> dict[K, K | None]:
    """Return for each of ``order`` the nearest before it that is one of ``among``; None for none."""
    found: dict[K, K | None] = {}
    nearest: K | None = None
    for key in order:
        found[key] = nearest
        if key in among:
            nearest = key
    return found


def weave(kept: Iterable[K], guide: Iterable[K], placed: Collection[K]) -> list[K]:
    """Return ``kept`` in its order, with each of ``placed`` behind what it follows in ``guide``.

    What ``kept`` lacks is skipped in the search for a neighbour; that without one comes first.
    """
    kept = list(kept)
    there = set(kept)
    neighbour: K | None = None
    behind: dict[K | None, list[K]] = {}
    for key in guide:
        if key in there:
            neighbour = key
        elif key in placed:
            behind.setdefault(neighbour, []).append(key)
    woven = list(behind.get(None, ()))
    for key in kept:
        woven += [key, *behind.get(key, ())]
    return woven


T = TypeVar("T")


def likeliest_pairs(
    here: Sequence[T], there: Sequence[T], likeness: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    """Return the places of the pairs that are most alike in total, in order in both.

    This is a longest common subsequence, weighted by ``likeness``, which is asked once for each two; two things of which
    that is 0 are no pair. Time and memory are the product of the lengths.
    """
    alike = [[likeness(one, other) for other in there] for one in here]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i in reversed(range(len(here))):
        row, below = best[i], best[i + 1]
        for j in reversed(range(len(there))):
            row[j] = max(below[j + 1] + alike[i][j], below[j], row[j + 1])
    found = []
    i = j = 0
    while i < len(here) and j < len(there):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most ``size``, in order."""
    # itertools.batched comes with Python 3.12.
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
