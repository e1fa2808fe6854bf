"""Long sequences in pieces, so that no query and no memory grows with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

__all__ = ["batched"]

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most ``size``, in order."""
    # itertools.batched comes with Python 3.12.
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
