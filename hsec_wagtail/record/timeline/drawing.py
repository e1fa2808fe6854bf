"""Drawings of time: how much happened in each year, and how long each date may mean. Numbers for SVG, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hsec_wagtail.dates import EDTF, Precision

__all__ = ["Bar", "Chart", "Column", "Strip", "draw_chart", "draw_strip"]

#: Units of the drawing from its left to its right side.
WIDTH = 1000
#: Height of a column of the most initiatives.
HEIGHT = 100
#: More columns than this are too thin to be seen: each is then of several years.
_MOST_COLUMNS = 100
#: Height of a line of the chart, and of the bar on it.
_LINE, _BAR = 12, 8
#: A day in a century would be too thin to be seen.
_THINNEST = 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """How many initiatives a year has, or several years; a place in the drawing as text for SVG."""

    x: str
    y: str
    width: str
    height: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns from the year ``first`` to the year ``last``."""

    first: int
    last: int
    columns: tuple[Column, ...]


def draw_strip(
    counts: Iterable[tuple[int, int]], *, chosen: tuple[int | None, int | None] = (None, None)
) -> Strip | None:
    """Return ``counts``, years with their initiatives, as columns; None if nothing is counted.

    Args:
        counts: In any order.
        chosen: First and last year that a reader asked for; columns of these years are marked.
    """
    by_year = {year: count for year, count in counts if count}
    if not by_year:
        return None
    first, last = min(by_year), max(by_year)
    step = -(-(last - first + 1) // _MOST_COLUMNS)
    sums: dict[int, int] = {}
    for year, count in by_year.items():
        sums[(year - first) // step] = sums.get((year - first) // step, 0) + count
    most, width = max(sums.values()), WIDTH / ((last - first) // step + 1)
    low, high = chosen[0] or first, chosen[1] or last
    columns = (
        Column(
            x=_number(place * width),
            y=_number(HEIGHT - HEIGHT * count / most),
            width=_number(width * 0.8),
            height=_number(HEIGHT * count / most),
            chosen=first + place * step <= high and first + place * step + step > low,
        )
        for place, count in sorted(sums.items())
    )
    return Strip(first, last, tuple(columns))


@dataclass(frozen=True, slots=True)
class Bar:
    """A date in a chart, as long as it may mean.

    Attributes:
        x: Left side, as text for SVG; so are the others.
        y: Upper side.
        width: Of a day as of what can be seen.
        height: The same for all.
        kind: "exact" for a day, "span" for what may be any day of the bar, "open" for an interval with one end.
        doubtful: Whether the date is about right only, or in doubt.
    """

    x: str
    y: str
    width: str
    height: str
    kind: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the beginning of the year ``first`` to the end of the year ``last``, one below the other."""

    first: int
    last: int
    height: int
    lines: tuple[str, ...]
    bars: tuple[Bar, ...]


def draw_chart(dates: Sequence[EDTF]) -> Chart | None:
    """Return ``dates`` as bars in their order; None without any."""
    days = [day for one in dates for day in (one.earliest, one.latest) if day]
    if not days:
        return None
    first, last = min(days).year, max(days).year
    axis = _Axis(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1)
    step = -(-(last - first + 1) // 20)
    lines = (axis.x(date(year, 1, 1)) for year in range(first, last + 1, step))
    bars = (_bar(one, place, axis) for place, one in enumerate(dates))
    return Chart(first, last, _LINE * len(dates), tuple(map(_number, lines)), tuple(bars))


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days from ``start`` to before ``end``, counted from the year 1, on the width of the drawing."""

    start: int
    end: int

    def x(self, day: date, *, after: int = 0) -> float:
        return WIDTH * (day.toordinal() + after - self.start) / (self.end - self.start)


def _bar(edtf: EDTF, place: int, axis: _Axis) -> Bar:
    left = axis.x(edtf.earliest) if edtf.earliest else 0.0
    right = axis.x(edtf.latest, after=1) if edtf.latest else float(WIDTH)
    width = max(right - left, _THINNEST)
    is_open = edtf.earliest is None or edtf.latest is None
    exact = edtf.precision is Precision.DAY
    return Bar(
        x=_number(min(left, WIDTH - width)),
        y=_number(place * _LINE + (_LINE - _BAR) / 2),
        width=_number(width),
        height=_number(_BAR),
        kind="open" if is_open else "exact" if exact else "span",
        doubtful=edtf.approximate or edtf.uncertain,
    )


def _number(value: float) -> str:
    """Return ``value`` as SVG writes it, in any language."""
    return f"{value:.1f}".removesuffix(".0")
