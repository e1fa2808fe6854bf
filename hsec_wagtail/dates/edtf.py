"""A date of unknown precision as a value: Extended Date/Time Format (EDTF).

EDTF is ISO 8601-2:2019; the levels and the examples are those of the Library of Congress,
https://www.loc.gov/standards/datetime/. Held are level 0 without times and level 1 without years before 0001 or of
more than four digits, plus decades, centuries and seasons as ends of an interval.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import total_ordering
from typing import Self

from .faults import Fault, Reason

REMEDY = "Write for example 2004, 2004-04, 2004-04-17, 1999/2000, 1990/.., 199X or 2001~."

# Seasons by EDTF number, as first and last month. EDTF leaves open what a season spans; these are the northern ones
# in any reckoning. Winter is both ends of the year it is named after.
SEASON_MONTHS = {21: (3, 6), 22: (6, 9), 23: (9, 12), 24: (1, 12)}
WINTER = 24

_POINT = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9][0-9X]|XX))(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?"
    r"(?P<unspecified>(?:-XX){0,2})(?P<qualifier>[?~%]?)"
)


class DateError(ValueError):
    """A text or a combination of parts that is no EDTF date.

    Attributes:
        reason: What the message says, for saying it in another language.
    """

    def __init__(self, message: str, reason: Reason | None = None) -> None:
        super().__init__(message)
        self.reason = reason or Reason(Fault.FORM)


class Precision(Enum):
    """How much of a date is known, finest first."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class Edge(Enum):
    """An end of an interval that is no date."""

    #: Nothing bounds the interval on this side ("since 1990").
    OPEN = ".."
    #: The interval has an end, and nobody knows it.
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One date, not an interval, of the precision its parts give.

    Attributes:
        year: The first year meant, 1 to 9999.
        month: 1 to 12, a season 21 to 24, or None.
        day: Of the month, or None.
        unknown: How many digits of the year are unknown: 1 for a decade, 2 for a century.
        qualifier: "~" approximate, "?" uncertain, "%" both, or "".
        unspecified: How many parts are said to exist without being given: 1 of "2004-XX", 2 of "1985-XX-XX".

    Raises:
        DateError: There is no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    unknown: int = 0
    qualifier: str = ""
    unspecified: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            message = f"{self}: no such year. Years run from 0001 to 9999."
            raise DateError(message, Reason(Fault.YEAR))
        if self.unknown and (
            self.month is not None or self.unknown > 2 or self.year % 10**self.unknown
        ):
            raise DateError(f"{self}: a decade or century has no month. {REMEDY}")
        if self.month is not None and not (1 <= self.month <= 12 or self.month in SEASON_MONTHS):
            message = f"{self}: no such month. Months are 01 to 12, seasons 21 to 24."
            raise DateError(message, Reason(Fault.MONTH, month=self.month))
        if self.day is not None:
            self._check_day(self.day)
        given = 1 if self.month is None else 2 if self.day is None else 3
        in_season = self.month is not None and self.month > 12
        if self.unspecified and (
            self.unknown or in_season or not 0 <= self.unspecified <= 3 - given
        ):
            raise DateError(f"{self}: XX stands for a month or day after a whole year. {REMEDY}")

    def _check_day(self, day: int) -> None:
        if self.month is None or self.month > 12:
            raise DateError(f"{self}: a day needs its month. {REMEDY}")
        days = calendar.monthrange(self.year, self.month)[1]
        if not 1 <= day <= days:
            raise DateError(
                f"{self}: no such day. {self.year:04}-{self.month:02} has days 01 to {days}.",
                Reason(Fault.DAY, year=self.year, month=self.month, days=days),
            )

    def __str__(self) -> str:
        year = f"{self.year:04}"
        text = year[: 4 - self.unknown] + "X" * self.unknown
        text += "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return text + "-XX" * self.unspecified + self.qualifier

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that ``text`` writes.

        Raises:
            DateError: ``text`` is no such date.
        """
        match = _POINT.fullmatch(text)
        if match is None:
            raise DateError(f"{text[:60]!r}: not an EDTF date. {REMEDY}")
        year, month, day = match["year"], match["month"], match["day"]
        return cls(
            year=int(year.replace("X", "0")),
            month=int(month) if month else None,
            day=int(day) if day else None,
            unknown=year.count("X"),
            qualifier=match["qualifier"],
            unspecified=match["unspecified"].count("-"),
        )

    @property
    def precision(self) -> Precision:
        """The precision that the parts give."""
        if self.unknown:
            return Precision.DECADE if self.unknown == 1 else Precision.CENTURY
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH if self.month <= 12 else Precision.SEASON
        return Precision.DAY

    @property
    def earliest(self) -> date:
        """The first day meant; a qualifier does not widen it."""
        first = SEASON_MONTHS.get(self.month or 1, (self.month or 1,))[0]
        return date(self.year, first, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day meant; a qualifier does not widen it."""
        year = self.year + 10**self.unknown - 1
        last = SEASON_MONTHS.get(self.month or 12, (self.month or 12,))[-1]
        return date(year, last, self.day or calendar.monthrange(year, last)[1])


