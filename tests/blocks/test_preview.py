"""The frame of the block picker, in the sites of several hosts."""

import pytest
from bs4 import BeautifulSoup

from django.urls import reverse

from wagtail.users.models import UserProfile

from hsec_wagtail.base_template import django_engine
from hsec_wagtail.blocks import preview
from hsec_wagtail.blocks.body import default_body
from tests.admin.users import sign_in

QUOTE = default_body().child_blocks["quote"]


@pytest.fixture
def admin(client, superuser, home):
    client.force_login(superuser)
    return client


def address(block=QUOTE):
    return f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"


def soup_of(admin):
    return BeautifulSoup(admin.get(address()).content, "html.parser")


def test_a_preview_has_what_styles_and_holds_the_block_and_nothing_else(admin, settings):
    settings.HSEC_BASE_TEMPLATE = "hosts/typeface.html"

    soup = soup_of(admin)

    assert soup.select_one("html.site-html > body.site-body > main > .article > .hsec blockquote")
    assert [tag.name for tag in soup.select("style, script, header, footer, aside")] == ["style"]
    assert soup.select('link[href$="hsec.css"]')
    assert not soup.select('link[rel="canonical"]')
    assert soup.get_text(" ", strip=True).startswith("Preview for Quotation (QuoteBlock) A coast")
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"


@pytest.mark.parametrize(
    ("host", "blocks"),
    [
        ("no_container", {"title": "title", "head": "extra_css", "main": "hsec_place"}),
        ("reset", {"title": "title", "head": "extra_css", "main": "hsec_place"}),
        ("no_head", {"main": "hsec_place"}),
    ],
)
def test_a_preview_is_in_the_container_of_the_site(admin, settings, host, blocks):
    settings.HSEC_BASE_TEMPLATE = f"hosts/between_{host}.html"
    settings.HSEC_BASE_BLOCKS = blocks

    soup = soup_of(admin)

    assert soup.select(".container > .hsec blockquote")
    assert soup.select("style")
    assert soup.select('link[href$="hsec.css"]')
    assert not soup.select("nav")


def test_a_base_template_that_fails_without_a_page_of_its_site_leaves_the_block(
    admin, monkeypatch, caplog
):
    broken = django_engine().from_string("{% url 'none' %}")
    monkeypatch.setattr(preview, "get_frame", lambda: broken)

    soup = soup_of(admin)

    assert soup.select(".hsec blockquote")
    assert "does not show a block alone" in caplog.text


def test_words_of_previews_are_french_in_a_french_admin(admin, superuser):
    profile = UserProfile.get_for_user(superuser)
    profile.preferred_language = "fr"
    profile.save()

    soup = soup_of(admin)

    assert "côte" in soup.select_one("blockquote").get_text()


FONT = "selector => getComputedStyle(document.querySelector(selector)).fontFamily"


@pytest.mark.parametrize(
    ("base", "font"),
    [
        ("hosts/typeface.html", '"Host Grotesk", monospace'),
        ("hsec_wagtail/base.html", "system-ui, sans-serif"),
    ],
)
def test_a_preview_has_the_typeface_of_the_site(
    live_server, browser_page, client, home, superuser, settings, base, font
):
    settings.HSEC_BASE_TEMPLATE = base
    browser_page.set_default_timeout(120_000)
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    browser_page.goto(live_server.url + address())

    assert browser_page.evaluate(FONT, "blockquote") == font
