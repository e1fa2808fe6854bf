"""The search for the words of a source on the pages that were made of it. Pure.

Word by word, by occurrence and in order: a word of the site matches one word of the source. Each is
looked for first in the part that it was taken into, then, with the words around it, everywhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from typing import TypeVar

from hsec_wagtail.importer.document.field_texts import lies_in, repeats
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.word_matching import matches
from hsec_wagtail.importer.text.words import normal_form, words

__all__ = ["Fate", "ItemPart", "ItemTexts", "SpanClaim", "Stretch", "WordSearch"]


T = TypeVar("T")


class Fate(Enum):
    """The fate of a word of the source."""

    #: It was no content, and left out with a reason.
    LEFT_OUT = "left out"
    #: It is where it was taken to.
    THERE = "there"
    #: It is elsewhere on the page, or on another page of the import.
    MOVED = "moved"
    #: An editor changed the part that it was taken into, and it is nowhere else.
    CHANGED = "changed"
    #: It is nowhere.
    GONE = "gone"


#: A page or a group of links, and the content path of one of its parts.
ItemPart = tuple[int, str]


@dataclass(frozen=True, slots=True)
class SpanClaim:
    """A stretch of the source and the part of an item that it was taken into."""

    part: ItemPart
    span: Span


@dataclass(frozen=True, slots=True)
class ItemTexts:
    """The texts of an item by content path: as they are ``now``, and as they were ``written``.

    ``asides`` are the addresses behind labels, now; ``disputed`` the parts where an editor's text stood
    against the source's; ``rewritten`` tells that a later import wrote the item.
    """

    now: Mapping[str, str]
    written: Mapping[str, str]
    asides: Mapping[str, str] = field(default_factory=dict)
    disputed: Collection[str] = ()
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand together in a source and of which the same became.

    ``part`` is what they were taken into, None if nothing; ``found`` is the item where they are now, for
    words that moved.
    """

    fate: Fate
    span: Span
    words: int
    part: ItemPart | None
    found: int | None = None


class WordSearch:
    """A search for the words of sources; each is given with its items, then all is asked."""

    def __init__(self) -> None:
        self._sources: list[_SourceWords | list[Stretch]] = []
        self._leftovers: list[_LeftoverRun] = []

    def add(
        self,
        source: Source,
        *,
        chrome: Iterable[Span],
        claims: Iterable[SpanClaim],
        items: Mapping[int, ItemTexts],
    ) -> set[ItemPart | None]:
        """Look for the words of ``source`` where they were taken to; return the parts that miss some.

        These words, and what is left of ``items``, wait for the other sources.
        """
        found = _SourceWords(source, chrome)
        site_texts = {number: _site_texts(texts) for number, texts in items.items()}
        there = {
            number: _by_part(own, lambda text: text.path) for number, own in site_texts.items()
        }
        # The innermost first: a word of an initiative is looked for there, then in the block around it.
        for claim in sorted(claims, key=lambda one: (one.span[1] - one.span[0], one.span)):
            number, path = claim.part
            found.look_in_part(claim, there.get(number, {}).get(path, []))
        for number, lost in found.lost().items():
            if number in items:
                found.note_changes(lost, items[number], there[number])
        for number, own in site_texts.items():
            self._leftovers += (run for text in own for run in text.leftovers(number))
        missing = found.missing_parts()
        # Of what is complete no word needs to be kept.
        self._sources.append(found if missing else list(found.stretches()))
        return missing

    def stretches(self) -> Iterator[list[Stretch]]:
        """Yield, source by source, the stretches of its words with their fates, in the order of the source."""
        leftovers = _Leftovers(self._leftovers)
        for source in self._sources:
            if isinstance(source, _SourceWords):
                source.settle(leftovers)
                yield list(source.stretches())
            else:
                yield source


@dataclass(slots=True)
class _SiteText:
    """A text of the site, word by word; those that matched a word of the source are ``used``."""

    path: str
    words: list[str]
    aside: frozenset[str]
    used: set[int] = field(default_factory=set)

    def leftovers(self, item: int) -> Iterator[_LeftoverRun]:
        """Yield the runs of words that matched none."""
        for free, run in groupby(range(len(self.words)), key=lambda n: n not in self.used):
            if free:
                places = list(run)
                whole = len(places) == len(self.words)
                yield _LeftoverRun(item, [self.words[n] for n in places], whole=whole)


def _site_texts(texts: ItemTexts) -> list[_SiteText]:
    found = []
    for path, text in texts.now.items():
        # The dates of an initiative repeat what stands in its text.
        if not repeats(path):
            url = texts.asides.get(path, "")
            shown = frozenset([*words(url), *words(url.partition("://")[2])] if url else ())
            found.append(_SiteText(path, words(text), shown))
    return found