@total_ordering
@dataclass(frozen=True, slots=True)
class EDTF:
    """A date or an interval of dates, as EDTF; equal when the canonical texts are equal.

    Attributes:
        start: The date itself, or the start of the interval.
        end: The end of the interval; None when the value is no interval.

    Raises:
        DateError: The interval ends before it starts, or has no date at either end.

    Values sort by the earliest day they could mean, open and unknown starts first; then by the latest day, open and
    unknown ends last; then by text.
    """

    start: Point | Edge
    end: Point | Edge | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.start, Point) and not isinstance(self.end, Point):
            raise DateError(
                f"{str(self)!r}: says no date at all. Write at least one end, as in 1990/.. or ../1990."
            )
        if _goes_back(self.start, self.end):
            message = f"{str(self)!r}: ends before it starts. Write the earlier date first."
            raise DateError(message, Reason(Fault.BACKWARDS))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the value that the EDTF ``text`` writes; ``str()`` of it is ``text`` again.

        Raises:
            DateError: ``text`` is not EDTF, or there is no such date.
        """
        start, slash, end = text.partition("/")
        if not slash:
            return cls(Point.parse(text))
        if "/" in end:
            raise DateError(
                f"{text[:60]!r}: an interval has two ends. Write for example 1999/2000."
            )
        try:
            ends = _parse_end(start), _parse_end(end)
        except DateError as error:
            raise DateError(f"{text[:60]!r}: {error}", error.reason) from error
        return cls(*ends)

    def __str__(self) -> str:
        if self.end is None:
            return _end_text(self.start)
        return f"{_end_text(self.start)}/{_end_text(self.end)}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, EDTF):
            return NotImplemented
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[date, bool, date, bool, str]:
        first, last = self.earliest, self.latest
        return (first or date.min, first is not None, last or date.max, last is None, str(self))

    @property
    def points(self) -> tuple[Point, ...]:
        """The dates in it: one, or those of an interval's ends that are dates."""
        return tuple(part for part in (self.start, self.end) if isinstance(part, Point))

    @property
    def earliest(self) -> date | None:
        """The first day it could mean; None when the start is open or unknown."""
        return self.start.earliest if isinstance(self.start, Point) else None

    @property
    def latest(self) -> date | None:
        """The last day it could mean; None when the end is open or unknown."""
        last = self.start if self.end is None else self.end
        return last.latest if isinstance(last, Point) else None

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.end is None and isinstance(self.start, Point):
            return self.start.precision
        return Precision.INTERVAL

    @property
    def approximate(self) -> bool:
        """Whether any part is only about right ("~" or "%")."""
        return any(point.qualifier in ("~", "%") for point in self.points)

    @property
    def uncertain(self) -> bool:
        """Whether the source of any part is in doubt ("?" or "%")."""
        return any(point.qualifier in ("?", "%") for point in self.points)

    @property
    def html(self) -> str | None:
        """A valid ``datetime`` of ``<time>``, or None where HTML has no form for the value.

        HTML knows days, months and years, https://html.spec.whatwg.org/#datetime-value. It has no form for
        intervals, decades and seasons, nor for "about": a bare year there would say more than the value does.
        """
        plain = (Precision.DAY, Precision.MONTH, Precision.YEAR)
        if self.precision not in plain or self.approximate or self.uncertain:
            return None
        if any(point.unspecified for point in self.points):
            return None
        return str(self)

    def qualified(self, qualifier: str) -> Self:
        """Return the same value with ``qualifier`` on each of its dates."""
        end = None if self.end is None else _qualify(self.end, qualifier)
        return type(self)(_qualify(self.start, qualifier), end)


def _goes_back(start: Point | Edge, end: Point | Edge | None) -> bool:
    """Tell whether ``end`` is before ``start``: as a whole, or as two seasons that share a month."""
    if not isinstance(start, Point) or not isinstance(end, Point):
        return False
    if end.latest < start.earliest:
        return True
    return end.earliest < start.earliest and end.latest < start.latest


def _end_text(end: Point | Edge) -> str:
    return end.value if isinstance(end, Edge) else str(end)


def _qualify(end: Point | Edge, qualifier: str) -> Point | Edge:
    return replace(end, qualifier=qualifier) if isinstance(end, Point) else end


def _parse_end(text: str) -> Point | Edge:
    if text in (Edge.OPEN.value, Edge.UNKNOWN.value):
        return Edge(text)
    return Point.parse(text)
