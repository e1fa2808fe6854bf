"""The zones of a saved page: its content, menus, forms, footer and other regions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hsec_wagtail.importer.reading.readers.headings import named_title
from hsec_wagtail.importer.reading.readers.html.contexts import Region
from hsec_wagtail.importer.reading.readers.html.rows import Row
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.marks import LineMark, Zone
from hsec_wagtail.importer.reading.readers.phrases import chrome_reason, heads_links, leads_back
from hsec_wagtail.importer.text.urls import leads_to_document

__all__ = ["with_zones"]

#: More lines than this are no form that stands beside the text.
_LONGEST_FORM = 12
_SEARCH = re.compile(r"\b(?:search|find|recherch|chercher|trouver)", re.IGNORECASE)
_HINTS = {
    "navigation": Zone.NAVIGATION,
    "breadcrumb": Zone.BREADCRUMB,
    "masthead": Zone.MASTHEAD,
    "footer": Zone.FOOTER,
    "search form": Zone.SEARCH,
    "skip link": Zone.SKIP,
    "aside": Zone.QUICK_LINKS,
}


#: Parts of a page that keep their name within others.
_INNER = frozenset({Zone.SEARCH, Zone.FORM, Zone.SKIP, Zone.BREADCRUMB})


@dataclass(slots=True)
class _RegionSummary:
    """Counts of what is in a region and in the regions inside it."""

    first: int = -1
    last: int = -1
    lines: int = 0
    links: int = 0
    jumps: int = 0
    documents: int = 0
    prose: int = 0
    headings: int = 0
    titles: int = 0
    links_head: bool = False
    searches: bool = False
    controls: int = 0
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """Facts to judge the end of a page by: the usual size of its text, blocks of links with a heading."""

    usual: int
    headed: frozenset[int]


def with_zones(
    lines: Sequence[tuple[Line, Row]], regions: Sequence[Region], *, title: str
) -> list[Line]:
    """Return the lines with the zone that each stands in; ``title`` is what the browser's window shows."""
    parts = _summaries(lines, regions)
    headed = _headed_regions(lines, regions, parts)
    bare = [line for line, _ in lines]
    place = named_title(bare, title)
    whole = place is None and not parts[0].headings and parts[0].links > 2 and _is_menu(parts[0])
    zones: list[tuple[Zone, int]] = [(Zone.NAVIGATION if whole else Zone.CONTENT, 0)]
    for number in range(1, len(regions)):
        outer = zones[regions[number].parent]
        zone = _zone(regions[number], parts[number], len(lines), place)
        if number in headed and place is not None and place < parts[number].first:
            zone = Zone.CONTENT
        in_masthead = outer[0] is Zone.MASTHEAD and zone is Zone.NAVIGATION
        if outer[0] is Zone.CONTENT or zone in _INNER or in_masthead:
            zones.append((zone, number))
        else:
            zones.append(outer)
    last = max((line.start for line, row in lines if _is_text(line, row, zones)), default=-1)
    declared = _declared(regions, zones)
    marked = [
        _with_zone(
            line,
            *_zone_of(line, row, zones[row.context.region]),
            # A page has one footer, and no text below it: what is called so above is the foot of a part.
            declared=zones[row.context.region][1] in declared
            and (zones[row.context.region][0] is not Zone.FOOTER or line.start > last),
        )
        for line, row in lines
    ]
    return _with_footer(marked, [row for _, row in lines])


def _headed_regions(
    lines: Sequence[tuple[Line, Row]], regions: Sequence[Region], parts: Sequence[_RegionSummary]
) -> frozenset[int]:
    """Return the tables right above which a heading of the text stands: it heads what is in them."""
    found: set[int] = set()
    for number, (region, part) in enumerate(zip(regions, parts, strict=True)):
        above = lines[part.first - 1] if part.first > 0 else None
        if region.name == "table" and not region.hint and above:
            line, row = above
            heads = bool(row.context.heading) or (line.is_marked and line.is_label)
            # In another cell it heads what is beside the table.
            if heads and not line.is_link and row.context.region == region.parent:
                found.add(number)
    return frozenset(found)


