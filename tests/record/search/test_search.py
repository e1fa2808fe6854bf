"""The search in a section: what is found, in which order, and how it is shown."""

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

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import SearchRow, SearchTerm
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.keeping import find_untrue, rebuild
from hsec_wagtail.record.search.results import search_results
from hsec_wagtail.record.sections import sections_below
from tests import factories as make


def results(client: Any, section: Any, query: str) -> list[Any]:
    response = client.get(section.url, {"q": query})
    assert response.status_code == 200
    return list(response.context["search"]["results"])


def titles(client: Any, section: Any, query: str) -> list[str]:
    return [
        f"{one.kind} {BeautifulSoup(one.title, 'html.parser').get_text()}"
        for one in results(client, section, query)
    ]


@pytest.fixture
def record(section):
    section.lead = "<p>Canada works for civilians.</p>"
    section.save()
    items = make.initiatives(
        make.initiative("<p>Canada signed it in Lysøen.</p>", dates=[("2000-06", "ratified", "")]),
        make.initiative("<p>Children &amp; small arms were its subject.</p>", dates=["1999"]),
    )
    body = [make.paragraph("<p>Small rooms. Canada’s arms.</p>"), items]
    make.forum_page(section, title="United Nations", short_name="UN", slug="un", body=body)
    make.topic_page(section, title="Protection of civilians", slug="civilians")
    return section


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(
            "canada",
            ["section Human security", "initiative United Nations", "forum United Nations"],
            id="lead before body",
        ),
        pytest.param(
            "civilian",
            ["topic Protection of civilians", "section Human security"],
            id="title before lead, by its stem",
        ),
        pytest.param("LYSOEN", ["initiative United Nations"], id="folded"),
        pytest.param('"small arms"', ["initiative United Nations"], id="phrase"),
        pytest.param(
            '"rooms canada s arms"', ["forum United Nations"], id="phrase over a full stop"
        ),
        pytest.param('"human security canada"', [], id="no phrase over fields"),
        pytest.param("the children of the", ["initiative United Nations"], id="common words"),
        pytest.param("ratified", ["initiative United Nations"], id="label of a date"),
        pytest.param("canada june", ["initiative United Nations"], id="date in words"),
        pytest.param("canada nothing", [], id="all words are needed"),
        pytest.param("the", [], id="common words only"),
    ],
)
def test_pages_and_initiatives_are_found_the_best_first(client, record, query, found):
    assert titles(client, record, query) == found


def test_words_are_marked_in_an_excerpt_and_the_rest_is_escaped(client, record):
    make.policy_page(
        record,
        title="<b>Landmines</b>",
        body=[make.paragraph("<p>A &lt; b, a landmine’s end.</p>")],
    )

    (found,) = results(client, record, "landmines")

    assert found.title == "&lt;b&gt;<mark>Landmines</mark>&lt;/b&gt;"
    assert found.excerpt == "A &lt; b, a <mark>landmine</mark>’s end."


def test_the_excerpt_of_a_long_text_has_the_words(client, record):
    long = "Nothing of interest is said here. " * 60
    make.policy_page(
        record, title="Long", body=[make.paragraph(f"<p>{long}A needle lies here. {long}</p>")]
    )

    (found,) = results(client, record, "needle")

    assert "A <mark>needle</mark> lies" in found.excerpt
    assert len(found.excerpt) < 300
    assert found.excerpt.startswith("… ")
    assert found.excerpt.endswith(" …")


def test_an_initiative_is_shown_with_kind_date_and_its_own_address(client, record):
    soup: Any = BeautifulSoup(client.get(record.url, {"q": "lysoen"}).content, "html.parser")

    link = soup.select_one(".hsec-results__link")
    assert link.get_text() == "United Nations: June 2000"
    assert "/un/#" in link["href"]
    assert soup.select_one(".hsec-results__kind").get_text(strip=True) == "Initiative"


def test_a_country_is_found_by_its_name_in_either_language(client, record):
    members = make.members("The Helvetic Confederation")
    members["value"]["members"][0]["value"]["country"] = "CH"
    make.forum_page(record, title="Alps", body=[members])

    assert (
        titles(client, record, "suisse") == titles(client, record, "Switzerland") == ["forum Alps"]
    )


