"""Marks: the facts that the markup of a saved page gives of its lines; text captures have none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message

__all__ = ["Grid", "LineMark", "ListMark", "Zone"]


class Zone(Enum):
    """The part of a page that a line is in; the value is the reason why it is no content."""

    CONTENT = None
    NAVIGATION = Message("navigation")
    QUICK_LINKS = Message("quick-links")
    BREADCRUMB = Message("breadcrumb")
    MASTHEAD = Message("masthead")
    FOOTER = Message("footer")
    SEARCH = Message("search-form")
    FORM = Message("form")
    SKIP = Message("skip-link")
    LANGUAGE = Message("language-switch")
    TOOL = Message("print-or-mail")
    COUNTER = Message("counter")
    MODIFIED = Message("date-modified")


@dataclass(frozen=True, slots=True)
class ListMark:
    """An item of a list: its number among all, that of the outermost list, and how deep it lies in that.

    ``ordered`` says that its own list is numbered, ``in_ordered`` that the outermost is.
    """

    number: int
    root: int
    level: int
    ordered: bool = False
    in_ordered: bool = False


@dataclass(eq=False, slots=True)
class Grid:
    """A table of data as it stands in the visible text; ``header`` is as a document holds it."""

    header: str
    caption: Span | None = None
    rows: list[list[Span]] = field(default_factory=list)

    @property
    def filled(self) -> list[list[Span]]:
        """The rows in which something stands."""
        return [row for row in self.rows if any(start < end for start, end in row)]


@dataclass(frozen=True, slots=True)
class LineMark:
    """The facts that the elements around a line give of it.

    ``region`` numbers the part of the page that the zone comes from; ``block`` the block of lines that only
    line breaks separate; ``anchors`` are names under which links lead here; ``href`` is where the line as a whole
    leads; ``declared`` says that the markup itself calls the part by its zone.
    """

    zone: Zone = Zone.CONTENT
    region: int = 0
    block: int = 0
    item: ListMark | None = None
    opens_item: bool = False
    grid: Grid | None = None
    quote: int = 0
    details: int = 0
    heading: int = 0
    anchors: tuple[str, ...] = ()
    href: str = ""
    declared: bool = False
