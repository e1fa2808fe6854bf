"""The lists of our pages in the admin: what they say, find and cost, and who sees which page."""

import csv
from datetime import date

import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hsec_wagtail.page_models import page_model
from tests import factories as make
from tests.admin.users import user_with

FORUMS = "hsec_forum_pages:index"


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def rows(client, query="", name=FORUMS):
    """Return the texts of the cells of each row, without the box to tick."""
    page = BeautifulSoup(client.get(reverse(name) + query).content, "html.parser")
    found = []
    for row in page.select("table.listing tbody tr"):
        (title,) = row.select(".title-wrapper")
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")[2:]]
        found.append([title.get_text(strip=True), *cells])
    return found


def titles(client, query=""):
    return [row[0] for row in rows(client, query)]


def told(text="Ratified it.", dates=("2004-04",)):
    return make.initiatives(make.initiative(f"<p>{text}</p>", dates=dates))


def test_a_row_says_what_the_public_record_has_of_a_page(admin, section):
    body = [told(dates=["1999", "2004-04"]), told(), make.link("Not there yet")]
    make.forum_page(section, title="Council", status="dormant", changed=date(2004, 5, 1), body=body)

    assert rows(admin) == [
        [
            "Council",
            "dormant",
            "Current page status: live",
            "2",
            "April 2004",
            "1",
            "May 1, 2004",
            "English",
        ]
    ]


def test_a_draft_is_listed_without_numbers_of_the_record(admin, section):
    make.forum_page(section, title="Draft", body=[told(), make.link("Open")], live=False)

    assert rows(admin) == [
        ["Draft", "active", "Current page status: draft", "0", "", "0", "", "English"]
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?status=ended", ["Ended"]),
        ("?published=draft", ["Draft"]),
        ("?published=live", ["Ended", "Open"]),
        ("?unresolved=true", ["Open"]),
        ("?unresolved=false", ["Draft", "Ended"]),
        ("?changed_from=2004-01-01&changed_to=2004-12-31", ["Ended"]),
        ("?locale=fr", []),
        ("?ordering=-hsec_unresolved", ["Open", "Draft", "Ended"]),
        ("?ordering=-hsec_last_day", ["Open", "Draft", "Ended"]),
        ("?ordering=changed", ["Ended", "Draft", "Open"]),
        ("?ordering=nonsense", ["Draft", "Ended", "Open"]),
        ("?status=nonsense", ["Draft", "Ended", "Open"]),
    ],
)
def test_the_list_is_filtered_and_sorted(admin, section, french, query, expected):
    make.forum_page(section, title="Open", body=[told(), make.link("Not there yet")])
    make.forum_page(section, title="Ended", status="ended", changed=date(2004, 5, 1))
    make.forum_page(section, title="Draft", live=False)

    assert titles(admin, query) == expected


def test_pages_are_filtered_by_section(admin, section, home):
    other = make.section_page(home, title="Other")
    make.forum_page(section, title="Here")
    make.forum_page(other, title="There")

    assert titles(admin, f"?section={other.pk}") == ["There"]
    assert titles(admin, f"?section={other.pk}&section={section.pk}") == ["Here", "There"]


def test_a_search_is_filtered_and_sorted_by_what_the_index_does_not_hold(admin, section):
    make.forum_page(section, title="Council of Seas", body=[make.link("Not there yet")])
    make.forum_page(section, title="Council of Lakes")
    make.forum_page(section, title="League", body=[make.link("Not there yet")])

    assert titles(admin, "?q=council") == ["Council of Lakes", "Council of Seas"]
    assert titles(admin, "?q=council&unresolved=true&ordering=-hsec_last_day") == [
        "Council of Seas"
    ]


def test_a_spreadsheet_has_the_filtered_list_and_no_formula(admin, section):
    make.forum_page(section, title="=SUM(A1)", body=[told(), make.link("Open")])
    make.forum_page(section, title="Other")

    answer = admin.get(reverse(FORUMS) + "?export=csv&unresolved=true")
    (row,) = csv.DictReader(answer.getvalue().decode().splitlines())

    assert row["Title"] == "'=SUM(A1)"
    assert (row["Initiatives"], row["Unresolved links"]) == ("1", "1")
    assert (row["Last action"], row["Last action (EDTF)"]) == ("April 2004", "2004-04")
    assert (row["Status"], row["Published"], row["Language"]) == ("active", "Live", "English")
    assert admin.get(reverse(FORUMS) + "?export=xlsx").status_code == 200


@pytest.mark.parametrize("query", ["", "?q=forum", "?unresolved=true", "?export=csv"])
def test_queries_do_not_grow_with_the_pages(client, section, query):
    client.force_login(user_with("change_page", "publish_page", name="editor", page=section))
    url = reverse(FORUMS) + query

    def count():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
            assert b"".join(answer) if answer.streaming else answer.content
        return len(queries)

    for number in range(2):
        make.forum_page(section, title=f"Forum {number}", body=[told(), make.link("Open")])
    count()
    few = count()
    for number in range(12):
        make.forum_page(section, title=f"Forum 1{number}", body=[told(), make.link("Open")])

    assert count() == few


@pytest.mark.parametrize("page_type", ["section", "forum", "topic", "policy"])
def test_who_sees_which_pages(client, section, home, superuser, page_type):
    other = make.section_page(home, title="Other")
    if page_type != "section":
        for above in (section, other):
            above.refresh_from_db()
            above.add_child(instance=page_model(page_type)(title=f"In {above.title}"))
    mine = section.title if page_type == "section" else f"In {section.title}"
    both = sorted([mine, "Other" if page_type == "section" else "In Other"])
    users = {
        "superuser": superuser,
        "editor": user_with("change_page", name="editor", page=section),
        "moderator": user_with("publish_page", name="moderator", page=section),
        "without pages": user_with(name="guest"),
        "anonymous": None,
    }
    seen = {}
    for name, user in users.items():
        client.logout()
        if user:
            client.force_login(user)
        answer = client.get(reverse(f"hsec_{page_type}_pages:index"))
        found = BeautifulSoup(answer.content, "html.parser").select(".title-wrapper")
        shown = [one.get_text(strip=True) for one in found]
        seen[name] = shown if answer.status_code == 200 else answer.status_code

    assert seen == {
        "superuser": both,
        "editor": [mine],
        "moderator": [mine],
        "without pages": 302,
        "anonymous": 302,
    }
