"""The lists and panels of the admin in a real browser: accessible, in a narrow window, by keyboard."""

from datetime import date

import pytest

from django.urls import reverse

from tests import factories as make
from tests.admin.users import sign_in, user_with
from tests.browser import accessibility_findings

pytestmark = pytest.mark.browser

SIZES = {"wide": 1280, "narrow": 320}
LISTS = [
    "hsec_forum_pages:index",
    "wagtailsnippets_hsec_wagtail_quicklinkssnippet:list",
    "wagtailadmin_home",
]


@pytest.fixture
def addresses(live_server, section):
    body = [
        make.initiatives(make.initiative("<p>Ratified it.</p>", dates=["2004-04"])),
        make.link("Not there yet"),
    ]
    forum = make.forum_page(section, title="Council", changed=date(2004, 5, 1), body=body)
    make.forum_page(section, title="Centre", status="announced", expected="1999", live=False)
    make.quick_links("Agenda", page=section, links=[make.quick_link("Soon")])
    paths = [reverse(name) for name in LISTS]
    paths.append(reverse("wagtailadmin_pages:edit", args=[forum.pk]) + "#tab-promote")
    return [live_server.url + path for path in paths]


@pytest.fixture
def page(browser_page, client, live_server, section):
    """Return a page of an editor of the section who is logged in."""
    editor = user_with("change_page", "add_page", name="editor", page=section)
    sign_in(browser_page.context, editor, client=client, address=live_server.url)
    # The scripts of the admin are large, and a busy machine takes its time.
    browser_page.set_default_timeout(180_000)
    yield browser_page
    # No thread of the server may be at work when the database is emptied.
    browser_page.goto("about:blank")


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_lists_and_panels_are_accessible_and_no_wider_than_the_window(page, addresses, width):
    page.set_viewport_size({"width": width, "height": 900})

    for address in addresses:
        page.goto(address, wait_until="networkidle")
        part = "[id*=quick_links_beside]" if "/edit/" in address else "main"

        assert accessibility_findings(page, within=part) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_menu_is_opened_and_a_list_sorted_by_keyboard(page, addresses):
    page.goto(addresses[-2], wait_until="networkidle")
    page.get_by_role("button", name="Policy section").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Forums", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/hsec-forum-pages/")

    page.get_by_role("link", name="Unresolved links").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**ordering=hsec_unresolved**")
