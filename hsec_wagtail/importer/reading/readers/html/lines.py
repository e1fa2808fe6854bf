"""The lines of a saved page: those of its visible text, with the marks of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from hsec_wagtail.importer.reading.readers.html.rows import Row
from hsec_wagtail.importer.reading.readers.lines import LONGEST_LABEL, Line, Style, split_lines
from hsec_wagtail.importer.reading.readers.marks import LineMark
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import words

__all__ = ["page_lines"]

_BULLET = "•"
#: The longest text that a heading element makes a heading, in words: old pages set whole paragraphs in one.
_LONGEST_HEADING = 30
#: Depth of a heading whose font is of a size.
_DEPTHS = {7: 1, 6: 1, 5: 2, 4: 3}
_PLAIN_DEPTH = 4
# What stands between links in a row of links, but not what stands between the steps of a breadcrumb.
_BETWEEN = re.compile(r"[\s|•·\[\]()*:/\\~–—\u00a0,-]*\Z")
_STEP = re.compile(r"[>»›→]|::")


def page_lines(source: Source, rows: Sequence[Row]) -> list[tuple[Line, Row]]:
    """Return the lines of the page with the rows they come from; rows of links are split, link by link."""
    by_number = {row.number: row for row in rows}
    runs = source.markup.runs if source.markup else ()
    used = {run.href[1:] for run in runs if run.href.startswith("#")}
    lines: list[tuple[Line, Row]] = []
    for raw in split_lines(source):
        row = by_number[raw.number]
        line = _marked(raw, row, source.line_of(raw.start), used)
        lines += [(part, row) for part in _split_links(source, line, row)]
    return lines


def _marked(line: Line, row: Row, number: int, used: Set[str]) -> Line:
    context = row.context
    # The name that links use first; of others, the nearest to the text.
    nearest = row.anchors[::-1]
    anchors = [name for name in nearest if name in used] or nearest
    heading = context.heading if len(words(line.text)) <= _LONGEST_HEADING else 0
    mark = LineMark(
        block=row.block,
        item=context.item,
        opens_item=row.opens_item,
        grid=context.grid,
        quote=context.quote,
        details=context.details,
        heading=heading,
        anchors=tuple(anchors),
    )
    line = replace(line, number=number, mark=mark)
    href = next(iter(row.links.values())) if _is_link(row) else ""
    if heading:
        mark = replace(mark, item=None, href=href)
        return replace(line, style=Style.HASHES, depth=heading, bullet="", mark=mark)
    if (
        context.item
        and context.item.root < 0
        and row.bold == row.letters > row.linked
        and line.is_label
    ):
        # An image before a bold line is an ornament of a heading.
        line = replace(line, bullet="", mark=replace(mark, item=None))
    elif context.item or context.grid:
        line = replace(line, mark=replace(mark, href="" if context.grid else href))
        bullet = _BULLET if row.opens_item and not (line.bullet or line.ordinal) else line.bullet
        return replace(line, bullet=bullet, style=Style.PLAIN if bullet else line.style)
    if _is_link(row):
        return replace(line, is_link=True, mark=replace(mark, href=href))
    if _is_set_as_heading(line, row):
        return replace(line, style=Style.BOLD, depth=_DEPTHS.get(row.size, _PLAIN_DEPTH))
    return line


def _is_link(row: Row) -> bool:
    """Tell whether a row is one link."""
    return 0 < row.letters == row.linked and len(row.links) == 1


def _is_set_as_heading(line: Line, row: Row) -> bool:
    """Tell whether a short line by itself is bold or large, all of it."""
    if line.bullet or len(line.text) > LONGEST_LABEL or line.text.endswith((":", ";", ",", ".")):
        return False
    return row.letters > 0 and (row.bold == row.letters or row.size > 3)


def _split_links(source: Source, line: Line, row: Row) -> Iterator[Line]:
    """Yield ``line``, or the links that it is a row of."""
    spans = _links(source, line) if len(row.links) > 1 and not row.context.grid else []
    if row.linked < row.letters or not _are_a_row(source, line, spans):
        yield line
        return
    mark = line.mark or LineMark()
    for n, (start, end, href) in enumerate(spans):
        text = " ".join(source.text[start:end].split())
        yield replace(
            line,
            start=start,
            end=end,
            text=text,
            style=Style.PLAIN,
            is_link=not line.bullet,
            gap=line.gap if n == 0 else 0,
            bullet=line.bullet if n == 0 else "",
            ordinal=line.ordinal if n == 0 else None,
            outer=line.outer if n == 0 else start,
            mark=replace(
                mark,
                href=href,
                item=None if n else mark.item,
                opens_item=n == 0 and mark.opens_item,
            ),
        )


def _links(source: Source, line: Line) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    number = 0
    for run in source.markup.within(line.start, line.end) if source.markup else ():
        if run.link and run.link == number:
            spans[-1] = (spans[-1][0], run.end, run.href)
        elif run.link:
            spans.append((run.start, run.end, run.href))
        number = run.link or number
    return [span for span in spans if words(source.text[span[0] : span[1]])]


def _are_a_row(source: Source, line: Line, spans: Sequence[tuple[int, int, str]]) -> bool:
    if len(spans) < 2 or any(end - start > LONGEST_LABEL for start, end, _ in spans):
        return False
    # Text without a blank is one word, and a word belongs to one line.
    places = [(above[1], below[0]) for above, below in pairwise(spans)]
    return all(
        _BETWEEN.match(source.text[start:end])
        and any(map(str.isspace, source.text[start - 1 : end + 1]))
        for start, end in places
    )
