"""The menu and a panel of the editor in a real browser; test_every_view_in_browser.py has the lists."""

import pytest

from django.urls import reverse

from tests import factories as make
from tests.admin.users import sign_in, user_with
from tests.browser import accessibility_findings

pytestmark = pytest.mark.browser


@pytest.fixture
def forum(section):
    make.quick_links("Agenda", page=section, links=[make.quick_link("Soon")])
    return make.forum_page(section, title="Council", body=[make.link("Not there yet")])


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


def test_the_panel_of_quick_links_is_accessible_and_no_wider_than_the_window(
    page, forum, live_server
):
    address = reverse("wagtailadmin_pages:edit", args=[forum.pk])
    page.goto(f"{live_server.url}{address}#tab-promote", wait_until="networkidle")

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_findings(page, within="[id*=quick_links_beside]") == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_is_opened_and_a_list_sorted_by_keyboard(page, forum, live_server):
    page.goto(live_server.url + reverse("wagtailadmin_home"), wait_until="networkidle")
    page.get_by_role("button", name="Policy section").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Forums", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/hsec-forum-pages/")

    page.get_by_role("link", name="Unresolved links").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**ordering=hsec_unresolved**")