def _by_part(things: Iterable[T], path_of: Callable[[T], str]) -> dict[str, list[T]]:
    """Return what stands at each path and within it."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for thing in things:
        path = path_of(thing)
        found[path].append(thing)
        while path := path.rpartition(".")[0]:
            found[path].append(thing)
    return found


class _SourceWords:
    """The words of a source and what is known of each."""

    def __init__(self, source: Source, chrome: Iterable[Span]) -> None:
        self._words = source.words
        self._within = source.within
        self._forms = [normal_form(word.text) for word in source.words]
        self._fates: list[Fate | None] = [None] * len(self._forms)
        self._parts: list[ItemPart | None] = [None] * len(self._forms)
        self._changed: set[int] = set()
        self._found: dict[int, int] = {}
        for span in chrome:
            for n in self._within(*span):
                self._fates[n] = Fate.LEFT_OUT

    def look_in_part(self, claim: SpanClaim, site_texts: Sequence[_SiteText]) -> None:
        """Look for the words of ``claim`` in ``site_texts``, which are the texts of its part."""
        missing = [n for n in self._within(*claim.span) if self._fates[n] is None]
        free = [
            (text, n) for text in site_texts for n in range(len(text.words)) if n not in text.used
        ]
        here = [self._forms[n] for n in missing]
        for ours, theirs in matches(here, [text.words[n] for text, n in free]):
            text, n = free[theirs]
            text.used.add(n)
            self._fates[missing[ours]] = Fate.THERE
        shown = frozenset[str]().union(*(text.aside for text in site_texts))
        for n in missing:
            self._parts[n] = self._parts[n] or claim.part
            if self._fates[n] is None and self._forms[n] in shown:
                self._fates[n] = Fate.THERE

    def missing_parts(self) -> set[ItemPart | None]:
        """Return the parts that miss words; None stands for words that no part took in."""
        return {part for part, fate in zip(self._parts, self._fates, strict=True) if fate is None}

    def lost(self) -> dict[int, dict[str, list[int]]]:
        """Return the words that are not in their parts, by item and path."""
        found: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for n, part in enumerate(self._parts):
            if part and self._fates[n] is None:
                found[part[0]][part[1]].append(n)
        return {number: dict(paths) for number, paths in found.items()}

    def note_changes(
        self, lost: Mapping[str, list[int]], texts: ItemTexts, there: Mapping[str, list[_SiteText]]
    ) -> None:
        """Note which of the ``lost`` words of an item an editor took out of a part that is still there."""
        written = _by_part(texts.written.items(), lambda pair: pair[0])
        for path, numbers in lost.items():
            if texts.rewritten or any(
                lies_in(path, part) or lies_in(part, path) for part in texts.disputed
            ):
                self._changed.update(numbers)
            elif there.get(path):
                before = [form for _, text in written.get(path, ()) for form in words(text)]
                pairs = matches([self._forms[n] for n in numbers], before)
                self._changed.update(numbers[ours] for ours, _ in pairs)

    def settle(self, leftovers: _Leftovers) -> None:
        """Look for what is missing among the words of ``leftovers``; what is not there either is gone."""
        missing = [n for n, fate in enumerate(self._fates) if fate is None]
        for _, run in groupby(
            enumerate(missing), key=lambda pair: (pair[1] - pair[0], self._parts[pair[1]])
        ):
            numbers = [n for _, n in run]
            part = self._parts[numbers[0]]
            near = part[0] if part else None
            for place, item in leftovers.find([self._forms[n] for n in numbers], near=near):
                self._fates[numbers[place]] = Fate.MOVED
                self._found[numbers[place]] = item
        for n in missing:
            if self._fates[n] is None:
                self._fates[n] = Fate.CHANGED if n in self._changed else Fate.GONE

    def stretches(self) -> Iterator[Stretch]:
        """Yield the words in stretches with their fates."""

        def outcome(n: int) -> tuple[Fate | None, ItemPart | None, int | None]:
            return self._fates[n], self._parts[n], self._found.get(n)

        for (fate, part, found), run in groupby(range(len(self._forms)), key=outcome):
            numbers = list(run)
            span = (self._words[numbers[0]].start, self._words[numbers[-1]].end)
            yield Stretch(fate or Fate.GONE, span, len(numbers), part, found)


@dataclass(slots=True)
class _LeftoverRun:
    """Words of an item that stand together; ``whole`` if they are all of a text."""

    item: int
    words: list[str]
    whole: bool
    used: set[int] = field(default_factory=set)

    def common(self, wanted: Sequence[str], start: int, offset: int) -> int:
        """Return how many unused words from ``offset`` on are those of ``wanted`` from ``start`` on."""
        count = 0
        for ours, theirs in zip(
            range(start, len(wanted)), range(offset, len(self.words)), strict=False
        ):
            if theirs in self.used or wanted[ours] != self.words[theirs]:
                break
            count += 1
        return count


#: Fewer words than this that stand together are found only if they are a text of their own: "of the"
#: stands everywhere.
_FEWEST = 3
#: How many places that begin alike are looked at.
_MOST_PLACES = 20


class _Leftovers:
    """Words of the site that have matched none of the source so far."""

    def __init__(self, runs: Sequence[_LeftoverRun]) -> None:
        self._places: defaultdict[tuple[str, ...], list[tuple[_LeftoverRun, int]]] = defaultdict(
            list
        )
        for run in runs:
            for n in range(len(run.words) - _FEWEST + 1):
                self._places[tuple(run.words[n : n + _FEWEST])].append((run, n))
            if run.whole and len(run.words) < _FEWEST:
                self._places[tuple(run.words)].append((run, 0))

    def find(self, wanted: Sequence[str], *, near: int | None) -> Iterator[tuple[int, int]]:
        """Yield the places in ``wanted`` that were found and the items where, and take the words away."""
        fewest = min(_FEWEST, len(wanted))
        n = 0
        while n + fewest <= len(wanted):
            count, run, offset = self._longest(wanted, n, fewest, near)
            if run is None:
                n += 1
                continue
            run.used.update(range(offset, offset + count))
            yield from ((place, run.item) for place in range(n, n + count))
            n += count

    def _longest(
        self, wanted: Sequence[str], start: int, fewest: int, near: int | None
    ) -> tuple[int, _LeftoverRun | None, int]:
        places = self._places.get(tuple(wanted[start : start + fewest]), [])
        best: tuple[int, _LeftoverRun | None, int] = (0, None, 0)
        rank = (fewest - 1, False)
        for run, offset in [place for place in places if place[1] not in place[0].used][
            :_MOST_PLACES
        ]:
            count = run.common(wanted, start, offset)
            if (count, run.item == near) > rank:
                rank, best = (count, run.item == near), (count, run, offset)
        return best
