"""The changed items of two lists: added, removed, changed or moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock

from hsec_wagtail.admin.comparison.contents import Cells, Content, Entry, Gap
from hsec_wagtail.admin.comparison.raw_values import child_of, children
from hsec_wagtail.admin.comparison.texts import plain_lines
from hsec_wagtail.admin.comparison.values import has_prose
from hsec_wagtail.importer.planning.raw_blocks import as_blocks, keyed
from hsec_wagtail.importer.text.sequences import unmoved, weave

__all__ = ["Compare", "changed_entries", "items_of"]

#: Returns what changed between two raw items; one of them may be missing.
Compare = Callable[[Any, Any], Content | Cells | None]

#: Words that say which item it is.
_BEGINNING = 8


def items_of(raw: Any) -> dict[Any, Any]:
    """Return the items of a list by what tells them apart; one of another type is another item."""
    return {(item["type"], key): item for key, item in keyed(as_blocks(raw) or ()).items()}


def changed_entries(
    block: ListBlock | StreamBlock, old: Any, new: Any, compare: Compare
) -> tuple[Entry | Gap, ...]:
    """Return the items that changed, in the new order, those removed where they were; none if all stayed."""
    found = list(_entries(block, items_of(old), items_of(new), compare))
    if not any(found):
        return ()
    shown: list[Entry | Gap] = []
    for is_entry, group in groupby(found, key=bool):
        entries = list(group)
        shown += [one for one in entries if one] if is_entry else [Gap(len(entries))]
    return tuple(shown)


def _entries(
    block: Any, old: Mapping[Any, Any], new: Mapping[Any, Any], compare: Compare
) -> Iterator[Entry | None]:
    """Yield an entry for each item; None for one that stayed as it was."""
    here, there = list(old), list(new)
    places = {key: place for place, key in enumerate(here, start=1)}
    new_places = {key: place for place, key in enumerate(there, start=1)}
    in_place = {key for key, place in places.items() if new_places.get(key) == place}
    # Of several ways to tell what was moved, the one whose places say so: two that were exchanged are two.
    stayed = max(in_place, unmoved(here, there), key=len) | in_place
    for key in weave(there, here, old.keys() - new.keys()):
        content = compare(old.get(key), new.get(key))
        moved = key in old and key in new and key not in stayed
        if key not in old:
            state = "added"
        elif key not in new:
            state = "removed"
        else:
            state = "changed" if content else ""
        if not (state or moved):
            yield None
            continue
        item = new.get(key) or old[key]
        child = child_of(block, item)
        yield Entry(
            state,
            child.label if child is not None else "",
            new_places.get(key) or places[key],
            places[key] if moved else 0,
            _beginning(child, item["value"]),
            content,
        )


def _beginning(block: Block | None, raw: Any) -> str:
    """Return the first words of the first text in a value."""
    for text in _texts(block, raw):
        if words := text.split():
            rest = " …" if len(words) > _BEGINNING else ""
            return " ".join(words[:_BEGINNING]) + rest
    return ""


def _texts(block: Block | None, raw: Any) -> Iterator[str]:
    if isinstance(block, RichTextBlock):
        yield from plain_lines(str(raw or ""))
    elif block is not None and has_prose(block):
        yield str(raw or "")
    elif block is not None:
        for child, value in children(block, raw):
            yield from _texts(child, value)
