"""Lists without markup: lines below an introduction, lines that begin with dates, rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.markdown_lines import ListEntry
from hsec_wagtail.importer.reading.readers.marks import Grid
from hsec_wagtail.importer.reading.readers.phrases import introduces_actions
from hsec_wagtail.importer.reading.readers.prose import dates_in, inline_html
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import words

__all__ = ["dated_rows", "is_broken_list", "lost_bullets", "trimmed"]

_BETWEEN_ITEMS = re.compile(r"[;,](?: (?:and|or|et|ou))?\Z")


def dated_rows(source: Source, grid: Grid, language: str) -> list[ListEntry]:
    """Return the rows of a table without a head that says in two columns when what was; else nothing."""
    rows = grid.filled
    if grid.header != "none" or grid.caption or any(len(row) != 2 for row in rows):
        return []
    for when, what in rows:
        dates = dates_in(source, when, language)
        said = "".join(source.text[slice(*date.span)] for date in dates if date.span)
        if what[0] >= what[1] or words(said) != words(source.text[slice(*when)]):
            return []
    return [
        ListEntry(
            (when[0], what[1]),
            "<br>".join(inline_html(source, cell) for cell in (when, what)),
        )
        for when, what in rows
    ]


def is_broken_list(source: Source, run: Sequence[Line], language: str, *, introduced: bool) -> bool:
    """Tell whether line breaks of a saved page separate items: they are introduced, or each begins with a date."""
    blocks = {line.mark.block if line.mark else None for line in run}
    if len(run) < 2 or len(blocks) > 1 or None in blocks:
        return False
    if any(line.is_link or line.is_marked for line in run):
        return False
    return introduced or all(_begins_with_date(source, line, language) for line in run)


def _begins_with_date(source: Source, line: Line, language: str) -> bool:
    dates = dates_in(source, line.span, language)
    return bool(dates) and dates[0].span is not None and dates[0].span[0] == line.start


def lost_bullets(source: Source, run: Sequence[Line], actions: Sequence[str]) -> list[Span] | None:
    """Return the items of a list that lost its bullets: an introduction, then short lines.

    The first item may stand on the line of the introduction, behind its colon.
    """
    if len(run) < 2 or any(line.is_link for line in run):
        return None
    rest = [line.span for line in run[1:]]
    labels = all(line.is_label and not line.text.endswith(":") for line in run[1:])
    if not labels and not all(_BETWEEN_ITEMS.search(line.text) for line in run[1:-1]):
        return None
    if not labels and len(run) == 2:
        return None
    if run[0].text.endswith(":"):
        return rest
    head = source.text[slice(*run[0].span)]
    colon = max((match.start() for match in re.finditer(r":(?=\s)", head)), default=-1)
    if colon < 0 or not introduces_actions(" ".join(head[: colon + 1].split()), actions):
        return None
    return [trimmed(source, (run[0].start + colon + 1, run[0].end)), *rest]


def trimmed(source: Source, span: Span) -> Span:
    """Return ``span`` without the white space at its ends."""
    text = source.text[slice(*span)]
    return (span[0] + len(text) - len(text.lstrip()), span[1] - len(text) + len(text.rstrip()))
