"""Differences between two states of the fields of a page, by field and by block. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from hsec_wagtail.importer.document.node_specs import block_spec
from hsec_wagtail.importer.document.page_spec import Fields
from hsec_wagtail.importer.document.part_kinds import Part, PartKind
from hsec_wagtail.importer.document.stored_parts import list_parts, value_parts
from hsec_wagtail.importer.planning.raw_blocks import (
    ABSENT,
    BlockKey,
    FieldSpot,
    Steps,
    as_blocks,
    canonical,
    keyed,
    same,
    spots,
)
from hsec_wagtail.importer.text.sequences import unmoved, weave
from hsec_wagtail.importer.text.words import html_text

__all__ = ["Difference", "differences", "visible_text"]

#: ("=", text), ("-", text) or ("+", text).
WordRun = tuple[str, str]

# difflib takes cubic time at worst. Where there are more words, or more pairs of equal ones, than this,
# what differs is shown as a whole; just below it takes some hundredths of a second.
_MOST_WORDS = 1_000
_MOST_PAIRS = 10_000

# The prefix of the key of a page, see page_links.
_REFERENCE = re.compile(r"\x01[a-z-]*:")
_ANCHOR = re.compile(r"<a\s[^<>]*>|</a>")
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; ``path`` is the content path, ``steps`` are the names on the way to it.

    ``before`` and ``after`` are the text people see. Where only addresses of links differ as well, or
    only markup, they are in it. ``words`` is the way from one to the other, word by word.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    path: str
    steps: Steps
    before: str
    after: str
    words: tuple[WordRun, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the difference as a run keeps it."""
        return {
            "kind": self.kind,
            "path": self.path,
            "label": [list(step) for step in self.steps],
            "before": self.before,
            "after": self.after,
            "words": [list(run) for run in self.words],
        }


def differences(before: Fields, after: Fields) -> tuple[Difference, ...]:
    """Return the differences in the order of ``after``; removed blocks are listed at their old places."""
    names = weave(after, before, before.keys() - after.keys())
    return tuple(
        difference
        for name in names
        for difference in _value(
            FieldSpot.of_field(name), before.get(name, ABSENT), after.get(name, ABSENT)
        )
    )


def _value(spot: FieldSpot, before: Any, after: Any) -> Iterator[Difference]:
    if same(before, after):
        return
    old, new = as_blocks(before), as_blocks(after)
    if isinstance(before, dict) and isinstance(after, dict):
        parts = [
            difference
            for name in weave(after, before, before.keys() - after.keys())
            for difference in _value(
                spot.of_part(name), before.get(name, ABSENT), after.get(name, ABSENT)
            )
        ]
    elif old is not None and new is not None:
        parts = list(_blocks(spot, keyed(old), keyed(new)))
    else:
        parts = []
    yield from parts or [_difference("changed", spot, before, after)]


def _blocks(
    spot: FieldSpot, before: Mapping[BlockKey, Any], after: Mapping[BlockKey, Any]
) -> Iterator[Difference]:
    removed = before.keys() - after.keys()
    stayed = unmoved(list(before), list(after))
    places = {**dict(spots(spot, before)), **dict(spots(spot, after))}
    for key in weave(after, before, removed):
        place = places[key]
        if key in removed:
            yield _difference("removed", place, before[key]["value"], ABSENT)
        elif key not in before:
            yield _difference("added", place, ABSENT, after[key]["value"])
        else:
            if key not in stayed:
                yield _difference("moved", place, after[key]["value"], after[key]["value"])
            yield from _block(place, before[key], after[key])


