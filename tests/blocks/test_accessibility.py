"""All blocks on one page, in a browser."""

import pytest

from hsec_wagtail.page_models import page_model
from tests.browser import WCAG, accessibility_findings


@pytest.fixture
def page_of_blocks(transactional_db, root_page, home, image, document):
    forum = page_model("policy")(title="Council of Seas", slug="council")
    section = home.add_child(instance=page_model("section")(title="Policy", slug="policy"))
    section.add_child(instance=forum)
    blocks = forum._meta.get_field("body").stream_block.child_blocks
    forum.body = [(name, block.get_preview_value()) for name, block in blocks.items()]
    forum.save_revision().publish()
    return forum


@pytest.mark.parametrize("width", [1280, 320])
def test_blocks_are_accessible(page_of_blocks, live_server, browser_page, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(live_server.url + page_of_blocks.url)

    findings = accessibility_findings(
        browser_page, within=".hsec-body", tags=[*WCAG, "best-practice"]
    )

    assert [str(finding) for finding in findings] == []


def test_blocks_do_not_widen_a_small_screen(page_of_blocks, live_server, browser_page):
    browser_page.set_viewport_size({"width": 320, "height": 900})
    browser_page.goto(live_server.url + page_of_blocks.url)

    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
