"""Lists, tables, quotes and details that the markup of a saved page makes of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.marks import Grid, LineMark
from hsec_wagtail.importer.reading.readers.prose import inline_html, paragraph_html
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import html_text

__all__ = ["LineKind", "ListEntry", "details", "entries", "kinds", "quote", "table"]

#: Lists within lists that are kept as such; what lies deeper lies there.
_DEEPEST = 20
_LONGEST_CAPTION = 255
_LONGEST_SUMMARY = 255
_DASHES = "—–-\u2015 "


class LineKind(Enum):
    """The kind of block that lines are together."""

    PLAIN = "plain"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An item of a list: where it stands, its own text, and the lists in it, both as HTML."""

    span: Span
    html: str
    more: str = ""


def kinds(lines: Sequence[Line]) -> Iterator[tuple[LineKind, list[Line]]]:
    """Yield ``lines`` in runs of those that are one list, one table, one quote, or none of these."""
    for (kind, _), run in groupby(lines, _kind):
        yield kind, list(run)


def _kind(line: Line) -> tuple[LineKind, object]:
    mark = line.mark
    if mark is None:
        return LineKind.PLAIN, None
    if mark.grid:
        return LineKind.TABLE, id(mark.grid)
    if mark.quote:
        return LineKind.QUOTE, mark.quote
    if mark.details:
        return LineKind.DETAILS, mark.details
    # Old editors began a list anew for each item.
    return (LineKind.LIST, mark.item.in_ordered) if mark.item else (LineKind.PLAIN, None)


def entries(source: Source, lines: Sequence[Line]) -> list[ListEntry]:
    """Return the outermost items that ``lines`` are, with the lists in them."""
    least = min(line.mark.item.level for line in lines if line.mark and line.mark.item)
    items: list[list[Line]] = []
    for line in lines:
        mark = line.mark or LineMark()
        opens = mark.opens_item and mark.item is not None and mark.item.level == least
        if opens or not items:
            items.append([line])
        else:
            items[-1].append(line)
    return [_entry(source, item, least) for item in items]


def _entry(source: Source, lines: Sequence[Line], least: int) -> ListEntry:
    own: list[str] = []
    more: list[str] = []
    opened: list[str] = []
    for line in lines:
        mark = line.mark or LineMark()
        level = min(mark.item.level - least, _DEEPEST) if mark.item else 0
        html = inline_html(source, line.span)
        if not level and not more:
            own.append(html)
            continue
        while len(opened) > level:
            more.append(f"</li></{opened.pop()}>")
        if len(opened) == level:
            more.append("</li><li>" if mark.opens_item and level else "<br>")
        while len(opened) < level:
            opened.append("ol" if mark.item and mark.item.ordered else "ul")
            more.append(f"<{opened[-1]}><li>")
        more.append(html)
    more += [f"</li></{tag}>" for tag in reversed(opened)]
    return ListEntry((lines[0].start, lines[-1].end), "<br>".join(own), "".join(more))


def table(source: Source, lines: Sequence[Line], grid: Grid) -> nodes.Table:
    """Return the table that ``lines`` are the rows of."""
    rows = [[inline_html(source, cell) for cell in row] for row in grid.filled]
    caption = " ".join(source.text[slice(*grid.caption)].split()) if grid.caption else ""
    width = max(map(len, rows), default=0)
    return nodes.Table.model_validate(
        {
            "caption": caption[:_LONGEST_CAPTION],
            "header": grid.header,
            "rows": [row + [""] * (width - len(row)) for row in rows],
            "span": (lines[0].start, lines[-1].end),
        }
    )


def quote(source: Source, lines: Sequence[Line]) -> nodes.Quote:
    """Return the quote that ``lines`` are; a last line that begins with a dash says whose it is."""
    said = [html_text(" ".join(source.text[slice(*line.span)].split())) for line in lines]
    own = [source.text[slice(*line.span)] for line in lines]
    attribution = ""
    last = lines[-1]
    if len(lines) > 1 and (last.bullet in set("—–-") or own[-1][:1] in "—–\u2015"):
        attribution = said.pop().strip(_DASHES)
    return nodes.Quote(
        text="\n".join(said), attribution=attribution[:255], span=(lines[0].outer, last.end)
    )


def details(source: Source, lines: Sequence[Line]) -> nodes.Details | None:
    """Return the text behind a summary that ``lines`` are, None where the summary is too long for one."""
    first, *below = lines
    # With the number before it, if there is one: it is no item of a list here.
    summary = " ".join(source.text[first.outer : first.end].split())
    if len(summary) > _LONGEST_SUMMARY:
        return None
    html = ""
    for kind, part in kinds([_within(line) for line in below]):
        if kind is LineKind.LIST:
            item = part[0].mark.item if part[0].mark else None
            tag = "ol" if item and item.in_ordered else "ul"
            inner = "".join(f"<li>{entry.html}{entry.more}</li>" for entry in entries(source, part))
            html += f"<{tag}>{inner}</{tag}>"
        else:
            html += "".join(paragraph_html(source, (line.outer, line.end)) for line in part)
    return nodes.Details(summary=summary, html=html, span=(first.outer, lines[-1].end))


def _within(line: Line) -> Line:
    """Return ``line`` without what makes it a table or a quote: details hold only paragraphs and lists."""
    return replace(line, mark=replace(line.mark or LineMark(), details=0, grid=None, quote=0))
