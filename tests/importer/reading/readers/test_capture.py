"""The text reader on a corpus of captures in many layouts: what it makes of them, and that no word is lost."""

from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import example, given

from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.errors import ImportContentError, ReadError
from hsec_wagtail.importer.reading.readers import Reading, read
from hsec_wagtail.importer.text.words import words
from tests.importer import corpus
from tests.importer.strategies import captures


def content_words(reading: Reading) -> list[str]:
    """Return the source's words that are content, in order."""
    claimed = zip(reading.source.words, reading.ledger.claims, strict=True)
    return [word for found, claim in claimed if claim and claim.node for word in words(found.text)]


def said_words(reading: Reading) -> list[str]:
    """Return the words of the document's texts in the order of the source, addresses behind labels too."""
    texts = [leaf for leaf in leaves(reading.document) if leaf.span]
    said: list[str] = []
    for leaf in sorted(texts, key=lambda leaf: leaf.span or (0, 0)):
        there = words(reading.source.text[slice(*(leaf.span or (0, 0)))])
        own, behind = words(leaf.text), words(leaf.aside)
        bare = words(leaf.aside.partition("://")[2])
        beside = ([*behind, *own], [*bare, *own], [*own, *behind], [*own, *bare])
        own = there if there in beside else own
        said += own
    return said


@pytest.mark.parametrize("name", corpus.names())
def test_a_capture_is_read_as_expected(name):
    assert corpus.summary(corpus.capture(name)) == corpus.expected(name)


@pytest.mark.parametrize("name", corpus.names())
def test_every_word_of_a_capture_is_accounted_for_in_order(name):
    reading = corpus.capture(name)

    assert reading.ledger.unclaimed == []
    assert said_words(reading) == content_words(reading)


@pytest.mark.parametrize("name", corpus.names())
@pytest.mark.parametrize(
    ("newline", "mark", "encoding"),
    [
        pytest.param("\r\n", b"", "utf-8", id="windows newlines"),
        pytest.param("\r", codecs.BOM_UTF8, "utf-8", id="old mac newlines"),
        pytest.param("\n", codecs.BOM_UTF16_LE, "utf-16-le", id="utf-16"),
    ],
)
def test_encoding_and_newlines_make_no_difference(name, newline, mark, encoding):
    text = (corpus.CAPTURES / f"{name}.txt").read_text(encoding="utf-8")

    reading = read(mark + text.replace("\n", newline).encode(encoding), name=f"{name}.txt")

    assert corpus.summary(reading) == corpus.expected(name)


@given(captures)
@example("Peace\n\nand.")
@example("o\tPeace\n\nWords of peace.")
@example("1.\n2.\n3.")
@example("o\t0.\n0")
def test_of_any_text_every_word_is_accounted_for(text):
    try:
        reading = read(text.encode(), name="page.txt", format="text")
    except ImportContentError:
        return

    assert reading.ledger.unclaimed == []
    assert reading.ledger.content + sum(reading.ledger.chrome.values()) == reading.ledger.words
    assert said_words(reading) == content_words(reading)


@given(captures)
@example("HTTP://0\n0\n•HTTP://0")
def test_the_texts_of_any_document_stand_where_it_says(text):
    try:
        reading = read(text.encode(), name="page.txt", format="text")
    except ImportContentError:
        return

    spans = sorted(leaf.span for leaf in leaves(reading.document) if leaf.span)
    assert all(0 <= start <= end <= len(reading.source.text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        pytest.param("a.txt", b"- a\n" * 100_000, 66_667, id="text"),
        pytest.param("a.html", b"<li>a</li>\n" * 100_000, 50_001, id="saved page"),
    ],
)
def test_a_hundred_thousand_bullets_are_refused_in_either_form(name, data, line):
    with pytest.raises(ReadError) as refused:
        read(data, name=name)

    assert str(refused.value).startswith(
        f"{name}: line {line}: more than 200000 elements and texts"
    )


def test_a_capture_of_as_many_lines_as_are_read_is_read():
    assert read(b"a\n\nb\n", name="a.txt", max_nodes=6).document.page.title == "a"
    with pytest.raises(ReadError, match="line 3: more than 5 elements"):
        read(b"a\n\nb\n", name="a.txt", max_nodes=5)
