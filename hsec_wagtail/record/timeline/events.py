"""The dates of initiatives in the order of time, under the years that they begin in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from hsec_wagtail.blocks.edtf import ShownDate
from hsec_wagtail.dates import EDTF, Precision, say
from hsec_wagtail.models.register import InitiativeDate
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.shown import ShownRow, show_rows

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Event", "Events", "Period", "periods", "show_events"]


@dataclass(frozen=True, slots=True)
class Event:
    """A date of an initiative, with the initiative."""

    edtf: EDTF
    date: ShownDate
    initiative: ShownRow


@dataclass(frozen=True, slots=True)
class Period:
    """Events that begin in one year, or that are of one decade or century.

    Attributes:
        name: The year, or the decade or century in words.
        datetime: The year, for ``<time>``; "" for a decade or century.
        events: In the order of time.
    """

    name: str
    datetime: str
    events: tuple[Event, ...]


class Events:
    """The dates of the initiatives that a list finds; a filter by years holds for each date.

    Args:
        found: The list, whose filter is that of the timeline.
    """

    def __init__(self, found: InitiativeList) -> None:
        self._found = found

    @cached_property
    def rows(self) -> QuerySet[InitiativeDate]:
        """The dates, oldest first: a decade before its first year, a year before its first month."""
        width = Case(
            When(precision=Precision.CENTURY.value, then=Value(0)),
            When(precision=Precision.DECADE.value, then=Value(1)),
            default=Value(2),
        )
        return self._dated.order_by("first_day", width, F("latest").desc(nulls_first=True), "pk")

    @cached_property
    def count(self) -> int:
        """How many dates there are."""
        return self._dated.count()

    @cached_property
    def undated(self) -> int:
        """How many of the initiatives have no date that can be read."""
        dated = self._dated.values("initiative").distinct().count()
        return self._found.count - dated

    @cached_property
    def _dated(self) -> Any:
        asked = self._found.filter
        rows = (
            InitiativeDate.objects.filter(initiative__in=self._found.rows.order_by())
            .exclude(precision="")
            # Of an interval that is open on one side the other end counts.
            .annotate(
                first_day=Coalesce("earliest", "latest"), last_day=Coalesce("latest", "earliest")
            )
        )
        if asked.first:
            rows = rows.filter(last_day__gte=date(asked.first, 1, 1))
        if asked.last:
            rows = rows.filter(first_day__lte=date(asked.last, 12, 31))
        return rows


def show_events(
    dates: Sequence[InitiativeDate], request: HttpRequest, *, locale_id: int | None, language: str
) -> list[Event]:
    """Return how to show ``dates`` in ``language``, in a constant number of queries."""
    initiatives = {row.initiative_id: row.initiative for row in dates}
    shown = {
        row.pk: row for row in show_rows(list(initiatives.values()), request, locale_id=locale_id)
    }
    return [
        Event(
            edtf := EDTF.parse(row.edtf),
            ShownDate.make(edtf, language=language, label=row.label),
            shown[row.initiative_id],
        )
        for row in dates
        if row.initiative_id in shown
    ]


def periods(events: Iterable[Event], *, language: str) -> list[Period]:
    """Return ``events``, which are in the order of time, by year; those of a decade or century have a heading of their own."""
    return [
        Period(*heading, tuple(of_period))
        for heading, of_period in groupby(events, lambda event: _heading(event.edtf, language))
    ]


def _heading(edtf: EDTF, language: str) -> tuple[str, str]:
    point = edtf.points[0]
    if not point.unknown or edtf.precision is Precision.INTERVAL:
        year = edtf.earliest or edtf.latest
        # One of both is a day: an interval has a date at one end at least.
        return (str(year.year), f"{year.year:04}") if year else ("", "")
    words = say(str(point)[:4], language=language)
    return words[:1].upper() + words[1:], ""
