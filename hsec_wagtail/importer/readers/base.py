"""What every reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from hsec_wagtail.importer.document import Document
from hsec_wagtail.importer.ledger import Ledger
from hsec_wagtail.importer.source import Source

__all__ = ["Reading"]


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
