"""Metadata, banner and references in a browser, under a policy that allows no script of the page's own."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories as make
from tests.browser import accessibility_findings
from tests.record.captured import capture

pytestmark = pytest.mark.slow


@pytest.fixture
def strict(settings, monkeypatch):
    """Serve every page with the content security policy of the example site."""
    monkeypatch.syspath_prepend("example_project")
    settings.CONTENT_SECURITY_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"
    settings.MIDDLEWARE = [
        "example.middleware.ContentSecurityPolicyMiddleware",
        *settings.MIDDLEWARE,
    ]


def test_metadata_break_no_strict_policy_and_are_read(strict, live_server, browser_page, home):
    section = make.section_page(home, status="ended", changed=date(2004, 5, 12))
    capture(section, url="http://policy.example/", captured="2004-05-12")
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))

    browser_page.goto(live_server.url + section.url)

    script = "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)"
    assert browser_page.evaluate(f"{script}['@graph'][0].creativeWorkStatus") == "Archived"
    assert said == []


def test_a_reference_is_readable_at_any_width(live_server, browser_page, home):
    body = [make.initiatives(make.initiative("<p>Signed the treaty.</p>"))]
    forum = make.forum_page(make.section_page(home), body=body)
    capture(forum, url="http://policy.example/", captured="2004-05-12")
    block = forum.body.raw_data[0]["value"]["initiatives"][0]["id"]

    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto(f"{live_server.url}{forum.get_parent().url}cite/{forum.pk}/{block}/")

    assert accessibility_findings(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
