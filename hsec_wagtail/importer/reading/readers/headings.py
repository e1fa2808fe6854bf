"""The title and the headings of a capture, found by the look of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hsec_wagtail.importer.reading.readers.jump_links import Jumps
from hsec_wagtail.importer.reading.readers.lines import Line, Style
from hsec_wagtail.importer.reading.readers.links import is_address
from hsec_wagtail.importer.reading.readers.phrases import (
    heads_contents,
    is_announcement,
    names_a_site,
    points_outside,
)
from hsec_wagtail.importer.text.words import normalise

__all__ = ["find_headings", "find_title", "named_title", "names_in"]

# Separates the name of a page from that of its site in the title of a window.
_PARTS = re.compile(r"\s+[-–—|:•·«»>/]+\s+|\s*[|»]\s*|:\s+")


def names_in(named: str) -> frozenset[str]:
    """Return what the title of a window names, normalised: page, site, both."""
    return frozenset({normalise(part) for part in (named, *_PARTS.split(named))} - {""})


def named_title(lines: Sequence[Line], named: str) -> int | None:
    """Return the place of the title of a saved page: its one h1, or what the window called it."""
    tops = [n for n, line in enumerate(lines) if line.mark and line.mark.heading == 1]
    if len(tops) == 1 and not _is_linked(lines[tops[0]]):
        return tops[0]
    names = names_in(named)
    found = [
        n
        for n, line in enumerate(lines)
        if normalise(line.text) in names
        and line.is_label
        and not line.is_item
        and not _is_linked(line)
    ]
    marked = [n for n in found if lines[n].is_marked]
    depth = min((lines[n].depth for n in marked), default=0)
    shallow = [n for n in marked if lines[n].depth == depth] or found
    if not shallow:
        return tops[0] if tops else None
    prose = next(
        (n for n, line in enumerate(lines) if line.is_prose and not line.is_link), len(lines)
    )
    return max((n for n in shallow if n < prose), default=shallow[0])


def _is_linked(line: Line) -> bool:
    """Tell whether a line as a whole leads elsewhere: rather the site's name than a title."""
    return line.is_link or bool(line.mark and line.mark.href)


def find_title(lines: Sequence[Line], jumps: Jumps | None, *, named: str = "") -> int | None:
    """Return the place of the title: as a rule the last label above the first prose or jump link.

    ``named`` is what the window of a saved page called it.
    """
    if (place := named_title(lines, named)) is not None:
        return place
    start = next((n for n, line in enumerate(lines) if not line.bullet), len(lines))
    end = next(
        (n for n in range(start, len(lines)) if lines[n].is_prose or lines[n].bullet), len(lines)
    )
    if jumps:
        end = min(end, jumps.start)
    labels = [n for n in range(start, end) if _may_be_title(lines[n])]
    if not labels or end == len(lines):
        return labels[0] if labels else None
    first = next((n for n in labels if lines[n].is_marked and lines[n].depth == 1), labels[-1])
    if (byline := _above_byline(lines, labels)) is not None:
        return byline
    above = [n for n in labels if n < first]
    if jumps is None and _heads_a_section(lines, first, above):
        return above[-1] if above else None
    return first


def _above_byline(lines: Sequence[Line], labels: Sequence[int]) -> int | None:
    """Return the place of the title if the last label is no title but goes on in the block of the one above.

    Who speaks or writes, and where that person works, are set in one block below the title.
    """
    last = labels[-1]
    block = [n for n in labels if lines[n].mark and _block(lines[n]) == _block(lines[last])]
    if len(block) < 2 or lines[last].is_marked or block[0] == labels[0]:
        return None
    marked = [
        n for n in labels if n < block[0] and lines[n].is_marked and not names_a_site(lines[n].text)
    ]
    return marked[-1] if marked else None


def _block(line: Line) -> int | None:
    return line.mark.block if line.mark else None


def _may_be_title(line: Line) -> bool:
    return (
        line.is_label
        and line.style is not Style.NUMBERED
        and not heads_contents(line.text)
        and not (line.mark and line.is_link)
    )


def _heads_a_section(lines: Sequence[Line], place: int, above: Sequence[int]) -> bool:
    """Tell whether the last label is a heading already, with the title above it."""
    line = lines[place]
    others = [n for n in range(place + 1, len(lines)) if _looks_like_heading(lines, n)]
    if not others:
        return False
    alike = [n for n in others if lines[n].style is line.style and lines[n].depth == line.depth]
    if not above:
        return line.is_marked and line.depth > 1 and bool(alike)
    if len(above) == 1 and not names_a_site(lines[above[0]].text):
        # A title in a look of its own has its lead below it, and a site's name above.
        return bool(alike) or line.style is Style.PLAIN
    only_lead = others[0] - place == 2 and lines[place + 1].is_prose
    return line.style is not Style.PLAIN and bool(alike) and not only_lead


def find_headings(lines: Sequence[Line]) -> list[int]:
    """Return the places of headings: short lines that stand by themselves above something to head.

    Where headings are set apart by capitals, underlines, hashes, numbers or wide gaps, only the
    first such style counts: the others are headings below these.
    """
    found = [n for n in range(len(lines)) if _looks_like_heading(lines, n)]
    looks: dict[Style, list[int]] = {}
    for n in found:
        looks.setdefault(lines[n].style, []).append(n)
    if any(lines[n].mark for n in found) and Style.HASHES in looks:
        # What is a heading by its element goes before what only looks like one.
        looks = {Style.HASHES: looks[Style.HASHES]}
    for style, alike in looks.items():
        if lines[alike[0]].is_marked:
            depth = min(lines[n].depth for n in alike)
            return [n for n in alike if lines[n].depth == depth]
        if style is Style.CAPITALS and len(alike) > 1:
            # An acronym, too, is a heading among such.
            return [n for n in found if lines[n].text.isupper()]
        if style is Style.NUMBERED and len(alike) > 1:
            return alike
    return _outer(lines, found)


def _outer(lines: Sequence[Line], found: list[int]) -> list[int]:
    """Return those of plain headings that are less indented, or have a wider gap above, than others."""
    indents = {n: len(lines[n].indent.expandtabs()) for n in found}
    least = min(indents.values(), default=0)
    outer = [n for n in found if indents[n] <= least + 1]
    if len(outer) < 2:
        outer = found
    wide = [n for n in outer if n == 0 or lines[n].gap > 1]
    return wide if len(wide) > 1 else outer


def _looks_like_heading(lines: Sequence[Line], n: int) -> bool:
    line = lines[n]
    if line.mark and line.mark.heading:
        return True
    if not line.is_label or line.is_link or line.text.endswith(":") or points_outside(line.text):
        return False
    if line.is_marked:
        return True
    if line.text.startswith(("-", "–", "—", "*")):
        return False
    following = lines[n + 1] if n + 1 < len(lines) else None
    if following is None or is_announcement(line.text):
        return False
    if is_address(following.text) and not following.gap:
        return False
    if line.style is Style.NUMBERED and (following.ordinal or _in_numbered_list(lines, n)):
        return False
    above = lines[n - 1] if n else None
    between = above is not None and above.text.endswith((".", "!", "?")) and following.is_prose
    alone = above is None or line.gap > 0 or between
    heads = (
        following.is_prose
        or following.is_item
        or following.text.endswith(":")
        or is_announcement(following.text)
    )
    return alone and (heads or line.style is not Style.PLAIN)


def _in_numbered_list(lines: Sequence[Line], n: int) -> bool:
    """Tell whether the numbered line ``n`` stands right below another: an item, not a heading."""
    return n > 0 and lines[n - 1].ordinal is not None and not lines[n].gap
