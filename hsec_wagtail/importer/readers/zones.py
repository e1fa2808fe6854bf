"""Where the parts of a captured page begin and end: masthead, navigation, title, sections, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hsec_wagtail.importer.errors import ProfileError
from hsec_wagtail.importer.profile import Navigation, Profile
from hsec_wagtail.importer.readers.lines import Line, Style
from hsec_wagtail.importer.readers.phrases import heads_links, points_outside
from hsec_wagtail.importer.words import normalise

__all__ = ["Section", "Zones", "find_zones", "same_label"]


@dataclass(slots=True)
class Section:
    """A heading and the lines below it."""

    heading: Line
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Zones:
    """The lines of a capture, each in one place."""

    masthead: list[Line] = field(default_factory=list)
    navigation: list[Line] = field(default_factory=list)
    counters: list[Line] = field(default_factory=list)
    trail: list[Line] = field(default_factory=list)
    title: Line | None = None
    opening: list[Line] = field(default_factory=list)
    jumps: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    quick_links: list[list[Line]] = field(default_factory=list)
    footer: list[Line] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def same_label(one: str, other: str) -> bool:
    """Tell whether two labels name the same thing, a short name in brackets put aside."""
    return _bare(one) == _bare(other)


def _bare(label: str) -> str:
    return normalise(re.sub(r"\s*\([^()]*\)\s*\Z", "", label))


def find_zones(lines: Sequence[Line], profile: Profile | None) -> Zones:
    """Return where each of ``lines`` belongs, by the profile's habits or else by general rules."""
    zones = Zones()
    rest = _take_counters(list(lines), zones)
    if profile:
        rest = _take_known(rest, profile, zones)
    if profile and (profile.trail or zones.navigation):
        zones.title, rest = (rest[0], rest[1:]) if rest else (None, [])
    else:
        rest = _take_title(rest, zones)
    rest = _take_quick_links(rest, profile, zones)
    _take_sections(rest, zones)
    return zones


def _take_counters(lines: list[Line], zones: Zones) -> list[Line]:
    """Set lone numbers above the first prose aside: counters of visitors or of open menus."""
    prose = next((n for n, line in enumerate(lines) if line.is_prose), 0)
    kept: list[Line] = []
    for n, line in enumerate(lines):
        alone = n < prose and not line.is_item and line.text.isdigit() and len(line.text) != 4
        (zones.counters if alone else kept).append(line)
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


def _take_known(lines: list[Line], profile: Profile, zones: Zones) -> list[Line]:
    rest = list(lines)
    while rest and _matches(rest[0], profile.masthead):
        zones.masthead.append(rest.pop(0))
    while rest and _matches(rest[-1], profile.footer):
        zones.footer.insert(0, rest.pop())
    if profile.navigation:
        rest = _take_navigation(rest, profile, profile.navigation, zones)
    if profile.trail and rest:
        zones.trail.append(rest.pop(0))
        while rest and not rest[0].gap:
            zones.trail.append(rest.pop(0))
    return rest


def _take_navigation(
    lines: list[Line], profile: Profile, habit: Navigation, zones: Zones
) -> list[Line]:
    first = next((n for n, line in enumerate(lines) if _matches(line, [habit.first])), None)
    last = next(
        (
            n
            for n, line in enumerate(lines)
            if first is not None and n >= first and _matches(line, [habit.last])
        ),
        None,
    )
    if first is None or last is None:
        raise ProfileError(
            f"The profile {profile.name!r} matches nothing here: no navigation from {habit.first!r}"
            f" to {habit.last!r}. Leave --profile out to read by general rules, or correct the profile."
        )
    zones.navigation = lines[first : last + 1]
    zones.masthead += lines[:first]
    return lines[last + 1 :]


def _take_title(lines: list[Line], zones: Zones) -> list[Line]:
    """Take as title the last short line above the first prose or jump links; what is above is chrome."""
    place = _title_place(lines)
    if place is None:
        zones.warnings.append("No title was found; the name of the source is taken.")
        return lines
    above = lines[:place]
    if above:
        zones.navigation = above
        zones.warnings.append(
            f"Lines {above[0].number} to {above[-1].number}, above the title, are taken for navigation."
        )
    zones.title = lines[place]
    return lines[place + 1 :]


def _title_place(lines: Sequence[Line]) -> int | None:
    for n, line in enumerate(lines):
        if line.style in {Style.HASHES, Style.UNDERLINED} and line.depth <= 1:
            return n
    end = next((n for n, line in enumerate(lines) if line.is_prose or line.bullet), len(lines))
    jumps = _jump_run(lines)
    if jumps and jumps[0] < end:
        end = jumps[0]
    labels = [n for n in range(end) if lines[n].is_label]
    return labels[-1] if labels and end < len(lines) else (labels[0] if labels else None)


