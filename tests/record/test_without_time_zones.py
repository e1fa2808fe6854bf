"""The record of a site with USE_TZ = False, whose moments are naive."""

from __future__ import annotations

from datetime import datetime, timedelta

import feedparser
import pytest

from hsec_wagtail.blocks.today import today
from hsec_wagtail.models import PublishedVersion
from hsec_wagtail.record.cite.formats import FORMATS as REFERENCES
from hsec_wagtail.record.formats.table import FORMATS
from tests import factories as make

RECORD = {
    "the page": "",
    "the list": "initiatives/",
    **{f"the list as {name}": f"initiatives/{name}/" for name in FORMATS},
    "the timeline": "timeline/",
    "the members": "members/",
    "their table": "members/csv/",
    "the members of a day": "members/?as-of=2004-04-30",
    "the data": "data/",
    "the changes": "changes/",
    "their feed": "changes/atom/",
    "the search": "?q=treaty",
    "the references": "cite/",
}


@pytest.fixture(autouse=True)
def without_time_zones(settings):
    settings.USE_TZ = False


@pytest.fixture
def published(section):
    """Return a section and a forum that were published twice, as editors do it."""
    told = make.initiatives(make.initiative("<p>Signed the treaty.</p>", dates=["1999-06"]))
    body = [make.members("Norway"), told]
    forum = make.forum_page(section, title="Lake council", slug="lakes", body=body)
    for page in (section, forum, forum):
        page.lead = f"{page.lead}<p>More.</p>"
        page.save_revision().publish()
        page.refresh_from_db()
    return section, forum


@pytest.mark.parametrize("address", RECORD.values(), ids=RECORD.keys())
def test_each_view_of_a_section_is_shown(client, published, address):
    section, _forum = published

    response = client.get(f"{section.url}{address}")

    assert response.status_code == 200
    # Files are made while they are sent.
    assert response.getvalue()


@pytest.mark.parametrize(
    ("days", "status"), [(0, 200), (-1, 404)], ids=["today", "before it was published"]
)
def test_a_page_is_shown_as_it_stood(client, published, days, status):
    day = today() + timedelta(days=days)

    for page in published:
        response = client.get(f"{page.url}?as-of={day}", follow=True)
        assert response.status_code == status


def test_a_forum_is_shown_and_cited(client, published):
    section, forum = published

    assert client.get(forum.url).status_code == 200
    for name in ("", *(f"{name}/" for name in REFERENCES)):
        assert client.get(f"{section.url}cite/{forum.pk}/{name}").status_code == 200


def test_the_feed_of_changes_gives_moments_in_utc(client, published, settings):
    settings.TIME_ZONE = "America/Toronto"
    section, forum = published
    forum.unpublish()
    PublishedVersion.objects.update(at=datetime(2004, 4, 30, 22, 15))

    content = client.get(f"{section.url}changes/atom/").content

    read = feedparser.parse(content)
    told = {entry[name] for entry in read.entries for name in ("published", "updated")}
    assert told | {read.feed.updated} == {"2004-05-01T02:15:00+00:00"}
    assert b'when="2004-05-01T02:15:00+00:00"' in content
    assert b"2004-04-30" not in content


def test_a_page_as_it_stood_gives_its_moment_in_utc(client, published, settings):
    settings.TIME_ZONE = "America/Toronto"
    section, _forum = published
    PublishedVersion.objects.update(at=datetime(2004, 4, 30, 22, 15))

    response = client.get(f"{section.url}?as-of=2004-05-01T02:15:00Z")

    assert response.status_code == 200
    assert response["Memento-Datetime"] == "Sat, 01 May 2004 02:15:00 GMT"
