"""The order of day and month on a page: that of its other dates, else of its language, with a warning."""

from __future__ import annotations

from functools import lru_cache

from hsec_wagtail.dates import DayOrder, day_order, open_order_spans, shown_orders
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.source import Source

__all__ = ["order_of", "order_warnings"]


def order_of(source: Source, language: str) -> DayOrder | None:
    """Return the order of the numeric dates in the whole of ``source``."""
    return _order(source.text, language)


# Asked for each date of a page, and the same for all.
@lru_cache(maxsize=1)
def _order(text: str, language: str) -> DayOrder | None:
    return day_order(text, language=language)


def order_warnings(source: Source, language: str) -> list[Message]:
    """Return what is to be said of dates whose order nothing in ``source`` settles."""
    spans = open_order_spans(source.text)
    if not spans or len(shown_orders(source.text)) == 1:
        return []
    start, end = spans[0]
    line, text, count = source.line_of(start), source.text[start:end], len(spans)
    match order_of(source, language):
        case DayOrder.DAY_FIRST:
            return [Message("day-first-assumed", line=line, text=text, count=count)]
        case DayOrder.MONTH_FIRST:
            return [Message("month-first-assumed", line=line, text=text, count=count)]
    return [Message("day-order-open", line=line, text=text, count=count)]
