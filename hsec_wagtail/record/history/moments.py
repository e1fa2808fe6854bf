"""Days and moments of the history, as addresses have them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from hsec_wagtail.blocks.today import day_of, in_utc
from hsec_wagtail.models.serving import AS_OF_PARAMETER

__all__ = ["as_of_value", "read_moment", "version_url"]

_FORM = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?Z)?", re.ASCII)


def read_moment(value: str) -> datetime | None:
    """Return the end of the day, or of the moment, that ``value`` names; None if it names none.

    Args:
        value: Such as 2004-04-30, a day in the time zone of the site, or 2004-04-30T08:15:00Z.
    """
    if not _FORM.fullmatch(value):
        return None
    try:
        if "T" in value:
            after = _known_as(datetime.fromisoformat(value)) + timedelta(microseconds=1)
        else:
            after = datetime.combine(date.fromisoformat(value) + timedelta(days=1), time())
            if settings.USE_TZ:
                after = timezone.make_aware(after).astimezone(UTC)
        # In another time zone the first and the last moments of the calendar have no name.
        day_of(after - timedelta(microseconds=1))
    except (OverflowError, ValueError):
        return None
    return after


def as_of_value(moment: datetime) -> str:
    """Return ``moment`` as :func:`read_moment` reads it."""
    return in_utc(moment).isoformat().replace("+00:00", "Z")


def version_url(url: str, moment: datetime) -> str:
    """Return the address of the page at ``url`` as it stood at ``moment``."""
    return f"{url}?{AS_OF_PARAMETER}={as_of_value(moment)}"


def _known_as(moment: datetime) -> datetime:
    """Return ``moment``, which is aware, as the database of the site has moments."""
    return moment if settings.USE_TZ else timezone.make_naive(moment)
