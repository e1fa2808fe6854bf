"""Dates as they are written, some without the parts that they share with a neighbour."""

from dataclasses import dataclass, replace

from .edtf import EDTF, WINTER, DateError, Edge, Point


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
        year_first: Whether the year was written before the month.
        months: How many months it has from ``month`` on, which is three for a quarter.
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
    months: int = 1
    year_first: bool = False

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

    def last_point(self) -> Point:
        """Return the date, of a quarter or half its last month, or raise DateError."""
        point = self.point()
        return replace(point, month=point.month + self.months - 1) if point.month else point

    def value(self) -> EDTF:
        """Return the date or the interval, or raise DateError."""
        if self.until:
            return EDTF(Edge.OPEN, self.last_point())
        if self.end is None and self.months > 1:
            return EDTF(self.point(), self.last_point())
        end = self.end.last_point() if isinstance(self.end, DateItem) else self.end
        return EDTF(self.point(), end)


def complete(items: list[DateItem]) -> list[DateItem]:
    """Return ``items`` with the parts they share filled in; nothing when they make no dates in order.

    A day after a month takes that month ("May 12-14, 2003"); what is still missing comes from the next date. The
    start of a range over the turn of the year takes the year before ("December 28 - January 3, 2004").
    """
    flat = [half for item in items for half in (item, item.end) if isinstance(half, DateItem)]
    starts = {id(item) for item in items if isinstance(item.end, DateItem)}
    turning = [id(half) in starts for half in flat]
    for place in range(1, len(flat)):
        before, half = flat[place - 1], flat[place]
        if half.month is None and half.day is not None and before.month_first:
            flat[place] = replace(half, month=before.month, month_first=True)
    for place in range(len(flat) - 2, -1, -1):
        shared = _share(flat[place], flat[place + 1], is_range=turning[place])
        if shared is None:
            return []
        flat[place] = shared
    return _regroup(items, flat)


def _share(half: DateItem, then: DateItem, *, is_range: bool) -> DateItem | None:
    """Return ``half`` with the parts that it shares with ``then``, or None when it cannot share them."""
    if half.year is None and (then.month is None or then.year is None):
        return None
    starts_within = half.year is None and half.day is None and then.day is not None
    if is_range and starts_within and half.month == then.month:
        # "28 May to 3 May 2003", of which only the end can be meant, is no "May to 3 May".
        return None
    year, month = half.year, half.month
    if year is None and then.year is not None:
        year = then.year - int(is_range and turns_year(half, then))
    if half.month is None and half.day is not None and then.day is not None:
        if then.month_first:
            # In "15 to February 20, 1989" the 15 is no day of February.
            return None
        month = then.month
    return replace(half, year=year, month=month)


def turns_year(start: DateItem, end: DateItem) -> bool:
    """Tell whether a range from ``start`` to ``end`` in one winter would end before it starts in one year."""
    if start.month is None or end.month is None:
        return False
    # EDTF's winter is at both ends of a year, and comes neither before nor after the other seasons.
    comparable = max(start.month, end.month) <= 12 or min(start.month, end.month) >= 21
    return comparable and start.month > end.month and WINTER not in (start.month, end.month)


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
