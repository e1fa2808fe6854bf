"""The original captures: what the reader with the packaged profile, and without, makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.schema import dump_document, json_schema
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.readers import Reading, read
from tests.importer.reading.readers.test_capture import content_words, said_words

pytestmark = pytest.mark.seed

NAVIGATION = [
    "Our Offices", "Canadian Offices Abroad", "Services for Canadian Travellers", "Services for Business",
    "Canada in the World", "Feature Issues", "International Policy", "International Policy Discussions",
    "Programs", "Resources", "Search this Web Site", "About the Department",
]  # fmt: skip
FORUMS = [
    ("Human Security Network", "HSN", "active"),
    ("United Nations", "UN", "active"),
    ("Organization of American States", "OAS", "active"),
    ("G8", "G8", "active"),
    ("Organization for Security and Cooperation in Europe (OSCE)", "OSCE", "active"),
    ("Middle East Regional Human Security Centre", "", "announced"),
]
#: Forum -> the dates (EDTF, label) of each of its actions.
DATES: dict[str, list[list[tuple[str, str]]]] = {
    "UN": [
        [("2004-04", ""), ("2001-12", "")],
        [("2001-11", "")],
        [("2001-07", "")],
        [("2000-06", "")],
        [("2000-09", "")],
        [("1999/2000", "")],
    ],
    "OAS": [
        [("2002", "")],
        [],
        [("2000-06", "")],
        [("1999-06", "signed"), ("2000-06", "ratified")],
        *[[]] * 5,
    ],
    "G8": [[], []],
    "OSCE": [[], [], [], [], [("2001", "")]],
}
MEMBERS = "AT CA CL CR GR IE JO ML NL NO SI CH TH ZA".split()
LINKS = [
    ["Human Security Network On-Line"],
    ["United Nations"],
    ["Organization of American States"],
    ["G8 on-line"],
    ["Organization for Security and Cooperation in Europe"],
    [],
]
QUICK_LINKS = {
    "Current Agenda": [
        "Protection of Civilians", "Conflict Prevention:", "Peace Operations:", "Governance and Accountability",
        "Public Safety",
    ],
    "Human Security Program": ["Applying for funding:"],
    "Other Quick Links": [
        "Canadian Partnerships", "Human Security Internationally", "Policy Development", "Publications",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def data(seed: Path) -> bytes:
    return next(iter(sorted(seed.glob("*.txt")))).read_bytes()


@pytest.fixture(scope="module")
def page_reading(data: bytes) -> Reading:
    return read(data, name="capture.txt")


@pytest.fixture(scope="module")
def unrecognised(data: bytes) -> Reading:
    """Return the capture without one of the lines by which the profile knows the site."""
    return read(data.replace(b"Canadian Offices Abroad\n", b""), name="capture.txt")


def nodes_of(page: doc.Page, kind: type[nodes.Node]) -> list[nodes.Node]:
    return [node for node in page.body if isinstance(node, kind)]


def forums(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (forum.title, forum.short_name, forum.status) for forum in reading.document.page.children
    ]


def dates(reading: Reading) -> dict[str, list[list[tuple[str, str]]]]:
    return {
        forum.short_name: [[(date.edtf, date.label) for date in item.dates] for item in node.items]
        for forum in reading.document.page.children
        for node in forum.body
        if isinstance(node, nodes.Initiatives)
    }


def links(reading: Reading) -> list[list[str]]:
    return [
        [node.label for node in forum.body if isinstance(node, nodes.LinkNode)]
        for forum in reading.document.page.children
    ]


def test_the_site_is_recognised(page_reading):
    assert (page_reading.profile, page_reading.document.language) == ("dfait-human-security", "en")


def test_title_lead_and_breadcrumb(page_reading):
    page = page_reading.document.page

    assert page.title == "Human Security Internationally"
    assert page.lead.startswith("<p>Canada is working to strengthen ")
    assert page_reading.document.trail == [
        "Canada in the World: Canadian International Policy",
        "International Policy",
    ]


def test_the_navigation_has_twelve_labels(page_reading):
    (navigation,) = page_reading.document.navigation

    assert [link.label for link in navigation.links] == NAVIGATION


def test_the_forums_in_order(page_reading):
    assert forums(page_reading) == FORUMS


def test_every_action_with_its_dates(page_reading):
    assert dates(page_reading) == DATES


def test_the_words_of_a_date_stand_where_it_says(page_reading):
    text = page_reading.source.text
    found = [
        date
        for forum in page_reading.document.page.children
        for node in nodes_of(forum, nodes.Initiatives)
        for item in node.items  # type: ignore[attr-defined]  # chosen by its class
        for date in item.dates
    ]

    assert [text[slice(*date.span)] for date in found] == [date.text for date in found]


def test_the_sentence_after_the_list(page_reading):
    osce = page_reading.document.page.children[4]

    assert [node.type for node in osce.body] == ["initiatives", "paragraph", "link"]
    assert osce.body[1].html.startswith(
        "<p>In addition, Canada provides funding for a large number"
    )


def test_the_members_of_the_network(page_reading):
    (members,) = nodes_of(page_reading.document.page.children[0], nodes.Members)

    assert isinstance(members, nodes.Members)
    assert [member.country for member in members.items] == MEMBERS
    assert [member.name for member in members.items if member.role == "observer"] == [
        "South Africa"
    ]


def test_the_link_out_of_each_forum(page_reading):
    assert links(page_reading) == LINKS


def test_the_last_forum_is_announced(page_reading):
    (notice,) = page_reading.document.page.children[5].body

    assert isinstance(notice, nodes.Notice)
    assert (notice.kind, notice.html) == ("announced", "<p>Coming soon...</p>")


def test_the_quick_links(page_reading):
    groups = page_reading.document.page.quick_links

    assert {group.heading: [link.label for link in group.links] for group in groups} == QUICK_LINKS
    assert groups[2].links[1].page == page_reading.document.page.key


def test_the_ledger_accounts_for_every_word_in_order(page_reading):
    assert said(page_reading.ledger.as_json()) == {
        "words": 794,
        "content": 709,
        "chrome": [
            {"reason": "masthead", "words": 20},
            {"reason": "navigation", "words": 32},
            {"reason": "counter", "words": 1},
            {"reason": "breadcrumb", "words": 9},
            {"reason": "jump link, repeated as a heading", "words": 23},
        ],
        "unclaimed": [],
    }
    assert said_words(page_reading) == content_words(page_reading)


def test_general_rules_find_title_forums_dates_and_links(unrecognised):
    assert unrecognised.profile == ""
    assert (
        str(unrecognised.warnings[0]) == "No profile knows this site; it was read by general rules."
    )
    assert unrecognised.document.page.title == "Human Security Internationally"
    assert forums(unrecognised) == FORUMS
    assert dates(unrecognised) == DATES
    assert links(unrecognised) == LINKS
    assert unrecognised.ledger.unclaimed == []


def test_the_document_fits_the_published_schema(page_reading):
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.validate(json.loads(dump_document(page_reading.document)), json_schema())
