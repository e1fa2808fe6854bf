"""Rows as lines of CSV, which spreadsheets open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

__all__ = ["csv_lines", "safe_cell"]


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
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
