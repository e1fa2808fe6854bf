"""Initiatives as a calendar (iCalendar, RFC 5545).

A date becomes an event over all the days that it can mean: a day is one, a month is all of the month, and nothing
falls on a day that no source gives. Where the days are not those of the source, the title says the date as it was
said. Decades and centuries, and intervals that are open on a side, are no events: they would lie over everything, or
end on an invented day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.utils.text import Truncator

from hsec_wagtail.blocks.today import in_utc
from hsec_wagtail.dates import EDTF, Point, Precision
from hsec_wagtail.models.register import InitiativeDate
from hsec_wagtail.record.formats.items import Item, items, say_date
from hsec_wagtail.record.formats.naming import list_title
from hsec_wagtail.record.initiatives import InitiativeList

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_calendar", "event_days"]

#: Longest line in bytes, without its end (RFC 5545, 3.1).
_LONGEST_LINE = 75
#: Longest title of an event in characters; the description has all of the text.
_LONGEST_TITLE = 120
#: Of those that have parts of a year or years: a decade would lie over ten.
_TOO_LONG = {Precision.DECADE, Precision.CENTURY}
#: What no text of a calendar may have (RFC 5545, 3.1); line ends are escaped.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def as_calendar(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Return the lines of a calendar with an event for each date of the initiatives that can be one."""
    title = _text(list_title(found, section))
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hsec_wagtail//record//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        f"URL:{section.view_full_url('initiatives', request)}{found.filter.query()}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    return _lines(head, items(found, request))


def event_days(written: InitiativeDate) -> tuple[date, date] | None:
    """Return the first and the last day of the event that ``written`` becomes; None if it is none."""
    if written.earliest is None or written.latest is None or written.latest == written.latest.max:
        return None
    value = EDTF.parse(written.edtf)
    ends = [point for point in (value.start, value.end) if isinstance(point, Point)]
    too_long = any(point.precision in _TOO_LONG for point in ends)
    return None if too_long else (written.earliest, written.latest)


def _lines(head: list[str], found: Iterator[Item]) -> Iterator[str]:
    for line in head:
        yield _fold(line)
    for item in found:
        for one in item.dates:
            if days := event_days(one):
                yield "".join(_fold(line) for line in _event(item, one, *days))
    yield _fold("END:VCALENDAR")


def _event(item: Item, one: InitiativeDate, first: date, last: date) -> list[str]:
    changed = f"{in_utc(item.row.updated):%Y%m%dT%H%M%SZ}"
    described = f"{item.row.text}\n{say_date(one, item.row.language)}"
    tags = [_text(tag.title) for tag in (item.forum, *item.topics) if tag]
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid5(item.uuid, str(one.position))}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART;VALUE=DATE:{_day(first)}",
        # The first day that is not of it (RFC 5545, 3.6.1).
        f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}",
        f"SUMMARY:{_text(_summary(item, one))}",
        f"DESCRIPTION:{_text(described)}",
        f"URL:{item.url}",
        # Nobody is busy: the days are those of a record.
        "TRANSP:TRANSPARENT",
        *([f"CATEGORIES:{','.join(tags)}"] if tags else []),
        "END:VEVENT",
    ]


def _summary(item: Item, one: InitiativeDate) -> str:
    title = Truncator(item.row.text).chars(_LONGEST_TITLE) or item.page.title
    said = one.label if _says_days(EDTF.parse(one.edtf)) else say_date(one, item.row.language)
    return f"{said}: {title}" if said else title


def _says_days(value: EDTF) -> bool:
    """Return whether each day of the event is one that the source gives, without doubt."""
    points = (value.start, value.end) if value.end is not None else (value.start,)
    return all(
        isinstance(point, Point) and point.day is not None and not point.qualifier
        for point in points
    )


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """Return ``text`` as the value of a property that is a text (RFC 5545, 3.3.11)."""
    return _CONTROLS.sub(" ", text).translate(_ESCAPED)


def _fold(line: str) -> str:
    """Return ``line`` with its end, folded so that no part is longer than 75 bytes and no character is cut."""
    parts, rest, longest = [], line.encode(), _LONGEST_LINE
    while len(rest) > longest:
        end = longest
        # Not within a character: its later bytes begin with the bits 10.
        while rest[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        parts.append(rest[:end].decode())
        # Each further part begins with a space.
        rest, longest = rest[end:], _LONGEST_LINE - 1
    return "\r\n ".join([*parts, rest.decode()]) + "\r\n"
