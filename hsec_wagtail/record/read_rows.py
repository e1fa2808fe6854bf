"""Rows of the register with what belongs to them, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from hsec_wagtail.models.register import Initiative, InitiativeDate, InitiativeTopic
from hsec_wagtail.page_models import base_page_model

__all__ = ["live_pages", "read_parts", "read_with_pages"]


def live_pages(ids: Iterable[int | None]) -> dict[int, Any]:
    """Return those of the pages ``ids`` that are live, by id; one query, none without ids."""
    live = base_page_model().objects.filter(live=True).select_related("locale")
    found: dict[int, Any] = live.in_bulk({pk for pk in ids if pk})
    return found


def read_parts(rows: Sequence[Initiative]) -> None:
    """Read dates and topics of ``rows``, in their order, into ``own_dates`` and ``own_topics``; two queries."""
    # Without an attribute of its own each list would be kept by a manager, with a query set made for each row:
    # more than half of the time that a download takes.
    prefetch_related_objects(
        rows,
        Prefetch("dates", InitiativeDate.objects.order_by("position"), to_attr="own_dates"),
        Prefetch("topics", InitiativeTopic.objects.order_by("pk"), to_attr="own_topics"),
    )


def read_with_pages(rows: Sequence[Initiative]) -> tuple[list[Initiative], dict[int, Any]]:
    """Return ``rows`` with their parts, and the live pages that they name, by id; four queries at most.

    A row whose page went since the rows were read is left out; a forum that is not live is not among the pages.
    """
    read_parts(rows)
    wanted = {pk for row in rows for pk in (row.page_id, row.forum_id)}
    wanted |= {filed.topic_id for row in rows for filed in row.own_topics}
    pages = live_pages(wanted)
    return [row for row in rows if row.page_id in pages], pages
