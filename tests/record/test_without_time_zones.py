"""The record of a site with USE_TZ = False, whose moments are naive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hsec_wagtail.blocks.today import today
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
