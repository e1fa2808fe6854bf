"""The HTML reader on a corpus of saved pages, each in another layout, against expectations made by hand."""

from __future__ import annotations

import re
from difflib import unified_diff

import pytest
import yaml

from hsec_wagtail.importer.reading.ledger import Claim
from hsec_wagtail.importer.reading.readers import Reading, read
from hsec_wagtail.importer.text.html_cleaning import clean_html
from hsec_wagtail.importer.text.words import html_text, words
from tests.importer import corpus, pages
from tests.importer.corpus import summary
from tests.importer.pages.outline import outline, wanted
from tests.importer.pages.visible import visible_text

_HREF = re.compile(r'href="([^"]*)"')

every_page = pytest.mark.parametrize("name", pages.names())


def with_expected(field: str) -> pytest.MarkDecorator:
    """Return the pages whose expectation names ``field``."""
    fitting = [name for name in pages.names() if field in pages.expectation(name)]
    return pytest.mark.parametrize("name", fitting)


def html_of(reading: Reading) -> str:
    """Return all HTML of the document."""
    return "\n".join(_strings(reading.document.model_dump(mode="json")))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def difference(expected: object, found: object) -> str:
    """Return what is other in ``found``, line by line."""
    before, after = (
        yaml.safe_dump(value, allow_unicode=True, width=150).splitlines()
        for value in (expected, found)
    )
    return "\n".join(unified_diff(before, after, "expected", "found", lineterm="", n=1))


#: What a text capture cannot know, or knows in another form.
_MORE_IN_MARKUP = frozenset({"url", "page", "anchor"})
_HTML = frozenset({"html", "lead", "intro"})


def said(value: object) -> object:
    """Return ``value`` without places, addresses and inline markup."""
    if isinstance(value, list):
        return [said(part) for part in value]
    if not isinstance(value, dict):
        return value
    left_out = _MORE_IN_MARKUP | {name for name in value if name.endswith("span")}
    return {
        name: " ".join(html_text(part).split()) if name in _HTML else said(part)
        for name, part in value.items()
        if name not in left_out
    }


def claims_of(reading: Reading, text: str) -> list[Claim | None]:
    """Return what became of the words ``text`` at the place in the source that is chrome, or the first."""
    said = [word for found in reading.source.words for word in words(found.text)]
    wish = words(text)
    claims = reading.ledger.claims
    places = [
        claims[n : n + len(wish)]
        for n in range(len(said) - len(wish) + 1)
        if said[n : n + len(wish)] == wish
    ]
    assert places, f"{text!r} does not stand in the source"
    return next((place for place in places if all(c and c.reason for c in place)), places[0])


@every_page
def test_a_page_is_read_as_a_person_reads_it(name):
    expected = wanted(pages.expectation(name))

    found = outline(pages.page(name).document, expected)

    assert found == expected, difference(expected, found)


@every_page
def test_every_word_of_a_page_is_accounted_for(name):
    assert pages.page(name).ledger.unclaimed == []


@every_page
def test_the_source_is_what_a_browser_shows(name):
    markup = pages.markup(name)
    for stands, meant in pages.expectation(name).get("mends", []):
        assert stands in markup
        markup = markup.replace(stands, meant)
    shown = words(visible_text(markup))

    assert words(pages.page(name).source.text) == shown


@with_expected("chrome")
def test_what_is_no_content_is_set_aside_with_its_reason(name):
    reading = pages.page(name)
    expected = pages.expectation(name)["chrome"]

    found = [
        [
            text,
            " / ".join(
                dict.fromkeys(str(c.reason or c.node) if c else "unclaimed" for c in claims)
            ),
        ]
        for text, _ in expected
        for claims in [claims_of(reading, text)]
    ]

    fitting = [
        [text, found_reason if re.match(reason, found_reason) else reason]
        for (text, reason), (_, found_reason) in zip(expected, found, strict=True)
    ]
    assert found == fitting


@with_expected("links")
def test_links_keep_their_labels_and_targets(name):
    anchors = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html_of(pages.page(name)))

    found = [[" ".join(html_text(label).split()), html_text(target)] for target, label in anchors]

    assert found == pages.expectation(name)["links"]


@with_expected("emphasis")
def test_emphasis_is_kept(name):
    html = html_of(pages.page(name))

    found = [html_text(text) for text in re.findall(r"<(?:b|i)>(.*?)</(?:b|i)>", html)]

    assert found == pages.expectation(name)["emphasis"]


@with_expected("nested")
def test_inner_lists_stay_within_their_items(name):
    html = html_of(pages.page(name))

    inner = " ".join(html_text(" ".join(re.findall(r"<(?:ul|ol)>.*</(?:ul|ol)>", html))).split())

    assert [text for text in pages.expectation(name)["nested"] if text not in inner] == []


@with_expected("hidden")
def test_what_a_browser_hides_is_in_no_page(name):
    html = html_of(pages.page(name))

    assert [text for text in pages.expectation(name)["hidden"] if text in html] == []


@with_expected("warns")
def test_what_is_unclear_is_said(name):
    said = "\n".join(map(str, pages.page(name).warnings))

    assert [text for text in pages.expectation(name)["warns"] if text not in said] == []


@every_page
def test_cleaning_takes_no_word_and_no_link_of_a_page(name):
    texts = _strings(pages.page(name).document.model_dump(mode="json"))
    marked_up = [text for text in texts if "<" in text]

    clean = [clean_html(html) for html in marked_up]

    assert [words(html_text(html)) for html in clean] == [
        words(html_text(html)) for html in marked_up
    ]
    assert [_HREF.findall(html) for html in clean] == [_HREF.findall(html) for html in marked_up]


@with_expected("images")
def test_images_of_the_text_are_noted(name):
    noted = [[image.src, image.alt] for image in pages.page(name).images]

    assert [image for image in pages.expectation(name)["images"] if image not in noted] == []


@with_expected("url")
def test_the_address_of_a_page_is_known(name):
    source = pages.page(name).document.source

    assert source
    assert source.url == pages.expectation(name)["url"]


@every_page
def test_newlines_make_no_difference(name):
    text = pages.markup(name).replace("\r\n", "\n").replace("\n", "\r\n")

    reading = read(text.encode(pages.encoding(name)), name=f"{name}.html")

    assert summary(reading) == summary(pages.page(name))


@every_page
def test_the_case_of_tags_makes_no_difference(name):
    loud = re.sub(
        r"</?[a-z][a-z0-9:]*(?=[\s/>])", lambda tag: tag.group().upper(), pages.markup(name)
    )

    reading = read(loud.encode(pages.encoding(name)), name=f"{name}.html")

    assert summary(reading) == summary(pages.page(name))


@every_page
def test_a_page_is_read_as_it_was_last_looked_at(name):
    assert summary(pages.page(name)) == pages.pinned(name)


@pytest.mark.parametrize("name", pages.twins())
def test_a_page_and_its_text_capture_are_the_same_section(name):
    page, capture = pages.twin(name).document, corpus.capture(name).document

    assert page.source_key == capture.source_key
    assert (page.language, page.trail) == (capture.language, capture.trail)
    one, other = (said(document.page.model_dump(mode="json")) for document in (page, capture))
    assert one == other, difference(other, one)
