"""Pages of forums and topics: neighbours, and the topics of each initiative."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from tests import factories as make


def page(client: Any, shown: Any) -> Any:
    response = client.get(shown.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def offered(soup: Any) -> list[str]:
    return [link.get_text() for link in soup.select("nav[aria-labelledby=hsec-neighbours] a")]


def test_a_forum_offers_the_other_forums_that_may_be_read(client, section):
    forums = [make.forum_page(section, title=f"Forum {number}") for number in range(4)]
    make.topic_page(section, title="Small arms")
    make.forum_page(section, title="Draft", live=False)
    PageViewRestriction.objects.create(page=forums[3], restriction_type="login")

    assert offered(page(client, forums[1])) == ["Forum 0", "Forum 2"]


def test_a_topic_offers_the_other_topics(client, section):
    topics = [make.topic_page(section, title=title) for title in ("Arms", "Children")]
    make.forum_page(section)

    assert offered(page(client, topics[0])) == ["Children"]


def test_neighbours_are_bounded_and_cost_the_same_however_many_there_are(client, section):
    first, last = (make.forum_page(section, title=title) for title in ("First", "Last"))
    page(client, first)
    with CaptureQueriesContext(connection) as few:
        page(client, first)
    for number in range(30):
        make.forum_page(section, title=f"Forum {number}")
    with CaptureQueriesContext(connection) as many:
        soup = page(client, first)

    assert offered(soup)[0] == last.title
    assert len(offered(soup)) == 8
    assert len(many) == len(few)


def test_an_initiative_on_the_page_of_its_forum_links_its_topics(client, section):
    arms = make.topic_page(section, title="Small arms")
    secret = make.topic_page(section, title="Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    item = make.initiative("<p>Signed it.</p>", topics=[arms, secret])
    forum = make.forum_page(section, body=[make.initiatives(item)])

    links = page(client, forum).select(".hsec-initiative__topics a")

    assert [(link.get_text(), link["href"]) for link in links] == [("Small arms", arms.url)]
    assert page(client, section).select(".hsec-initiative__topics") == []


def test_forum_and_topic_lead_to_the_list_filtered_by_them(client, section):
    arms = make.topic_page(section, title="Small arms", slug="arms")
    item = make.initiative("<p>Signed it.</p>", topics=[arms])
    forum = make.forum_page(section, slug="un", body=[make.initiatives(item)])
    empty = make.forum_page(section, title="Empty")

    links = {
        one.pk: [link["href"] for link in page(client, one).select(".hsec-filter__files a")]
        for one in (arms, forum, empty)
    }

    assert links == {
        arms.pk: [f"{section.url}initiatives/?topic=arms"],
        forum.pk: [f"{section.url}initiatives/?forum=un"],
        empty.pk: [],
    }
    assert client.get(links[arms.pk][0]).context_data["found"].count == 1
