"""A section whose pages lie on a shelf, and all that was read for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.section import Entry, Outline
from hsec_wagtail.importer.messages import Message, loaded
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.reading.website.spool import Shelf

__all__ = ["SiteReading", "SiteSection"]


@dataclass(frozen=True, slots=True)
class SiteSection:
    """The pages of several files as one section; they are read from the shelf each time they are walked."""

    shelf: Shelf
    language: str
    source_key: str
    navigation: Sequence[doc.LinkGroup]
    trail: Sequence[str]

    @property
    def top(self) -> doc.Page:
        """The page above all others, without the pages below it."""
        return self._page(0)

    def outlines(self) -> Iterator[Outline]:
        """Yield what must be known of every page at once, in the order of :meth:`entries`."""
        for place in range(self.shelf.count("page")):
            row = self.shelf.one(
                "SELECT key, above, type, has_links, slug FROM node WHERE place = ?", place
            )
            if row:
                yield Outline(row[0], row[1], row[2], bool(row[3]), row[4])

    def entries(self) -> Iterator[Entry]:
        """Yield the pages, parents before children, siblings in order."""
        for place in range(self.shelf.count("page")):
            row = self.shelf.one("SELECT above, number FROM node WHERE place = ?", place)
            if row:
                yield Entry(self._page(place), row[0], row[1])

    def _page(self, place: int) -> doc.Page:
        return doc.Page.model_validate(self.shelf.get("page", place))


@dataclass(frozen=True, slots=True)
class SiteReading:
    """Several files as read: one section, and what is kept of each source.

    ``warnings`` say what of the whole needs a look; the record of the first source has them, too.
    """

    name: str
    section: SiteSection
    url: str
    shelf: Shelf
    warnings: tuple[Message, ...] = ()

    @property
    def sources(self) -> Iterator[SourceRecord]:
        """What is kept of each source, in the order of their numbers."""
        for number in range(self.shelf.count("source")):
            yield self.record(number)

    def record(self, number: int) -> SourceRecord:
        """Return what is kept of one source."""
        data: dict[str, Any] = loaded(self.shelf.get("source", number))
        data["chrome"] = tuple((start, end, reason) for start, end, reason in data["chrome"])
        for name in ("warnings", "dates", "unresolved", "images"):
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

    @property
    def unresolved_links(self) -> Iterator[tuple[str, str]]:
        """Yield (name of the source, address) of links to pages of the same site that were not read."""
        for number in self.shelf.numbers("unresolved"):
            found: dict[str, Any] = self.shelf.get("unresolved", number)
            yield from ((found["name"], address) for address in found["links"])

    def close(self) -> None:
        """Throw away what lies on the shelf."""
        self.shelf.close()