def _block(spot: FieldSpot, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    if same(before, after):
        return
    if before["type"] == after["type"] and not same(before["value"], after["value"]):
        yield from _value(spot, before["value"], after["value"])
    else:
        yield _difference("changed", spot, before, after)


def _difference(
    kind: Literal["added", "removed", "moved", "changed"], spot: FieldSpot, before: Any, after: Any
) -> Difference:
    one, other = _texts(spot, before, after)
    return Difference(
        kind, spot.path, spot.steps, one, other, _word_runs(one.split(), other.split())
    )


def _texts(spot: FieldSpot, before: Any, after: Any) -> tuple[str, str]:
    """Return both as they are seen, with as much detail as is needed to tell them apart."""
    strings = list(_strings(before, spot)), list(_strings(after, spot))
    seen = _text(strings[0], html_text), _text(strings[1], html_text)
    addressed = _text(strings[0], _with_addresses), _text(strings[1], _with_addresses)
    one_is_absent = before is ABSENT or after is ABSENT
    if (
        addressed[0] != addressed[1]
        and not one_is_absent
        and _addresses(strings[0]) != _addresses(strings[1])
    ):
        return addressed
    if seen[0] != seen[1] or same(before, after):
        return seen
    return _source(before), _source(after)


def visible_text(value: Any) -> str:
    """Return the visible text of ``value``, of a field or a part of a block, without markup and settings."""
    return _text(_strings(value, _ANYWHERE), html_text)


#: A place of which nothing is known but that blocks have types.
_ANYWHERE = FieldSpot("", (), part=Part(field="", kind=PartKind.LIST, stored=""))


def _text(strings: Iterable[str], say: Callable[[str], str]) -> str:
    return " ".join(" ".join(say(text) for text in strings).split())


def _strings(value: Any, spot: FieldSpot) -> Iterator[str]:
    """Yield the texts and facts of the value at ``spot``, in order; how it is shown is left out."""
    if isinstance(value, list):
        part = spot.part if spot.part and spot.part.kind is PartKind.LIST else _ANYWHERE.part
        found = list_parts("", value, part) if part else iter(())
    elif as_blocks([value]):
        spec = block_spec(str(value["type"])) or spot.spec
        found = value_parts("", value["value"], spec)
    elif isinstance(value, dict):
        found = value_parts("", value, None if spot.inside else spot.spec)
    else:
        found = value_parts("", None if value is ABSENT else value, None)
    for one in found:
        if not (one.part and one.part.kind is PartKind.SETTING) and one.value not in ("", None):
            yield _REFERENCE.sub("", str(one.value))


def _with_addresses(html: str) -> str:
    """Return the visible text with the target of each link behind its label."""
    targets: list[str] = []

    def put(tag: re.Match[str]) -> str:
        if tag.group() != "</a>":
            targets.append(_target(tag.group()))
            return ""
        return f" ({targets.pop()})" if targets else ""

    return html_text(_ANCHOR.sub(put, html))


def _target(tag: str) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag))
    inside = f"{attributes.get('linktype', '')} {attributes.get('id', '')}".strip()
    return attributes.get("href") or inside


def _addresses(strings: Iterable[str]) -> list[str]:
    return [_target(tag) for text in strings for tag in _ANCHOR.findall(text) if tag != "</a>"]


def _source(value: Any) -> str:
    plain = None if value is ABSENT else canonical(value)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, ensure_ascii=False, sort_keys=True) if plain else ""


def _word_runs(before: list[str], after: list[str]) -> tuple[WordRun, ...]:
    """Return the runs of words that lead from ``before`` to ``after``; all but the last end in a blank."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    runs = [("=", before[:start]), *_middle(old, new), ("=", before[len(before) - end :])]
    said = [(sign, " ".join(words)) for sign, words in runs if words]
    return tuple((sign, f"{text} ") for sign, text in said[:-1]) + tuple(said[-1:])


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many words both begin with."""
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        number += 1
    return number


def _middle(old: list[str], new: list[str]) -> list[tuple[str, list[str]]]:
    if len(old) + len(new) > _MOST_WORDS or _pairs(old, new) > _MOST_PAIRS:
        return [("-", old), ("+", new)]
    runs: list[tuple[str, list[str]]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("=", old[i1:i2]))
        else:
            runs += [("-", old[i1:i2]), ("+", new[j1:j2])]
    return runs


def _pairs(one: list[str], other: list[str]) -> int:
    counts = Counter(one)
    return sum(counts[word] for word in other)
