"""Links in rich text to pages of the import, and to parts of them."""

from __future__ import annotations

from typing import Any

import pytest

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import Page, load_document
from hsec_wagtail.importer.document.to_fields import page_fields, resolve, unresolve
from hsec_wagtail.importer.errors import DocumentError

IDS = {"top": 3, "oas": 7}
URLS = {"top": "/policy/", "oas": "/policy/oas/"}
KEYS = {pk: key for key, pk in IDS.items()}
BY_URL = {url: key for key, url in URLS.items()}


def page(*body: dict[str, Any], **changes: Any) -> Page:
    """Return a page with ``body``, above a page with the key oas."""
    below = {"type": "policy", "key": "oas", "title": "OAS"}
    top = {"type": "section", "key": "top", "title": "T", "body": [*body], "children": [below]}
    document = load_document({"format": "hsec-section/1", "page": {**top, **changes}}, name="x")
    set_keys(document)
    return document.page


def paragraph(html: str) -> dict[str, Any]:
    return {"type": "paragraph", "html": html}


def stored(html: str, **where: Any) -> str:
    """Return what a site stores of a paragraph with ``html``."""
    fields = page_fields(page(paragraph(html)), source_key="s")
    return resolve(fields, IDS, **where)["body"][0]["value"]


def test_a_link_to_a_page_becomes_one_of_wagtail_s():
    html = '<p>See <a href="page:oas">the OAS</a>.</p>'

    assert stored(html) == '<p>See <a linktype="page" id="7">the OAS</a>.</p>'


def test_a_link_to_a_part_of_a_page_becomes_its_address():
    html = '<p>See <a href="page:oas#actions">what it did</a>.</p>'

    assert stored(html, urls=URLS) == '<p>See <a href="/policy/oas/#actions">what it did</a>.</p>'


def test_a_link_to_a_part_leads_to_the_page_where_addresses_are_not_known():
    html = '<p><a href="page:oas#actions">x</a></p>'

    assert stored(html) == '<p><a linktype="page" id="7">x</a></p>'


def test_a_link_to_a_page_that_was_not_made_is_its_text():
    fields = page_fields(page(paragraph('<p>a <a href="page:oas">b</a> c</p>')), source_key="s")

    assert resolve(fields, {"top": 3})["body"][0]["value"] == "<p>a b c</p>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(paragraph('<p><a href="page:oas">x</a></p>'), id="page in rich text"),
        pytest.param(paragraph('<p><a href="page:oas#b">x</a></p>'), id="part in rich text"),
        pytest.param({"type": "link", "label": "x", "url": "page:oas#b"}, id="part in a link"),
        pytest.param({"type": "link", "label": "x", "page": "oas"}, id="page in a link"),
    ],
)
def test_links_come_back_from_the_site_as_they_went(body):
    fields = page_fields(page(body), source_key="s")

    there = resolve(fields, IDS, URLS)

    assert unresolve(there, KEYS, BY_URL) == fields
    assert there != fields


def test_the_editor_s_order_of_attributes_is_the_same_link():
    fields = page_fields(page(paragraph('<p><a href="page:oas">x</a></p>')), source_key="s")
    edited = {"body": [{**fields["body"][0], "value": '<p><a id="7" linktype="page">x</a></p>'}]}

    assert unresolve(edited, KEYS)["body"] == fields["body"]


def test_a_key_that_is_quoted_in_an_address_is_found_again():
    odd = {"type": "policy", "key": "a/b:ç.d", "title": "Odd"}
    top = page(paragraph('<p><a href="page:a%2Fb%3A%C3%A7.d">x</a></p>'), children=[odd])

    fields = resolve(page_fields(top, source_key="s"), {odd["key"]: 9})

    assert fields["body"][0]["value"] == '<p><a linktype="page" id="9">x</a></p>'


@pytest.mark.parametrize(
    ("body", "place"),
    [
        pytest.param(paragraph('<p><a href="page:un">x</a></p>'), "page.body[0].html", id="text"),
        pytest.param(
            {"type": "table", "rows": [['<a href="page:un">x</a>']]},
            "page.body[0].rows",
            id="table",
        ),
        pytest.param(
            {"type": "link", "label": "x", "url": "page:un#y"}, "page.body[0].url", id="link"
        ),
    ],
)
def test_a_link_to_a_page_that_is_not_in_the_document_is_refused(body, place):
    with pytest.raises(DocumentError) as refused:
        page(body)

    assert f"{place} names the page 'un', which is not in this document." in str(refused.value)


def test_a_link_s_url_is_no_second_way_to_name_a_whole_page():
    with pytest.raises(DocumentError, match="for a whole page say page: KEY"):
        page({"type": "link", "label": "x", "url": "page:oas"})
