"""A section's record at a glance, for the page that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models.context import record_links
from hsec_wagtail.record.formats.table import FormatLink, format_links
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.shown import ShownRow, show_rows
from hsec_wagtail.record.timeline.drawing import Strip, draw_strip

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Overview", "overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """A section's record at a glance.

    Attributes:
        title: Of the section.
        count: Initiatives, dated or not.
        latest: The newest dated ones, the newest first.
        oldest: The oldest dated ones that are not among ``latest``, the oldest first.
        strip: How many each year has, to be drawn.
        links: Names, addresses and labels of the views of the record.
        formats: Links to all initiatives in each format.
    """

    title: str
    count: int
    latest: list[ShownRow]
    oldest: list[ShownRow]
    strip: Strip | None
    links: list[tuple[str, str, str]]
    formats: list[FormatLink]


def overview(section: Any, request: HttpRequest, *, size: int) -> Overview | None:
    """Return the record of ``section`` at a glance, None if it has none; the number of queries is constant.

    Args:
        section: A section.
        request: Of the page that shows it.
        size: The most initiatives of ``latest``, and of ``oldest``.
    """
    if not may_be_named(section, request=request):
        return None
    found = InitiativeList(section, QueryDict())
    if not found.count:
        return None
    dated = found.rows.exclude(newest=0)
    latest = list(dated[:size])
    known = {row.pk for row in latest}
    # As many more as may be known already.
    oldest = [row for row in dated.order_by("newest", "id")[: 2 * size] if row.pk not in known]
    shown = show_rows([*latest, *oldest[:size]], request, locale_id=section.locale_id)
    return Overview(
        title=section.title,
        count=found.count,
        latest=shown[: len(latest)],
        oldest=shown[len(latest) :],
        strip=draw_strip(found.years),
        links=record_links(section, request),
        formats=format_links(section, request),
    )
