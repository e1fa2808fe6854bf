"""A site whose router has all endpoints."""

from typing import Any

import pytest

from django.urls import include, path

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from hsec_wagtail.api import register_endpoints
from tests import factories as make
from tests.urls import urlpatterns as site_urls

api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesAPIViewSet)
register_endpoints(api)
urlpatterns = [path("api/v2/", include((api.get_urlpatterns(), "wagtailapi"))), *site_urls]


@pytest.fixture(autouse=True)
def api_urls(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def section(home):
    """Return a published section below the home page."""
    return make.section_page(home)


@pytest.fixture
def get(client):
    """Return a function that asks the API and returns the JSON of its answer."""

    def ask(address: str, *, status: int = 200) -> Any:
        response = client.get(f"/api/v2/{address}")
        assert response.status_code == status, response.content
        return response.json()

    return ask


@pytest.fixture
def record(section):
    """Return the pages of a small record: two forums, a topic, three initiatives, three memberships."""
    topic = make.topic_page(section, lead="<p>About arms.</p>")
    one = make.initiative(
        f"<p>Signed in {make.page_link(topic, 'April 2004')}.</p>",
        dates=[("2004-04", "signed", "April 2004")],
        topics=[topic],
    )
    two = make.initiative("<p>Paid for clearance.</p>", dates=["1999", "2001/2002"])
    three = make.initiative("<p>Lends ships.</p>")
    members = make.block(
        "members",
        {
            "intro": "",
            "display": "list",
            "members": [
                make.item({"name": name, "country": country, "role": role, **dates})
                for name, country, role, dates in (
                    ("Canada", "CA", "member", {"since": "1996", "until": ""}),
                    ("Norway", "NO", "member", {"since": "", "until": "2003-05"}),
                    ("League", "", "observer", {"since": "2005~", "until": "…"}),
                )
            ],
        },
    )
    un = make.forum_page(
        section, slug="un", short_name="UN", body=[make.initiatives(one, two), members]
    )
    osce = make.forum_page(section, title="OSCE", slug="osce", body=[make.initiatives(three)])
    return {"section": section, "topic": topic, "un": un, "osce": osce}
