"""The zones of a captured page: masthead, navigation, title, sections, links."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from hsec_wagtail.importer.errors import ProfileError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.profile import Navigation, Profile
from hsec_wagtail.importer.reading.readers.doubts import Guard
from hsec_wagtail.importer.reading.readers.headings import find_headings, find_title, names_in
from hsec_wagtail.importer.reading.readers.jump_links import find_jumps
from hsec_wagtail.importer.reading.readers.lines import LONGEST_LABEL, Line
from hsec_wagtail.importer.reading.readers.links import link_at
from hsec_wagtail.importer.reading.readers.marks import Zone
from hsec_wagtail.importer.reading.readers.phrases import (
    heads_contents,
    heads_links,
    is_announcement,
    leads_back,
    says_modified,
)
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import normalise

__all__ = ["LONGEST_TITLE", "LineSection", "Links", "Zones", "find_zones", "navigation_places"]

#: Parts of a page that a profile knows by labels.
_KNOWN = frozenset(
    {Zone.NAVIGATION, Zone.QUICK_LINKS, Zone.MASTHEAD, Zone.BREADCRUMB, Zone.SEARCH, Zone.FOOTER}
)

#: The longest title and label that a page can have; what is longer is a paragraph.
LONGEST_TITLE = 255

_TRAIL = re.compile(r"\s(?:[>»›→/]|::)\s")
_HERE = re.compile(r"(?:you are here|vous êtes ici)\s*:?\s*", re.IGNORECASE)


@dataclass(slots=True)
class LineSection:
    """A heading and the lines below it."""

    heading: Line
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Links:
    """A group of links at the end of the page; its heading may be missing."""

    heading: Line | None
    lines: list[Line]


@dataclass(slots=True)
class Zones:
    """The lines of a capture, each in one zone; ``chrome`` are those that are no content, by reason.

    ``above`` is content that stands above the title.
    """

    guard: Guard
    chrome: list[tuple[Line, Message]] = field(default_factory=list)
    navigation: list[Line] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    title: Line | None = None
    above: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    sections: list[LineSection] = field(default_factory=list)
    quick_links: list[Links] = field(default_factory=list)
    modified: list[Line] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    def leave_out(self, lines: Iterable[Line], reason: Message) -> None:
        """Note ``lines`` as chrome."""
        self.chrome += [(line, reason) for line in lines]


def find_zones(
    source: Source,
    lines: Sequence[Line],
    profile: Profile | None,
    *,
    named: str = "",
    repeated: Container[str] = frozenset(),
) -> Zones:
    """Return where each of ``lines`` belongs, by the profile's habits or else by general rules.

    ``named`` is what the window of a saved page called it, ``repeated`` holds lines, normalised, that other pages
    have in places of no content, too.
    """
    zones = Zones(Guard(named, repeated))
    # What a profile knows by its labels is left to it.
    rest = _take_marked(source, lines, zones, but=_KNOWN if profile else frozenset())
    rest = _take_counters(rest, zones)
    zones.leave_out((line for line in rest if leads_back(line.text)), Message("link-to-top"))
    rest = [line for line in rest if not leads_back(line.text)]
    if profile:
        known = _take_known(rest, profile, zones, name=source.name)
        rest = _take_marked(source, known, zones)
    else:
        rest = _take_modified(rest, zones)
    if profile and (profile.trail or zones.navigation):
        zones.title, rest = (rest[0], rest[1:]) if rest else (None, [])
    else:
        rest = _take_title(source, rest, zones, named)
    if zones.title and len(zones.title.text) > LONGEST_TITLE:
        zones.warnings.append(Message("title-too-long", line=zones.title.number))
        rest, zones.title = [zones.title, *rest], None
    rest = _take_quick_links(source, rest, profile, zones)
    _take_sections(rest, zones)
    return zones


def _take_marked(
    source: Source, lines: Sequence[Line], zones: Zones, *, but: Set[Zone] = frozenset()
) -> list[Line]:
    """Take the lines of a saved page that its markup says are no content; return the others."""
    kept: list[Line] = []
    for (zone, _), run in groupby(lines, _zone_of):
        part = list(run)
        if zone is Zone.CONTENT or zone in but:
            kept += part
            continue
        part, doubted = zones.guard.split(part, zone)
        kept += [_as_content(line) for line in doubted]
        if zone is Zone.NAVIGATION:
            kept += _set_navigation(part, zones)
        elif zone is Zone.QUICK_LINKS:
            zones.quick_links += _groups(part)
        else:
            modified = [line for line in part if says_modified(line.text)]
            zones.modified += modified
            zones.leave_out(modified, Message("date-modified"))
            reason: Message = zone.value
            zones.leave_out((line for line in part if line not in modified), reason)
            if zone is Zone.BREADCRUMB and not zones.trail:
                zones.trail = [label for line in part for label in _trail_labels(source, line)]
    return kept


def _as_content(line: Line) -> Line:
    return replace(line, mark=replace(line.mark, zone=Zone.CONTENT)) if line.mark else line


def _zone_of(line: Line) -> tuple[Zone, int]:
    return (line.mark.zone, line.mark.region) if line.mark else (Zone.CONTENT, 0)


def _groups(lines: Sequence[Line]) -> Iterator[Links]:
    """Yield the groups of links that ``lines`` are; what is no link heads one."""
    heading: Line | None = None
    links: list[Line] = []
    for line in lines:
        if line.is_link or line.is_item or len(line.text) > LONGEST_TITLE:
            links.append(line)
            continue
        if heading or links:
            yield Links(heading, links)
        heading, links = line, []
    yield Links(heading, links)


def _take_counters(lines: Sequence[Line], zones: Zones) -> list[Line]:
    """Leave out lone numbers above the first prose: counters of visitors or of open menus."""
    prose = next((n for n, line in enumerate(lines) if line.is_prose), 0)
    kept: list[Line] = []
    for n, line in enumerate(lines):
        if n < prose and not line.is_item and line.text.isdigit() and len(line.text) != 4:
            zones.chrome.append((line, Message("counter")))
        else:
            kept.append(line)
    return kept


def _matches(line: Line, labels: Iterable[str]) -> bool:
    text = normalise(line.text)
    for label in labels:
        if label.endswith("*"):
            if text.startswith(normalise(label[:-1])):
                return True
        elif text == normalise(label):
            return True
    return False


def _take_known(lines: Sequence[Line], profile: Profile, zones: Zones, *, name: str) -> list[Line]:
    start, end = 0, len(lines)
    while start < end and _matches(lines[start], profile.masthead):
        start += 1
    while end > start and _matches(lines[end - 1], profile.footer):
        end -= 1
    zones.leave_out(lines[:start], Message("masthead"))
    zones.leave_out(lines[end:], Message("footer"))
    rest = list(lines[start:end])
    if profile.navigation:
        rest = _take_navigation(rest, profile, profile.navigation, zones, name=name)
    rest = _take_modified(rest, zones)
    if profile.trail:
        end = _end_of_trail(rest)
        zones.trail = [line.text for line in rest[:end]]
        zones.leave_out(rest[:end], Message("breadcrumb"))
        rest = rest[end:]
    return rest


def _end_of_trail(lines: Sequence[Line]) -> int:
    """Return where the breadcrumb at the top of ``lines`` ends; the title is no part of it."""
    text = next((n for n, line in enumerate(lines) if not _may_be_title(line)), len(lines))
    if jumps := find_jumps(lines):
        text = min(text, jumps.start)
    while text and heads_contents(lines[text - 1].text):
        text -= 1
    last = max(text - 1, 0)
    return next((n for n in range(last) if lines[n].is_marked or (n and lines[n].gap)), last)


def _may_be_title(line: Line) -> bool:
    asks = line.text.endswith(("?", "!")) and len(line.text) <= LONGEST_LABEL
    return not line.is_item and (line.is_label or asks)


def _take_navigation(
    lines: list[Line], profile: Profile, habit: Navigation, zones: Zones, *, name: str
) -> list[Line]:
    places = navigation_places(lines, habit)
    if places is None:
        raise ProfileError(
            "profile-without-navigation",
            name=name,
            profile=profile.name,
            first=habit.first,
            last=habit.last,
        )
    first, last = places
    zones.leave_out(lines[:first], Message("masthead"))
    return [*_set_navigation(lines[first : last + 1], zones), *lines[last + 1 :]]


def navigation_places(lines: Sequence[Line], habit: Navigation) -> tuple[int, int] | None:
    """Return the places of the first and the last line of the navigation, if both are there."""
    first = next((n for n, line in enumerate(lines) if _matches(line, [habit.first])), len(lines))
    for n in range(first, len(lines)):
        if _matches(lines[n], [habit.last]):
            return first, n
    return None


def _set_navigation(lines: Sequence[Line], zones: Zones) -> list[Line]:
    """Keep ``lines`` as the navigation; return those that are too long for labels."""
    labels = [line for line in lines if len(line.text) <= LONGEST_TITLE]
    zones.navigation += labels
    zones.leave_out(labels, Message("navigation"))
    return [line for line in lines if len(line.text) > LONGEST_TITLE]


def _take_modified(lines: list[Line], zones: Zones) -> list[Line]:
    """Take what says when the page was changed from the end."""
    end = len(lines)
    while end and says_modified(lines[end - 1].text):
        end -= 1
    zones.modified += lines[end:]
    zones.leave_out(lines[end:], Message("date-modified"))
    return lines[:end]


def _take_title(source: Source, lines: list[Line], zones: Zones, named: str) -> list[Line]:
    """Take the title; what is above it is breadcrumb or navigation."""
    place = find_title(lines, find_jumps(lines), named=named)
    if place is None:
        taken = Message("title-from-window") if named else Message("title-from-name")
        zones.warnings.append(taken)
        return lines
    above: list[Line] = []
    masthead: list[Line] = []
    for line in lines[:place]:
        labels = list(_trail_labels(source, line))
        if len(labels) > 1 and not zones.trail:
            zones.trail = labels
            zones.chrome.append((line, Message("breadcrumb")))
        elif line.mark and (not line.is_link or normalise(line.text) in names_in(named)):
            masthead.append(line)
        else:
            above.append(line)
    masthead, doubted = zones.guard.split(masthead, Zone.MASTHEAD)
    zones.leave_out(masthead, Message("masthead"))
    above, more = zones.guard.split(above, Zone.NAVIGATION)
    kept = sorted([*doubted, *more], key=lambda line: line.start)
    if above:
        zones.warnings.append(
            Message("taken-for-navigation", first=above[0].number, last=above[-1].number)
        )
    zones.title = lines[place]
    zones.above = kept
    return [*_set_navigation(above, zones), *lines[place + 1 :]]


def _trail_labels(source: Source, line: Line) -> Iterator[str]:
    """Yield the labels of a breadcrumb such as "Home > International > Security"."""
    start = line.start
    if match := _HERE.match(source.text, line.start, line.end):
        start = match.end()
    if len(line.text) <= LONGEST_LABEL * 2:
        parts = _TRAIL.split(source.text[start : line.end])
        yield from (" ".join(part.split()) for part in parts if part.strip())


def _take_quick_links(
    source: Source, lines: list[Line], profile: Profile | None, zones: Zones
) -> list[Line]:
    end = len(lines)
    first = end
    while first and _may_be_link(source, lines[first - 1]):
        first -= 1
    known = profile.quick_links if profile else []
    heads = [
        n
        for n in range(first, end)
        if (_matches(lines[n], known) if known else heads_links(lines[n].text))
        and not (lines[n].mark and lines[n].is_link)
    ]
    if not heads:
        return lines
    start = heads[0]
    if first < start - 1 and not known and first and is_announcement(lines[first - 1].text):
        # Nothing follows the announcement of a page; so these are links too.
        zones.quick_links.append(Links(None, lines[first:start]))
        start = first
    for a, b in zip(heads, [*heads[1:], end], strict=True):
        zones.quick_links.append(Links(lines[a], lines[a + 1 : b]))
    if not known:
        zones.warnings.append(
            Message("taken-for-quick-links", first=lines[start].number, last=lines[-1].number)
        )
    return lines[:start]


def _may_be_link(source: Source, line: Line) -> bool:
    if is_announcement(line.text):
        return False
    if line.mark and (line.mark.href or line.mark.grid):
        return bool(line.mark.href) and len(line.text) <= LONGEST_TITLE
    short = line.is_label or (line.is_item and len(line.text) <= 60 and not line.has_address)
    return short or (line.has_address and link_at(source, line.span) is not None)


def _with_alike(lines: Sequence[Line], heads: Sequence[int]) -> list[int]:
    """Return ``heads``, and what the markup of a saved page makes headings just like them, in order."""
    depths = {mark.heading for n in heads if (mark := lines[n].mark)} - {0}
    if len(depths) != 1:
        return list(heads)
    alike = {
        n
        for n in range(heads[0], len(lines))
        if (mark := lines[n].mark)
        and mark.heading in depths
        and len(lines[n].text) <= LONGEST_TITLE
    }
    return sorted({*heads, *alike})


def _take_sections(lines: list[Line], zones: Zones) -> None:
    jumps = find_jumps(lines)
    if jumps:
        start = jumps.start
        if start and heads_contents(lines[start - 1].text):
            start -= 1
        zones.leave_out(lines[start : jumps.stop], Message("jump-link"))
        between = lines[jumps.stop : jumps.heads[0]]
        zones.opening = [*lines[:start], *between]
        heads = _with_alike(lines, jumps.heads)
    else:
        heads = [n for n in find_headings(lines) if len(lines[n].text) <= LONGEST_TITLE]
        zones.opening = lines[: heads[0]] if heads else lines
    for a, b in zip(heads, [*heads[1:], len(lines)], strict=True) if heads else ():
        zones.sections.append(LineSection(lines[a], lines[a + 1 : b]))
