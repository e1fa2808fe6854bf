"""The three-way merge of the source's earlier state, its new state, and the editors' state. Pure.

Base is what the last run wrote, theirs the new source, ours the page now. Fields, parts of blocks and
blocks are compared by name and id, as deep as both sides changed them; texts are taken whole.

What the source did to the order of blocks is replayed on ours. As in the edit scripts for trees of
Chawathe and others (Change detection in hierarchically structured information, SIGMOD 1996), it moved
what is not in the longest run that stayed in order, and what it moved or added goes behind the nearest
block before it that is there. Blocks that an editor moved, or moved others past, are not moved again unless
theirs is preferred: order is never a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.planning.raw_blocks import (
    ABSENT,
    BlockKey,
    FieldSpot,
    Steps,
    as_blocks,
    has_id,
    keyed,
    names,
    same,
    spots,
)
from hsec_wagtail.importer.text.sequences import preceding, unmoved, unpassed, weave

__all__ = ["Conflict", "Merged", "Prefer", "merge"]

_BlocksByKey = Mapping[BlockKey, Any]


class Prefer(Enum):
    """Whose part stands where both sides changed it."""

    OURS = "keep"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that both sides changed, each to something else; None stands for what is not there.

    ``kind`` is "changed", "deleted here", "deleted at source" or "added on both sides".
    ``taken`` tells that theirs stands in the merged fields.
    """

    path: str
    steps: Steps
    base: Any
    theirs: Any
    ours: Any
    kind: str
    taken: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the conflict as a run keeps it."""
        return {
            "path": self.path,
            "label": [list(step) for step in self.steps],
            "base": self.base,
            "theirs": self.theirs,
            "ours": self.ours,
            "kind": self.kind,
            "taken": self.taken,
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    ``base`` is what the next merge compares with: the source's state, except conflicts left, which keep the
    old base, so that they are found again.
    """

    fields: Fields
    base: Fields
    conflicts: tuple[Conflict, ...]


def merge(base: Fields, theirs: Fields, ours: Fields, *, prefer: Prefer = Prefer.OURS) -> Merged:
    """Return ``ours`` with what ``theirs`` changed since ``base``.

    A field that theirs lacks is the site's own and stays. Blocks of an editor's own are never lost: under
    ``Prefer.THEIRS`` a conflict over a part that holds one, with no place for it in theirs, is left.
    """
    merger = _Merger(prefer)
    merged: Fields = {}
    next_base: Fields = {}
    for name in dict.fromkeys([*ours, *theirs, *base]):
        old, own = base.get(name, ABSENT), ours.get(name, ABSENT)
        if name in theirs:
            own, old = merger.value(FieldSpot.of_field(name), old, theirs[name], own)
        _put(merged, name, own)
        _put(next_base, name, old)
    return Merged(merged, next_base, tuple(merger.conflicts))


def _put(target: dict[str, Any], name: str, value: Any) -> None:
    if value is not ABSENT:
        target[name] = value