def _jump_run(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the first run of short lines that all come again below, in order, as headings."""
    places: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        if line.is_label:
            places.setdefault(_bare(line.text), []).append(n)
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and len(places.get(_bare(lines[stop].text), [])) > 1:
            stop += 1
        run = _trim_run(lines, start, stop, places)
        if run:
            return run
        start = max(stop, start) + 1
    return None


def _trim_run(
    lines: Sequence[Line], start: int, stop: int, places: dict[str, list[int]]
) -> tuple[int, int] | None:
    # The last jump link may be followed at once by the first heading, which is one of the labels.
    labels = [_bare(line.text) for line in lines[start:stop]]
    for n, label in enumerate(labels):
        if label in labels[:n]:
            stop = start + n
            labels = labels[:n]
            break
    after = stop - 1
    for label in labels:
        later = [place for place in places[label] if place > after]
        if not later:
            return None
        after = later[0]
    return (start, stop) if len(labels) >= 2 else None


def _take_quick_links(lines: list[Line], profile: Profile | None, zones: Zones) -> list[Line]:
    end = len(lines)
    first = end
    while first and _is_plain_label(lines[first - 1]):
        first -= 1
    if profile and profile.quick_links:
        heads = [n for n in range(first, end) if _matches(lines[n], profile.quick_links)]
    else:
        heads = [n for n in range(first, end) if heads_links(lines[n].text)]
    if not heads:
        return lines
    groups = [lines[a:b] for a, b in zip(heads, [*heads[1:], end], strict=True)]
    zones.quick_links = groups
    if not (profile and profile.quick_links):
        zones.warnings.append(
            f"Lines {lines[heads[0]].number} to {lines[-1].number}, at the end, are taken for quick links."
        )
    return lines[: heads[0]]


def _is_plain_label(line: Line) -> bool:
    return line.is_label or (line.is_item and len(line.text) <= 60)


def _take_sections(lines: list[Line], zones: Zones) -> None:
    run = _jump_run(lines)
    if run:
        zones.jumps = lines[run[0] : run[1]]
        zones.opening = lines[: run[0]]
        rest = lines[run[1] :]
        heads = _heads_of_jumps(rest, zones)
    else:
        rest = lines
        heads = _heads_by_look(rest)
    opening_end = heads[0] if heads else len(rest)
    zones.opening = [*zones.opening, *rest[:opening_end]]
    for a, b in zip(heads, [*heads[1:], len(rest)], strict=True) if heads else ():
        zones.sections.append(Section(rest[a], list(rest[a + 1 : b])))


def _heads_of_jumps(lines: Sequence[Line], zones: Zones) -> list[int]:
    heads: list[int] = []
    after = -1
    for jump in zones.jumps:
        place = next(
            n for n in range(after + 1, len(lines)) if same_label(lines[n].text, jump.text)
        )
        heads.append(place)
        after = place
    return heads


def _heads_by_look(lines: Sequence[Line]) -> list[int]:
    """Return the places of headings: short lines that stand by themselves above something to head.

    Where headings are set apart by capitals, underlines, hashes or numbers, only the first such
    style counts: the others are headings below these.
    """
    found = [n for n, line in enumerate(lines) if _looks_like_heading(lines, n)]
    styled = [n for n in found if lines[n].style is not Style.PLAIN]
    if styled:
        top = lines[styled[0]]
        depth = min(lines[n].depth for n in styled if lines[n].style is top.style)
        return [n for n in styled if lines[n].style is top.style and lines[n].depth == depth]
    return found


def _looks_like_heading(lines: Sequence[Line], n: int) -> bool:
    line = lines[n]
    if not line.is_label or line.text.endswith(":") or points_outside(line.text):
        return False
    following = lines[n + 1] if n + 1 < len(lines) else None
    if following is None:
        return False
    if line.style in {Style.HASHES, Style.UNDERLINED}:
        return True
    if line.style is Style.NUMBERED and (following.ordinal or _numbered_list(lines, n)):
        return False
    alone = n == 0 or line.gap > 0
    styled = line.style is not Style.PLAIN
    heads = following.is_prose or following.is_item or following.text.endswith(":")
    return alone and (heads or styled)


def _numbered_list(lines: Sequence[Line], n: int) -> bool:
    """Tell whether the numbered line ``n`` stands right below another: an item, not a heading."""
    return n > 0 and lines[n - 1].ordinal is not None and not lines[n].gap
