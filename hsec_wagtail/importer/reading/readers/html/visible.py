"""The visible text of a page, row by row, with the context of each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4.element import Comment, PageElement, Tag

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.html.addresses import AddressResolver, anchor_from
from hsec_wagtail.importer.reading.readers.html.contexts import Contexts, Region
from hsec_wagtail.importer.reading.readers.html.parsing import CLOSES
from hsec_wagtail.importer.reading.readers.html.rows import Context, Row, RowWriter
from hsec_wagtail.importer.reading.readers.html.styles import is_bullet, is_hidden, is_spacer
from hsec_wagtail.importer.reading.readers.html.tables import spread
from hsec_wagtail.importer.reading.readers.marks import Grid
from hsec_wagtail.importer.reading.readers.wrapping import soft_ends
from hsec_wagtail.importer.reading.source import TextRun

__all__ = ["Picture", "Visible", "render"]

#: Elements that stand apart from what is above and below them, by a blank line.
_APART = frozenset(
    "p h1 h2 h3 h4 h5 h6 dl blockquote pre table hr fieldset figure form td th caption article aside"
    " header footer nav main section listing xmp".split()
)
#: Elements that begin and end lines.
_BLOCKS = _APART | frozenset(
    "address center dd details div dt figcaption frameset html body legend li noframes option optgroup"
    " select summary tbody tfoot thead tr textarea marquee ul ol dir menu".split()
)
_LISTS = frozenset({"ul", "ol", "dir", "menu"})


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a page: its address, the text in its place, and where it stands in the visible text."""

    src: str
    alt: str
    offset: int


@dataclass(slots=True)
class Visible:
    """The visible text of a page, with notes by line of the file."""

    text: str
    rows: list[Row]
    runs: list[TextRun]
    regions: list[Region]
    pictures: list[Picture]
    frames: list[str]
    notes: list[tuple[int, Message]]


def render(root: Tag, addresses: AddressResolver) -> Visible:
    """Return the visible text of ``root``; its addresses are made absolute by ``addresses``."""
    return _Renderer(addresses).render(root)


@dataclass(slots=True)
class _Opened:
    """An element whose content is being written."""

    tag: Tag
    rest: Iterator[PageElement]
    context: Context
    cell: list[int] | None = None


