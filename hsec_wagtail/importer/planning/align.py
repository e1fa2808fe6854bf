"""Alignment: reworded blocks of the source keep their ids. Pure.

Readers of captures and of HTML name a block by what it says, so that new words make a new id, and other ids
of all that is in the block. Here such a block is found among those that the last run wrote. Blocks that say
the same go together wherever they stand; else they stand in the same gap, between neighbours that both
sides have in the same order, and share about half of their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from hsec_wagtail.importer.document.page_spec import Fields
from hsec_wagtail.importer.document.part_kinds import NodeSpec, PartKind
from hsec_wagtail.importer.document.stored_parts import (
    StoredPart,
    list_parts,
    stored_value,
    value_parts,
)
from hsec_wagtail.importer.document.texts import stored_text
from hsec_wagtail.importer.planning.raw_blocks import (
    BlockKey,
    FieldSpot,
    as_blocks,
    fingerprint,
    keyed,
    names,
)
from hsec_wagtail.importer.text.sequences import likeliest_pairs, unmoved
from hsec_wagtail.importer.text.words import words

__all__ = ["Aligned", "aligned"]

#: The least share of words that two wordings of one thing have in common.
_ALIKE: Final = 0.5
#: Above so many pairs in a gap, or words to look up for them, only the same place is looked at.
_MOST_PAIRS: Final = 200 * 200
_MOST_WORDS: Final = 1_000_000

_Raw = Mapping[str, Any]
_Name = tuple[str, str]
#: Places of blocks in theirs -> of what they are in base.
_Pairs = dict[int, int]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Fields of the source with the ids of base; ``renamed`` holds those by the ids they stand for."""

    fields: Fields
    renamed: Mapping[str, str]

    def path(self, path: str) -> str:
        """Return the content path that ``path`` became."""
        return ".".join(self.renamed.get(name, name) for name in path.split("."))


def aligned(base: Fields, theirs: Fields) -> Aligned:
    """Return ``theirs`` with the ids of the blocks of ``base`` that its new blocks are a wording of.

    Ids that both sides have, or that stand twice on a side, are left alone.
    """
    here, there = names(base), names(theirs)
    old = {name for name, count in here.items() if count == 1 and name not in there}
    new = {name for name, count in there.items() if count == 1 and name not in here}
    if not old or not new:
        return Aligned(theirs, {})
    renamed = {
        theirs_block["id"]: base_block["id"]
        for base_block, theirs_block in _matched(base, theirs, old, new)
        if ("id", str(theirs_block.get("id"))) in new
    }
    return Aligned(_with_ids(theirs, renamed) if renamed else theirs, renamed)


def _with_ids(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_with_ids(part, renamed) for part in value]
    if not isinstance(value, dict):
        return value
    parts = {name: _with_ids(part, renamed) for name, part in value.items()}
    if _is_block(value) and isinstance(value.get("id"), str):
        parts["id"] = renamed.get(value["id"], value["id"])
    return parts


def _is_block(value: Any) -> bool:
    return as_blocks([value]) is not None


def _matched(
    base: Fields, theirs: Fields, old: Set[_Name], new: Set[_Name]
) -> Iterator[tuple[_Raw, _Raw]]:
    """Yield the blocks of base and of theirs that are the same ones, at any depth.

    ``old`` and ``new`` are the names that may be matched.
    """
    rest = [(FieldSpot.of_field(name), base[name], theirs[name]) for name in theirs if name in base]
    while rest:
        spot, one, other = rest.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            rest += [(spot.of_part(name), one[name], other[name]) for name in other if name in one]
        elif isinstance(one, list) and isinstance(other, list):
            olds, news = as_blocks(one), as_blocks(other)
            for here, there in _same_blocks(spot, olds or [], news or [], old, new):
                yield here, there
                if str(here["type"]) == str(there["type"]):
                    rest.append((_inside(spot, there), here["value"], there["value"]))


