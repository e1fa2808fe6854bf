"""The forum of which the editor's guide shows pictures; made in the database of the example site."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.models import SectionPage
from tests import factories as make

__all__ = ["INITIATIVES", "MEMBERS", "TABLE", "Forum", "make_forum"]

#: Ids of blocks, by which pictures find them.
INITIATIVES = "11111111-1111-4111-8111-111111111111"
MEMBERS = "22222222-2222-4222-8222-222222222222"
TABLE = "33333333-3333-4333-8333-333333333333"


@dataclass(frozen=True, slots=True)
class Forum:
    """The forum in the database, and two revisions of it."""

    section: int
    page: int
    before: int
    after: int


def make_forum() -> Forum:
    """Make a forum with an initiative, members and a table in the first section, published and then changed."""
    section = SectionPage.objects.filter(locale__language_code="en").order_by("path").first()
    body = _body([make.topic_page(section, title="Small arms", slug="small-arms")])
    page = make.forum_page(
        section, title="Council of Seas", short_name="CoS", slug="seas", body=body
    )
    before = page.save_revision()
    before.publish()
    page.body = _changed(body)
    after = page.save_revision()
    return Forum(section.pk, page.pk, before.pk, after.pk)


def _body(topics: list[Any]) -> list[dict[str, Any]]:
    actions = make.initiatives(
        make.initiative(
            "<p>Norvania signed the Convention on Derelict Nets in April 2004.</p>",
            dates=[("2004-04", "signed", "April 2004"), ("2005-06-17", "ratified", "")],
            topics=topics,
        ),
        make.initiative(
            "<p>Lends two survey ships to the Council’s fleet (2003).</p>", dates=["2003"]
        ),
        make.initiative("<p>Chaired the working group on lighthouses.</p>", dates=["1999/2000"]),
        intro="<p>What Norvania did in the Council of Seas:</p>",
    )
    cells = [["Year", "Missions", "Observers"], ["2029", "4", "31"], ["2030", "6", "48"]]
    table = {
        "caption": "Observers sent by Norvania",
        "header": "both",
        "rows": [make.item([make.item(text) for text in row]) for row in cells],
    }
    members = make.members("Canada", "Chile", "Norway")
    for member, code in zip(members["value"]["members"], ("CA", "CL", "NO"), strict=True):
        member["value"] |= {"country": code, "since": "1999"}
    return [
        make.paragraph("<p>The Council of Seas looks after the coasts of its members.</p>"),
        {**actions, "id": INITIATIVES},
        {**members, "id": MEMBERS},
        {**make.block("table", table), "id": TABLE},
    ]


def _changed(body: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``body`` with a word, a date, a member, a cell and the order of blocks changed."""
    paragraph, actions, members, table = copy.deepcopy(body)
    paragraph["value"] = paragraph["value"].replace("looks after", "protects")
    actions["value"]["initiatives"][1]["value"]["dates"][0]["value"]["edtf"] = "2003-05"
    members["value"]["members"][2]["value"]["until"] = "2004"
    table["value"]["rows"][2]["value"][1]["value"] = "7"
    return [paragraph, actions, table, members]
