"""The rows of the register that the bodies of pages give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.blocks.raw_lists import list_items, list_values, newest_day
from hsec_wagtail.dates import EDTF
from hsec_wagtail.models.register import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
)
from hsec_wagtail.record.search.rows import Searchable

__all__ = ["Place", "Rows", "add_rows"]

#: More years than a century are no span that a list by year could show: only its ends are counted.
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: ids of the nearest section and forum, its own among them, and the language of its text."""

    section: int | None
    forum: int | None
    language: str


@dataclass(slots=True)
class Rows:
    """Unsaved rows, those of an initiative with it as an object."""

    initiatives: list[Initiative] = field(default_factory=list)
    dates: list[InitiativeDate] = field(default_factory=list)
    years: list[InitiativeYear] = field(default_factory=list)
    topics: list[InitiativeTopic] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    #: What a search finds of the pages and of the initiatives.
    searchables: list[Searchable] = field(default_factory=list)


def add_rows(rows: Rows, page: Any, place: Place) -> None:
    """Add to ``rows`` those that the body of ``page`` gives; topics as the body names them."""
    data = page.body.raw_data
    for position, item in enumerate(list_items(data, block="initiatives", name="initiatives")):
        where = _where(page, place, position, item)
        _add_initiative(rows, item["value"], where, page.status)
    for position, item in enumerate(list_items(data, block="members", name="members")):
        where = _where(page, place, position, item)
        rows.memberships.append(_membership(item["value"], where))


def _where(
    page: Any, place: Place, position: int, item: Mapping[str, Any]
) -> dict[str, int | str | None]:
    return {
        "page_id": page.pk,
        "section_id": place.section,
        "forum_id": place.forum,
        "language": place.language,
        "position": position,
        "block_id": str(item.get("id") or "")[:36],
    }


def _add_initiative(
    rows: Rows, value: Mapping[str, Any], where: Mapping[str, Any], status: str
) -> None:
    html = str(value.get("text") or "")
    written = [one for one in list_values(value.get("dates")) if isinstance(one, dict)]
    read = [(one, read_edtf(one.get("edtf"))) for one in written if one.get("edtf")]
    dates = [date for _, date in read if date is not None]
    row = Initiative(
        html=html,
        text=" ".join(get_text_for_indexing(html).split()),
        status=status,
        newest=newest_day(one["edtf"] for one, _ in read),
        **where,
    )
    rows.initiatives.append(row)
    rows.dates += [_date(row, position, *one) for position, one in enumerate(read)]
    years = {year for date in dates for year in _years(date)}
    rows.years += [InitiativeYear(initiative=row, year=year) for year in sorted(years)]
    topics = {topic for topic in list_values(value.get("topics")) if type(topic) is int}
    rows.topics += [InitiativeTopic(initiative=row, topic_id=topic) for topic in sorted(topics)]


def _date(
    row: Initiative, position: int, written: Mapping[str, Any], date: EDTF | None
) -> InitiativeDate:
    return InitiativeDate(
        initiative=row,
        position=position,
        edtf=str(date or written["edtf"])[:64],
        label=str(written.get("label") or "")[:255],
        words=str(written.get("text") or "")[:255],
        precision=date.precision.value if date else "",
        earliest=date.earliest if date else None,
        latest=date.latest if date else None,
    )


def _years(date: EDTF) -> list[int]:
    """Return the years that ``date`` can be of; of an interval that is open on one side, that of its other end."""
    ends = [day.year for day in (date.earliest, date.latest) if day is not None]
    first, last = min(ends), max(ends)
    return list(range(first, last + 1)) if last - first < _MOST_YEARS else [first, last]


def _membership(value: Mapping[str, Any], where: Mapping[str, Any]) -> Membership:
    since, until = (read_edtf(value.get(name)) for name in ("since", "until"))
    return Membership(
        name=str(value.get("name") or "")[:255],
        country=str(value.get("country") or "")[:2].upper(),
        role=str(value.get("role") or "member")[:20],
        since=str(since or value.get("since") or "")[:64],
        until=str(until or value.get("until") or "")[:64],
        since_earliest=since.earliest if since else None,
        since_latest=since.latest if since else None,
        until_earliest=until.earliest if until else None,
        until_latest=until.latest if until else None,
        **where,
    )