def _usual_size(rows: Sequence[Row]) -> int:
    """Return the size of the font that most of the text is in."""
    letters: Counter[int] = Counter()
    for row in rows:
        letters[row.largest] += row.letters
    return max(letters, key=lambda size: letters[size])


def _is_text(line: Line, row: Row, zones: Sequence[tuple[Zone, int]]) -> bool:
    return line.is_prose and not line.is_link and zones[row.context.region][0] is Zone.CONTENT


def _declared(regions: Sequence[Region], zones: Sequence[tuple[Zone, int]]) -> frozenset[int]:
    """Return the regions of which the markup itself says that they are no content."""
    return frozenset(
        number
        for number, (zone, _) in enumerate(zones)
        if zone is not Zone.CONTENT and _HINTS.get(regions[number].hint) is zone
    )


def _with_zone(line: Line, zone: Zone, region: int, *, declared: bool = False) -> Line:
    mark = replace(line.mark or LineMark(), zone=zone, region=region, declared=declared)
    return replace(line, mark=mark)


def _zone_of(line: Line, row: Row, known: tuple[Zone, int]) -> tuple[Zone, int]:
    zone, region = known
    if (
        row.context.heading == 1
        and zone in {Zone.MASTHEAD, Zone.QUICK_LINKS}
        and not (line.mark and line.mark.href)
    ):
        return Zone.CONTENT, 0
    if zone in {Zone.CONTENT, Zone.MASTHEAD} and 0 < row.letters == row.control:
        return Zone.FORM, region
    reason = chrome_reason(line.text)
    if reason and (zone is not Zone.CONTENT or row.links or reason is Zone.COUNTER):
        return reason, region
    return zone, region


def _summaries(
    lines: Sequence[tuple[Line, Row]], regions: Sequence[Region]
) -> list[_RegionSummary]:
    parts = [_RegionSummary(controls=region.controls) for region in regions]
    for n, (line, row) in enumerate(lines):
        part = parts[row.context.region]
        part.first, part.last = (part.first if part.first >= 0 else n), n
        href = line.mark.href if line.mark else ""
        is_link = line.is_link or (0 < row.letters == row.linked)
        part.lines += 1
        part.links += is_link
        part.documents += is_link and leads_to_document(href)
        part.jumps += is_link and href.startswith("#")
        part.prose += line.is_prose or (
            line.is_item and len(line.text.split()) > 12 and not is_link
        )
        part.headings += bool(row.context.heading)
        part.titles += row.context.heading == 1
        part.links_head = part.links_head or (not is_link and heads_links(line.text))
        part.searches = part.searches or bool(_SEARCH.search(line.text))
    for number in range(len(regions) - 1, 0, -1):
        _add(parts[regions[number].parent], parts[number])
    filled = Counter(
        region.row
        for region, part in zip(regions, parts, strict=True)
        if _is_cell(region) and part.lines
    )
    for region, part in zip(regions, parts, strict=True):
        part.is_alone = _is_cell(region) and filled[region.row] == 1
    return parts


def _is_cell(region: Region) -> bool:
    return region.name in {"td", "th"}


def _add(outer: _RegionSummary, inner: _RegionSummary) -> None:
    if inner.first >= 0:
        outer.first = inner.first if outer.first < 0 else min(outer.first, inner.first)
        outer.last = max(outer.last, inner.last)
    for name in ("lines", "links", "jumps", "documents", "prose", "headings", "titles", "controls"):
        setattr(outer, name, getattr(outer, name) + getattr(inner, name))
    outer.links_head = outer.links_head or inner.links_head
    outer.searches = outer.searches or inner.searches


