"""The result of reading, which every reader returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from hsec_wagtail.importer.document.schema import Document
from hsec_wagtail.importer.document.section import DocumentSection, Section
from hsec_wagtail.importer.errors import LostWordsError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Ledger
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.reading.source_record import SourceRecord, record_of

__all__ = ["Readable", "Reading", "check_nothing_lost", "place_of"]


class Readable(Protocol):
    """One section as read, from one source or from many."""

    @property
    def name(self) -> str:
        """Its name in messages."""

    @property
    def document(self) -> Document:
        """The section as one document."""

    @property
    def section(self) -> Section:
        """The section page by page; the number of an entry's source counts from 0 here."""

    @property
    def sources(self) -> Iterator[SourceRecord]:
        """The record of each source, in the order of their numbers."""

    def record(self, number: int) -> SourceRecord:
        """Return the record of one source."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image of a saved page: its address as written, and the text in its place.

    ``page`` is the key of the page of the document that it stands on, ``offset`` where in the source's text.
    """

    src: str
    alt: str
    page: str
    offset: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read.

    ``format`` names the reader, ``profile`` the profile it used ("" for general rules), ``warnings``
    say what was unclear, with line numbers. Of a saved page, ``url`` is its own address if that is known,
    and ``frames`` the addresses of the pages that a frameset shows. ``doubtful`` are lines, normalised, that only
    other pages can prove to be no content; ``left_out`` are those that their form left out, with their words.
    """

    document: Document
    ledger: Ledger
    source: Source
    format: str
    profile: str = ""
    warnings: tuple[Message, ...] = ()
    url: str | None = None
    images: tuple[PageImage, ...] = ()
    frames: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """Its name in messages."""
        return self.source.name

    @property
    def section(self) -> Section:
        """The document page by page."""
        return DocumentSection(self.document)

    @property
    def sources(self) -> Iterator[SourceRecord]:
        """The record of the source."""
        yield self.record(0)

    def record(self, number: int) -> SourceRecord:
        """Return the record of the source, whose number is 0."""
        return record_of(
            self.document,
            self.ledger,
            self.source,
            format=self.format,
            profile=self.profile,
            warnings=self.warnings,
            images=[image.src for image in self.images],
        )


def check_nothing_lost(readings: Iterable[Readable]) -> None:
    """Raise LostWordsError, with line and words, where a source has words that nobody claimed."""
    lost: list[Message] = []
    count = 0
    for record in (record for reading in readings for record in reading.sources):
        for run in record.ledger["unclaimed"]:
            count += 1
            if count <= _SHOWN:
                lost.append(place_of(record, run))
    if count > _SHOWN:
        lost.append(Message("and-more-places", count=count - _SHOWN))
    if lost:
        raise LostWordsError("words-lost", places=lost)


def place_of(record: SourceRecord, run: dict[str, Any]) -> Message:
    """Return where ``run``, unclaimed words of the source, stands, and the words."""
    return Message("words-lost-at", name=record.name, line=run["line"], text=run["text"])


#: How many lost stretches an error names.
_SHOWN = 10
