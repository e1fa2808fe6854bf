"""The API says what the pages show."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import PageViewRestriction

from hsec_wagtail.api import QuickLinksAPIViewSet
from tests import factories as make
from tests.urls import urlpatterns as site_urls

api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesAPIViewSet)
api.register_endpoint("quick-links", QuickLinksAPIViewSet)
urlpatterns = [path("api/v2/", include((api.get_urlpatterns(), "wagtailapi"))), *site_urls]


@pytest.fixture(autouse=True)
def api_urls(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def section(home):
    return make.section_page(home)


def get(client, address, status=200):
    response = client.get(f"/api/v2/{address}")
    assert response.status_code == status, response.content
    return response.json()


def headings(answer):
    return [item["heading"] for item in answer["items"]]


def test_quick_links_of_a_page_are_those_that_it_shows(client, home, section):
    forum = make.forum_page(section)
    make.quick_links("Home", page=home)
    make.quick_links("Section", page=section)

    assert headings(get(client, f"quick-links/?page={forum.pk}")) == ["Section"]
    assert headings(get(client, f"quick-links/?page={home.pk}")) == ["Home"]


def test_quick_links_are_found_by_language_and_slug(client, section, french):
    make.quick_links("Menu", slug="menu", page=section)
    make.quick_links("Menu en français", slug="menu", locale=french)
    make.quick_links("More", slug="more")

    assert headings(get(client, "quick-links/?slug=menu&locale=fr")) == ["Menu en français"]
    assert headings(get(client, "quick-links/?slug=menu")) == ["Menu", "Menu en français"]


def test_links_lead_to_the_language_of_the_page(client, section, french):
    translated = section.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    topic = make.topic_page(section)
    links = [make.quick_link("Here", page=section), make.quick_link("Arms", page=topic)]
    make.quick_links("Menu", page=section, links=links)

    (group,) = get(client, f"quick-links/?page={translated.pk}")["items"]

    assert group["shown_links"] == [
        {"label": "Here", "url": translated.get_full_url(), "language": ""},
        {"label": "Arms", "url": topic.get_full_url(), "language": "en"},
    ]


def test_what_is_private_or_a_draft_is_not_said(client, home, section):
    secret = make.forum_page(section, title="Secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    make.quick_links("Beside secret", page=secret)
    make.quick_links("Draft", page=home, live=False)
    make.quick_links("Public", page=home, links=[make.quick_link("In", page=secret)])

    (group,) = get(client, "quick-links/?fields=*")["items"]

    assert group["shown_links"] == [{"label": "In", "url": "", "language": ""}]
    get(client, f"quick-links/?page={secret.pk}", status=404)
    get(client, "quick-links/?page=x", status=400)


def test_a_page_that_no_id_can_be_is_refused(client, section):
    get(client, f"quick-links/?page={'9' * 5000}", status=400)


def test_many_groups_cost_as_much_as_one(client, home, section):
    topic = make.topic_page(section)
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make.quick_links("Links", page=section, links=[make.quick_link("On", page=topic)])
        client.get("/api/v2/quick-links/")
        with CaptureQueriesContext(connection) as queries:
            get(client, "quick-links/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def page_fields(client, page):
    return get(client, f"pages/{page.pk}/")


def test_a_topic_says_its_initiatives(client, section):
    topic = make.topic_page(section)
    one = make.initiative("<p>Signed.</p>", dates=["2004-04"], topics=[topic])
    make.forum_page(section, body=[make.initiatives(one)])

    (entry,) = page_fields(client, topic)["initiatives"]

    assert entry["html"] == "<p>Signed.</p>"
    assert [date["words"] for date in entry["dates"]] == ["April 2004"]
    assert entry["page"]["title"] == "United Nations"


def test_a_page_says_the_notices_that_it_inherits(client, home):
    notice = make.notice("<p>For the record.</p>", kind="historical")
    section = make.section_page(home, body=[notice])

    (inherited,) = page_fields(client, make.forum_page(section))["inherited_notices"]

    assert (inherited["type"], inherited["id"]) == ("notice", notice["id"])
    assert page_fields(client, section)["inherited_notices"] == []


def test_a_section_says_the_anchors_of_its_forums(client, section):
    for slug in ("first", "second"):
        make.forum_page(section, title="United Nations", slug=slug, short_name="UN", anchor="un")

    forums = page_fields(client, section)["forums"]

    assert [forum["anchor"] for forum in forums] == ["un", "un-2"]


def test_a_body_says_anchors_levels_dates_and_groups_as_they_are_shown(client, section, french):
    old = make.initiative("<p>a</p>", dates=["1999-03"])
    new = make.initiative("<p>b</p>", dates=["2004"])
    body = [
        make.heading("Reports", anchor="reports", level="3"),
        make.initiatives(old, new, grouping="year"),
        make.heading("Reports", anchor="reports"),
        make.paragraph(),
    ]
    parent = section.copy_for_translation(french, copy_parents=True)
    parent.save_revision().publish()
    forum = make.forum_page(
        parent, body=body, locale=french, status="announced", expected="2004-04"
    )

    said = page_fields(client, forum)

    first, listed, second, text = said["body"]
    assert said["expected_in_words"] == "avril 2004"
    assert [first["value"]["anchor"], second["value"]["anchor"]] == ["reports", "reports-2"]
    assert [one["heading_level"] for one in (first, listed, second, text)] == [3, 4, 2, 3]
    assert listed["value"]["initiatives"][0]["dates"][0]["words"] == "mars 1999"
    assert listed["value"]["groups"] == [
        {"heading": "2004", "initiatives": [new["id"]]},
        {"heading": "1999", "initiatives": [old["id"]]},
    ]
