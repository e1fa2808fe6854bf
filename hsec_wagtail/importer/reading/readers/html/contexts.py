"""The context of the text in an element: its formatting, and the list, table or region that it is in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bs4.element import Tag

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.html.addresses import AddressResolver
from hsec_wagtail.importer.reading.readers.html.rows import Context, RowWriter
from hsec_wagtail.importer.reading.readers.html.structure import (
    CONTROLS,
    has_term_headings,
    is_bar,
    is_layout_list,
    is_quote,
)
from hsec_wagtail.importer.reading.readers.html.styles import hint_of, inline_in, list_level
from hsec_wagtail.importer.reading.readers.html.tables import is_data
from hsec_wagtail.importer.reading.readers.marks import ListMark

__all__ = ["Contexts", "Region"]

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_LISTED = _LISTS | {"li", "dl", "dt", "dd"}
_CELLS = frozenset({"td", "th", "caption"})
#: The style of Word for the title of a text.
_TITLE = "msotitle"
#: The outermost list of all whose items are paragraphs: Word's, and those with images for bullets.
_NO_LIST = -1


@dataclass(slots=True)
class Region:
    """A part of the page: a table, a cell, a form, or an element whose name says what it is for.

    ``row`` numbers the row of the table that a cell stands in, ``controls`` counts those of a form.
    """

    parent: int
    name: str = ""
    hint: str = ""
    row: int = 0
    controls: int = 0


class Contexts:
    """Makes the contexts of elements, and numbers lists, links and regions."""

    def __init__(self, addresses: AddressResolver, writer: RowWriter) -> None:
        self.regions = [Region(-1)]
        self.notes: list[tuple[int, Message]] = []
        self._addresses = addresses
        self._writer = writer
        self._numbers = {"item": 0, "list": 0, "link": 0, "quote": 0, "details": 0, "row": 0}
        self._terms: dict[int, ListMark] = {}

    def within(self, tag: Tag, context: Context) -> Context:
        """Return the context within ``tag``, which is in ``context``."""
        inner = replace(context, inline=inline_in(tag, context.inline))
        if tag.name == "a":
            return self._linked(tag, inner) if "href" in tag.attrs else inner
        if tag.name in _LISTED:
            inner = self._listed(tag, inner)
        elif tag.name in {"table", "tr"} or tag.name in _CELLS:
            inner = self._tabled(tag, inner)
        else:
            inner = self._blocked(tag, inner)
        if tag.name in CONTROLS:
            return replace(inner, is_control=True)
        return self._in_region(tag, inner)

    def with_image_bullet(self, context: Context) -> Context:
        """Return ``context`` for text behind an image that is a bullet."""
        item = context.item or ListMark(self._number("item"), _NO_LIST, 1)
        return replace(context, item=item)

    def _number(self, of: str) -> int:
        self._numbers[of] += 1
        return self._numbers[of]

    def _linked(self, tag: Tag, context: Context) -> Context:
        href = self._addresses.whole(str(tag["href"]))
        if href is None:
            note = Message("link-to-no-page", href=str(tag["href"])[:100])
            self.notes.append((self._writer.source_line, note))
        # What leads to no page, or to the top of its own, is set as a link all the same.
        link = self._number("link")
        return replace(context, inline=replace(context.inline, link=link, href=href or ""))

    def _blocked(self, tag: Tag, context: Context) -> Context:
        match tag.name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return replace(context, heading=_HEADINGS[tag.name])
            case "p" | "div" if level := list_level(tag):
                return replace(context, item=ListMark(self._number("item"), _NO_LIST, level))
            case "p" if str(tag.get("class", "")).lower() == _TITLE:
                return replace(context, heading=1)
            case "pre" | "listing" | "xmp":
                return replace(context, is_preformatted=True)
            case "blockquote" if not context.quote:
                introduced = self._writer.ends_with_colon
                number = self._number("quote") if is_quote(tag, introduced=introduced) else 0
                return replace(context, quote=number)
            case "details" if not context.details:
                return replace(context, details=self._number("details"))
            case "address":
                return replace(context, is_small_print=True)
        return context

    def _tabled(self, tag: Tag, context: Context) -> Context:
        if tag.name == "table":
            return replace(context, grid=is_data(tag), item=None, level=0, root=0, terms="")
        if tag.name == "tr":
            return replace(context, table_row=self._number("row"))
        if context.grid:
            return context
        bold = tag.name != "td" or context.inline.bold
        return replace(context, inline=replace(context.inline, bold=bold), is_bar=is_bar(tag))

    def _listed(self, tag: Tag, context: Context) -> Context:
        if tag.name in _LISTS:
            if not context.level and is_layout_list(tag):
                return context
            root = context.root or self._number("list")
            ordered = tag.name == "ol"
            outer = context.in_ordered if context.level else ordered
            level = context.level + 1
            return replace(context, root=root, level=level, ordered=ordered, in_ordered=outer)
        if tag.name == "li":
            return self._item(tag, context)
        if tag.name == "dl":
            terms = context.terms or has_term_headings(tag)
            return replace(context, terms=terms, root=self._number("list"))
        if context.terms == "headings" and tag.name == "dt":
            return replace(context, is_bar=True)
        if context.terms != "items":
            return context
        if tag.name == "dt" or context.root not in self._terms:
            self._terms[context.root] = ListMark(self._number("item"), context.root, 1)
        return replace(context, item=self._terms[context.root])

    def _item(self, tag: Tag, context: Context) -> Context:
        root = context.root or (0 if is_layout_list(tag) else self._number("list"))
        if not root:
            return context
        number, level = self._number("item"), max(context.level, 1)
        item = ListMark(number, root, level, context.ordered, context.in_ordered)
        return replace(context, item=item, root=root)

    def _in_region(self, tag: Tag, context: Context) -> Context:
        if context.grid and tag.name != "table":
            return context
        hint = hint_of(tag)
        if not hint and tag.name not in {"table", "td", "th", "form"}:
            return context
        self.regions.append(Region(context.region, tag.name, hint, context.table_row))
        return replace(context, region=len(self.regions) - 1)