def _inside(spot: FieldSpot, block: _Raw) -> FieldSpot:
    """Return the place of ``block`` of the list at ``spot``; its number in the list is of no matter here."""
    return spot.of_block((("id", ""), 0), block, 0)


def _same_blocks(
    spot: FieldSpot, olds: Sequence[_Raw], news: Sequence[_Raw], old: Set[_Name], new: Set[_Name]
) -> Iterator[tuple[_Raw, _Raw]]:
    """Yield the blocks of two lists that are the same ones: those of one name, then those aligned."""
    here, there = keyed(olds), keyed(news)
    places = {key: place for place, key in enumerate(here)}
    pairs = {place: places[key] for place, key in enumerate(there) if key in places}
    free_old, free_new = _free(here, old), _free(there, new)
    if free_old and free_new:
        if _are_cells(spot, olds, news):
            pairs |= {place: place for place in free_new if place in free_old}
        else:
            pairs |= _unchanged(free_old, free_new)
            _Gaps(spot, free_old, free_new, pairs).fill(len(olds), len(news))
    for theirs_place, base_place in pairs.items():
        yield olds[base_place], news[theirs_place]


def _free(blocks: Mapping[BlockKey, _Raw], free: Set[_Name]) -> dict[int, _Raw]:
    """Return the blocks whose names may be matched, by their places."""
    return {
        place: block
        for place, (key, block) in enumerate(blocks.items())
        if key[0] in free and block.get("id") == key[0][1]
    }


def _are_cells(spot: FieldSpot, olds: Sequence[_Raw], news: Sequence[_Raw]) -> bool:
    """Tell whether the lists are rows of a table with as many cells: there the place is what counts."""
    return (
        spot.part is not None
        and spot.part.kind is PartKind.CELLS
        and len(olds) == len(news)
        and not any(isinstance(block["value"], list) for block in (*olds, *news))
    )


def _unchanged(old: Mapping[int, _Raw], new: Mapping[int, _Raw]) -> _Pairs:
    """Return the pairs that say the same; of several the first goes with the first."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place in reversed(list(old)):
        places[_text_key(old[place])].append(place)
    return {
        place: places[key].pop() for place, block in new.items() if places[key := _text_key(block)]
    }


def _text_key(block: _Raw) -> str:
    return fingerprint({"type": block["type"], "value": _without_ids(block["value"])})


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(part) for part in value]
    if isinstance(value, dict):
        return {name: _without_ids(part) for name, part in value.items() if name != "id"}
    return value


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block that may be matched: what it is, what it says, and which thing it names if it does."""

    place: int
    kind: str
    spec: NodeSpec | None
    words: frozenset[tuple[str, int]]
    address: Any

    @classmethod
    def of(cls, place: int, block: _Raw, spot: FieldSpot) -> _Candidate:
        """Return the ``block`` at a place of the list at ``spot``."""
        inside = _inside(spot, block)
        spec, value = inside.spec, block["value"]
        item = block["type"] == "item" and spot.part
        kind = str(spot.part.stored if item and spot.part else block["type"])
        shown = (one for one in _parts(value, inside) if one.shown)
        said = (word for one in shown for word in words(stored_text(one.part, one.value)))
        told_by = spec.told_by if spec and isinstance(value, Mapping) else ()
        parts = (part for part in spec.parts if part.field in told_by) if spec else ()
        addresses = (stored_value(value, part) for part in parts)
        return cls(place, kind, spec, _numbered(said), next(filter(None, addresses), None))

    @property
    def is_label(self) -> bool:
        """Whether all its words may change."""
        return self.spec is not None and self.spec.is_label


def _parts(value: Any, spot: FieldSpot) -> Iterator[StoredPart]:
    if isinstance(value, list) and spot.part and spot.part.kind is PartKind.LIST:
        return list_parts("", value, spot.part)
    return value_parts("", value, spot.spec)


