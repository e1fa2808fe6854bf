"""Hostile captures: large and repetitive, read in time that grows with their size and no faster."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.document.to_fields import page_fields
from hsec_wagtail.importer.errors import DocumentError, ImportContentError
from hsec_wagtail.importer.reading.readers import read

pytestmark = pytest.mark.slow

#: Of processor time. Each takes a few; with quadratic rules minutes.
SECONDS = 25

LABELS = [f"Label {n}" for n in range(10_000)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 40_000, id="one line"),
        pytest.param("a\n" * 30_000, id="lines of one letter"),
        pytest.param("(" * 100_000, id="brackets"),
        pytest.param(": " * 100_000, id="colons"),
        pytest.param("• " * 50_000, id="bullets"),
        pytest.param("• a\n\n" * 25_000, id="items apart"),
        pytest.param("1. a\n" * 20_000, id="numbered items"),
        pytest.param("1.\n" * 50_000, id="numbers alone"),
        pytest.param("Same label\n" * 20_000, id="one label again and again"),
        pytest.param("\n".join(LABELS * 2), id="labels twice"),
        pytest.param("\n".join(LABELS + LABELS[::-1]), id="labels backwards"),
        pytest.param("Same\n\nText is here.\n\n" * 8_000, id="one heading again and again"),
        pytest.param("members are (a," + "(a," * 60_000, id="brackets that stay open"),
        pytest.param("members are " + "Chile, " * 30_000, id="members"),
        pytest.param("http://a.b/( " * 15_000, id="addresses"),
        pytest.param("x include:\na\n" * 10_000, id="lists without bullets"),
        pytest.param("a > " * 50_000, id="breadcrumb"),
        pytest.param("a | " * 50_000, id="bars"),
        pytest.param("[a](" * 50_000, id="markdown"),
        pytest.param("a" + "\u0301" * 100_000, id="accents"),
        pytest.param("x y.\n" + "Related links\n" * 20_000, id="groups of links"),
    ],
)
def test_a_large_capture_is_read_in_seconds(text):
    started = time.process_time()

    try:
        lost = read(text.encode(), name="page.txt", format="text").ledger.unclaimed
    except ImportContentError:
        lost = []

    assert lost == []
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<a href='", "&", "</", "<b>x</b>", "<p>", "<![CDATA["]
)
def test_hostile_html_of_a_document_is_read_in_seconds(piece):
    started = time.process_time()
    node = {"type": "paragraph", "key": "n", "html": piece * 20_000}
    page = {"type": "section", "key": "k", "title": "T", "body": [node]}

    # What is nested too deep is refused.
    with suppress(DocumentError):
        document = load_document({"format": "hsec-section/1", "page": page}, name="x")
        assert len(list(leaves(document))) == 2
        assert len(page_fields(document.page, source_key="s")["body"]) <= 1

    assert time.process_time() - started < SECONDS
