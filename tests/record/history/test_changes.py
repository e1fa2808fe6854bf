"""What changed, as lists and as a feed."""

from __future__ import annotations

from datetime import date
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hsec_wagtail.models import PublishedVersion
from tests import factories as make
from tests.record.history.test_noting import publish, restrict


def page(client: Any, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def listed(client: Any, section: Any, query: str = "") -> list[str]:
    soup = page(client, f"{section.url}changes/{query}")
    return [
        " ".join(entry.get_text(" ", strip=True).split()[3:])
        for entry in soup.select(".hsec-page__content .hsec-change")
    ]


def feed(client: Any, section: Any) -> Any:
    return feedparser.parse(client.get(f"{section.url}changes/atom/").content)


@pytest.fixture
def forum(section):
    return make.forum_page(section, title="OAS", slug="oas")


def test_changes_are_listed_newest_first(client, section, forum):
    publish(forum, changed=date(2004, 5, 1), change_note="New members.")

    changed, *published = listed(client, section)
    assert changed == (
        "Changed OAS New members. Date modified, as the page gives it: 1 May 2004"
        " As it stood then · Compare with the version before"
    )
    assert published == [
        "Published OAS As it stood then",
        "Published Human security As it stood then",
    ]


def test_a_withdrawn_page_is_named_and_leads_nowhere(client, section, forum):
    forum.delete()

    assert listed(client, section)[0] == "Withdrawn OAS"


def test_of_a_page_made_private_nothing_is_said_but_that_it_is_gone(client, section, forum):
    restrict(forum)

    assert listed(client, section)[0] == "Withdrawn A page that is no longer public"
    assert "OAS" not in client.get(f"{section.url}changes/").content.decode()
    assert "OAS" not in client.get(f"{section.url}changes/atom/").content.decode()


@pytest.mark.parametrize("live", [True, False], ids=["published", "unpublished"])
def test_earlier_withdrawals_of_a_page_made_private_do_not_name_it(client, section, forum, live):
    forum.unpublish()
    forum = publish(forum)
    if not live:
        forum.unpublish()
    restrict(forum)

    assert listed(client, section) == [
        "Withdrawn A page that is no longer public",
        "Published Human security As it stood then",
    ]
    assert "OAS" not in client.get(f"{section.url}changes/").content.decode()
    assert "OAS" not in client.get(f"{section.url}changes/atom/").content.decode()


@pytest.mark.parametrize("together", [True, False], ids=["with a page above", "by itself"])
@pytest.mark.parametrize("moved", [True, False], ids=["moved", "restricted"])
def test_a_deleted_page_is_not_named_once_a_page_above_it_is_private(
    client, section, forum, together, moved
):
    between = make.policy_page(forum, title="Between", slug="between")
    gone = make.policy_page(between, title="Landmines", slug="landmines")
    if not together:
        gone.delete()
    type(between).objects.get(pk=between.pk).delete()
    assert "Landmines" in client.get(f"{section.url}changes/").content.decode()

    if moved:
        private = make.section_page(section.get_parent(), title="Private", slug="private")
        restrict(private)
        type(forum).objects.get(pk=forum.pk).move(private, pos="last-child")
    else:
        restrict(forum)

    for path in ("", "atom/"):
        content = client.get(f"{section.url}changes/{path}").content.decode()
        assert "Landmines" not in content
        assert "Between" not in content


def test_a_page_deleted_beside_a_page_made_private_keeps_its_title(client, section, forum):
    make.forum_page(section, title="APEC", slug="apec").delete()
    restrict(forum)

    assert "Withdrawn APEC" in listed(client, section)


def test_a_private_section_has_no_list_and_its_parent_does_not_tell(client, admin_client, section):
    below = make.section_page(section, title="Arms", slug="arms")
    make.forum_page(below, title="OAS").delete()
    restrict(below)

    assert admin_client.get(f"{below.url}changes/").status_code == 404
    assert "OAS" not in client.get(f"{section.url}changes/").content.decode()


def test_the_feed_says_what_is_withdrawn(client, section, forum):
    uid = PublishedVersion.objects.get(page=forum.pk).uid
    entry = feed(client, section).entries[0]
    assert (entry.title, entry.id) == ("Published: OAS", f"urn:uuid:{uid}")
    forum.unpublish()

    read = feed(client, section)
    assert not read.bozo
    assert [one.title for one in read.entries] == ["Withdrawn: OAS", "Published: Human security"]
    assert read.entries[0].tags[0].term == "withdrawn"
    content = client.get(f"{section.url}changes/atom/").content.decode()
    assert f'<at:deleted-entry ref="urn:uuid:{uid}"' in content


@pytest.mark.parametrize("path", ["", "atom/"])
def test_the_number_of_queries_does_not_grow(client, section, path):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{section.url}changes/{path}").status_code == 200
        return len(found)

    make.forum_page(section, title="F", slug="f")
    queries()
    few = queries()
    for number in range(5):
        one = make.forum_page(section, title=f"F{number}", slug=f"f{number}")
        publish(one, changed=date(2004, 5, 1))

    assert queries() == few


def test_a_page_shows_its_updates(client, section, forum):
    publish(forum, changed=date(2004, 5, 1), change_note="New members.")

    soup = page(client, forum.url)
    assert "Date modified 1 May 2004" in soup.select_one(".hsec-modified").get_text(" ", strip=True)
    updates = soup.select_one(".hsec-updates")
    assert len(updates.select(".hsec-change")) == 2
    (whole,) = [a["href"] for a in updates.select("a") if "?of=" in a["href"]]
    assert listed(client, section, whole.partition("/changes/")[2])[1:] == [
        "Published OAS As it stood then"
    ]


def test_a_page_without_a_day_of_change_says_since_when_it_is_there(client, section, forum):
    text = page(client, forum.url).select_one(".hsec-modified").get_text(" ", strip=True)

    assert text.startswith("Published on this site")


def test_a_view_of_the_record_says_when_it_changed(client, section, forum):
    text = page(client, f"{section.url}initiatives/").select_one(".hsec-modified").get_text()

    assert "Date modified" in text


HOSTILE = ["", "0", "-1", "x", "\0", "\ud800", "9" * 10_000, "१", "1e3", "<b>", "' OR 1=1 --"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["of", "page", "of[]"])
def test_no_query_string_breaks_the_list(client, section, name, value):
    from urllib.parse import quote

    text = quote(value.encode("utf-8", "surrogatepass"))
    response = client.get(f"{section.url}changes/?{name}={text}&{name}=1")

    assert response.status_code in (200, 404)
    assert b"<b>" not in response.content
