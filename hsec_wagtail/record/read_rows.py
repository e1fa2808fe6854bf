"""Rows of the register with what belongs to them, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from hsec_wagtail.models.register import Initiative
from hsec_wagtail.page_models import base_page_model

__all__ = ["live_pages", "read_with_pages"]


def live_pages(ids: Iterable[int | None]) -> dict[int, Any]:
    """Return those of the pages ``ids`` that are live, by id; one query, none without ids."""
    live = base_page_model().objects.filter(live=True).select_related("locale")
    found: dict[int, Any] = live.in_bulk({pk for pk in ids if pk})
    return found


def read_with_pages(rows: Sequence[Initiative]) -> tuple[list[Initiative], dict[int, Any]]:
    """Return ``rows`` with their dates and topics, and the live pages that they name, by id; four queries at most.

    A row whose page went since the rows were read is left out; a forum that is not live is not among the pages.
    """
    prefetch_related_objects(rows, "dates", "topics")
    wanted = {pk for row in rows for pk in (row.page_id, row.forum_id)}
    wanted |= {filed.topic_id for row in rows for filed in row.topics.all()}
    pages = live_pages(wanted)
    return [row for row in rows if row.page_id in pages], pages
