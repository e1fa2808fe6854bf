"""The banner of archived pages, and where their initiatives come from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hsec_wagtail.models.captures import captures_of
from tests import factories as make
from tests.record.captured import capture

ADDRESS = "https://archive.example/web/20040512083000/http://policy.example/un.html"
HISTORICAL = "<p>This is how it was.</p>"


def banner(client: Any, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select(".hsec-archive")
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def archived(home):
    """Return a section with a historical notice at its top."""
    return make.section_page(home, body=[make.notice(HISTORICAL, kind="historical")])


def test_every_page_of_an_archived_section_says_so(client, archived):
    forum = make.forum_page(archived, status="announced", expected="2004")
    policy = make.policy_page(forum)
    views = [f"{archived.url}initiatives/", f"{archived.url}cite/", f"{archived.url}?q="]

    for address in [archived.url, forum.url, policy.url, *views]:
        assert "kept for reference" in banner(client, address).get_text(), address


def test_a_section_that_ended_is_an_archive_with_its_pages(client, home):
    section = make.section_page(home, status="ended")
    forum = make.forum_page(section)

    assert banner(client, section.url)
    assert banner(client, forum.url)


def test_a_section_of_today_has_no_banner(client, section):
    forum = make.forum_page(section, status="ended")

    assert banner(client, section.url) is None
    assert banner(client, forum.url) is None


def test_the_banner_says_day_and_address_of_the_capture(client, archived):
    capture(archived, url="http://policy.example/", captured="2004-05-12")

    shown = banner(client, archived.url)

    assert shown.a["href"] == "http://policy.example/"
    assert shown.time["datetime"] == "2004-05-12"
    assert "Captured on 12 May 2004" in " ".join(shown.get_text().split())


def test_the_day_is_that_of_the_address_that_an_archive_gave(archived):
    capture(archived, url=ADDRESS)

    found = captures_of([archived])[archived.pk]

    assert (found.url, found.captured) == (ADDRESS, date(2004, 5, 12))


@pytest.mark.parametrize(
    ("url", "captured"),
    [
        ("javascript:alert(1)", "soon"),
        ("file:///home/me/un.html", "2004-13-45"),
        ("https://archive.example/web/20049999/http://policy.example/", ""),
    ],
)
def test_an_address_or_a_day_that_is_none_is_not_shown(client, archived, url, captured):
    capture(archived, url=url, captured=captured)

    shown = banner(client, archived.url)

    assert [
        link["href"] for link in shown.select("a") if not link["href"].startswith("https")
    ] == []
    assert "Imported on" in shown.get_text()


def test_the_day_of_an_import_is_one_of_the_site(archived, settings):
    settings.TIME_ZONE = "America/Toronto"
    run = capture(archived)
    type(run).objects.update(started_at=datetime(2026, 5, 2, 1, 30, tzinfo=UTC))

    assert captures_of([archived])[archived.pk].imported == date(2026, 5, 1)


def test_an_import_that_was_undone_is_no_source(archived):
    run = capture(archived, url="http://policy.example/")
    run.items.update(undone=True)

    assert captures_of([archived]) == {}


def test_an_initiative_of_a_list_says_on_demand_where_it_comes_from(client, section):
    initiatives = make.initiatives(make.initiative("<p>Signed.</p>"))
    forum = make.forum_page(section, body=[initiatives])
    capture(forum, url="http://policy.example/un.html", captured="2004-05-12")
    make.forum_page(
        section, title="OAS", body=[make.initiatives(make.initiative("<p>Written here.</p>"))]
    )

    soup = BeautifulSoup(client.get(f"{section.url}initiatives/").content, "html.parser")

    (details,) = soup.select("details.hsec-provenance")
    (entry,) = soup.select("li:has(details.hsec-provenance)")
    assert "Signed." in entry.get_text()
    (link,) = details.select("a")
    assert link["href"] == "http://policy.example/un.html"


def test_provenance_costs_the_same_for_many_pages(client, section):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{section.url}initiatives/")
        return len(captured)

    def add(number: int) -> None:
        body = [make.initiatives(make.initiative(f"<p>{number}.</p>"))]
        capture(make.forum_page(section, title=f"Forum {number}", body=body), url=ADDRESS)

    add(0)
    queries()
    few = queries()
    for number in range(1, 12):
        add(number)

    assert queries() == few
