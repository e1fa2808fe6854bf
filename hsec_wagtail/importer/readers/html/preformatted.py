"""Preformatted text: which of its lines end because they were full."""

from __future__ import annotations

from itertools import pairwise

from hsec_wagtail.importer.readers.lines import Line, split_lines
from hsec_wagtail.importer.readers.wrapping import meant_lines
from hsec_wagtail.importer.source import Source

__all__ = ["soft_ends"]


def soft_ends(text: str) -> frozenset[int]:
    """Return the numbers, from 0, of the lines of ``text`` that go on in the next line."""
    source = Source(name="", text=text, sha256="")
    soft: set[int] = set()
    for line in meant_lines(source):
        soft.update(range(source.line_of(line.start) - 1, source.line_of(line.end) - 1))
    in_item = False
    for above, line in pairwise(split_lines(source)):
        in_item = (above.is_item or in_item) and _hangs(above, line)
        if in_item:
            soft.add(above.number - 1)
    return frozenset(soft)


def _hangs(above: Line, line: Line) -> bool:
    """Tell whether ``line`` stands right below ``above``, indented as the text of an item is."""
    deeper = len(line.indent.expandtabs()) > len(above.indent.expandtabs()) or not above.is_item
    return bool(line.indent) and deeper and not (line.gap or line.is_item or line.is_marked)
