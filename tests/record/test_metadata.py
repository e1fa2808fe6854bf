"""What the head of a page says to programs: JSON-LD, OpenGraph, Dublin Core, and the sitemap."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from pyld import jsonld

from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.contrib.sitemaps.views import sitemap
from wagtail.models import Locale, PageViewRestriction, Site

from hsec_wagtail.models import SiteRecordSettings, SiteRecordWords
from hsec_wagtail.record.json_ld import script_json
from hsec_wagtail.record.sitemaps import SitemapInAllLanguages
from tests import factories as make
from tests.record.captured import capture

SCHEMA = "http://schema.org/"
#: What schema.org knows of each type that we use.
PROPERTIES = {
    "WebPage": set(
        "url name description inLanguage datePublished dateModified creativeWorkStatus license publisher isPartOf"
        " isBasedOn archivedAt breadcrumb".split()
    ),
    "Dataset": set(
        "url name description inLanguage license creativeWorkStatus isPartOf publisher distribution".split()
    ),
    "DataDownload": {"encodingFormat", "contentUrl"},
    "GovernmentOrganization": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
PROPERTIES["CollectionPage"] = PROPERTIES["WebPage"]
PROPERTIES["Organization"] = PROPERTIES["GovernmentOrganization"]


def load(address: str, options: Any) -> dict[str, Any]:
    """Return the context of schema.org as far as we need it, without the network."""
    assert address == "https://schema.org"
    of_ids = {name: {"@type": "@id"} for name in ("isPartOf", "publisher", "breadcrumb")}
    terms = {name: {"@id": f"{SCHEMA}{name}", **kind} for name, kind in of_ids.items()}
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": {"@vocab": SCHEMA, **terms}},
    }


def head(client: Any, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


def graph(soup: Any) -> dict[str, dict[str, Any]]:
    """Return the things of the one JSON-LD of a page by their types."""
    (script,) = soup.select('script[type="application/ld+json"]')
    data = json.loads(script.string)
    things = {thing["@type"]: thing for thing in data["@graph"]}
    assert len(things) == len(data["@graph"])
    return things


def expanded(soup: Any) -> list[Any]:
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    found: list[Any] = jsonld.expand(data, {"documentLoader": load})
    return found


def typed(value: Any) -> Any:
    """Yield all nodes of an expanded document that have a type."""
    if isinstance(value, list):
        for one in value:
            yield from typed(one)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for inner in value.values():
            yield from typed(inner)


@pytest.fixture
def said(home):
    record = SiteRecordSettings.objects.create(site=Site.objects.get(is_default_site=True))
    return SiteRecordWords.objects.create(
        record=record,
        locale=Locale.get_default(),
        organisation="Department </script> & Co",
        licence="Open licence",
        licence_url="https://licence.example/",
    )


def test_json_ld_says_only_what_schema_org_knows_of_its_types(client, said, section):
    forum = make.forum_page(section, changed=date(2004, 5, 12))
    capture(forum, url="http://policy.example/un.html")

    for address in (section.url, forum.url, f"{section.url}initiatives/"):
        nodes = list(typed(expanded(head(client, address))))
        assert nodes
        for node in nodes:
            (kind,) = node["@type"]
            names = {name.removeprefix(SCHEMA) for name in node if not name.startswith("@")}
            assert names <= PROPERTIES[kind.removeprefix(SCHEMA)], kind


def test_a_page_names_its_way_its_publisher_and_its_real_dates(client, said, home, section):
    published = timezone.now()
    forum = make.forum_page(
        section, changed=date(2004, 5, 12), first_published_at=published, lead="<p>Lead.</p>"
    )

    things = graph(head(client, forum.url))

    page, crumbs = things["WebPage"], things["BreadcrumbList"]
    assert page["url"] == forum.full_url
    assert page["dateModified"] == "2004-05-12"
    assert page["datePublished"] == timezone.localdate(published).isoformat()
    assert (page["creativeWorkStatus"], page["description"]) == ("Published", "Lead.")
    assert page["license"] == "https://licence.example/"
    assert page["publisher"]["@id"] == things["GovernmentOrganization"]["@id"]
    assert things["GovernmentOrganization"]["name"] == said.organisation
    assert [(item["position"], item["name"]) for item in crumbs["itemListElement"]] == [
        (1, home.title),
        (2, "Human security"),
        (3, "United Nations"),
    ]


def test_an_imported_page_does_not_say_the_day_of_the_import_for_its_own(client, home):
    section = make.section_page(
        home, status="ended", first_published_at=timezone.now(), last_published_at=timezone.now()
    )
    capture(section, url="http://policy.example/")

    page = graph(head(client, section.url))["CollectionPage"]

    assert "datePublished" not in page
    assert "dateModified" not in page
    assert page["creativeWorkStatus"] == "Archived"
    assert page["archivedAt"] == page["isBasedOn"] == "http://policy.example/"


def test_the_list_of_initiatives_is_a_data_set_with_its_files(client, said, section):
    dataset = graph(head(client, f"{section.url}initiatives/"))["Dataset"]

    assert dataset["name"] == "Initiatives: Human security"
    assert {(one["encodingFormat"], one["contentUrl"]) for one in dataset["distribution"]} == {
        (kind, f"{section.full_url}initiatives/{name}/")
        for kind, name in (
            ("text/csv", "csv"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            ("application/json", "json"),
            ("application/ld+json", "json-ld"),
            ("text/calendar", "ical"),
        )
    }
    filtered = head(client, f"{section.url}initiatives/?from=2000")
    assert filtered.select('script[type="application/ld+json"]') == []


def test_nothing_in_json_ld_ends_its_element():
    text = script_json({"name": "</script><!-- & \u2028"})

    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": "</script><!-- & \u2028"}


def test_open_graph_and_dublin_core_say_the_same_as_the_page(client, said, section):
    forum = make.forum_page(section, changed=date(2004, 5, 12))

    soup = head(client, forum.url)

    properties = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
    names = {tag["name"]: tag["content"] for tag in soup.select("meta[name]")}
    assert properties["og:title"] == names["DC.title"] == forum.title
    assert properties["og:url"] == names["DC.identifier"] == forum.full_url
    assert properties["og:type"] == "article"
    assert properties["article:modified_time"] == names["DC.date"] == "2004-05-12"
    assert names["DC.publisher"] == said.organisation
    assert names["DC.rights"] == "Open licence"
    # By this Zotero would file the page as an article of a journal.
    assert not [name for name in names if name.startswith("citation_")]


def test_a_site_that_has_its_own_metadata_leaves_ours_out(client, section, settings):
    settings.HSEC_LEAVE_OUT = ["metadata"]

    for view in ("", "initiatives/", "members/", "timeline/", "changes/", "data/"):
        soup = head(client, section.url + view)
        found = soup.select("script, meta[property], link[hreflang], meta[name^='DC']")
        assert found == []
        assert soup.select("link[rel=canonical]") == []


@pytest.mark.parametrize("view", ["", "initiatives/"])
def test_translations_are_alternates_with_a_default(client, section, french, home, settings, view):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    home.copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)
    translated.save_revision().publish()

    soup = head(client, section.url + view)

    assert {one["hreflang"]: one["href"] for one in soup.select("link[hreflang]")} == {
        "en": section.full_url + view,
        "fr": translated.full_url + view,
        "x-default": section.full_url + view,
    }


NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def sitemap_of(rf: Any, **arguments: Any) -> dict[str, dict[str, str]]:
    """Return the addresses of the sitemap with their alternates, as the protocol says."""
    response = sitemap(rf.get("/sitemap.xml"), **arguments).render()
    found: dict[str, dict[str, str]] = {}
    for url in ET.fromstring(response.content).findall("s:url", NAMESPACES):  # noqa: S314
        (address,) = (one.text or "" for one in url.findall("s:loc", NAMESPACES))
        assert address.startswith("http")
        assert len(address) < 2048
        assert address not in found
        for modified in url.findall("s:lastmod", NAMESPACES):
            date.fromisoformat(modified.text or "")
        found[address] = {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in url.findall("x:link[@rel='alternate']", NAMESPACES)
        }
    return found


def test_the_sitemap_has_pages_and_views_with_their_translations(
    rf, section, french, home, settings
):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    home.copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)
    translated.save_revision().publish()
    private = make.forum_page(section, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make.forum_page(section, title="Draft", live=False)

    found = sitemap_of(rf, sitemaps={"pages": SitemapInAllLanguages})

    both = {"en": section.full_url, "fr": translated.full_url, "x-default": section.full_url}
    assert found[section.full_url] == found[translated.full_url] == both
    assert found[f"{section.full_url}initiatives/"] == {
        code: f"{address}initiatives/" for code, address in both.items()
    }
    assert not [address for address in found if "private" in address or "draft" in address]
    assert not [address for address in found if "/cite/" in address]
    # Each alternate names all of them, itself among them.
    for address, links in found.items():
        assert not links or address in links.values()


def test_a_sitemap_costs_the_same_for_many_pages(rf, section, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            sitemap_of(rf)
        return len(captured)

    make.forum_page(section, title="First")
    queries()
    few = queries()
    for number in range(20):
        make.forum_page(section, title=f"Forum {number}")

    assert queries() == few


def test_a_page_that_is_not_saved_has_no_metadata(home, rf):
    page = make.section_page(home)
    page.pk = None
    source = "{% load hsec_record %}{% hsec_metadata as found %}{{ found }}"

    assert Template(source).render(Context({"page": page, "request": rf.get("/")})) == "None"