def test_a_page_in_another_language_is_found_by_its_own_words(client, record, french):
    page = make.policy_page(record, title="Un accord sur la sécurité", locale=french)

    assert titles(client, record, "un accords securite") == [f"policy {page.title}"]


def test_what_is_private_is_not_found_and_a_private_section_has_no_search(
    client, admin_client, record
):
    (un,) = record.get_children().filter(slug="un")
    restriction = PageViewRestriction.objects.create(page=un, restriction_type="login")
    assert titles(client, record, "arms") == []

    restriction.page = record
    restriction.save()
    assert admin_client.get(record.url, {"q": "arms"}).status_code == 404
    assert "hsec-search" not in admin_client.get(record.url).content.decode()
    assert not SearchRow.objects.exists()


def test_rows_follow_what_happens_to_pages(client, record, home):
    un = record.get_children().get(slug="un").specific
    un.title = "Nations together"
    un.save_revision().publish()
    assert titles(client, record, "arms nations")[0] == "forum Nations together"

    other = make.section_page(home, title="Elsewhere")
    un.move(other, pos="last-child")
    assert titles(client, record, "arms") == []
    assert len(titles(client, other, "arms")) == 2

    un.unpublish()
    assert titles(client, other, "arms") == []
    assert list(find_untrue()) == []


def test_only_rows_whose_words_changed_are_written(record):
    un = record.get_children().get(slug="un").specific
    before = dict(SearchRow.objects.filter(page=un).values_list("position", "pk"))
    un.body.raw_data[1]["value"]["initiatives"][0]["value"]["text"] = "<p>Other words.</p>"

    un.save()

    after = dict(SearchRow.objects.filter(page=un).values_list("position", "pk"))
    assert {place for place in after if after[place] != before[place]} == {0}
    assert list(find_untrue()) == []


def test_the_check_finds_terms_that_are_not_true_and_the_rebuild_writes_them(record):
    SearchTerm.objects.filter(term="en canada").delete()
    assert len(list(find_untrue())) == 2

    rebuild()

    assert list(find_untrue()) == []


def test_a_list_is_filtered_by_the_same_words(record):
    found = InitiativeList(record, QueryDict("text=LYSOEN+signing"))

    assert [row.text for row in found.rows] == ["Canada signed it in Lysøen."]


def test_the_number_of_queries_does_not_depend_on_that_of_the_results(client, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            results(client, record, 'un "united nations"')
            results(client, record, "canada")
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(10):
        items = [
            make.initiative(f"<p>Canada {n}, small arms.</p>", dates=["2001"]) for n in range(3)
        ]
        make.forum_page(record, title=f"Forum {number}", body=[make.initiatives(*items)])

    assert queries() == few


def test_the_language_switch_keeps_question_and_filter(client, record, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    translated = record.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    un = record.get_children().get(slug="un").copy_for_translation(french)
    un.slug = "onu"
    un.save_revision().publish()

    def switch(path: str) -> str:
        soup: Any = BeautifulSoup(client.get(f"{record.url}{path}").content, "html.parser")
        return str(soup.select_one(".hsec-languages__link")["href"].rpartition("human-security")[2])

    assert switch("?q=small+arms&page=1") == "/recherche/?q=small+arms"
    assert switch("initiatives/?forum=un&from=1999&page=1") == "/initiatives/?forum=onu&from=1999"


QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["q", "page", "q[]", "text"]),
        st.one_of(
            st.text(),
            st.text(alphabet='"“«» aé.\x00\ud800%_|', max_size=20),
            st.sampled_from(["canada", '"small arms" un', "9" * 4400, "a" * 10_000, "é" * 5000]),
        ),
    ),
    max_size=6,
)


@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(QUERIES)
def test_any_question_is_answered(record, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        if name != "page":
            query.appendlist(name, value)
    request: Any = RequestFactory().get("/")
    request.GET = query

    found = search_results(sections_below(record), request, language="fr")

    assert 0 <= found["count"] <= 4
    assert len(found["results"]) == found["count"]
    assert InitiativeList(record, query).count <= 2