def _numbered(said: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Return words with how many of each come before, so that a set counts them."""
    seen: Counter[str] = Counter()
    found = set()
    for word in said:
        name = word.casefold()
        found.add((name, seen[name]))
        seen[name] += 1
    return frozenset(found)


class _Gaps:
    """The gaps between the paired blocks of two lists, filled until no more pairs are found."""

    def __init__(
        self, spot: FieldSpot, old: Mapping[int, _Raw], new: Mapping[int, _Raw], pairs: _Pairs
    ) -> None:
        taken = set(pairs.values())
        self._pairs = pairs
        self._old = {n: _Candidate.of(n, one, spot) for n, one in old.items() if n not in taken}
        self._new = {n: _Candidate.of(n, one, spot) for n, one in new.items() if n not in pairs}

    def fill(self, olds: int, news: int) -> None:
        """Add to the pairs; ``olds`` and ``news`` are the lengths of the lists.

        New pairs split gaps in two, in which a label may be the only one.
        """
        while found := list(self._found(olds, news)):
            for old, new in found:
                self._pairs[new.place] = old.place
                del self._old[old.place], self._new[new.place]

    def _found(self, olds: int, news: int) -> Iterator[tuple[_Candidate, _Candidate]]:
        for here, there in _gaps(self._pairs, olds, news):
            old = [self._old[place] for place in here if place in self._old]
            new = [self._new[place] for place in there if place in self._new]
            if old and new:
                yield from _likely(old, new) or _lone(old, new)


def _gaps(pairs: _Pairs, olds: int, news: int) -> Iterator[tuple[range, range]]:
    """Yield the places between pairs that stand in the same order on both sides."""
    order = sorted(pairs)
    stayed = unmoved(sorted(pairs.values()), [pairs[place] for place in order])
    here = there = 0
    for old, new in [*((pairs[n], n) for n in order if pairs[n] in stayed), (olds, news)]:
        yield range(here, old), range(there, new)
        here, there = old + 1, new + 1


def _likely(
    old: Sequence[_Candidate], new: Sequence[_Candidate]
) -> list[tuple[_Candidate, _Candidate]]:
    """Return the pairs of blocks in a gap that are likely the same ones, none crossing another."""
    lookups = min(
        len(old) * sum(len(block.words) for block in new),
        len(new) * sum(len(block.words) for block in old),
    )
    if len(old) * len(new) <= _MOST_PAIRS and lookups <= _MOST_WORDS:
        return [(old[i], new[j]) for i, j in likeliest_pairs(old, new, _likeness)]
    first = [pair for pair in zip(old, new, strict=False) if _likeness(*pair)]
    last = zip(reversed(old), reversed(new), strict=False)
    return first or [pair for pair in last if _likeness(*pair)]


def _likeness(old: _Candidate, new: _Candidate) -> float:
    """Return the likeness of two blocks, from one half to one; 0 where they are not the same one."""
    if old.kind != new.kind:
        return 0.0
    total = len(old.words) + len(new.words)
    share = 2 * len(old.words & new.words) / total if total else 0.0
    if old.address and old.address == new.address:
        return (1 + share) / 2
    if old.spec and old.spec.is_name:
        # Half of a name is another's: "African Union" is not "European Union".
        named = old.words <= new.words or new.words <= old.words
        return (1 + share) / 2 if share and named and not _are_two(old, new) else 0.0
    return share if share >= _ALIKE else 0.0


def _are_two(old: _Candidate, new: _Candidate) -> bool:
    """Tell whether two blocks name different things."""
    return bool(old.address and new.address and old.address != new.address)


def _lone(
    old: Sequence[_Candidate], new: Sequence[_Candidate]
) -> list[tuple[_Candidate, _Candidate]]:
    """Return the first label in a gap that is the only one of its kind on either side, if any."""
    for kind in dict.fromkeys(block.kind for block in old if block.is_label):
        here = [block for block in old if block.kind == kind]
        there = [block for block in new if block.kind == kind]
        if len(here) == len(there) == 1 and (_is_value(here[0]) or not _are_two(here[0], there[0])):
            return [(here[0], there[0])]
    return []


def _is_value(block: _Candidate) -> bool:
    return block.spec is not None and block.spec.is_value
