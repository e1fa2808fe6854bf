"""How long an import may take; asked between files and between chunks of pages, where nothing is half done."""

from __future__ import annotations

from time import monotonic

from hsec_wagtail.importer.errors import ImportContentError

__all__ = ["Deadline"]


class Deadline:
    """A moment by which an import is done, or refused.

    Args:
        seconds: From now on; None for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._until = None if seconds is None else monotonic() + seconds

    def check(self, kind: type[ImportContentError], done: str) -> None:
        """Raise an error of ``kind``, which says how far it came (``done``), when time is over."""
        if self._until is not None and monotonic() > self._until:
            raise kind(
                f"{done}: the import took longer than {self._seconds:g} seconds and was given up."
                " Nothing was written. Import less at a time, or raise HSEC_MAX_SECONDS."
            )
