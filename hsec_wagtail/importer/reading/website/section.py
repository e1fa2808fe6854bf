"""A section whose pages are in a spool, and the records of its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.section import Outline, PageEntry
from hsec_wagtail.importer.messages import Message, loaded
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.reading.website.spool import Spool

__all__ = ["SiteReading", "SiteSection"]


@dataclass(frozen=True, slots=True)
class SiteSection:
    """The pages of several files as one section, read from the spool each time they are walked."""

    spool: Spool
    language: str
    source_key: str
    navigation: Sequence[nodes.LinkGroup]
    trail: Sequence[str]

    @property
    def top(self) -> doc.Page:
        """The page above all others, without the pages below it."""
        return self._page(0)

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of every page, in the order of :meth:`entries`."""
        for place in range(self.spool.count("page")):
            row = self.spool.one(
                "SELECT key, above, type, has_links, slug FROM node WHERE place = ?", place
            )
            if row:
                yield Outline(row[0], row[1], row[2], bool(row[3]), row[4])

    def entries(self) -> Iterator[PageEntry]:
        """Yield the pages, parents before children, siblings in order."""
        for place in range(self.spool.count("page")):
            row = self.spool.one("SELECT above, number FROM node WHERE place = ?", place)
            if row:
                yield PageEntry(self._page(place), row[0], row[1])

    def _page(self, place: int) -> doc.Page:
        return doc.Page.model_validate(self.spool.get("page", place))


@dataclass(frozen=True, slots=True)
class SiteReading:
    """Several files as read: one section, and the record of each source.

    ``warnings`` are those of the whole; the record of the first source has them, too.
    """

    name: str
    section: SiteSection
    url: str
    spool: Spool
    warnings: tuple[Message, ...] = ()

    @property
    def sources(self) -> Iterator[SourceRecord]:
        """The record of each source, in the order of their numbers."""
        for number in range(self.spool.count("source")):
            yield self.record(number)

    def record(self, number: int) -> SourceRecord:
        """Return the record of one source."""
        data: dict[str, Any] = loaded(self.spool.get("source", number))
        data["chrome"] = tuple((start, end, reason) for start, end, reason in data["chrome"])
        for name in ("warnings", "dates", "unresolved", "dead_links", "images"):
            data[name] = tuple(data[name])
        record = SourceRecord(**data)
        return record

    @property
    def document(self) -> doc.Document:
        """The section as one document, made anew: all its pages are in memory then."""
        pages: dict[str, doc.Page] = {}
        for entry in self.section.entries():
            pages[entry.page.key] = entry.page
            if entry.parent is not None:
                pages[entry.parent].children.append(entry.page)
        top = next(iter(pages.values()))
        return doc.Document(
            language=self.section.language,
            source=doc.SourceInfo(
                name=self.name[:255], key=self.section.source_key, url=self.url or None
            ),
            trail=list(self.section.trail),
            page=top,
            navigation=list(self.section.navigation),
        )

    def close(self) -> None:
        """Discard the spool."""
        self.spool.close()
