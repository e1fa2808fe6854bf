"""Which columns of two versions of a table are the same ones. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hsec_wagtail.importer.text.sequences import likeliest_pairs

__all__ = ["Pair", "pair_columns"]

#: Numbers of a column in the old and in the new table; None where it is not in it.
Pair = tuple[int | None, int | None]

#: Most cells to compare; beyond that columns are paired by their numbers.
_MOST_CELLS: Final = 200_000


def pair_columns(old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]]) -> list[Pair]:
    """Return the columns of both tables in order, paired so that most cells say the same.

    Args:
        old: The rows of the old table that are in the new one, too.
        new: These rows in the new one.
    """
    width, new_width = _width(old), _width(new)
    if width == new_width or width * new_width * len(old) > _MOST_CELLS:
        return _by_number(width, new_width)
    columns = [[_at(row, n) for row in old] for n in range(width)]
    new_columns = [[_at(row, n) for row in new] for n in range(new_width)]
    return _aligned(columns, new_columns)


def _width(rows: Sequence[Sequence[Any]]) -> int:
    return max(map(len, rows), default=0)


def _at(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else None


def _by_number(width: int, new_width: int) -> list[Pair]:
    return [
        (n if n < width else None, n if n < new_width else None)
        for n in range(max(width, new_width))
    ]


def _aligned(old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]]) -> list[Pair]:
    """Return the pairs that are most alike in total, and the columns in none."""
    pairs: list[Pair] = []
    i = j = 0
    for one, other in [*likeliest_pairs(old, new, _likeness), (len(old), len(new))]:
        pairs += [(n, None) for n in range(i, one)]
        pairs += [(None, n) for n in range(j, other)]
        if one < len(old):
            pairs.append((one, other))
        i, j = one + 1, other + 1
    return pairs


def _likeness(old: Sequence[Any], new: Sequence[Any]) -> int:
    """Return twice the number of equal cells and one, so that a column that changed is one, too."""
    return 1 + 2 * sum(one == other for one, other in zip(old, new, strict=True))
