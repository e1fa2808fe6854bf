"""The day it is on the site, and moments there as days and in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.utils import timezone

__all__ = ["another_day", "day_of", "in_utc", "today"]

_shown: ContextVar[date | None] = ContextVar("hsec_today", default=None)


def today() -> date:
    """Return the day in the site's time zone, whether it uses time zones or not."""
    if (shown := _shown.get()) is not None:
        return shown
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    """Return the day of ``moment`` in the time zone of the site."""
    # timezone.localdate() refuses the naive moments of a site with USE_TZ = False.
    return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()


def in_utc(moment: datetime) -> datetime:
    """Return ``moment`` in UTC; where the site uses no time zones it is one of the clock there."""
    return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(UTC)


@contextmanager
def another_day(day: date) -> Iterator[None]:
    """Show what depends on the day as it was on ``day``."""
    token = _shown.set(day)
    try:
        yield
    finally:
        _shown.reset(token)
