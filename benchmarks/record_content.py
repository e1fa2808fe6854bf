"""Sections to list and to show: any number of initiatives, as pages would have left them; always the same."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from benchmarks.content import forum_fields, sentence
from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator
from hsec_wagtail.models.register import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
)
from hsec_wagtail.page_models import base_page_model, page_model
from hsec_wagtail.record.versions import mark_changed

__all__ = ["build_full_section", "build_register"]

#: As many as one of our forums may have; more initiatives make more forums.
_IN_A_FORUM = 100
_TOPICS = 20
_STATUSES = ("active", "dormant", "ended")
_COUNTRIES = ("CA", "FR", "NO", "CH", "JP", "ZA", "CL", "AT")
_CHUNK = 5000


@transaction.atomic
def build_register(home: Any, count: int) -> Any:
    """Return a new section with ``count`` initiatives in the register, a forum for each hundred.

    The bodies are empty: lists do not read them.
    """
    section = _section(home, f"record-{count}")
    empty = {"body": "[]", "lead": ""}
    forums = [
        {**one, **empty} for one in forum_fields(range(max(1, count // _IN_A_FORUM)), targets=[1])
    ]
    topics = [{"title": f"Topic {n}", "slug": f"topic-{n}", **empty} for n in range(_TOPICS)]
    forum_ids = _insert(section, "forum", forums)
    topic_ids = _insert(section, "topic", topics)
    for start in range(0, count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count))
        _insert_initiatives(section, forum_ids, topic_ids, numbers)
    _insert_memberships(section, forum_ids)
    mark_changed()
    return section


@transaction.atomic
def build_full_section(home: Any, forums: int) -> Any:
    """Return a new section whose ``forums`` tell ten initiatives each on their pages."""
    section = _section(home, f"full-{forums}")
    targets = [section.pk, home.pk]
    _insert(section, "forum", list(forum_fields(range(forums), targets=targets)))
    return section


def _section(home: Any, slug: str) -> Any:
    home.refresh_from_db()
    return home.add_child(instance=page_model("section")(title=slug, slug=slug))


def _insert(section: Any, page_type: str, fields: list[dict[str, Any]]) -> list[int]:
    model = page_model(page_type)
    writer = BulkWriter(user=None, log_data=lambda page: {})
    paths = PathAllocator()
    ids = writer.reserve(base_page_model(), len(fields))
    pages = [model(pk=pk, live=False, **one) for pk, one in zip(ids, fields, strict=True)]
    for page in pages:
        paths.place(page, section.pk)
    writer.insert(pages, publish=lambda page: True)
    paths.flush()
    return ids


def _insert_initiatives(section: Any, forums: list[int], topics: list[int], numbers: range) -> None:
    rows = Initiative.objects.bulk_create(
        Initiative(
            **_place(section, forums[number // _IN_A_FORUM], number),
            html=f"<p>{sentence(number, 25)}</p>",
            text=sentence(number, 25),
            status=_STATUSES[number // _IN_A_FORUM % len(_STATUSES)],
            newest=_day(number).toordinal(),
        )
        for number in numbers
    )
    numbered = list(zip(numbers, rows, strict=True))
    InitiativeDate.objects.bulk_create(
        InitiativeDate(
            initiative=row,
            position=0,
            edtf=str(day),
            precision="day",
            earliest=day,
            latest=day,
        )
        for number, row in numbered
        for day in [_day(number)]
    )
    InitiativeYear.objects.bulk_create(
        InitiativeYear(initiative=row, section=section, year=_day(number).year)
        for number, row in numbered
    )
    InitiativeTopic.objects.bulk_create(
        InitiativeTopic(initiative=row, section=section, topic_id=topics[number % len(topics)])
        for number, row in numbered
    )


def _insert_memberships(section: Any, forums: list[int]) -> None:
    Membership.objects.bulk_create(
        Membership(
            **_place(section, forum, position),
            name=country,
            country=country,
            role="member",
            since=str(1990 + position),
            since_earliest=date(1990 + position, 1, 1),
            since_latest=date(1990 + position, 12, 31),
        )
        for forum in forums
        for position, country in enumerate(_COUNTRIES)
    )


def _place(section: Any, forum: int, position: int) -> dict[str, Any]:
    return {
        "page_id": forum,
        "forum_id": forum,
        "section_id": section.pk,
        "position": position,
        "block_id": str(UUID(int=position + 1)),
        "language": "en",
    }


def _day(number: int) -> date:
    return date(1990 + number * 7 % 30, 1 + number % 12, 1 + number % 28)
