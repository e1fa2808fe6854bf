"""Dates as they are written, some without the parts that they share with a neighbour."""

from dataclasses import dataclass, replace

from .edtf import EDTF, DateError, Edge, Point


@dataclass(frozen=True, slots=True)
class DateItem:
    """One date as written, perhaps without the parts that it shares with a neighbour.

    Attributes:
        first: Index of its first token.
        number: Index of its first token that is neither a qualifier nor "early".
        after: Index of the token after it.
        month_first: Whether the month was written before the day.
        end: The end of the range that it starts.
        until: Whether it ends an interval with an open start.
        written_out: Whether day and month were written, though the year alone is certain.
    """

    first: int
    number: int
    after: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    unknown: int = 0
    qualifier: str = ""
    month_first: bool = False
    end: "DateItem | Edge | None" = None
    until: bool = False
    written_out: bool = False

    @property
    def is_year(self) -> bool:
        """Whether nothing but the four digits speaks for a date."""
        return self.month is None and self.day is None and not self.unknown and not self.written_out

    @property
    def last(self) -> "DateItem":
        """The end of the range, or the date itself."""
        return self.end if isinstance(self.end, DateItem) else self

    def point(self) -> Point:
        """Return the date, or raise DateError."""
        if self.year is None or (self.day is not None and self.month is None):
            raise DateError("A part is missing.")
        return Point(self.year, self.month, self.day, self.unknown, self.qualifier)

    def value(self) -> EDTF:
        """Return the date or the interval, or raise DateError."""
        if self.until:
            return EDTF(Edge.OPEN, self.point())
        end = self.end.point() if isinstance(self.end, DateItem) else self.end
        return EDTF(self.point(), end)


def complete(items: list[DateItem]) -> list[DateItem]:
    """Return ``items`` with the parts they share filled in; nothing when they make no dates in order.

    A day after a month takes that month ("May 12-14, 2003"); what is still missing comes from the next date.
    """
    flat = [half for item in items for half in (item, item.end) if isinstance(half, DateItem)]
    for place in range(1, len(flat)):
        before, half = flat[place - 1], flat[place]
        if half.month is None and half.day is not None and before.month_first:
            flat[place] = replace(half, month=before.month, month_first=True)
    for place in range(len(flat) - 2, -1, -1):
        half, then = flat[place], flat[place + 1]
        if half.year is None and (then.month is None or then.year is None):
            return []
        month = (
            then.month
            if half.month is None and half.day is not None and then.day is not None
            else half.month
        )
        flat[place] = replace(half, year=half.year or then.year, month=month)
    return _regroup(items, flat)


def _regroup(items: list[DateItem], flat: list[DateItem]) -> list[DateItem]:
    halves = iter(flat)
    done = []
    for item in items:
        start = next(halves)
        end = next(halves) if isinstance(item.end, DateItem) else item.end
        done.append(replace(start, end=end, after=item.after))
    try:
        values = [item.value() for item in done]
    except DateError:
        return []
    return done if values == sorted(values) else []
