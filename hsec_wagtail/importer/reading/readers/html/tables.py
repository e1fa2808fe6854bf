"""Tables of data, distinguished from those that only lay out a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import Comment, PageElement, Tag

from hsec_wagtail.importer.reading.readers.html.styles import is_hidden
from hsec_wagtail.importer.reading.readers.marks import Grid
from hsec_wagtail.importer.text.words import words

__all__ = ["inside", "is_data", "spread"]

#: Elements that are in no table of data.
_NO_DATA = frozenset(
    "table form input select textarea h1 h2 h3 h4 h5 h6 ul ol dl blockquote frameset iframe".split()
)
_MOST_WORDS = 60
_MOST_WORDS_BARE = 20
_WIDEST_SPREAD = 100


@dataclass(slots=True)
class _Cell:
    is_header: bool
    words: int
    links: bool
    bold: bool


def inside(root: Tag) -> Iterator[PageElement]:
    """Yield what is shown in ``root``, in order, elements before what they hold."""
    stack = [iter(root.contents)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif not isinstance(node, Tag):
            yield node
        elif not is_hidden(node):
            yield node
            stack.append(iter(node.contents))


def is_data(table: Tag) -> Grid | None:
    """Return an empty grid for a table of data, None for one that lays out a page.

    Takes time in proportion to what stands before the first table inside.
    """
    if str(table.get("role", "")) == "presentation":
        return None
    rows: list[list[_Cell]] = []
    evident = str(table.get("border", "0")).strip() not in {"0", ""} or bool(table.get("summary"))
    for node in inside(table):
        if isinstance(node, Tag):
            if node.name in _NO_DATA:
                return None
            evident = evident or node.name in {"th", "thead", "caption"}
            _open(node, rows)
        elif rows and rows[-1] and not isinstance(node, Comment):
            rows[-1][-1].words += len(words(str(node)))
    return _grid([row for row in rows if any(cell.words for cell in row)], evident=evident)


def _open(node: Tag, rows: list[list[_Cell]]) -> None:
    if node.name == "tr":
        rows.append([])
    elif node.name in {"td", "th"}:
        if not rows:
            rows.append([])
        rows[-1].append(_Cell(node.name == "th", 0, links=False, bold=False))
    elif rows and rows[-1]:
        cell = rows[-1][-1]
        cell.links = cell.links or (node.name == "a" and "href" in node.attrs)
        cell.bold = cell.bold or node.name in {"b", "strong"}


def _grid(rows: list[list[_Cell]], *, evident: bool) -> Grid | None:
    filled = [sum(1 for cell in row if cell.words) for row in rows]
    full = [count for count in filled if count > 1]
    if len(full) < 2 or len(full) * 2 <= len(rows):
        return None
    longest = max(cell.words for row in rows for cell in row)
    if not evident:
        usual, times = Counter(filled).most_common(1)[0]
        alike = usual > 1 and times >= 3 and times * 4 >= len(rows) * 3
        # Cells of links beside one another are a menu.
        links = all(cell.links for row in rows for cell in row if cell.words)
        if not alike or links or longest > _MOST_WORDS_BARE:
            return None
    if longest > _MOST_WORDS:
        return None
    return Grid(_header(rows))


def _header(rows: list[list[_Cell]]) -> str:
    top = [cell for cell in rows[0] if cell.words]
    first = len(top) > 1 and (
        all(cell.is_header for cell in top)
        or (all(cell.bold for cell in top) and not all(cell.bold for cell in rows[1] if cell.words))
    )
    below = [row[0] for row in rows[1:] if row]
    column = bool(below) and all(cell.is_header for cell in below)
    return {
        (True, True): "both",
        (True, False): "row",
        (False, True): "column",
        (False, False): "none",
    }[first, column]


def spread(tag: Tag, name: str) -> int:
    """Return over how many columns or rows a cell spreads, by its attribute ``name``."""
    value = str(tag.get(name, "1")).strip()
    return min(max(int(value), 1), _WIDEST_SPREAD) if value.isdecimal() and len(value) < 6 else 1
