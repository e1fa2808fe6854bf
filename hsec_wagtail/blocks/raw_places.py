"""The blocks in the raw data of a body, with where each stands; pure, and no block is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["RawPlace", "raw_places", "raw_texts"]

#: Name of the field, then those of the blocks and parts inside, each with its number among those of its type.
Steps = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A block, or an item of a list.

    Attributes:
        steps: Where it stands, as ``models.labels.place_label`` takes it.
        id: Its own, or that of the nearest block around it that has one; "" if none has.
    """

    type: str
    value: Any
    id: str
    steps: Steps


def raw_places(data: Any, field: str) -> Iterator[RawPlace]:
    """Yield the blocks in ``data`` of the field ``field``, each before those inside it."""
    yield from _in_list(data, ((field, 0),), "")


def _in_list(data: Any, steps: Steps, above: str) -> Iterator[RawPlace]:
    if isinstance(data, str | Mapping) or not isinstance(data, Iterable):
        return
    counted: Counter[str] = Counter()
    for block in data:
        # Items from before lists gave them ids are bare.
        known = isinstance(block, Mapping) and "type" in block and "value" in block
        name = str(block["type"]) if known else "item"
        value = block["value"] if known else block
        counted[name] += 1
        place = RawPlace(
            type=name,
            value=value,
            id=str((block.get("id") if known else None) or above),
            steps=(*steps, (name, counted[name])),
        )
        yield place
        yield from _inside(value, place.steps, place.id)


def _inside(value: Any, steps: Steps, above: str) -> Iterator[RawPlace]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _inside(part, (*steps, (str(name), 0)), above)
    else:
        yield from _in_list(value, steps, above)


def raw_texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the parts of a block that are not in a block inside it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for part, inside in value.items():
            yield from raw_texts(inside, str(part))
