"""A section below pages that are made of the names above it: its trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import slug_from
from hsec_wagtail.importer.document.section import Outline, PageEntry, Section
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["TrailSection", "below_its_trail"]


def below_its_trail(section: Section) -> Section:
    """Return ``section`` below a section page for each name of its trail; itself where it has none."""
    labels = [label for name in section.trail if (label := clean_text(name))]
    return TrailSection(section, tuple(labels)) if labels else section


@dataclass(frozen=True, slots=True)
class TrailSection:
    """A section below the pages of its trail, which have nothing but their titles."""

    inner: Section
    labels: Sequence[str]

    @property
    def language(self) -> str:
        """Language of the pages."""
        return self.inner.language

    @property
    def source_key(self) -> str:
        """Identity of the section among those imported below the same page."""
        return self.inner.source_key

    @property
    def navigation(self) -> Sequence[nodes.LinkGroup]:
        """The navigation of the site that it comes from."""
        return self.inner.navigation

    @property
    def trail(self) -> Sequence[str]:
        """Nothing: the names are pages."""
        return ()

    @property
    def top(self) -> doc.Page:
        """The outermost page of the trail."""
        return self._page(0)

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of every page, in the order of :meth:`entries`."""
        for entry in self._above():
            page = entry.page
            yield Outline(
                page.key, entry.parent, page.type, has_links=False, slug=slug_from(page.title)
            )
        for outline in self.inner.outlines():
            yield outline._replace(parent=outline.parent or self._key(len(self.labels) - 1))

    def entries(self) -> Iterator[PageEntry]:
        """Yield the pages of the trail, then those of the section."""
        yield from self._above()
        for entry in self.inner.entries():
            parent = entry.parent or self._key(len(self.labels) - 1)
            yield PageEntry(entry.page, parent, entry.source)

    def _above(self) -> Iterator[PageEntry]:
        for number in range(len(self.labels)):
            yield PageEntry(self._page(number), self._key(number - 1) if number else None)

    def _page(self, number: int) -> doc.Page:
        title = self.labels[number][:255]
        return doc.Page(type="section", key=self._key(number), title=title, layout="cards")

    @staticmethod
    def _key(number: int) -> str:
        # With a slash, as the keys of groups of links have: no reader makes such a key for a page.
        return f"trail/{number + 1}"
