"""Dates written in digits alone."""

import re
from dataclasses import replace

from .context import ends_cleanly, is_numbered, starts_cleanly
from .edtf import DateError, Point
from .items import DateItem
from .order import DayOrder
from .reading import TokenReading
from .tokens import LONG_DASH, Gap, TokenKind
from .words import YEARLY

#: A year that stands alone is one of these; with the name of a month, any of four digits.
YEARS = range(1600, 2101)

_SEPARATORS = frozenset("/.")
#: What joins a month to its year, by the digits of the month: "3/2015", "03/2015", "03-2015".
_BEFORE_YEAR = {1: "/", 2: "/-"}
_LONGEST_SPAN = 50
_INTERVAL = re.compile(r"([0-9]{4}(?:-[0-9]{2}){1,2})/([0-9]{4}(?:-[0-9]{2}){1,2})(?![\w/-])")


def numeric_date(reading: TokenReading, at: int) -> DateItem | None:
    """Return the date of three numbers, or of a month and a year, that begins at ``at``.

    "13/09/2001" and "2001/09/03" are certain. Of "03/09/2001" only the year is certain, and all that is returned,
    unless the reading knows the order: which of 3 and 9 is the month depends on who wrote it.
    """
    numbers = _numbers(reading, at)
    after = at + 2 * len(numbers) - 1
    if not numbers:
        return _spaced_date(reading, at)
    if not (_begins(reading, at) and _ends(reading, at, after)):
        return None
    match [len(number) for number in numbers]:
        case [4, 1 | 2, 1 | 2]:
            return _item(at, after, *map(int, numbers))
        case [1 | 2, 1 | 2, 4]:
            return _day_and_month(reading, at, after, *map(int, numbers))
        case [1 | 2 as digits, 4] if reading.tokens[at + 1].norm in _BEFORE_YEAR[digits]:
            if not (is_numbered(reading, at) or reading.word(at - 1, YEARLY)):
                return _item(at, after, int(numbers[1]), int(numbers[0]))
    return None


def _spaced_date(reading: TokenReading, at: int) -> DateItem | None:
    """Return the date that is written as "18 08 1978", when its order is known."""
    tokens = reading.tokens
    numbers = tokens[at : at + 3]
    lengths = [len(token.norm) if token.kind is TokenKind.NUMBER else 0 for token in numbers]
    apart = all(token.gap is Gap.SPACE for token in numbers[1:])
    outside = (tokens[at - 1].kind, tokens[at + 3].kind)
    if lengths != [2, 2, 4] or not apart or TokenKind.NUMBER in outside:
        return None
    if not starts_cleanly(reading, at) or not ends_cleanly(reading, at + 3):
        return None
    found = _day_and_month(reading, at, at + 3, *(int(token.norm) for token in numbers))
    return None if found is None or found.written_out or is_numbered(reading, at) else found


def _begins(reading: TokenReading, at: int) -> bool:
    """Tell whether a date may begin at ``at``: cleanly, or after the dash of "13/05/2003-14/05/2003" or "30-31/10/2003"."""
    if starts_cleanly(reading, at):
        return True
    if not reading.tight(at - 1) or reading.tokens[at + 1].kind is TokenKind.DASH:
        return False
    if at > 6 and _is_day_month_year(reading, at - 6):
        return True
    return reading.day(at - 2) is not None and starts_cleanly(reading, at - 2)


def _ends(reading: TokenReading, at: int, after: int) -> bool:
    """Tell whether the date from ``at`` may end before ``after``."""
    if ends_cleanly(reading, after) or _is_time(reading, after):
        return True
    joined = reading.tight(after) and reading.tokens[at + 1].kind is not TokenKind.DASH
    return joined and _is_day_month_year(reading, after + 1)


def _is_day_month_year(reading: TokenReading, at: int) -> bool:
    lengths = [len(number) for number in _numbers(reading, at)]
    return len(lengths) == 3 and max(lengths[:2]) <= 2 and lengths[2] == 4


