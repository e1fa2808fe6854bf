"""Pages as they stood on a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import ReferenceIndex

from hsec_wagtail.models import PublishedVersion
from hsec_wagtail.models.moves import MovedPart
from hsec_wagtail.record.history.moments import as_of_value
from tests import factories as make
from tests.record.history.test_noting import publish, restrict

START = datetime(2020, 1, 1, 12, tzinfo=UTC)


def spread(*pages: Any) -> None:
    """Let the versions of ``pages`` have begun a year after the other, the first of each in 2020."""
    for page in pages:
        rows = list(PublishedVersion.objects.filter(page=page.pk).order_by("pk"))
        for number, row in enumerate(rows):
            row.at = START.replace(year=2020 + number)
            row.until = START.replace(year=2021 + number) if row is not rows[-1] else None
            row.save()
        type(page).objects.filter(pk=page.pk).update(first_published_at=START)


def parse(response: Any) -> Any:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response: Any) -> str:
    return " ".join(parse(response).get_text(" ").split())


@pytest.fixture
def forum(section):
    body = [make.members("Norway"), make.paragraph("<p>Founded.</p>")]
    forum = make.forum_page(section, title="OAS", slug="oas", body=body)
    publish(forum, title="Organisation", body=[make.members("Chile")])
    spread(section, forum)
    return forum


def test_a_page_and_its_members_are_shown_as_they_stood(client, forum):
    response = client.get(f"{forum.url}?as-of=2020-06-30")

    soup = parse(response)
    assert soup.h1.get_text(strip=True) == "OAS"
    assert "Norway" in text_of(response)
    assert "Chile" not in text_of(response)
    assert "30 June 2020" in soup.select_one(".hsec-as-of").get_text(" ")


def test_a_section_shows_its_forums_as_they_stood(client, section, forum):
    later = make.forum_page(section, title="Later", slug="later")
    gone = make.forum_page(section, title="Gone", slug="gone")
    gone.unpublish()
    spread(gone)
    assert later.live

    text = text_of(client.get(f"{section.url}?as-of=2020-06-30"))

    assert "OAS" in text
    assert "Norway" in text
    for title in ("Later", "Organisation", "Gone"):
        assert title not in text


def test_an_old_version_is_kept_out_of_search_engines(client, forum):
    response = client.get(f"{forum.url}?as-of=2020-06-30")

    soup = parse(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.select_one("link[rel=canonical]")["href"].endswith(forum.url)


def test_the_headers_are_those_of_a_memento(client, forum):
    response = client.get(f"{forum.url}?as-of=2020-06-30")

    original = f"http://localhost{forum.url}"
    assert response["Memento-Datetime"] == "Wed, 01 Jan 2020 12:00:00 GMT"
    assert f'<{original}>; rel="original"' in response["Link"]
    assert (
        f'<{original}?as-of=2021-01-01T12:00:00Z>; rel="next memento";'
        ' datetime="Fri, 01 Jan 2021 12:00:00 GMT"'
    ) in response["Link"]
    assert "Accept-Datetime" not in response.get("Vary", "")
    assert "Memento-Datetime" not in client.get(forum.url)


def test_previous_and_next_lead_through_the_versions(client, forum):
    soup = parse(client.get(f"{forum.url}?as-of=2022-01-01"))
    before = soup.select_one(".hsec-as-of a[rel~=prev]")["href"]
    assert soup.h1.get_text(strip=True) == "Organisation"

    soup = parse(client.get(before))
    assert soup.h1.get_text(strip=True) == "OAS"
    assert soup.select_one(".hsec-as-of a[rel~=prev]") is None
    assert soup.select_one(".hsec-as-of a[rel~=next]") is not None


def test_a_change_of_a_forum_is_one_of_the_section_that_shows_it(client, section, forum):
    soup = parse(client.get(f"{section.url}?as-of=2020-06-30"))
    after = soup.select_one(".hsec-as-of a[rel~=next]")["href"]

    assert "Until: 1 January 2021" in " ".join(soup.select_one(".hsec-as-of").get_text(" ").split())
    assert "Organisation" in text_of(client.get(after))


def test_before_the_page_existed_there_is_nothing_but_since_when_it_is_known(client, forum):
    response = client.get(f"{forum.url}?as-of=2019-12-31")

    assert response.status_code == 404
    assert "It knows it from: 1 January 2020" in text_of(response)


def test_before_the_first_version_of_a_page_that_existed_leads_to_the_first(client, forum):
    type(forum).objects.filter(pk=forum.pk).update(first_published_at=START - timedelta(days=900))

    response = client.get(f"{forum.url}?as-of=2019-06-01")

    assert response.status_code == 302
    assert response["Location"] == f"{forum.url}?as-of=2020-01-01T12:00:00Z"


def test_a_time_of_privacy_is_not_shown_afterwards(client, section):
    forum = make.forum_page(section, title="OAS", slug="oas")
    restriction = restrict(forum)
    publish(forum, title="Secret")
    restriction.delete()
    publish(forum, title="Public again")
    rows = list(PublishedVersion.objects.filter(page=forum.pk).order_by("pk"))
    spread(forum)

    response = client.get(f"{forum.url}?as-of=2021-06-01")

    assert [row.kind for row in rows][:2] == ["published", "private"]
    assert response.status_code == 404
    assert "Secret" not in text_of(response)


def test_old_versions_are_as_private_as_the_page_is_today(client, section, forum):
    restrict(forum)

    assert client.get(f"{forum.url}?as-of=2020-06-30").status_code == 302
    assert "Norway" not in text_of(client.get(f"{section.url}?as-of=2020-06-30"))


def test_a_search_is_always_of_today(client, section, forum):
    soup = parse(client.get(f"{section.url}?as-of=2020-06-30&q="))

    assert soup.select_one(".hsec-as-of") is None


def test_what_a_draft_says_is_in_no_version(client, forum):
    draft = type(forum).objects.get(pk=forum.pk).get_latest_revision_as_object()
    draft.title = "A plan"
    draft.save_revision()

    assert "A plan" not in text_of(client.get(f"{forum.url}?as-of=2022-01-01"))


def test_what_is_filed_under_a_topic_is_known_of_today_only(client, section):
    topic = make.topic_page(section)
    filed = make.initiatives(make.initiative("<p>Mines were cleared.</p>", topics=[topic]))
    make.forum_page(section, title="OAS", slug="oas", body=[filed])
    spread(topic)
    today = text_of(client.get(topic.url))

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{topic.url}?as-of=2022-01-01")

    assert not [sql for sql in queries if ReferenceIndex._meta.db_table in sql["sql"]]
    assert response.status_code == 200
    assert "Mines" in today
    assert "Mines" not in text_of(response)


def test_which_forums_left_a_section_is_known_of_today_only(client, section, forum):
    other = make.section_page(section.get_parent(), title="Elsewhere", slug="elsewhere")
    type(forum).objects.get(pk=forum.pk).move(other, pos="last-child")
    spread(section)
    today = parse(client.get(section.url))

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{section.url}?as-of=2022-01-01")

    assert not [sql for sql in queries if MovedPart._meta.db_table in sql["sql"]]
    assert response.status_code == 200
    assert today.select_one("#hsec-moved")
    assert parse(response).select_one("#hsec-moved") is None


def test_the_number_of_queries_does_not_grow(client, section, forum):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{section.url}?as-of=2022-01-01").status_code == 200
        return len(found)

    queries()
    few = queries()
    pages = [
        make.forum_page(section, title=f"F{n}", slug=f"f{n}", body=[make.members("Chad")])
        for n in range(5)
    ]
    spread(*pages)

    assert queries() == few


HOSTILE = [
    "", "today", "2020-13-01", "2020-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "2999-01-01",
    "-1", "\0", "\ud800", "x" * 10_000, "2020-06-30T25:00:00Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z", "２０２０-06-30", "<b>2020", "2020-06-30\n",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Vancouver"])
def test_no_day_breaks_a_page(client, settings, forum, value, zone):
    settings.TIME_ZONE = zone
    text = quote(value.encode("utf-8", "surrogatepass"))

    response = client.get(f"{forum.url}?as-of={text}")

    assert response.status_code == 404
    assert b"<b>" not in response.content


def test_a_moment_is_written_as_it_is_read():
    assert as_of_value(START.replace(microsecond=5)) == "2020-01-01T12:00:00.000005Z"
