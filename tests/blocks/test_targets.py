import re

import pytest

from hsec_wagtail.blocks.targets import PageTargetBlock, SafeURLBlock, page_url, safe_url
from tests.blocks.faults import draft_faults, publish_faults

SAFE = [
    "http://example.org",
    "https://example.org/a b?c=1#d",
    "HTTPS://EXAMPLE.ORG",
    "mailto:a@example.org",
    "tel:+15550123",
    "/about/",
    "#un",
]
UNSAFE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org",
    "example.org",
    "page.html",
    "http:",
    "https://",
    "https:///path",
    "mailto:",
    "/a\x00b",
    "",
]


@pytest.mark.parametrize("url", SAFE)
def test_safe_url_stays(url):
    assert safe_url(url) == url


@pytest.mark.parametrize("url", UNSAFE)
def test_unsafe_url_is_no_url(url):
    assert safe_url(url) == ""


@pytest.mark.parametrize("value", [None, 3, ["x"]])
def test_what_is_no_text_is_no_url(value):
    assert safe_url(value) == ""


def test_url_loses_what_browsers_ignore():
    assert safe_url(" https://exam\nple.org/\t") == "https://example.org/"


#: What not even a draft may hold: what a browser would run, and what no database takes.
NEVER_KEPT = [
    url for url in UNSAFE if url and re.search(r"java|vbscript|data:|\x00", url, re.IGNORECASE)
]


@pytest.mark.parametrize("url", [url for url in UNSAFE if url])
def test_unsafe_url_is_refused_when_it_is_to_be_published(url):
    assert publish_faults(SafeURLBlock(), url)


@pytest.mark.parametrize("url", NEVER_KEPT)
def test_script_is_refused_even_in_a_draft(url):
    assert draft_faults(SafeURLBlock(), url)


@pytest.mark.parametrize("url", [url for url in UNSAFE if url and url not in NEVER_KEPT])
def test_address_that_is_not_finished_may_be_kept_as_a_draft(url):
    assert draft_faults(SafeURLBlock(), url) == {}


def test_address_without_scheme_is_explained():
    assert publish_faults(SafeURLBlock(), "www.example.org/x") == [
        "An address on the web begins with https://. Did you mean “https://www.example.org/x”?"
    ]


def test_other_scheme_is_explained():
    assert publish_faults(SafeURLBlock(), "ftp://example.org") == [
        "Begin the address with https://, http://, mailto:, tel:, / or #."
    ]


def test_page_that_is_not_live_has_no_url(page, draft_page):
    assert page_url(page) == page.url
    assert page_url(draft_page) == ""
    assert page_url(None) == ""


def test_api_names_the_page(page):
    assert PageTargetBlock().get_api_representation(page) == {
        "id": page.pk,
        "title": "Treaties",
        "url": page.full_url,
    }


def test_api_does_not_name_a_draft(draft_page):
    assert PageTargetBlock().get_api_representation(draft_page) is None
