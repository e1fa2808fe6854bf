"""Content paths: where each part came from, and what it says now."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.field_texts import asides, group_spans, lies_in, spans, texts
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.texts import node_leaves
from hsec_wagtail.importer.document.to_fields import group_fields, page_fields
from hsec_wagtail.importer.text.words import words
from tests.importer import corpus
from tests.importer.strategies import documents


def stored_places(fields: dict[str, Any]) -> set[str]:
    """Return the content path of every field, block, item and part in raw data."""
    found: set[str] = set()
    stack: list[tuple[str, Any]] = list(fields.items())
    while stack:
        path, value = stack.pop()
        found.add(path)
        if isinstance(value, dict):
            stack += [(f"{path}.{name}", part) for name, part in value.items()]
        elif isinstance(value, list):
            blocks = [part for part in value if isinstance(part, dict)]
            stack += [(f"{path}.{part['id']}", part["value"]) for part in blocks]
    return found


def spanned(page: doc.Page) -> doc.Page:
    """Give every node of ``page`` a span of its own, and return it."""
    found: list[Any] = [page]
    for number, node in enumerate(found):
        node.span = (number, number + 1)
        for name in ("title_span", "lead_span", "intro_span", "heading_span"):
            if hasattr(node, name):
                setattr(node, name, (number, number + 1))
        for name in ("body", "items", "dates", "quick_links", "links"):
            found += [one for one in getattr(node, name, ()) if isinstance(one, nodes.Node)]
    return page


@given(documents())
def test_every_span_belongs_to_a_part_that_is_stored(data):
    document = load_document(data, name="x")
    set_keys(document)

    for page in map(spanned, document.page.walk()):
        places = spans(page, source_key="s")

        assert places.keys() <= stored_places(page_fields(page, source_key="s"))
        for group in page.quick_links:
            fields = group_fields(group, scope="s")
            assert group_spans(group, scope="s").keys() <= stored_places(fields)


def test_initiatives_have_spans_for_their_texts_and_dates():
    date = nodes.Found(edtf="2000-06", text="June 2000", key="june", span=(20, 29))
    item = nodes.Initiative(
        html="Tabled a report, June 2000", key="report", span=(3, 29), dates=[date]
    )
    node = nodes.Initiatives(
        id="block", key="actions", intro="Actions:", intro_span=(0, 2), items=[item], span=(0, 29)
    )
    page = doc.Page(type="forum", key="council", title="Council", title_span=(30, 37), body=[node])

    (stored,) = page_fields(page, source_key="s")["body"]
    (report,) = stored["value"]["initiatives"]
    (june,) = report["value"]["dates"]
    inner = f"body.block.initiatives.{report['id']}"
    assert spans(page, source_key="s") == {
        "title": (30, 37),
        "body.block": (0, 29),
        "body.block.intro": (0, 2),
        f"{inner}.text": (3, 29),
        f"{inner}.dates.{june['id']}": (20, 29),
    }


def test_a_plain_list_stands_from_its_first_item_to_its_last():
    items = [nodes.ListItem(html="b", span=(4, 5)), nodes.ListItem(html="a", span=(2, 3))]
    node = nodes.ListNode(id="block", items=items)
    page = doc.Page(type="forum", key="k", title="T", body=[node])

    assert spans(page, source_key="s") == {"body.block": (2, 5)}


def test_a_paragraph_of_nothing_has_no_span():
    node = nodes.Paragraph(html="<script>x</script>", span=(0, 1))
    page = doc.Page(type="forum", key="k", title="T", body=[node])

    assert spans(page, source_key="s") == {}


@pytest.mark.parametrize("name", corpus.names())
def test_what_stands_at_a_span_is_what_is_stored(name):
    reading = corpus.capture(name)
    source_key = reading.document.source_key

    for page in reading.document.page.walk():
        said = texts(page_fields(page, source_key=source_key))
        for path, (start, end) in spans(page, source_key=source_key).items():
            stored = [
                word for leaf, text in said.items() if lies_in(leaf, path) for word in words(text)
            ]
            there = words(reading.source.text[start:end])
            assert set(stored) <= set(there) or ".dates." in path or path == "title", path


def test_texts_are_those_that_readers_see():
    fields = {
        "title": "A <b> & c",
        "status": "active",
        "lead": "<p>Fish &amp; chips</p>",
        "body": [
            {"type": "paragraph", "id": "p", "value": "<p>One</p><p>two</p>"},
            {"type": "quote", "id": "q", "value": {"text": "1 <b 2", "attribution": ""}},
            {
                "type": "link",
                "id": "l",
                "value": {"label": "Site", "page": "\x01hsec-page:x", "url": "https://example.org/"},
            },
            {"type": "table", "id": "t", "value": {"header": "row", "rows": [
                {"type": "item", "id": "r", "value": [{"type": "item", "id": "c", "value": "cell"}]},
            ]}},
            {"type": "a_site_s_own", "value": {"parts": [{"words": "of its own"}]}},
        ],
    }  # fmt: skip

    assert texts(fields) == {
        "title": "A <b> & c",
        "lead": "\nFish & chips\n",
        "body.p": "\nOne\n\ntwo\n",
        "body.q.text": "1 <b 2",
        "body.l.label": "Site",
        "body.t.rows.r.c": "cell",
        "body.4.parts.0.words": "of its own",
    }
    assert asides(fields) == {"body.l.label": "https://example.org/"}


@given(documents())
def test_texts_come_in_one_order_however_a_database_keeps_an_object(data):
    document = load_document(data, name="x")
    set_keys(document)

    for page in document.page.walk():
        fields = page_fields(page, source_key="s")
        # As PostgreSQL does: the shortest keys first.
        text = json.dumps(fields)
        kept = json.loads(text, object_hook=lambda one: dict(sorted(one.items(), key=_by_length)))

        assert list(texts(kept).items()) == list(texts(fields).items())


@pytest.mark.parametrize("node", [
    pytest.param(nodes.Details(summary="one", html="<p>two</p>"), id="details"),
    pytest.param(nodes.Quote(text="one", attribution="two"), id="quote"),
    pytest.param(nodes.Contact(name="one", address="two", email="three@x.example", phone="4"), id="contact"),
    pytest.param(nodes.Funding(title="one", html="two", eligibility="three", how_to_apply="four"), id="funding"),
    pytest.param(nodes.Table(caption="one", rows=[["two", "three"], ["four"]]), id="table"),
    pytest.param(nodes.Members(intro="one", items=[nodes.Member(name="two")]), id="members"),
])  # fmt: skip
def test_texts_of_a_block_come_as_they_are_read(node):
    page = doc.Page(type="policy", key="k", title="T", body=[node])

    said = [
        word for text in texts(page_fields(page, source_key="s")).values() for word in words(text)
    ]

    assert said[1:] == [word for leaf in node_leaves(node, "") for word in words(leaf.text)]


def _by_length(pair):
    return len(pair[0]), pair[0]


def test_members_that_the_prose_names_are_not_shown_again():
    member = {"type": "item", "id": "m", "value": {"name": "Norvania", "country": "NO"}}
    value = {"intro": "", "display": "text", "members": [member]}

    assert texts({"body": [{"type": "members", "id": "b", "value": value}]}) == {}
    shown = {"body": [{"type": "members", "id": "b", "value": {**value, "display": "list"}}]}
    assert texts(shown) == {"body.b.members.m.name": "Norvania"}


def test_deep_data_of_a_site_is_read_without_recursion():
    value: Any = "deep"
    for _ in range(5_000):
        value = [value]

    assert list(texts({"body": value}).values()) == ["deep"]
