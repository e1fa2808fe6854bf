"""The timeline of a section: dates of initiatives by year, each as long as it may mean."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from tests import factories as make


def add_forum(section: Any, title: str, *items: tuple[str, list[Any]], **fields: Any) -> Any:
    body = [make.initiatives(*(make.initiative(f"<p>{t}</p>", dates=d) for t, d in items))]
    return make.forum_page(section, title=title, body=body, **fields)


@pytest.fixture
def record(section):
    add_forum(
        section,
        "UN",
        ("Treaty.", [("1999-06-03", "signed", ""), ("2004", "ratified", "")]),
        ("Mission.", ["1999/2001"]),
        ("Talks.", ["199X"]),
        ("Meeting.", ["1990-02"]),
        ("Undated.", ["soon"]),
        slug="un",
    )
    return section


def page(client: Any, section: Any, query: str = "") -> Any:
    response = client.get(f"{section.url}timeline/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def listed(soup: Any) -> list[tuple[str, list[str]]]:
    return [
        (
            period.h2.get_text(strip=True),
            [item.select_one("p").get_text(" ", strip=True) for item in period.select("ol > li")],
        )
        for period in soup.select(".hsec-timeline > li")
    ]


def test_dates_stand_under_their_years_and_a_decade_under_none(client, record):
    assert listed(page(client, record)) == [
        ("The 1990s", ["the 1990s"]),
        ("1990", ["February 1990"]),
        ("1999", ["1999–2001", "3 June 1999 signed"]),
        ("2004", ["2004 ratified"]),
    ]


def test_a_filter_by_years_holds_for_each_date_of_an_initiative(client, record):
    assert listed(page(client, record, "?from=2000&to=2004")) == [
        ("1999", ["1999–2001"]),
        ("2004", ["2004 ratified"]),
    ]


def test_initiatives_without_a_date_are_counted_and_linked(client, record):
    soup = page(client, record, "?forum=un")

    link = soup.select_one('a[href$="initiatives/?forum=un"]')
    assert link.get_text(" ", strip=True).startswith("1 initiative without a date")


def test_a_year_and_a_decade_are_spans_in_the_drawing(client, record):
    bars = page(client, record).select(".hsec-strip__bar")

    # From 1990 to 2004, in thousandths of the width.
    assert [(round(float(bar["x"])), round(float(bar["width"]))) for bar in bars] == [
        (0, 666),
        (6, 5),
        (600, 200),
        (628, 4),
        (933, 67),
    ]


def test_a_drawing_is_decorative_and_has_no_style(client, record):
    soup = page(client, record)

    assert soup.select("svg")
    assert all(svg.find_parent(attrs={"aria-hidden": "true"}) for svg in soup.select("svg"))
    assert soup.select(".hsec [style], .hsec script, .hsec style") == []


def test_an_initiative_of_a_private_page_is_not_shown(client, record):
    private = add_forum(record, "Secret", ("Hidden.", ["2003"]))
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    text = page(client, record).get_text()
    assert "Hidden" not in text
    assert "2003" not in text


def test_a_section_that_not_everybody_may_read_has_no_timeline(admin_client, record):
    PageViewRestriction.objects.create(page=record, restriction_type="login")

    assert admin_client.get(f"{record.url}timeline/").status_code == 404


@pytest.mark.parametrize("path", ["x/", "?page=0", "?page=99", "?page=-1", "?page=x"])
def test_what_is_not_there_is_not_found(client, record, path):
    assert client.get(f"{record.url}timeline/{path}").status_code == 404


def test_a_filtered_timeline_stays_out_of_search_engines(client, record):
    assert client.get(f"{record.url}timeline/?from=1999")["X-Robots-Tag"] == "noindex"


def test_pages_are_bounded_and_keep_the_filter(client, record, settings):
    settings.HSEC_LIST_PAGE_SIZE = 2

    soup = page(client, record, "?forum=un")

    assert len(soup.select(".hsec-timeline > li li")) == 2
    assert len(soup.select(".hsec-strip__bar")) == 2
    assert soup.select_one("a[rel=next]")["href"] == "?forum=un&page=2"


def test_the_number_of_queries_does_not_depend_on_that_of_the_initiatives(client, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, record)
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(12):
        add_forum(record, f"F {number}", *((f"{n}", [f"{1970 + n}"]) for n in range(3)))

    assert queries() == few


QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["forum", "status", "from", "to", "text", "from[]", "x"]),
        st.one_of(
            st.text(), st.sampled_from(["un", "1", "9999", "2004", "-1", "\x00", "9" * 4400])
        ),
    ),
    max_size=8,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(QUERIES)
def test_any_query_string_is_answered(client, record, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value.encode("utf-8", "replace").decode())

    page(client, record, f"?{query.urlencode()}")
