"""Where imported pages were captured, and when, from the runs that imported them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from hsec_wagtail.blocks.targets import safe_url
from hsec_wagtail.blocks.today import day_of
from hsec_wagtail.models.imports import ImportItem

__all__ = ["Capture", "captures_of"]

#: The day and the address in those that web archives give to what they keep.
_ARCHIVED = re.compile(r"/(\d{4})(\d\d)(\d\d)\d{0,6}(?:[a-z]{2}_)?/(?:https?://.+)")


@dataclass(frozen=True, slots=True)
class Capture:
    """The copy of a page that was imported.

    Attributes:
        url: Its address; "" if the source does not say it.
        captured: Day of the copy; None if the source does not say it.
        imported: Day of the import.
    """

    url: str
    captured: date | None
    imported: date


def captures_of(pages: Iterable[Any], *, using: str | None = None) -> dict[int, Capture]:
    """Return the captures of those of ``pages`` that an import wrote, by the id of the page; one query.

    An alias has that of the page that it repeats.
    """
    pages = list(pages)
    if not pages:
        return {}
    original = {page.pk: str(page.alias_of_id or page.pk) for page in pages}
    items = ImportItem.objects.using(using).applied().order_by("pk")
    rows = items.filter(
        object_id__in=set(original.values()),
        content_type__in={page.content_type_id for page in pages},
    ).values_list("object_id", "run__started_at", F("source__url"), F("source__notes__origin"))
    # The last one is that of the newest copy.
    found = {
        object_id: _capture(url or "", origin or {}, day_of(started))
        for object_id, started, url, origin in rows
    }
    return {pk: found[object_id] for pk, object_id in original.items() if object_id in found}


def _capture(url: str, origin: dict[str, Any], imported: date) -> Capture:
    address = url or str(origin.get("url") or "")
    if not address.startswith(("http://", "https://")):
        address = ""
    return Capture(safe_url(address), _day(origin, address), imported)


def _day(origin: dict[str, Any], address: str) -> date | None:
    """Return the day that a document says, else the one in the address that a web archive gave."""
    with suppress(ValueError, TypeError):
        return date.fromisoformat(origin["captured"]) if origin.get("captured") else _in(address)
    return None


def _in(address: str) -> date | None:
    found = _ARCHIVED.search(address)
    return date(*(int(part) for part in found.groups())) if found else None
