"""What every reader returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsec_wagtail.importer.document import Document
from hsec_wagtail.importer.errors import LostWordsError
from hsec_wagtail.importer.ledger import Ledger
from hsec_wagtail.importer.source import Source

__all__ = ["Reading", "check_nothing_lost"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read.

    ``format`` names the reader, ``profile`` the profile it used ("" for general rules), ``warnings``
    say what was unclear, with line numbers.
    """

    document: Document
    ledger: Ledger
    source: Source
    format: str
    profile: str = ""
    warnings: tuple[str, ...] = ()


def check_nothing_lost(readings: Iterable[Reading]) -> None:
    """Raise LostWordsError, with line and words, where a source has words that nobody claimed."""
    lost = [(reading.source, run) for reading in readings for run in reading.ledger.unclaimed]
    if not lost:
        return
    lines = [
        "Words of the source would be lost, so nothing was imported. Correct the profile, or convert"
        " first and add them to the document, or allow the loss (--allow-loss):"
    ]
    lines += [
        f"{source.name}: line {source.line_of(run.span[0])}: {run.text!r}"
        for source, run in lost[:10]
    ]
    if len(lost) > 10:
        lines.append(f"and {len(lost) - 10} more")
    raise LostWordsError("\n".join(lines))