class _Renderer:
    """Walks a tree, not recursively, and writes its visible text."""

    def __init__(self, addresses: AddressResolver) -> None:
        self._writer = RowWriter()
        self._contexts = Contexts(addresses, self._writer)
        self._pictures: list[Picture] = []
        self._frames: list[str] = []
        self._opened: list[_Opened] = []
        self._has_bullet = False

    def render(self, root: Tag) -> Visible:
        """Return the visible text of ``root``."""
        self._opened.append(_Opened(root, iter(root.contents), Context()))
        while self._opened:
            opened = self._opened[-1]
            node = next(opened.rest, None)
            if node is None:
                self._opened.pop()
                self._leave(opened)
            elif isinstance(node, Tag):
                self._enter(node, opened.context)
            elif not isinstance(node, Comment):
                self._add(str(node), opened.context)
        self._writer.end_block(0)
        writer = self._writer
        return Visible(
            writer.text,
            writer.rows,
            writer.runs,
            self._contexts.regions,
            self._pictures,
            self._frames,
            self._contexts.notes,
        )

    def _add(self, text: str, context: Context) -> None:
        writer = self._writer
        bare = text.lstrip()
        writer.source_line += text.count("\n", 0, len(text) - len(bare))
        if self._has_bullet and bare and writer.row is None:
            context, self._has_bullet = self._contexts.with_image_bullet(context), False
        if context.is_preformatted and not context.grid:
            writer.write_lines(text, context)
        else:
            writer.write(text, context)
        writer.source_line += bare.count("\n")

    def _enter(self, tag: Tag, context: Context) -> None:
        self._writer.source_line = tag.sourceline or self._writer.source_line
        if is_hidden(tag):
            self._note_hidden(tag)
        elif tag.name == CLOSES:
            self._close_inline(str(tag["name"]))
        elif tag.name in {"br", "img", "hr", "frame", "input"}:
            self._void(tag, context)
        else:
            self._note_anchors(tag)
            inner = self._contexts.within(tag, context)
            if tag.name in _BLOCKS and not context.grid:
                self._writer.end_block(self._gap(tag, context))
            elif tag.name in _BLOCKS:
                self._in_grid(tag)
            cell = self._cell(tag, inner) if inner.grid else None
            if inner.is_preformatted and not context.is_preformatted:
                self._writer.begin_lines(soft_ends(tag.get_text()))
            self._opened.append(_Opened(tag, iter(tag.contents), inner, cell))

    def _leave(self, opened: _Opened) -> None:
        tag, context = opened.tag, opened.context
        outer = self._opened[-1].context if self._opened else context
        if opened.cell is not None:
            self._writer.cell = None
            _place(context.grid, tag, opened.cell, self._writer.length)
        if tag.name not in _BLOCKS:
            return
        if outer.grid:
            self._in_grid(tag)
        else:
            self._writer.end_block(self._gap(tag, outer))

    def _gap(self, tag: Tag, context: Context) -> int:
        if tag.name in _LISTS:
            return 0 if context.level else 1
        # The first paragraph of an item stands beside its bullet, and items by themselves.
        return 0 if context.item and tag.name in {"p", "div"} else int(tag.name in _APART)

    def _in_grid(self, tag: Tag) -> None:
        if tag.name == "tr" or tag.name == "caption":
            self._writer.end_block(0)
        elif tag.name in {"td", "th"}:
            self._writer.blank("\t")
        else:
            self._writer.blank()

    def _cell(self, tag: Tag, context: Context) -> list[int] | None:
        if tag.name not in {"td", "th", "caption"}:
            if tag.name == "tr" and context.grid:
                context.grid.rows.append([])
            return None
        self._writer.cell = [-1, -1]
        return self._writer.cell

    def _note_anchors(self, tag: Tag) -> None:
        names = [str(tag[name]) for name in ("name", "id") if name in tag.attrs]
        if tag.name != "a" and "id" not in tag.attrs:
            return
        names = [name for name in dict.fromkeys(map(anchor_from, names)) if name]
        if tag.name == "a" and self._writer.row is not None:
            self._writer.row.anchors += names
        else:
            self._writer.anchors += names

    def _note_hidden(self, tag: Tag) -> None:
        line = self._writer.source_line
        if tag.name == "iframe" and tag.get("src"):
            note = Message("frame-here", address=str(tag["src"]))
            self._contexts.notes.append((line, note))
        if tag.name == "noscript" and (said := tag.get_text(" ", strip=True)):
            self._contexts.notes.append((line, Message("no-script", text=said[:100])))

    def _close_inline(self, name: str) -> None:
        """End the innermost ``name`` for what follows, in blocks that go on around the place, too."""
        place = next(
            (n for n in range(len(self._opened) - 1, 0, -1) if self._opened[n].tag.name == name), 0
        )
        if not place:
            return
        before, within = self._opened[place - 1].context.inline, self._opened[place].context.inline
        ended = {
            field: getattr(before, field)
            for field in ("bold", "italic", "shift", "size", "link", "href")
            if getattr(before, field) != getattr(within, field)
        }
        for opened in self._opened[place:]:
            opened.context = replace(opened.context, inline=replace(opened.context.inline, **ended))

    def _void(self, tag: Tag, context: Context) -> None:
        writer = self._writer
        match tag.name:
            case "hr":
                writer.rule()
            case "br" if context.grid or context.heading or context.inline.link:
                writer.blank()
            case "br":
                writer.break_line()
            case "frame":
                self._frames.append(str(tag.get("src", "")))
            case "input":
                if str(tag.get("type", "")).lower() != "hidden":
                    self._contexts.regions[context.region].controls += 1
                writer.blank()
            case _:
                self._picture(tag)

    def _picture(self, tag: Tag) -> None:
        src = str(tag.get("src", "")).strip()
        if is_bullet(tag):
            self._has_bullet = self._writer.row is None
        elif src and not is_spacer(tag):
            self._pictures.append(
                Picture(src, str(tag.get("alt", "")).strip(), self._writer.length)
            )


def _place(grid: Grid | None, tag: Tag, cell: list[int], end: int) -> None:
    """Put the ``cell`` of ``grid`` where it was written, and empty ones where it spreads."""
    span = (cell[0], cell[1]) if cell[0] >= 0 else (end, end)
    if grid is None:
        return
    if tag.name == "caption":
        grid.caption = span
        return
    if not grid.rows:
        grid.rows.append([])
    grid.rows[-1] += [span, *[(end, end)] * (spread(tag, "colspan") - 1)]
