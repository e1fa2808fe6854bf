"""Differences between a body and its translation: blocks aligned by ids, types and dates, which need no dictionary; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from re import sub
from typing import Any, Literal

from hsec_wagtail.blocks.raw_lists import list_values
from hsec_wagtail.importer.text.sequences import likeliest_pairs

__all__ = ["LISTS", "Difference", "Part", "compare", "parts_of"]

#: Above so many pairs two lists are aligned by what is the same in both only.
_MOST_PAIRS = 300 * 300
#: How much alike two parts are: by their ids, by what they say in any language, by their types.
_SAME_ID, _SAME_FACTS, _SAME_TYPE = 8, 3, 1

#: Blocks with lists -> names of these.
LISTS = {"initiatives": "initiatives", "members": "members", "documents": "documents"}


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or an item of its list.

    Attributes:
        text: Its first words.
        facts: What it says in every language: dates, an address, a level.
        dates: As stored, in order.
    """

    type: str
    id: str
    text: str
    facts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    items: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference: a part that one side lacks, a list of another length, an initiative of other dates.

    ``here`` or ``there`` is None where that side lacks the part.
    """

    kind: Literal["missing", "count", "dates"]
    here: Part | None
    there: Part | None


def parts_of(body: Any) -> tuple[Part, ...]:
    """Return the blocks of ``body``, raw data."""
    return tuple(_part(block) for block in body if isinstance(block, Mapping) and "type" in block)


def _part(block: Mapping[str, Any]) -> Part:
    kind, value = str(block["type"]), block.get("value")
    fields = value if isinstance(value, Mapping) else {}
    dates = tuple(
        str(one["edtf"])
        for one in list_values(_list(fields.get("dates")))
        if isinstance(one, Mapping) and one.get("edtf")
    )
    facts = [str(fields.get(name) or "") for name in ("level", "url", "country", "kind")]
    items = _list(fields.get(LISTS.get(kind, "")))
    return Part(
        type=kind,
        id=str(block.get("id") or ""),
        text=_first_words(value),
        facts=(*dates, *filter(None, facts)),
        dates=dates,
        items=tuple(_part(item) for item in items if isinstance(item, Mapping) and "type" in item),
    )


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []


def _first_words(value: Any) -> str:
    """Return the beginning of the first text in ``value`` that says something."""
    if isinstance(value, str):
        return " ".join(unescape(sub("<[^<>]*>", " ", value[:1000])).split())[:120]
    if isinstance(value, Mapping):
        names = ("text", "label", "title", "name", "heading", "intro", "quote", "caption")
        return next((said for name in names if (said := _first_words(value.get(name)))), "")
    return ""


def compare(here: Sequence[Part], there: Sequence[Part]) -> Iterator[Difference]:
    """Yield the differences between two bodies in the order of the page."""
    for one, other in align(here, there):
        if one is None or other is None:
            yield Difference("missing", one, other)
            continue
        if len(one.items) != len(other.items):
            yield Difference("count", one, other)
        for item, its in align(one.items, other.items):
            if item is None or its is None:
                yield Difference("missing", item, its)
            elif sorted(item.dates) != sorted(its.dates):
                yield Difference("dates", item, its)


def align(here: Sequence[Part], there: Sequence[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield the parts that stand for each other, and those without one, in the order of the page.

    A part that was moved in one language is known by its id.
    """
    pairs = _pairs(here, there)
    moved = _moved(here, there, pairs)
    i = j = 0
    for one, other in [*pairs, (len(here), len(there))]:
        yield from ((part, moved.get(part.id)) for part in here[i:one])
        yield from ((None, part) for part in there[j:other] if part.id not in moved)
        if one < len(here) and other < len(there):
            yield here[one], there[other]
        i, j = one + 1, other + 1


def _moved(
    here: Sequence[Part], there: Sequence[Part], pairs: Sequence[tuple[int, int]]
) -> dict[str, Part]:
    """Return the parts of ``there`` in no pair whose ids such a part of ``here`` has."""
    paired, its = {one for one, _ in pairs}, {other for _, other in pairs}
    ids = {part.id: part.type for place, part in enumerate(here) if place not in paired}
    return {
        part.id: part
        for place, part in enumerate(there)
        if place not in its and part.id and ids.get(part.id) == part.type
    }


def _pairs(here: Sequence[Part], there: Sequence[Part]) -> list[tuple[int, int]]:
    if len(here) * len(there) > _MOST_PAIRS:
        ours, theirs = ([(part.type, part.facts) for part in side] for side in (here, there))
        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        return [(one + n, other + n) for one, other, size in blocks for n in range(size)]
    return likeliest_pairs(here, there, _likeness)


def _likeness(one: Part, other: Part) -> int:
    if one.type != other.type:
        return 0
    alike = _SAME_TYPE
    if one.id and one.id == other.id:
        alike += _SAME_ID
    if one.facts and one.facts == other.facts:
        alike += _SAME_FACTS
    return alike
