"""The comparison of two revisions in the admin: what changed in a block, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.core.files.base import ContentFile
from django.urls import reverse

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from hsec_wagtail.blocks import BodyBlock
from tests import factories as make


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture
def compare(admin, section):
    """Return a function that gives the compared fields of a forum by their labels, as parsed HTML."""

    def compare(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        forum = make.forum_page(section, **old)
        first = forum.save_revision()
        for name, value in new.items():
            setattr(forum, name, value)
        second = forum.save_revision()
        url = reverse("wagtailadmin_pages:revisions_compare", args=[forum.pk, first.pk, second.pk])
        soup: Any = BeautifulSoup(admin.get(url).content, "html.parser")
        cells = [
            row.find_all("td", recursive=False) for row in soup.select("table.listing > tbody > tr")
        ]
        return {
            cell[0].get_text(strip=True).rstrip(":"): cell[1] for cell in cells if len(cell) == 2
        }

    return compare


def marked(cell: Any) -> list[str]:
    """Return what is marked as deleted and inserted, as ``-text`` and ``+text``."""
    for hidden in cell.select(".w-sr-only"):
        hidden.decompose()
    return [("-" if one.name == "del" else "+") + said(one) for one in cell.select("del, ins")]


def said(node: Any) -> str:
    return " ".join(node.get_text().split())


def _rows(cell: Any) -> list[Any]:
    return list(cell.select(".hsec-compare__rows > tbody > tr"))


def replaced(value: Any, path: str, new: Any) -> Any:
    """Return a copy of a raw value with what is at ``path`` replaced."""
    changed = copy.deepcopy(value)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part = changed
    for step in steps:
        part = part[step]
    part[last] = new
    return changed


def _cells(*texts: str) -> dict[str, Any]:
    return make.item([make.item(text) for text in texts])


_BLOCKS: dict[str, Any] = {
    "paragraph": "<p>Norway founded it in Oslo.</p>",
    "heading": {"text": "Coastal security", "anchor": "coast", "level": "2"},
    "initiatives": make.initiatives(
        make.initiative("<p>Signed it.</p>", dates=["2004-04"]), intro="<p>Since then:</p>"
    )["value"],
    "members": make.members("Canada", "Chile")["value"],
    "notice": {
        "kind": "warning",
        "scope": "all",
        "text": "<p>It closes early.</p>",
        "starts": "2004-04-17",
        "ends": None,
    },
    "funding": {
        "title": "Mine clearance",
        "description": "<p>For towns.</p>",
        "opens": "2004-04-17",
        "closes": None,
        "budget": "",
        "eligibility": "",
        "how_to_apply": "",
        "url": "",
    },
    "link": {"label": "Treaties", "page": None, "url": "https://a.example/", "document": None},
    "documents": {
        "heading": "Reports",
        "documents": [make.item({"document": None, "title": "A report", "language": "fr"})],
    },
    "contact": {"name": "Desk", "address": "1 Quay\nNorva", "email": "", "phone": "1", "url": ""},
    "quote": {"text": "A coast that nobody watches.", "attribution": "Minister"},
    "details": {"summary": "What?", "text": "<p>Fishing gear.</p>"},
    "image": {
        "image": {"image": None, "alt_text": "", "decorative": False},
        "caption": "Delegates",
    },
    "table": {
        "caption": "Observers",
        "header": "row",
        "rows": [_cells("Year", "Missions"), _cells("2029", "4"), _cells("2030", "6")],
    },
}

_CHANGES = [
    ("paragraph", "", "<p>Norway founded it in Bergen.</p>", ["-Oslo", "+Bergen"]),
    ("paragraph", "", "<p>Norway <b>founded</b> it in Oslo.</p>", ["+‹bold›", "+‹/bold›"]),
    ("heading", "text", "Coastal watch", ["-security", "+watch"]),
    ("heading", "anchor", "shore", ["-coast", "+shore"]),
    ("heading", "level", "3", ["-Heading 2", "+Heading 3"]),
    ("initiatives", "intro", "<p>Before then:</p>", ["-Since", "+Before"]),
    ("initiatives", "grouping", "year", ["-In the order below", "+By year, newest first"]),
    ("initiatives", "initiatives.0.value.text", "<p>Left it.</p>", ["-Signed", "+Left"]),
    (
        "initiatives",
        "initiatives.0.value.dates.0.value.edtf",
        "2004-04-17",
        ["-April 2004", "+17 April 2004"],
    ),
    (
        "members",
        "display",
        "text",
        ["-As a list", "+Not at all: the text beside it names the members"],
    ),
    ("members", "members.1.value.since", "2004-04", ["+April 2004"]),
    ("members", "members.0.value.country", "CA", ["+Canada"]),
    ("members", "members.0.value.role", "observer", ["-Member", "+Observer"]),
    ("notice", "kind", "historical", ["-Warning", "+Historical"]),
    ("notice", "starts", "2004-04-18", ["-17 April 2004", "+18 April 2004"]),
    ("notice", "text", "<p>It closes late.</p>", ["-early", "+late"]),
    ("funding", "closes", "2004-05-01", ["+1 May 2004"]),
    ("funding", "eligibility", "<p>Anybody.</p>", ["+Anybody."]),
    ("link", "url", "https://b.example/", ["-https://a.example/", "+https://b.example/"]),
    ("documents", "heading", "Papers", ["-Reports", "+Papers"]),
    ("documents", "documents.0.value.language", "en", ["-French", "+English"]),
    ("contact", "address", "2 Quay\nNorva", ["-1", "+2"]),
    ("contact", "email", "desk@a.example", ["+desk@a.example"]),
    ("quote", "text", "A coast that somebody watches.", ["-nobody", "+somebody"]),
    ("quote", "attribution", "King", ["-Minister", "+King"]),
    ("details", "summary", "Who?", ["-What?", "+Who?"]),
    ("image", "caption", "Observers", ["-Delegates", "+Observers"]),
    ("image", "image.decorative", True, ["-No", "+Yes"]),
    ("table", "caption", "Missions", ["-Observers", "+Missions"]),
    ("table", "header", "both", ["-First row", "+First row and first column"]),
    ("table", "rows.2.value.1.value", "7", ["-6", "+7"]),
]


def test_a_change_is_tried_in_each_type_of_block():
    assert {name for name, *_rest in _CHANGES} == set(BodyBlock.base_blocks) == set(_BLOCKS)


@pytest.mark.parametrize(("name", "path", "new", "expected"), _CHANGES)
def test_one_change_is_shown_and_nothing_else(compare, name, path, new, expected):
    others = [make.block(other, value) for other, value in _BLOCKS.items() if other != name]
    block = make.block(name, _BLOCKS[name])
    changed = replaced(block, f"value.{path}" if path else "value", new)

    found = compare({"body": [*others, block]}, {"body": [*others, changed]})

    assert list(found) == ["Body"]
    assert marked(found["Body"]) == expected
    assert "12 without changes" in said(found["Body"])


def test_a_moved_block_is_moved_and_not_removed_and_added(compare):
    blocks = [make.paragraph(f"<p>Text {name}.</p>") for name in "abcd"]

    found = compare({"body": blocks}, {"body": [blocks[3], *blocks[:3]]})

    assert marked(found["Body"]) == []
    (moved,) = found["Body"].select(".hsec-compare__item")
    assert said(moved) == "Text 1 moved from place 4 to place 1 Text d."


@pytest.mark.parametrize(("order", "expected"), [
    ("adcbe", ["Text 2 moved from place 4 to place 2", "Text 4 moved from place 2 to place 4"]),
    ("decab", ["Text 1 moved from place 4 to place 1", "Text 2 moved from place 5 to place 2"]),
])  # fmt: skip
def test_a_block_in_its_old_place_was_not_moved(compare, order, expected):
    blocks = {name: make.paragraph(f"<p>Text {name}.</p>") for name in "abcde"}

    found = compare({"body": list(blocks.values())}, {"body": [blocks[name] for name in order]})

    moved = [said(one) for one in found["Body"].select(".hsec-compare__item")]
    assert [one.rpartition(" Text ")[0] for one in moved] == expected


def test_a_moved_block_that_changed_is_shown_once(compare):
    one, two = make.paragraph("<p>Norway founded it.</p>"), make.paragraph("<p>Another.</p>")
    changed = {**one, "value": "<p>Chile founded it.</p>"}

    found = compare({"body": [one, two]}, {"body": [two, changed]})

    assert "moved" in said(found["Body"])
    assert set(marked(found["Body"])) <= {"-Norway", "+Chile"}


def test_blocks_that_an_import_named_anew_are_found_by_what_they_say(compare):
    words = "Norway and others founded the network in Lysøen"
    old = [make.paragraph("<p>First of all.</p>"), make.paragraph(f"<p>{words}.</p>")]
    new = [make.paragraph("<p>First of all.</p>"), make.paragraph(f"<p>{words} in 1999.</p>")]

    found = compare({"body": old}, {"body": new})

    assert marked(found["Body"]) == ["+in 1999"]


def test_other_ids_alone_are_no_difference(compare):
    assert compare({"body": [make.members("Chile")]}, {"body": [make.members("Chile")]}) == {}


def test_one_word_in_a_long_paragraph_is_shown_with_a_few_around_it(compare):
    words = [f"word{number}" for number in range(1_500)]
    changed = [*words[:700], "another", *words[701:]]
    old, new = (make.paragraph(f"<p>{' '.join(text)}</p>") for text in (words, changed))

    found = compare({"body": [old]}, {"body": [{**new, "id": old["id"]}]})

    assert marked(found["Body"]) == ["-word700", "+another"]
    assert len(said(found["Body"])) < 300


def test_members_are_rows(compare):
    members = make.members("Canada", "Chile", "Mali")
    changed = copy.deepcopy(members)
    people = changed["value"]["members"]
    people[1]["value"]["since"] = "1999~"
    changed["value"]["members"] = [
        people[2],
        people[1],
        make.members("Norway")["value"]["members"][0],
    ]

    found = compare({"body": [members]}, {"body": [changed]})

    table = found["Body"].select_one("table")
    marked(found["Body"])
    assert [said(cell) for cell in table.select("thead th")] == [
        "Row", "Name", "Country", "Role", "Since", "Until",
    ]  # fmt: skip
    rows = [[said(cell) for cell in row.find_all(["th", "td"])] for row in _rows(found["Body"])]
    assert ["3 added", "Norway", "", "Member", "", ""] in rows
    assert ["1 removed", "Canada", "", "Member", "", ""] in rows
    assert any("Chile" in row and "about 1999" in " ".join(row) for row in rows)


def test_a_table_is_a_grid_with_its_first_row(compare):
    table = make.block("table", _BLOCKS["table"])
    wider = copy.deepcopy(table)
    for row, text in zip(wider["value"]["rows"], ("Staff", "", "31"), strict=True):
        row["value"].insert(1, make.item(text))

    found = compare({"body": [table]}, {"body": [wider]})

    assert marked(found["Body"]) == ["+Staff", "+31"]
    rows = [[said(cell) for cell in row.find_all("td")] for row in _rows(found["Body"])]
    assert rows == [["Year", "Staff", "Missions"], ["… 1 without changes"], ["2030", "31", "6"]]


def test_a_link_that_leads_elsewhere_is_a_change(compare, section):
    one, other = make.policy_page(section, title="Papers"), make.policy_page(section, title="Money")
    old = make.paragraph(f"<p>See {make.page_link(one)}.</p>")
    new = {**old, "value": f"<p>See {make.page_link(other)}.</p>"}

    found = compare({"body": [old]}, {"body": [new]})

    assert marked(found["Body"]) == ["-Papers", "+Money"]


def test_what_was_chosen_is_named(compare, section):
    image = get_image_model().objects.create(title="A ship", file=get_test_image_file())
    document = get_document_model().objects.create(title="Treaty", file=ContentFile(b"x", "t.pdf"))
    topic = make.topic_page(section, title="Landmines")
    old = [
        make.block("image", _BLOCKS["image"]),
        make.link("Read"),
        make.initiatives(make.initiative("<p>Signed.</p>")),
    ]
    new = replaced(old, "0.value.image.image", image.pk)
    new = replaced(new, "1.value.document", document.pk)
    new = replaced(new, "2.value.initiatives.0.value.topics", [make.item(topic.pk)])

    found = compare({"body": old}, {"body": new})

    html = said(found["Body"])
    assert [name in html for name in ("A ship", "Treaty", "Landmines")] == [True] * 3


def test_the_other_fields_are_said_in_words(compare):
    old = {"lead": "<p>One <b>forum</b> of many.</p>", "expected": "2004-04", "change_note": "A b."}
    new = {"lead": "<p>One <b>forum</b> of few.</p>", "expected": "2004-05", "change_note": "A c."}

    found = {label: marked(cell) for label, cell in compare(old, new).items()}

    assert found == {
        "Lead": ["-many", "+few"],
        "Expected": ["-April 2004", "+May 2004"],
        "Change note": ["-b", "+c"],
    }


def test_half_filled_and_unreadable_drafts_are_compared(compare):
    old = make.block(
        "members", {"intro": "", "display": "list", "members": [make.item({"name": ""})]}
    )
    new = replaced(old, "value.members.0.value", {"name": "Chile", "since": "some <time>"})

    found = compare({"body": [old]}, {"body": [new]})

    assert marked(found["Body"]) == ["+Chile", "+some <time>"]


def test_quick_links_are_compared_likewise(admin, section):
    group = make.quick_links(links=[make.quick_link("Treaties", url="https://a.example/")])
    first = group.save_revision()
    group.links[0].value["label"] = "All treaties"
    second = group.save_revision()
    name = group.snippet_viewset.get_url_name("revisions_compare")

    response = admin.get(reverse(name, args=[group.pk, first.pk, second.pk]))

    soup: Any = BeautifulSoup(response.content, "html.parser")
    assert marked(soup) == ["-Treaties", "+All treaties"]
