"""The members of a section's forums: table, page of a country, files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import Membership
from hsec_wagtail.record.members.asked import AsOf
from hsec_wagtail.record.members.listing import MembershipList, answer_for
from hsec_wagtail.record.members.on_day import Answer
from hsec_wagtail.record.rows import FIELDS, Place, Rows, add_rows
from tests import factories as make


def members(*people: tuple[str, ...], display: str = "list") -> Any:
    """Return a block of ``people``, as many of name, country, role, since and until as are said."""
    names = ("name", "country", "role", "since", "until")
    blank = dict(zip(names, ("", "", "member", "", ""), strict=True))
    items = [make.item({**blank, **dict(zip(names, one, strict=False))}) for one in people]
    return make.block("members", {"intro": "", "display": display, "members": items})


@pytest.fixture
def record(section):
    un = members(
        ("United Kingdom", "GB", "member", "1945"),
        ("Niger", "NE"),
        ("Arctic League", "", "observer", "1996", "2003"),
    )
    named = make.initiatives(
        make.initiative("<p>Chaired it with Niger.</p>", dates=["2001"]),
        make.initiative("<p>Wrote to Nigeria.</p>"),
    )
    make.forum_page(section, title="United Nations", slug="un", body=[un, named])
    in_text = members(("Great Britain", "GB", "member", "2020"), display="text")
    make.forum_page(section, title="Sea Council", slug="sea", body=[in_text])
    old = members(("Norvania", "", "member", "1990"))
    make.forum_page(section, title="Old League", slug="old", status="ended", body=[old])
    return section


def page(client: Any, section: Any, path: str = "") -> Any:
    response = client.get(f"{section.url}members/{path}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(soup: Any) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select(".hsec-table tbody tr")
    ]


def test_members_are_listed_by_name_with_all_of_their_forums(client, record):
    assert rows(page(client, record)) == [
        ["Arctic League", "United Nations", "Observer", "1996", "2003"],
        ["Niger", "United Nations", "Member", "not known", ""],
        ["Norvania", "Old League", "Member", "1990", "ended, day not known"],
        ["United Kingdom", "United Nations", "Member", "1945", ""],
        ["Sea Council", "Member", "2020", ""],
    ]


def test_who_was_a_member_in_a_year(client, record):
    assert [(row[0], row[-1]) for row in rows(page(client, record, "?as-of=2003"))] == [
        ("Arctic League", "yes"),
        ("Niger", "possibly"),
        ("Norvania", "possibly"),
        ("United Kingdom", "yes"),
    ]


def test_members_of_a_forum_that_ended_are_not_current(client, record):
    names = [row[0] for row in rows(page(client, record, f"?as-of={date.today()}"))]

    assert names == ["Niger", "United Kingdom", "Sea Council"]


def test_the_page_of_a_country_has_its_forums_and_what_names_it(client, record):
    soup = page(client, record, "ne/")

    assert soup.h1.get_text(strip=True) == "Niger"
    assert rows(soup) == [["United Nations", "Member", "not known", ""]]
    texts = [text.get_text(strip=True) for text in soup.select(".hsec-filed__text")]
    assert texts == ["Chaired it with Niger."]


def test_the_page_of_a_country_says_no_too(client, record):
    assert [row[-1] for row in rows(page(client, record, "gb/?as-of=2003"))] == ["yes", "no"]


def test_what_members_call_a_country_is_found_in_initiatives(client, record):
    body = [make.initiatives(make.initiative("<p>Met Great Britain.</p>"))]
    make.policy_page(record, title="Policy", body=body)

    assert "Met Great Britain." in page(client, record, "gb/").get_text()


def test_a_country_is_called_in_the_language_of_the_page(client, record, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    translated = record.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    make.forum_page(
        translated, title="Nations Unies", locale=french, body=[members(("Germany", "DE"))]
    )

    address = translated.view_url("members")
    soup = BeautifulSoup(client.get(address).content, "html.parser")

    assert [name.get_text(strip=True) for name in soup.select("th[scope=rowgroup]")] == [
        "Allemagne"
    ]


@pytest.mark.parametrize("written", [" 2003", "2003 ", "2003\n\n", "\x002003", "\u20032003"])
@pytest.mark.parametrize("path", ["", "ne/", "csv/"])
def test_a_day_has_one_address(client, record, path, written):
    url = f"{record.url}members/{path}"

    response = client.get(url, {"as-of": written})

    assert (response.status_code, response.get("Location")) == (302, f"{url}?as-of=2003")


@pytest.mark.parametrize("path", ["", "ne/"])
def test_search_engines_are_told_the_address_of_the_table(client, record, path):
    (canonical,) = page(client, record, path).select("link[rel=canonical]")

    assert canonical["href"] == f"{record.full_url}members/{path}"
    assert page(client, record, f"{path}?as-of=2003").select("link[rel=canonical]") == []


def test_what_is_no_day_is_kept_out_of_search_engines(client, record):
    response = client.get(f"{record.url}members/?as-of=soon")

    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path", ["xx/", "CA/", "ca/", "csv/x/", "xml/", "?page=0", "?page=9", "?page=-1", "ne/?page=2"]
)
def test_what_is_not_there_is_not_found(client, record, path):
    assert client.get(f"{record.url}members/{path}").status_code == 404


def test_what_is_no_day_is_said(client, record):
    (fault,) = page(client, record, "?as-of=<b>soon").select(".hsec-filter__faults p")

    assert fault.get_text().startswith("“<b>soon” is no day or year")


def test_members_of_a_private_page_are_neither_listed_nor_named(client, record):
    private = make.forum_page(record, title="Secret", body=[members(("Oman", "OM"))])
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert "Oman" not in page(client, record).get_text()
    assert client.get(f"{record.url}members/om/").status_code == 404


def test_a_section_that_not_everybody_may_read_has_no_members(admin_client, record):
    PageViewRestriction.objects.create(page=record, restriction_type="login")

    for path in ("", "ne/", "csv/", "json/"):
        assert admin_client.get(f"{record.url}members/{path}").status_code == 404


def file(client: Any, section: Any, path: str) -> str:
    response = client.get(f"{section.url}members/{path}")
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("query", ["", "?as-of=2003", "?as-of=1950-01-01", "?as-of=x"])
def test_table_csv_and_json_have_the_same_memberships(client, record, query):
    table = [
        (member.name, term.where.title)
        for member in client.get(f"{record.url}members/{query}").context_data["members"]
        for term in member.memberships
    ]
    text = file(client, record, f"csv/{query}")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    data = json.loads(file(client, record, f"json/{query}"))

    assert text.startswith("\ufeff")
    assert sorted((line["member"], line["forum"]) for line in lines) == sorted(table)
    assert data["memberships"] == lines
    assert data["count"] == len(table)


def test_a_row_of_the_csv_says_all_of_a_membership(client, record):
    text = file(client, record, "csv/?as-of=2003")
    (line,) = [
        line
        for line in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        if line["name"] == "United Kingdom"
    ]

    assert line == {
        "country": "GB",
        "member": "United Kingdom",
        "name": "United Kingdom",
        "role": "member",
        "since": "1945",
        "since_in_words": "1945",
        "until": "",
        "until_in_words": "",
        "status": "active",
        "member_then": "yes",
        "forum": "United Nations",
        "page": "United Nations",
        "url": f"{record.full_url}un/",
    }


def test_pages_of_the_table_follow_each_other(client, record, settings):
    whole = [row[-4] for row in rows(page(client, record))]
    settings.HSEC_LIST_PAGE_SIZE = 2

    parts = [[row[-4] for row in rows(page(client, record, f"?page={n}"))] for n in (1, 2, 3)]

    assert [len(part) for part in parts] == [2, 2, 1]
    assert [one for part in parts for one in part] == whole


@pytest.mark.parametrize("path", ["", "ne/", "csv/"])
def test_the_number_of_queries_does_not_depend_on_that_of_the_members(client, record, path):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"{record.url}members/{path}")
            assert getattr(response, "streaming_content", None) is None or file(
                client, record, path
            )
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(8):
        people = [("Niger", "NE"), ("Oman", "OM"), (f"League {number}", "")]
        text = make.initiatives(make.initiative(f"<p>{number} for Niger.</p>"))
        make.forum_page(record, title=f"Forum {number}", body=[members(*people), text])

    assert queries() == few


EDGES = st.sampled_from(
    ["", "1999", "2003-06", "2003~", "2000?", "1990/..", "../2004", "soon", "2027", "2026-11-28"]
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(EDGES, EDGES, st.sampled_from(["active", "ended"])), max_size=20),
    st.sampled_from(["2003", "1998-12-31", "2004-06", "2026-11-29", "2026-11-28", "0001", "9999"]),
)
def test_the_database_leaves_out_who_certainly_was_no_member(section, terms, as_of):
    Membership.objects.all().delete()
    written = [
        Membership(**values_of(section, since, until, status), position=number)
        for number, (since, until, status) in enumerate(terms)
    ]
    Membership.objects.bulk_create(written)
    asked, today = AsOf.parse(QueryDict(f"as-of={as_of}")), date(2026, 11, 29)

    found = MembershipList(section, asked, language="en", today=today)

    assert {row.position for row in found.rows} == {
        row.position for row in written if answer_for(row, asked, today=today) is not Answer.NO
    }
    assert len(found) == len(found.rows)


def values_of(section, since, until, status):
    """Return the values that the register has for a membership."""
    section.status = status
    section.body = [members(("Canada", "", "member", since, until))]
    rows = Rows()
    add_rows(rows, section, Place(section.pk, None, "en"))
    values = dict(zip(FIELDS["Membership"], rows.memberships[0], strict=True))
    pages = {f"{name}_id": values.pop(name) for name in ("page", "section", "forum")}
    return {**pages, **{name: value for name, value in values.items() if name != "position"}}


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(), st.sampled_from(["\x00", "9" * 10_000, "2003", "-1", "0000", "XXXX"])))
def test_any_day_is_answered(client, record, value):
    query = QueryDict(mutable=True)
    query.appendlist("as-of", value.encode("utf-8", "replace").decode())
    query.appendlist("as-of[]", "2003")

    url = f"{record.url}members/?{query.urlencode()}"
    assert client.get(url, follow=True).status_code == 200
