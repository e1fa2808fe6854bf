"""Rows as lines of CSV, which spreadsheets open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

__all__ = ["csv_lines", "safe_cell"]

#: Begin a formula, the full-width ones in East Asian editions of spreadsheets.
_SIGNS = tuple("=+-@＝＋－＠")
#: Spreadsheets drop them, or begin a new cell or line with them.
_BREAKS = ("\t", "\r", "\n")


def csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield ``rows`` as lines of CSV; what a spreadsheet would take for a formula is made text."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield str(writer.writerow([safe_cell(cell) for cell in row]))


class _Echo:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        """Return ``text``."""
        return text


def safe_cell(cell: str) -> str:
    """Return ``cell`` as text that no spreadsheet takes for a formula."""
    risky = cell.startswith(_BREAKS) or cell.lstrip().startswith(_SIGNS)
    return f"'{cell}" if risky else cell