def year_pair(reading: TokenReading, at: int) -> DateItem | None:
    """Return the years or the month that "1999-00" or "2004-04" mean.

    A second number that follows the first is the end of a range of years ("2001-02", "2001/02"). Of the others,
    "2004-07" is a month, as ISO 8601 writes it, and "1995-97" and "2004-07" with a dash, which no standard writes, are years.
    """
    tokens = reading.tokens
    first = reading.year(at)
    joint, second = tokens[at + 1], tokens[at + 2]
    if (
        first is None
        or first not in YEARS
        or not _is_joined(reading, at + 1)
        or len(second.norm) != 2
    ):
        return None
    if (
        not starts_cleanly(reading, at)
        or not ends_cleanly(reading, at + 3)
        or reading.month(at + 3, supported=False)
    ):
        return None
    number = int(second.norm)
    item = DateItem(at, at, at + 3, year=first)
    if number == (first + 1) % 100:
        return replace(item, end=replace(item, year=first + 1))
    if joint.norm != LONG_DASH and 1 <= number <= 12:
        return replace(item, month=number)
    last = first - first % 100 + number
    last += 100 if last <= first else 0
    if joint.norm == "/" or last - first > _LONGEST_SPAN:
        return None
    return replace(item, end=replace(item, year=last))


def after_next_year(reading: TokenReading, at: int, year: int) -> int | None:
    """Return the index after the year that "2003-04", "2003/2004" join to ``year`` at ``at``, or None."""
    following = str(year + 1)
    second = reading.tokens[at + 2].norm
    is_next = _is_joined(reading, at + 1) and second in (following, following[2:])
    return at + 3 if is_next and ends_cleanly(reading, at + 3) else None


def edtf_interval(reading: TokenReading, at: int) -> DateItem | None:
    """Return the interval that begins at ``at`` when it is written in EDTF, as "2004-04/2004-06"."""
    match = _INTERVAL.match(reading.text, reading.tokens[at].start)
    if match is None or not starts_cleanly(reading, at):
        return None
    try:
        start, end = Point.parse(match[1]), Point.parse(match[2])
    except DateError:
        return None
    after = at + 2 * sum(map(match[0].count, "-/")) + 1
    left = DateItem(at, at, after, start.year, start.month, start.day)
    return replace(left, end=DateItem(at, at, after, end.year, end.month, end.day))


def _is_joined(reading: TokenReading, at: int) -> bool:
    """Tell whether a dash or a separator with digits on either side is at ``at``."""
    joint = reading.tokens[at]
    dash_or_mark = joint.kind is TokenKind.DASH or joint.surface in _SEPARATORS
    return (
        dash_or_mark
        and reading.glued(at)
        and reading.glued(at + 1)
        and reading.tokens[at + 1].kind is TokenKind.NUMBER
    )


def _numbers(reading: TokenReading, at: int) -> list[str]:
    """Return two or three numbers joined in one way, or nothing when they are fewer."""
    if not _is_joined(reading, at + 1):
        return []
    numbers = [reading.tokens[at].norm, reading.tokens[at + 2].norm]
    if _is_joined(reading, at + 3) and reading.tokens[at + 3].norm == reading.tokens[at + 1].norm:
        numbers.append(reading.tokens[at + 4].norm)
    return numbers


def _is_time(reading: TokenReading, after: int) -> bool:
    """Tell whether a time of day follows, as in 2001-09-03T12:00."""
    return (
        reading.word(after, ("t",))
        and reading.glued(after + 1)
        and reading.tokens[after + 1].kind is TokenKind.NUMBER
    )


def _item(at: int, after: int, year: int, month: int, day: int | None = None) -> DateItem | None:
    item = DateItem(at, at, after, year, month, day)
    try:
        point = item.point()
    except DateError:
        return None
    return item if year in YEARS and point.month in range(1, 13) else None


def _day_and_month(
    reading: TokenReading, at: int, after: int, first: int, second: int, year: int
) -> DateItem | None:
    day_first = _item(at, after, year, second, first)
    month_first = _item(at, after, year, first, second)
    if not (day_first and month_first and first != second):
        return day_first or month_first
    match reading.order:
        case DayOrder.DAY_FIRST:
            return day_first
        case DayOrder.MONTH_FIRST:
            return month_first
    return DateItem(at, at, after, year=year, written_out=True)
