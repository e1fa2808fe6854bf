"""The section document: what it takes, what it refuses and where, and its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from hsec_wagtail.importer.document.schema import dump_document, json_schema, load_document
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.reading.files.packaged import packaged_content, packaged_files
from hsec_wagtail.importer.reading.readers import read
from tests.importer import samples
from tests.importer.strategies import documents

SCHEMA = Path(__file__).resolve().parents[3] / "fixtures" / "hsec-section-1.schema.json"


def page(**fields: Any) -> dict[str, Any]:
    """Return a document of one page."""
    return {
        "format": "hsec-section/1",
        "page": {"type": "section", "key": "k", "title": "T", **fields},
    }


def body(**node: Any) -> dict[str, Any]:
    """Return a document of one node."""
    return page(body=[node])


def nested(depth: int) -> dict[str, Any]:
    """Return a document of pages below one another."""
    document = page()
    above = document["page"]
    for n in range(1, depth):
        above["children"] = [{"type": "forum", "key": f"k{n}", "title": "T"}]
        above = above["children"][0]
    return document


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            [1],
            'x: not a section document: expected an object with "format": "hsec-section/1", found list.',
            id="list",
        ),
        pytest.param(
            {"format": "other"},
            "x: not a section document: format is 'other', expected 'hsec-section/1'.",
            id="format",
        ),
        pytest.param({"format": "hsec-section/1"}, "x: page: Field required", id="no page"),
        pytest.param(
            page(children=[{"type": "forum", "key": "f"}]),
            "x: page.children[0].title: Field required",
            id="no title",
        ),
        pytest.param(
            body(type="paragraph", html="a", colour="red"),
            "x: page.body[0].colour: Extra inputs are not permitted",
            id="unknown field",
        ),
        pytest.param(
            body(type="initiatives", items=[{"html": "a", "dates": [{"edtf": "2004-13"}]}]),
            "x: page.body[0].items[0].dates[0].edtf: ",
            id="impossible date",
        ),
        pytest.param(
            body(type="link", label="a", url="javascript:alert(1)"),
            "x: page.body[0].url: 'javascript:alert(1)' has the scheme 'javascript';"
            " use http, https, mailto or tel.",
            id="scheme",
        ),
        pytest.param(
            body(type="link", label="a", url="/a", page="k"),
            "x: page.body[0]: a link has a url or a page, not both.",
            id="two targets",
        ),
        pytest.param(
            body(type="link", label="a", page="gone"),
            "x: document: page.body[0].page names the page 'gone', which is not in this document.",
            id="unknown page",
        ),
        pytest.param(
            page(children=[{"type": "forum", "key": "k", "title": "F"}]),
            "x: document: page key 'k' stands 2 times; keys are unique.",
            id="key twice",
        ),
        pytest.param(
            page(body=[{"type": "paragraph", "key": "p", "html": "a"}] * 2),
            "x: document: key 'p' stands 2 times in the page 'k'.",
            id="node key twice",
        ),
        pytest.param(
            {**page(), "navigation": [{"key": "menu"}, {"key": "menu"}]},
            "x: document: key 'menu' stands 2 times in the navigation.",
            id="navigation key twice",
        ),
        pytest.param(
            {**page(), "navigation": [{"slug": "menu", "links": [{"key": "a", "label": "A"}] * 2}]},
            "x: document: key 'a' stands 2 times in the navigation 'menu'.",
            id="key of a navigation's link twice",
        ),
        pytest.param(
            {
                **page(body=[{"type": "members", "items": [{"id": "b-1", "name": "Mali"}]}]),
                "navigation": [{"links": [{"id": "b-1", "label": "A"}]}],
            },
            "x: document: block id 'b-1' stands 2 times; ids are unique in a document.",
            id="block id twice",
        ),
        pytest.param(
            body(type="paragraph", html="a", key="k" * 101),
            "x: page.body[0].key: String should have at most 100 characters",
            id="long key",
        ),
        pytest.param(
            {**page(), "source": {"name": "n" * 256}},
            "x: source.name: String should have at most 255 characters",
            id="long name of a source",
        ),
        pytest.param(
            body(type="paragraph", html="<b>" * 101),
            "x: page.body[0].html: elements are nested 101 deep; at most 100 are read.",
            id="nested html",
        ),
        pytest.param(
            page(title="T" * 256),
            "x: page.title: String should have at most 255 characters",
            id="long title",
        ),
        pytest.param(nested(51), "x: pages are nested 51 deep; at most 50 levels are read.", id="deep"),
        pytest.param(nested(5000), "x: pages are nested 5000 deep; at most 50 levels are read.", id="very deep"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path(data, message):
    with pytest.raises(DocumentError) as refused:
        load_document(data, name="x")

    assert str(refused.value).startswith(message)
    assert str(refused.value).count("\n") <= 1


def test_of_many_faults_the_first_five_are_named():
    with pytest.raises(DocumentError) as refused:
        load_document(page(body=[{"type": "heading"}] * 7), name="x")

    assert str(refused.value).splitlines() == [
        *[f"x: page.body[{n}].text: Field required" for n in range(5)],
        "x: and 2 more.",
        "Correct the document.",
    ]


def test_fifty_levels_are_read():
    assert len(list(load_document(nested(50), name="x").page.walk())) == 50


@given(documents())
def test_a_document_that_was_written_is_read_the_same(data):
    document = load_document(data, name="x")

    assert load_document(json.loads(dump_document(document)), name="x") == document


@given(documents())
def test_the_fixture_reader_reads_what_was_written_and_writes_the_same_again(data):
    text = dump_document(load_document(data, name="x"))

    first = read(text.encode(), name="x.json")
    again = read(dump_document(first.document).encode(), name="x.json")

    assert again.document == first.document
    assert first.ledger.unclaimed == []


def test_the_published_schema_is_current():
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema(), "run: make schema"


@pytest.mark.parametrize("name", packaged_content())
def test_packaged_content_fits_the_published_schema(name):
    jsonschema = pytest.importorskip("jsonschema")
    for file, data in packaged_files(name):
        document = json.loads(dump_document(read(data, name=file).document))

        jsonschema.validate(document, json_schema())


def test_what_the_loader_refuses_without_its_format_the_published_schema_refuses_too():
    jsonschema = pytest.importorskip("jsonschema")
    document = {"page": {"type": "section", "key": "top", "title": "Top"}}

    with pytest.raises(DocumentError, match="format is 'None'"):
        load_document(document, name="x")
    with pytest.raises(jsonschema.ValidationError, match="'format' is a required property"):
        jsonschema.validate(document, json_schema())


def test_the_sample_is_a_document():
    assert load_document(samples.section(), name="sample").source_key == "sample"
