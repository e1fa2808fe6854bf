"""The search in a section: what is found, in which order, and how it is shown."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

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
