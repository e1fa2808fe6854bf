"""The list of a section's initiatives, with its filter."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import Initiative
from hsec_wagtail.record.filters import Filter
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.shown import show_rows
from tests import factories as make

KNOWN = {"forum": ["un", "oas"], "topic": ["arms"], "status": ["active", "ended"]}


def parsed(query: str) -> Filter:
    return Filter.parse(QueryDict(query), known=KNOWN)


@pytest.fixture
def record(section):
    """Return a section with two forums, a topic, and initiatives of 1999, 2004 and without a date."""
    topic = make.topic_page(section, title="Small arms", slug="arms")
    un = [
        make.initiative("<p>Signed the treaty.</p>", dates=["1999-06"], topics=[topic]),
        make.initiative("<p>Ratified the treaty.</p>", dates=[("2004", "ratified", "")]),
    ]
    make.forum_page(section, title="United Nations", slug="un", body=[make.initiatives(*un)])
    oas = make.initiatives(make.initiative("<p>Chaired the <b>committee</b>.</p>"))
    make.forum_page(section, title="OAS", slug="oas", status="ended", body=[oas])
    return section


def listed(client: Any, section: Any, query: str = "") -> list[str]:
    soup = page(client, section, query)
    return [text.get_text(" ", strip=True) for text in soup.select(".hsec-filed__text")]


def page(client: Any, section: Any, query: str = "") -> Any:
    response = client.get(f"{section.url}initiatives/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def counts(soup: Any, name: str) -> dict[str, str]:
    return {
        str(box["value"]): box.find_parent("label").select_one(".hsec-filter__count").get_text()
        for box in soup.select(f"input[name={name}]")
    }


def test_initiatives_are_listed_newest_first_and_undated_ones_last(client, record):
    assert listed(client, record) == [
        "Ratified the treaty.",
        "Signed the treaty.",
        "Chaired the committee .",
    ]


def test_an_initiative_shows_date_forum_and_topics_once(client, record):
    entry = page(client, record).select(".hsec-filed__item")[1]

    assert entry.select_one(".hsec-filed__dates").get_text(" ", strip=True) == "June 1999"
    source, topic, permalink = entry.select(".hsec-filed__source a")
    assert (source.get_text(), topic.get_text()) == ("United Nations", "Small arms")
    assert "/un/#" in source["href"]
    assert permalink["href"] == source["href"]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("?forum=oas", ["Chaired the committee ."]),
        ("?topic=arms", ["Signed the treaty."]),
        ("?status=ended", ["Chaired the committee ."]),
        ("?from=2000", ["Ratified the treaty."]),
        ("?to=1999", ["Signed the treaty."]),
        ("?from=2004&to=1999", ["Ratified the treaty.", "Signed the treaty."]),
        ("?text=TREATY+signed", ["Signed the treaty."]),
        ("?forum=oas&topic=arms", []),
    ],
)
def test_the_list_is_filtered(client, record, query, texts):
    assert listed(client, record, query) == texts


def test_counts_follow_the_other_filters(client, record):
    soup = page(client, record, "?topic=arms")

    assert counts(soup, "forum") == {"un": "(1)", "oas": "(0)"}
    assert counts(soup, "topic") == {"arms": "(1)"}


def test_a_filter_can_be_removed_by_a_link(client, record):
    soup = page(client, record, "?forum=un&from=2000")

    links = [
        link["href"].partition("/initiatives/")[2] for link in soup.select("a.hsec-filter__tag")
    ]
    assert links == ["?from=2000", "?forum=un", ""]


def test_an_unfiltered_list_has_no_link_for_a_value_of_a_facet(client, record):
    soup = page(client, record)

    assert [link for link in soup.select("a[href]") if "?" in link["href"]] == []


def test_a_filtered_list_stays_out_of_search_engines(client, record):
    filtered = client.get(f"{record.url}initiatives/?forum=un")
    whole = client.get(f"{record.url}initiatives/")

    assert filtered["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in whole
    (canonical,) = BeautifulSoup(whole.content, "html.parser").select("link[rel=canonical]")
    assert canonical["href"] == f"{record.full_url}initiatives/"


def test_initiatives_of_private_pages_are_neither_listed_nor_counted(client, record):
    (oas,) = record.get_children().filter(slug="oas")
    PageViewRestriction.objects.create(page=oas, restriction_type="login")

    soup = page(client, record)
    assert "OAS" not in soup.get_text()
    assert counts(soup, "forum") == {"un": "(2)"}


def test_a_section_that_not_everybody_may_read_has_no_list_and_no_link_to_it(admin_client, record):
    PageViewRestriction.objects.create(page=record, restriction_type="login")

    assert admin_client.get(f"{record.url}initiatives/").status_code == 404
    section = admin_client.get(record.url)
    assert section.status_code == 200
    assert "initiatives/" not in section.content.decode()


def test_links_in_a_list_lead_to_the_language_of_the_section(record, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    policy = make.policy_page(record, title="Papers", slug="papers")
    translated = policy.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    text = f"<p>See {make.page_link(policy)}.</p>"
    forum = make.forum_page(record, body=[make.initiatives(make.initiative(text))])

    with translation.override("en"):
        rows = list(Initiative.objects.filter(page=forum))
        (shown,) = show_rows(rows, RequestFactory().get("/"), locale_id=french.pk)

    assert f'href="{translated.url}"' in shown.html


def test_initiatives_of_sections_below_are_listed(client, record):
    below = make.section_page(record, title="Below")
    make.forum_page(
        below, body=[make.initiatives(make.initiative("<p>Below.</p>", dates=["2020"]))]
    )

    assert listed(client, record)[0] == "Below."


def test_a_page_with_the_address_of_the_list_is_shown_instead(client, record):
    make.policy_page(record, title="Our own page", slug="initiatives")

    assert page(client, record).h1.get_text(strip=True) == "Our own page"


def test_the_list_says_why_it_is_empty(client, section):
    assert "report no initiatives yet" in page(client, section).get_text()


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1" * 5000])
def test_a_page_of_the_list_that_is_not_there_is_not_found(client, record, number):
    assert client.get(f"{record.url}initiatives/?page={number}").status_code == 404


def test_pages_of_the_list_keep_the_filter(client, record, settings):
    settings.HSEC_LIST_PAGE_SIZE = 1

    soup = page(client, record, "?text=treaty&forum=un")

    assert soup.select_one("a[rel=next]")["href"].endswith("?forum=un&text=treaty&page=2")


def test_what_cannot_be_answered_is_said(client, record):
    soup = page(client, record, "?forum=<script>&from=soon")

    faults = [fault.get_text() for fault in soup.select(".hsec-filter__faults p")]
    assert faults == [
        "Nothing here is called “<script>”; it was left out.",
        "“soon” is no year; it was left out.",
    ]


def test_the_number_of_queries_does_not_depend_on_that_of_the_initiatives(client, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, record)
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(20):
        items = [make.initiative(f"<p>{number} {n}.</p>", dates=["2001"]) for n in range(3)]
        make.forum_page(record, title=f"Forum {number}", body=[make.initiatives(*items)])

    assert queries() == few


def test_a_year_that_no_initiative_has_stays_in_the_form(client, record):
    soup = page(client, record, "?from=1800&to=1801")

    chosen = [option["value"] for option in soup.select("select option[selected]")]
    assert chosen == ["1800", "1801"]


def test_addresses_of_views_have_one_slash(record, monkeypatch):
    monkeypatch.setattr(type(record), "get_url", lambda *args: "/human-security")

    assert record.view_url("initiatives") == "/human-security/initiatives/"


def test_a_filter_says_itself_in_a_fixed_order():
    one, other = (
        parsed("text=a&to=2000&forum=un&forum=oas"),
        parsed("forum=oas&forum=un&to=2000&text=a"),
    )

    assert one.query() == other.query() == "?forum=oas&forum=un&to=2000&text=a"


QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["forum", "topic", "status", "from", "to", "text", "page", "forum[]", "x"]),
        st.one_of(st.text(), st.sampled_from(["un", "arms", "2004", "-1", "\x00", "9" * 4400])),
    ),
    max_size=12,
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(QUERIES)
def test_any_query_string_is_answered(record, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    found = InitiativeList(record, query)

    assert 0 <= found.count <= 3
    assert InitiativeList(record, QueryDict(found.filter.query()[1:])).filter == found.filter
