"""The register and the reports in a browser: their links reach the block."""

from __future__ import annotations

from typing import Any

import pytest

from django.urls import reverse

from hsec_wagtail.models import ForumPage, Initiative
from tests import factories as make
from tests.admin.users import sign_in

pytestmark = pytest.mark.slow


@pytest.fixture
def forum(section):
    """Return a page of which a report names what stands far down."""
    items = [
        make.initiative(f"<p>Did {number} recently.</p>", dates=["2001"]) for number in range(6)
    ]
    items.append(make.initiative("<p>Spoke of water.</p>", dates=["next spring"]))
    body = [
        *[make.paragraph(f"<p>{'Text. ' * 60}</p>") for _number in range(4)],
        make.initiatives(*items),
    ]
    return make.forum_page(section, title="Council", body=body)


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
