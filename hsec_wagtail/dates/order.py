"""The order of day and month in dates such as "03/09/2001", which a page shows elsewhere or its language implies."""

import re
from enum import Enum

__all__ = ["DayOrder", "day_order", "open_order_spans", "shown_orders"]


class DayOrder(Enum):
    """Which of the two numbers before a year comes first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


# Two numbers, then a year of four digits, with one mark between them.
_NUMERIC = re.compile(r"(?<![\w./-])([0-9]{1,2})([/.-])([0-9]{1,2})\2[0-9]{4}(?![\w/])")
_MONTHS = range(1, 13)
_LATER_DAYS = range(13, 32)
#: Who writes which order. English alone says neither: both are usual in Canada, and so is the year first.
_USUAL = {
    "fr": DayOrder.DAY_FIRST,
    "en-au": DayOrder.DAY_FIRST,
    "en-gb": DayOrder.DAY_FIRST,
    "en-ie": DayOrder.DAY_FIRST,
    "en-nz": DayOrder.DAY_FIRST,
    "en-us": DayOrder.MONTH_FIRST,
}


def shown_orders(text: str) -> frozenset[DayOrder]:
    """Return the orders of the dates in ``text`` of which only one order is possible."""
    orders = (_only_order(int(match[1]), int(match[3])) for match in _NUMERIC.finditer(text))
    return frozenset(order for order in orders if order)


def day_order(text: str, *, language: str) -> DayOrder | None:
    """Return the order of the numeric dates in ``text``: that of the certain ones, else that of its language.

    None stands for a text that writes both orders, and for a language that does.
    """
    shown = shown_orders(text)
    if shown:
        return next(iter(shown)) if len(shown) == 1 else None
    code = language.lower().replace("_", "-")
    return _USUAL.get(code) or _USUAL.get(code.partition("-")[0])


def open_order_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the dates in ``text`` of which either number may be the month, in order."""
    return [
        match.span() for match in _NUMERIC.finditer(text) if _is_open(int(match[1]), int(match[3]))
    ]


def _is_open(first: int, second: int) -> bool:
    return first in _MONTHS and second in _MONTHS and first != second


def _only_order(first: int, second: int) -> DayOrder | None:
    if first in _LATER_DAYS and second in _MONTHS:
        return DayOrder.DAY_FIRST
    if first in _MONTHS and second in _LATER_DAYS:
        return DayOrder.MONTH_FIRST
    return None
