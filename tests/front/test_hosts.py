"""Our pages in the base templates of sites of three shapes, as the how-to says."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.contrib.contenttypes.models import ContentType

from hsec_wagtail import checks
from hsec_wagtail.models import ImportItem, ImportRun

HOSTS = {
    "no_container": {"title": "title", "head": "extra_css", "main": "hsec_place"},
    "reset": {"title": "title", "head": "extra_css", "main": "hsec_place"},
    "no_head": {"main": "hsec_place"},
}


@pytest.fixture(params=HOSTS)
def host(request, settings):
    """Put the pages into a template between ours and that of a site."""
    settings.HSEC_BASE_TEMPLATE = f"hosts/between_{request.param}.html"
    settings.HSEC_BASE_BLOCKS = HOSTS[request.param]
    return request.param


def soup_of(client, page):
    return BeautifulSoup(client.get(page.get_url()).content, "html.parser")


def test_pages_are_in_the_container_once_with_a_style_sheet_and_one_breadcrumb(
    client, front_site, host
):
    soup = soup_of(client, front_site.pages["forum"])

    assert len(soup.select(".container > .hsec-page")) == 1
    assert len(soup.select('link[href$="hsec.css"]')) == 1
    assert len(soup.select("[aria-label*='readcrumb']")) == 1


def test_a_site_without_a_template_between_leaves_out_what_it_shows_itself(
    client, front_site, settings
):
    settings.HSEC_BASE_TEMPLATE = "hosts/no_container.html"
    settings.HSEC_BASE_BLOCKS = {"title": "title", "head": "extra_css", "main": "content"}
    settings.HSEC_WRAPPER_CLASS = "container"
    settings.HSEC_LEAVE_OUT = ["breadcrumb", "description"]

    soup = soup_of(client, front_site.pages["forum"])

    assert len(soup.select(".container > .hsec-page")) == 1
    assert len(soup.select('meta[name="description"]')) == 1
    assert [nav["aria-label"] for nav in soup.select("[aria-label*='readcrumb']")] == [
        "Host breadcrumb"
    ]


@pytest.mark.parametrize(("left_out", "titles"), [([], 1), (["title"], 0)])
def test_a_site_without_a_block_for_the_title_gets_one_in_the_head(
    client, front_site, settings, left_out, titles
):
    settings.HSEC_BASE_BLOCKS = {"head": "extra_css", "main": "content"}
    settings.HSEC_BASE_TEMPLATE = "hosts/reset.html"
    settings.HSEC_LEAVE_OUT = left_out

    soup = soup_of(client, front_site.pages["forum"])

    found = [title.get_text(strip=True) for title in soup.select("title")]
    assert found.count("Council of Seas") == titles


def test_the_check_says_what_a_host_without_a_head_block_lacks(settings):
    settings.HSEC_BASE_TEMPLATE = "hosts/no_head.html"
    settings.HSEC_BASE_BLOCKS = {"main": "content"}

    found = checks.check_base_template()

    assert [message.id for message in found] == ["hsec.W002", "hsec.W003"]
    assert "'hosts/no_head.html'" in found[0].msg
    assert "breadcrumbs, content" in str(found[0].hint)


def test_what_cannot_be_left_out_is_named(settings):
    settings.HSEC_LEAVE_OUT = ["menu"]

    assert [message.id for message in checks.check_left_out()] == ["hsec.E008"]


def test_links_paragraphs_and_lists_survive_a_reset(
    browser_page, live_server, front_site, settings
):
    settings.HSEC_BASE_TEMPLATE = "hosts/between_reset.html"
    settings.HSEC_BASE_BLOCKS = HOSTS["reset"]

    browser_page.goto(live_server.url + front_site.pages["policy"].get_url())

    style = "(element, name) => getComputedStyle(element)[name]"
    prose = browser_page.locator(".hsec-prose").first
    link = prose.locator("a").first.evaluate(style, "textDecorationLine")
    bullets = prose.locator("ul").first.evaluate(style, "listStyleType")
    margin = prose.locator("ul").first.evaluate(style, "marginBlockStart")
    beside = browser_page.locator(".hsec-quick-links__link").first
    assert (link, bullets) == ("underline", "disc")
    assert beside.evaluate(style, "textDecorationLine") == "underline"
    assert margin != "0px"


@pytest.mark.parametrize(
    "name", ["section", "initiatives", "timeline", "members", "data", "search"]
)
def test_each_link_of_a_view_looks_like_one_after_a_reset(
    browser_page, live_server, front_site, settings, name
):
    settings.HSEC_BASE_TEMPLATE = "hosts/between_reset.html"
    settings.HSEC_BASE_BLOCKS = HOSTS["reset"]

    browser_page.goto(live_server.url + front_site.addresses[name])

    plain = """links => links.filter(link => !link.hasAttribute("aria-current")
        && !getComputedStyle(link).textDecorationLine.includes("underline")).map(link => link.textContent)"""
    links = browser_page.locator(".hsec-page a[href]")
    assert links.count() > 3
    assert links.evaluate_all(plain) == []


@pytest.mark.parametrize(
    ("active", "words"), [("de", "Search this section"), ("fr", "Search this")]
)
def test_english_content_on_a_site_in_another_language_says_so(
    client, front_site, settings, active, words
):
    """The locale of the page is that of the site; only the record of the import knows better."""
    settings.WAGTAIL_I18N_ENABLED = False
    settings.LANGUAGES = [("de", "Deutsch"), ("fr", "Français"), ("en", "English")]
    section = front_site.pages["section"]
    section.locale.language_code = active
    section.locale.save()
    run = ImportRun.objects.create(status="done", source_name="a")
    run.items.create(
        position=1, object_id=str(section.pk), key="a", title="A", language="en",
        action=ImportItem.Action.CREATE, content_type=ContentType.objects.get_for_model(section),
    )  # fmt: skip

    response = client.get(section.get_url(), headers={"accept-language": active})

    soup: Any = BeautifulSoup(response.content, "html.parser")
    wrapper = soup.select_one(".hsec-page")
    assert (soup.html["lang"], wrapper["lang"]) == ("en", "en")
    assert words in wrapper.get_text()
    assert wrapper.select_one(".hsec-search__button").get_text(strip=True) == "Search"
    assert wrapper.select_one(".hsec-breadcrumb__link")["lang"] == active
