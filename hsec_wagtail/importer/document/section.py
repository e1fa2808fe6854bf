"""A section to be imported: its pages one by one, so that they need not all be in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import slug_from

__all__ = ["DocumentSection", "Outline", "PageEntry", "Section"]


class Outline(NamedTuple):
    """The facts that are needed of all pages at once: few, as there may be thousands of pages."""

    key: str
    parent: str | None
    type: str
    has_links: bool
    #: The slug that the source asks for.
    slug: str = ""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page and its place: ``parent`` is the key of the page above, None for the top page.

    ``page.children`` is ignored: children have their own entries.
    ``source`` is the number, from 0, of the source that the page was read from.
    """

    page: doc.Page
    parent: str | None
    source: int = 0


class Section(Protocol):
    """The pages of a section in one language; may be walked again and again."""

    @property
    def language(self) -> str:
        """Language of the pages."""

    @property
    def source_key(self) -> str:
        """Identity of the section among those imported below the same page."""

    @property
    def navigation(self) -> Sequence[nodes.LinkGroup]:
        """The navigation of the site that it comes from."""

    @property
    def top(self) -> doc.Page:
        """The page above all others; its children may be left out."""

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of every page, in the order of :meth:`entries`."""

    def entries(self) -> Iterator[PageEntry]:
        """Yield the pages, parents before children, siblings in order."""


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A section that is in memory as a document."""

    document: doc.Document
    source: int = 0

    @property
    def language(self) -> str:
        """Language of the pages."""
        return self.document.language

    @property
    def source_key(self) -> str:
        """Identity of the section among those imported below the same page."""
        return self.document.source_key

    @property
    def navigation(self) -> Sequence[nodes.LinkGroup]:
        """The navigation of the site that it comes from."""
        return self.document.navigation

    @property
    def top(self) -> doc.Page:
        """The page above all others."""
        return self.document.page

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of every page, parents first."""
        for entry in self.entries():
            page = entry.page
            slug = page.slug or slug_from(page.title)
            yield Outline(page.key, entry.parent, page.type, bool(page.quick_links), slug)

    def entries(self) -> Iterator[PageEntry]:
        """Yield the pages, parents before children, siblings in order."""
        stack: list[tuple[doc.Page, str | None]] = [(self.document.page, None)]
        while stack:
            page, parent = stack.pop()
            yield PageEntry(page, parent, self.source)
            stack += [(child, page.key) for child in reversed(page.children)]
