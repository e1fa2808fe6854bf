"""Numbers before list items."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["count_up"]

_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def count_up(ordinals: Sequence[str]) -> bool:
    """Tell whether ``ordinals`` are 1, 2, 3; a, b, c; or i, ii, iii, as a list on a page numbers itself."""
    bare = tuple(ordinal.strip("().").lower() for ordinal in ordinals)
    figures = tuple(str(n) for n in range(1, len(bare) + 1))
    return bare in {figures, _LETTERS[: len(bare)], _ROMAN[: len(bare)]}
