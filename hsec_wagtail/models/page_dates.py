"""When a page was published and changed, as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hsec_wagtail.blocks.today import day_of
from hsec_wagtail.models.archive import capture_of

__all__ = ["PageDates", "dates_of"]


@dataclass(frozen=True, slots=True)
class PageDates:
    """Days of a page.

    Attributes:
        published: First published; None for what was imported, which was published elsewhere before.
        modified: Last changed in what matters to readers; None where only the importer changed it.
        version: Of what stands on the site now; None for a page that never was published.
    """

    published: date | None
    modified: date | None
    version: date | None


def dates_of(page: Any) -> PageDates:
    """Return the days of ``page``."""
    first, last = _day(page.first_published_at), _day(page.last_published_at)
    if capture_of(page) is not None:
        return PageDates(None, page.changed, page.changed or last)
    return PageDates(first, page.changed or last, page.changed or last)


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
