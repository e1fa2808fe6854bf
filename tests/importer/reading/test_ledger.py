"""The ledger: only what a node really holds counts as content."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.texts import Leaf
from hsec_wagtail.importer.messages import Message, said
from hsec_wagtail.importer.reading.ledger import Chrome, Ledger, Unclaimed
from hsec_wagtail.importer.reading.source import Source, decode
from tests.importer import samples


@pytest.fixture
def source() -> Source:
    return decode(b"Home\nPeace and security\nPeace again", name="page.txt")


def test_content_and_chrome_add_up(source):
    ledger = Ledger(
        source,
        [
            Leaf("page.title", "Peace and security", (5, 23)),
            Leaf("page.lead", "Peace again", (24, 35)),
        ],
        [Chrome((0, 4), Message("navigation"))],
    )

    assert said(ledger.as_json()) == {
        "words": 6,
        "content": 5,
        "chrome": [{"reason": "navigation", "words": 1}],
        "unclaimed": [],
    }


def test_a_span_without_the_text_claims_nothing_that_is_not_there(source):
    ledger = Ledger(source, [Leaf("page.title", "Peace & quiet, security", (5, 23))])

    assert ledger.unclaimed == [
        Unclaimed((0, 4), "Home"),
        Unclaimed((11, 14), "and"),
        Unclaimed((24, 35), "Peace again"),
    ]


def test_words_in_another_order_are_not_all_there(source):
    ledger = Ledger(source, [Leaf("page.title", "security and Peace", (5, 23))])

    assert ledger.content == 1


def test_a_word_is_claimed_once_however_often_it_is_said(source):
    ledger = Ledger(source, [Leaf("page.title", "Peace Peace Peace", (5, 23))])

    assert ledger.content == 1


def test_a_text_without_a_place_claims_nothing(source):
    assert Ledger(source, [Leaf("page.title", "Peace and security", None)]).content == 0


@pytest.mark.parametrize("shown", ["www.un.example", "http://www.un.example"])
def test_the_address_behind_a_label_may_stand_beside_it(shown):
    source = decode(f"The UN: {shown}".encode(), name="page.txt")

    ledger = Ledger(
        source, [Leaf("page", "The UN", (0, len(source.text)), "http://www.un.example")]
    )

    assert ledger.unclaimed == []


def test_a_long_text_that_differs_is_compared_at_its_ends():
    many = ["word"] * 3000
    source = decode(" ".join(["first", *many, "x", "last"]).encode(), name="page.txt")

    ledger = Ledger(
        source, [Leaf("page", " ".join(["first", *many, "last"]), (0, len(source.text)))]
    )

    assert [run.text for run in ledger.unclaimed] == ["x"]


def test_all_words_of_a_document_that_is_its_own_source_are_content():
    ledger = Ledger.of_document(load_document(samples.section(), name="sample"))

    assert ledger.words == ledger.content > 20


def test_the_navigation_of_a_document_is_content():
    document = load_document(
        samples.section(navigation=[{"key": "site", "heading": "About us", "links": []}]),
        name="sample",
    )
    without = document.model_copy(update={"navigation": []})

    assert Ledger.of_document(document).words == Ledger.of_document(without).words + 2
