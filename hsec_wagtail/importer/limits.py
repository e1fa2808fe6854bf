"""Limits of size and time of an import; every refusal names its setting."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from hsec_wagtail.importer.errors import ImportContentError
from hsec_wagtail.importer.messages import Message

__all__ = ["Bounds", "Deadline"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one import, as the settings of the same names have them.

    ``source_bytes`` is for one source, ``files`` and ``total_bytes`` are for all of them together, and for
    all that an archive holds; ``expansion`` is how many times its own size an archive may hold.
    """

    source_bytes: int = 20_000_000
    files: int = 20_000
    total_bytes: int = 1_000_000_000
    expansion: int = 100


class Deadline:
    """A moment by which an import is done, or refused.

    Args:
        seconds: From now on; None for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._until = None if seconds is None else monotonic() + seconds

    def check(self, kind: type[ImportContentError], done: Message) -> None:
        """Raise an error of ``kind``, which says how far it came (``done``), when time is over."""
        if self._until is not None and monotonic() > self._until:
            raise kind("took-too-long", done=done, seconds=f"{self._seconds:g}")