class _Merger:
    """One merge; its methods return the merged value and the next base, either may be ABSENT."""

    def __init__(self, prefer: Prefer) -> None:
        self._prefer = prefer
        self.conflicts: list[Conflict] = []

    def value(self, spot: FieldSpot, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        """Merge a value of any kind."""
        if settled := self._settled(spot, base, theirs, ours):
            return settled
        if isinstance(base, dict) and isinstance(theirs, dict) and isinstance(ours, dict):
            return self._struct(spot, base, theirs, ours)
        old, new, own = as_blocks(base), as_blocks(theirs), as_blocks(ours)
        if old is not None and new is not None and own is not None:
            return self._blocks(spot, keyed(old), keyed(new), keyed(own))
        return self._conflict(spot, base, theirs, ours)

    def _settled(
        self, spot: FieldSpot, base: Any, theirs: Any, ours: Any
    ) -> tuple[Any, Any] | None:
        """Return the outcome where one side at most changed it, or both to the same."""
        if same(base, theirs) or same(theirs, ours):
            return ours, theirs
        if same(base, ours):
            return theirs, theirs
        return None

    def _conflict(self, spot: FieldSpot, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        taken = self._gives_way(base, theirs, ours)
        old, new, own = (None if side is ABSENT else side for side in (base, theirs, ours))
        kind = _kind(base, theirs, ours)
        self.conflicts.append(Conflict(spot.path, spot.steps, old, new, own, kind, taken))
        return (theirs, theirs) if taken else (ours, base)

    def _gives_way(self, base: Any, theirs: Any, ours: Any) -> bool:
        """Return whether theirs stands in a conflict."""
        return self._prefer is Prefer.THEIRS and not names(ours) - (names(base) | names(theirs))

    def _struct(
        self, spot: FieldSpot, base: dict[str, Any], theirs: dict[str, Any], ours: dict[str, Any]
    ) -> tuple[Any, Any]:
        merged: dict[str, Any] = {}
        next_base: dict[str, Any] = {}
        for name in dict.fromkeys([*ours, *theirs, *base]):
            own, old = self.value(spot.of_part(name), *_sides(name, base, theirs, ours))
            _put(merged, name, own)
            _put(next_base, name, old)
        return merged, next_base

    def _blocks(
        self, spot: FieldSpot, base: _BlocksByKey, theirs: _BlocksByKey, ours: _BlocksByKey
    ) -> tuple[list[Any], list[Any]]:
        # Without an id nothing tells that a block is the one the source deleted.
        base = {key: block for key, block in base.items() if has_id(key) or key in theirs}
        order = self._order(base, theirs, ours)
        there = {key: self._standing(*_sides(key, base, theirs, ours)) for key in order}
        places = {
            key: place for blocks in (base, theirs, there) for key, place in spots(spot, blocks)
        }
        merged: list[Any] = []
        next_base: dict[BlockKey, Any] = {}
        # Those that are there first, in their order; then those that went.
        for key in dict.fromkeys([*there, *theirs, *base]):
            own, old = self._block(places[key], *_sides(key, base, theirs, ours))
            if own is not ABSENT:
                merged.append(own)
            if old is not ABSENT:
                next_base[key] = old
        kept = [key for key in theirs if key in next_base]
        return merged, [next_base[key] for key in weave(kept, base, next_base)]

    def _block(self, spot: FieldSpot, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        if settled := self._settled(spot, base, theirs, ours):
            return settled
        if ABSENT in (base, theirs, ours) or not base["type"] == theirs["type"] == ours["type"]:
            return self._conflict(spot, base, theirs, ours)
        own, old = self.value(spot, base["value"], theirs["value"], ours["value"])
        return {**ours, "value": own}, {**theirs, "value": old}

    def _standing(self, base: Any, theirs: Any, ours: Any) -> Any:
        """Return the block whose type a merged one has, by which its place is numbered."""
        if ours is ABSENT or theirs is ABSENT:
            return theirs if ours is ABSENT else ours
        if ours["type"] == theirs["type"] or same(base, theirs):
            return ours
        return theirs if same(base, ours) or self._gives_way(base, theirs, ours) else ours

    def _order(
        self, base: _BlocksByKey, theirs: _BlocksByKey, ours: _BlocksByKey
    ) -> list[BlockKey]:
        """Return the keys of the merged blocks in order."""
        kept = [key for key in ours if key in theirs or self._outlives(key, base, ours)]
        added = {key for key in theirs if key not in ours and self._comes(key, base, theirs)}
        common = [key for key in base if key in theirs and key in ours]
        moved = set(common) - unmoved(common, list(theirs))
        if self._prefer is Prefer.OURS:
            moved &= unpassed(common, list(ours))
        # Of copies the first stays the first, so that the next merge does not confuse them.
        copied = {name for name, number in ours if number}
        moved = {key for key in moved if key[0] not in copied}
        kept = [key for key in kept if key not in moved]
        return weave(kept, _guide(kept, set(common) - moved, base, theirs), added | moved)

    def _outlives(self, key: BlockKey, base: _BlocksByKey, ours: _BlocksByKey) -> bool:
        """Return whether a block that theirs lacks stays."""
        if key not in base:
            return True
        return not same(base[key], ours[key]) and not self._gives_way(base[key], ABSENT, ours[key])

    def _comes(self, key: BlockKey, base: _BlocksByKey, theirs: _BlocksByKey) -> bool:
        """Return whether a block that ours lacks comes, or comes back."""
        if key not in base:
            return True
        return not same(base[key], theirs[key]) and self._prefer is Prefer.THEIRS


def _sides(name: Any, *sides: Mapping[Any, Any]) -> Iterator[Any]:
    return (side.get(name, ABSENT) for side in sides)


def _guide(
    kept: Iterable[BlockKey], stayed: Set[BlockKey], base: _BlocksByKey, theirs: _BlocksByKey
) -> list[BlockKey]:
    """Return the keys of theirs except those that both sides added, each at another place.

    These are no neighbours to go by.
    """
    here, there = preceding(kept, stayed), preceding(theirs, stayed)
    alike = [key for key in here if key in there and here[key] == there[key]]
    sound = stayed | unmoved(alike, list(theirs))
    return [key for key in theirs if key in base or key not in here or key in sound]


def _kind(base: Any, theirs: Any, ours: Any) -> str:
    if same(ours, ABSENT):
        return "deleted here"
    if same(theirs, ABSENT):
        return "deleted at source"
    return "added on both sides" if same(base, ABSENT) else "changed"
