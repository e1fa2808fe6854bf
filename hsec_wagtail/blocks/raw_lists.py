"""Lists of blocks in the raw data of a body, read without making its blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from hsec_wagtail.blocks.edtf import read_edtf

__all__ = ["list_items", "list_values", "newest_day"]


def list_items(data: Any, blocks: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the items of each of ``blocks`` in raw data, also of those inside a site's own blocks.

    Args:
        data: Of a body, or a part of it.
        blocks: Names of blocks whose list is named as they are, such as ``initiatives``.

    Yields:
        The name of the block, and an item.
    """
    if isinstance(data, str):
        return
    if isinstance(data, dict):
        value = data.get("value", list(data.values()))
        name = data.get("type")
        if isinstance(name, str) and name in blocks and isinstance(value, dict):
            for item in value.get(name) or ():
                if isinstance(item, dict) and isinstance(item.get("value"), dict):
                    yield name, item
        elif not isinstance(value, str):
            yield from list_items(value, blocks)
    elif hasattr(data, "__iter__"):
        for part in data:
            if not isinstance(part, str):
                yield from list_items(part, blocks)


def list_values(data: Any) -> list[Any]:
    """Return the values of a list block; items from before Wagtail gave them ids are bare."""
    return [
        item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
        for item in data or []
    ]


def newest_day(written: Iterable[Any]) -> int:
    """Return the newest day that one of the EDTF texts ``written`` begins with, by which lists are sorted.

    It is counted from 1 January of the year 1; 0 where none can be read. Of an interval whose beginning is open
    its end counts.
    """
    dates = (read_edtf(one) for one in written)
    days = (date.earliest or date.latest for date in dates if date is not None)
    return max((day.toordinal() for day in days if day is not None), default=0)
