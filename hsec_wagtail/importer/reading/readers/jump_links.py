"""Jump links: the labels at the top of a page that recur below as headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hsec_wagtail.importer.reading.readers.lines import LONGEST_LABEL, Line
from hsec_wagtail.importer.reading.readers.phrases import SMALL_WORDS
from hsec_wagtail.importer.text.words import normalise

__all__ = ["Jumps", "find_jumps", "heading_names", "inner_target"]

_SHORT = re.compile(r"\s*\(([^()]*)\)\s*\Z")
_ARTICLE = re.compile(r"\A(?:the|le|la|les)\s+|\Al'\s*")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Jumps:
    """Where the jump links begin and end, and the headings that they lead to."""

    start: int
    stop: int
    heads: tuple[int, ...]


@lru_cache(maxsize=4096)
def _bare(label: str) -> str:
    return _ARTICLE.sub("", normalise(_SHORT.sub("", label)))


@lru_cache(maxsize=4096)
def _names(label: str) -> frozenset[str]:
    """Return the names that a jump link may use for the heading ``label``: in full, by short name or initials."""
    names = {_bare(label), normalise(label)}
    if match := _SHORT.search(label):
        names.add(normalise(match.group(1)))
    parts = _LETTERS.findall(label)
    for initials in (
        [part[0] for part in parts if part[0].isupper()],
        [part[0] for part in parts if part.casefold() not in SMALL_WORDS],
    ):
        if len(initials) > 1:
            names.add("".join(initials).casefold())
    return frozenset(names - {""})


def heading_names(lines: Sequence[Line]) -> Counter[str]:
    """Return the names that jump links may use for the labels among ``lines``, with the number of labels of each."""
    return Counter(name for line in lines if line.is_label for name in _names(line.text))


def find_jumps(lines: Sequence[Line]) -> Jumps | None:
    """Return the first run of labels that all recur below it, in order, as headings.

    On a saved page it is the first run of links to headings of the page itself.
    Takes linear time except for the search of a label's next place.
    """
    return _linked_jumps(lines) or _labelled_jumps(lines)


def _linked_jumps(lines: Sequence[Line]) -> Jumps | None:
    places = {
        anchor: n
        for n, line in reversed(list(enumerate(lines)))
        if line.mark
        for anchor in line.mark.anchors
    }
    start = 0
    while start < len(lines):
        stop = start
        heads: set[int] = set()
        while stop < len(lines) and (leads := inner_target(lines[stop])) is not None:
            if leads in places:
                heads.add(_heading_at(lines, places[leads]))
            stop += 1
        below = sorted(n for n in heads if n >= stop)
        if len(below) > 1 and all(lines[n].is_label and not lines[n].is_item for n in below):
            return Jumps(start, stop, tuple(below))
        start = max(stop, start + 1)
    return None


def inner_target(line: Line) -> str | None:
    """Return the name of the place in its own page that a line leads to as a whole, if it does."""
    href = line.mark.href if line.mark else ""
    return href[1:] if len(href) > 1 and href.startswith("#") else None


def _heading_at(lines: Sequence[Line], place: int) -> int:
    """Return the place of the heading that an anchor at ``place`` means: there, or right above the text."""
    if not lines[place].is_label and place and lines[place - 1].is_marked:
        return place - 1
    return place


def _labelled_jumps(lines: Sequence[Line]) -> Jumps | None:
    places: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        if line.is_label:
            for name in _names(line.text):
                places.setdefault(name, []).append(n)
    start = 0
    while start < len(lines):
        stop = _stretch(lines, start, places)
        if stop - start > 1 and (found := _follow(lines, start, stop, places)):
            return found
        start = max(stop, start + 1)
    return None


def _may_jump(line: Line) -> bool:
    short = len(line.text) <= LONGEST_LABEL and not line.text.endswith((".", ";", ",", "?", "!"))
    return line.is_label or (bool(line.bullet) and short and not line.has_address)


def _stretch(lines: Sequence[Line], start: int, places: dict[str, list[int]]) -> int:
    """Return the end of the run of different labels from ``start`` on that recur somewhere below."""
    seen: set[str] = set()
    n = start
    while n < len(lines) and _may_jump(lines[n]):
        if _next_place(lines[n], n, places) is None or seen & _names(lines[n].text):
            break
        seen.add(_bare(lines[n].text))
        n += 1
    return n


def _next_place(line: Line, after: int, places: dict[str, list[int]]) -> int | None:
    """Return the next line after ``after`` that the label of ``line`` may lead to."""
    names = [_bare(line.text)]
    if match := _SHORT.search(line.text):
        names.append(normalise(match.group(1)))
    found: list[int] = []
    for name in names:
        known = places.get(name, [])
        at = bisect_right(known, after)
        found += known[at : at + 1]
    return min(found, default=None)


def _follow(
    lines: Sequence[Line], start: int, stop: int, places: dict[str, list[int]]
) -> Jumps | None:
    """Return the labels up to ``stop`` that lead to headings in the same order."""
    heads: list[int] = []
    for n in range(start, stop):
        place = _next_place(lines[n], heads[-1] if heads else stop - 1, places)
        if place is None:
            # What came before leads elsewhere, such as to the same navigation in the footer.
            start, heads = n, []
            place = _next_place(lines[n], stop - 1, places)
        if place is None:
            start = n + 1
        else:
            heads.append(place)
    return Jumps(start, stop, tuple(heads)) if _are_headings(heads, len(lines)) else None


def _are_headings(heads: Sequence[int], end: int) -> bool:
    """Tell whether most of the lines have something below them: repeated links have not."""
    filled = sum(1 for a, b in zip(heads, [*heads[1:], end], strict=True) if b - a > 1)
    return len(heads) > 1 and filled > len(heads) / 2
