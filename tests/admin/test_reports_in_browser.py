"""The register and the reports in a browser: accessible, usable on a narrow screen, and their links reach the block."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from django.urls import reverse

from hsec_wagtail.admin.reports.all import REPORTS
from hsec_wagtail.models import ForumPage, Initiative, OutsideLink, OutsidePlace
from tests import factories as make
from tests.admin.users import sign_in
from tests.browser import accessibility_findings

pytestmark = pytest.mark.slow


@pytest.fixture
def forum(home, french):
    """Return a page that every report has something to say about."""
    home.copy_for_translation(french)
    section = make.section_page(home)
    items = [
        make.initiative(f"<p>Did {number} recently.</p>", dates=["2001"]) for number in range(6)
    ]
    items.append(make.initiative("<p>Spoke of water.</p>", dates=["next spring"]))
    body = [
        *[make.paragraph(f"<p>{'Text. ' * 60}</p>") for _number in range(4)],
        make.initiatives(*items),
        make.link("Treaty"),
    ]
    page = make.forum_page(section, title="Council", body=body, review_on=date(2020, 1, 1))
    translated = page.copy_for_translation(french, copy_parents=True)
    translated.body = [make.paragraph("<p>Une rencontre.</p>")]
    translated.save_revision().publish()
    link = OutsideLink.objects.create(
        url="https://a.example/", digest="a", state="broken", status=404
    )
    OutsidePlace.objects.create(link=link, page=page)
    return page


@pytest.fixture
def opened(live_server, browser_page, client, superuser):
    """Return a function that opens an address of the admin for a superuser."""
    # A page of the admin loads much, and a machine that tests has other things to do.
    browser_page.set_default_timeout(120_000)
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)

    def open_address(address: str) -> Any:
        browser_page.goto(live_server.url + address)
        return browser_page

    return open_address


def test_lists_are_accessible_and_fit_a_narrow_screen(forum, opened):
    names = [report.index_url_name for report in REPORTS]
    addresses = [reverse(name) for name in (*names, "hsec-initiatives_modeladmin_index")]
    wrong = {}
    for address in addresses:
        page = opened(address)
        page.set_viewport_size({"width": 1280, "height": 900})
        rows = page.locator("main table tbody tr").count()
        found = [str(one) for one in accessibility_findings(page, within="main")]
        page.set_viewport_size({"width": 320, "height": 800})
        width = page.evaluate("document.documentElement.scrollWidth")
        if not rows or found or width > 320:
            wrong[address] = (rows, found, width)

    assert wrong == {}


def test_a_link_opens_the_initiative_in_the_editor(forum, opened, monkeypatch):
    body: Any = ForumPage._meta.get_field("body")
    block = body.stream_block.child_blocks["initiatives"]
    monkeypatch.setattr(block.child_blocks["initiatives"].meta, "collapsed", True)
    row = Initiative.objects.get(text="Spoke of water.", page=forum)
    page = opened(reverse("hsec_unreadable_dates"))

    page.locator("main table tbody tr", has_text="Spoke of water.").get_by_role(
        "link"
    ).first.click()

    panel = page.locator(f"#block-{row.block_id}-section")
    panel.get_by_text("Spoke of water.").last.wait_for()
    page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight; }",
        arg=f"block-{row.block_id}-section",
    )
    expanded = "[data-panel-toggle][aria-expanded=true]"
    assert panel.locator(f":scope > .w-panel__header {expanded}").count() == 1
    assert page.locator("[data-panel-toggle][aria-expanded=false]").count() >= 6
