"""The day it is on the site."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

__all__ = ["today"]


def today() -> date:
    """Return the day in the site's time zone, whether it uses time zones or not."""
    # timezone.localdate() refuses the naive moments of a site with USE_TZ = False.
    now = timezone.now()
    return timezone.localdate(now) if timezone.is_aware(now) else now.date()
