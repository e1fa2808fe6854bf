"""Lines that several pages of an import have in places of no content."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers import Reading
from hsec_wagtail.importer.reading.readers.doubts import much_left_out
from hsec_wagtail.importer.reading.website.spool import Spool

__all__ = ["Repeats"]

_ELSEWHERE = "EXISTS (SELECT 1 FROM doubt o WHERE o.text = d.text AND o.number <> d.number)"


class Repeats:
    """Knows what was left out of which page, or would be if another page had it, too; its data are in ``spool``."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        #: Pages with lines that no page before them had.
        self._first: dict[int, None] = {}

    def others(self, number: int) -> Container[str]:
        """Return the lines of all pages but that of the file ``number``."""
        return _Others(self._spool, number)

    def note(self, number: int, reading: Reading) -> None:
        """Take in what was left out of a page, in place of what was known of it."""
        others = self.others(number)
        if any(text not in others for text in reading.doubtful):
            self._first[number] = None
        self._spool.run("DELETE FROM doubt WHERE number = ?", number)
        lines = {**dict.fromkeys(reading.doubtful, 0)}
        for text, count in reading.left_out:
            lines[text] = lines.get(text, 0) + count
        self._spool.run_many(
            "INSERT INTO doubt VALUES (?, ?, ?)",
            ((text, number, count) for text, count in lines.items()),
        )

    def outdated(self) -> Iterator[int]:
        """Yield the pages that kept a line that a page after them has, too."""
        for number in list(self._first):
            if self._spool.one(
                f"SELECT 1 FROM doubt d WHERE d.number = ? AND d.words = 0 AND {_ELSEWHERE} LIMIT 1",  # noqa: S608
                number,
            ):
                yield number

    def much_left_out(self, number: int, count: int) -> list[Message]:
        """Return a warning if the form alone left out much of a page of ``count`` words."""
        rows = self._spool.all(
            f"SELECT d.text, d.words FROM doubt d WHERE d.number = ? AND NOT {_ELSEWHERE}",  # noqa: S608
            number,
        )
        return much_left_out(rows, count)


@dataclass(frozen=True, slots=True)
class _Others:
    spool: Spool
    number: int

    def __contains__(self, text: object) -> bool:
        return (
            self.spool.one(
                "SELECT 1 FROM doubt WHERE text = ? AND number <> ? LIMIT 1", text, self.number
            )
            is not None
        )