def _zone(region: Region, part: _RegionSummary, count: int, title: int | None) -> Zone:
    """Return the zone of a region whose outer ones are content."""
    if not part.lines or (
        title is not None and part.first <= title <= part.last and not part.links > part.lines // 2
    ):
        return Zone.CONTENT
    hint = _HINTS.get(region.hint, Zone.CONTENT)
    if region.name == "form" or hint is Zone.SEARCH:
        return _form(part, is_search=hint is Zone.SEARCH or part.searches)
    if hint is Zone.QUICK_LINKS:
        return hint if _is_menu(part) else Zone.CONTENT
    if region.hint == "column":
        return _menu(part, count, title) if _is_menu(part) else Zone.CONTENT
    if hint is Zone.NAVIGATION:
        return hint if part.prose == 0 or part.links * 2 > part.lines else Zone.CONTENT
    if hint in {Zone.MASTHEAD, Zone.FOOTER}:
        fits = part.prose * 2 < part.lines and part.lines * 2 < max(count, 4)
        return hint if fits or (hint is Zone.FOOTER and part.lines < 8) else Zone.CONTENT
    if hint is not Zone.CONTENT:
        return hint
    if _is_menu(part):
        return _menu(part, count, title)
    above = title is not None and part.last < title
    return Zone.MASTHEAD if above and not part.prose and not part.links else Zone.CONTENT


def _form(part: _RegionSummary, *, is_search: bool) -> Zone:
    if part.lines > _LONGEST_FORM or part.prose or part.titles or not part.controls:
        return Zone.CONTENT
    return Zone.SEARCH if is_search else Zone.FORM


def _is_menu(part: _RegionSummary) -> bool:
    others = part.lines - part.links
    return (
        part.links > 1
        and (part.jumps * 2 < part.links or part.links - part.jumps > 1)
        and part.prose == 0
        and part.titles == 0
        and others <= part.links
    )


def _menu(part: _RegionSummary, count: int, title: int | None) -> Zone:
    above = part.last < title if title is not None else part.first < count // 4
    if part.is_alone and not above:
        # It stands in the column of the text.
        return Zone.CONTENT
    if part.links_head:
        return Zone.QUICK_LINKS
    if part.documents * 2 >= part.links:
        # Menus lead to pages.
        return Zone.QUICK_LINKS if part.lines > part.links and not above else Zone.CONTENT
    if above:
        return Zone.NAVIGATION
    if part.last == count - 1 and part.lines == part.links:
        return Zone.FOOTER
    return Zone.QUICK_LINKS if part.lines > part.links else Zone.NAVIGATION


def _with_footer(lines: list[Line], rows: Sequence[Row]) -> list[Line]:
    """Return ``lines``, rows of links, copyright and the like at the end of the page as the footer."""
    end = len(lines)
    look = _End(_usual_size(rows) if rows else 0, _headed_blocks(lines))
    while end and (zone := _at_the_end(lines, rows, end - 1, look)):
        if (lines[end - 1].mark or LineMark()).zone is Zone.CONTENT:
            lines[end - 1] = _with_zone(lines[end - 1], zone, 0)
        end -= 1
    return lines


def _at_the_end(lines: Sequence[Line], rows: Sequence[Row], n: int, end: _End) -> Zone | None:
    line, row = lines[n], rows[n]
    mark = line.mark or LineMark()
    if mark.zone not in {Zone.CONTENT, Zone.QUICK_LINKS}:
        return mark.zone
    if mark.zone is Zone.QUICK_LINKS:
        return None
    if leads_back(line.text):
        # It is left out wherever it stands.
        return Zone.CONTENT
    if reason := chrome_reason(line.text):
        return reason
    beside = [
        other.mark
        for other in (*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2])
        if other.mark and other.is_link
    ]
    in_row = line.is_link and any(other.block == mark.block for other in beside)
    if in_row and mark.block in end.headed:
        return None
    # Small print below the last rule, or a line of it that says no sentence.
    small = row.largest < end.usual or row.context.is_small_print
    last = 0 < row.rules == rows[-1].rules or (row.largest < end.usual and line.is_label)
    small = small and last and not (line.is_item or line.is_link)
    return Zone.FOOTER if in_row or small else None


def _headed_blocks(lines: Sequence[Line]) -> frozenset[int]:
    """Return the blocks of lines right above which a heading, or a label of links, stands."""
    return frozenset(
        line.mark.block
        for above, line in pairwise(lines)
        if line.mark
        and above.mark
        and above.mark.block != line.mark.block
        and not above.is_link
        and (above.is_marked or heads_links(above.text))
    )
