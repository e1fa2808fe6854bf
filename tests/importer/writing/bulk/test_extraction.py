"""What is found in raw data: the very words and references that Wagtail finds in the values."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django.core.serializers.json import DjangoJSONEncoder

from wagtail.rich_text import get_text_for_indexing

from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.importer.writing.bulk.extraction import find_in, rich_text_words
from tests import factories

TAGS = "<p>|</p>|<p >|</p >|</P>|<p/>|<b>|</b>|<br/>|<br />|<br>|<hr/>|<li>|</li>|<h2>|</h2>|<h7>|</|<a|</a>"
MORE = "<script>|</script>|<!-- no -->|<?php ?>|<blockquote>|</blockquote>|<a href='x'>|<p class=a>"
QUOTED = '<a href="x">|<a href="a>b">|<a linktype="page" id="3">|<embed alt="&quot;"/>|<p class="a" id="b" />'
ENTITIES = "&amp;|&lt;|&lt;p&gt;|&nbsp;|&eacute;|&#233;|&#xe9;|&amp|&foo;|& |&|<|>"
PIECES = st.sampled_from("|".join([TAGS, MORE, QUOTED, ENTITIES, " ", "\n", "é", "R&D"]).split("|"))


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_the_words_of_rich_text_are_those_that_wagtail_indexes(html):
    assert rich_text_words(html) == get_text_for_indexing(html)


def test_the_words_of_a_long_text_that_is_not_plain_are_found_at_once():
    html = "<p>" + "a & b " * 20_000

    assert rich_text_words(html) == get_text_for_indexing(html)


@pytest.fixture
def body_block():
    return BodyBlock()


def assert_same_words(body_block, name, raw):
    text = json.dumps([{"type": name, "value": raw, "id": "one"}], cls=DjangoJSONEncoder)
    stream = json.loads(text)
    value = body_block.to_python(json.loads(text))

    assert find_in(body_block)(stream).words == body_block.get_searchable_content(value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_the_words_of_a_block_are_those_of_its_value(body_block, name):
    block = body_block.child_blocks[name]
    raw = block.get_prep_value(block.normalize(block.get_preview_value()))

    assert_same_words(body_block, name, raw)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [name for name, block in BodyBlock().child_blocks.items() if hasattr(block, "child_blocks")],
)
def test_the_words_of_a_block_without_values_are_those_of_its_defaults(body_block, name):
    assert_same_words(body_block, name, {})


def test_the_words_of_a_list_of_the_old_form_are_found(body_block):
    date = {"edtf": "2000", "label": "signed", "text": "in 2000"}
    old = {"text": "<p>One</p>", "dates": [date], "topics": []}

    assert_same_words(body_block, "initiatives", {"initiatives": [old]})


@pytest.mark.django_db
def test_the_references_of_a_body_are_those_of_its_value(body_block, home):
    topic = factories.topic_page(factories.section_page(home))
    initiative = factories.initiative(f"<p>{factories.page_link(home)}</p>", topics=[topic, topic])
    stream = [
        factories.paragraph(
            f'<p>{factories.page_link(home)} <embed embedtype="image" id="5"/></p>'
        ),
        factories.link("Here", page=home),
        factories.initiatives(initiative, intro=f"<p>{factories.page_link(home)}</p>"),
        {"type": "no such block", "value": 1, "id": "unknown"},
    ]
    value = body_block.to_python(copy.deepcopy(stream))

    found = find_in(body_block)(stream)
    everything = [
        (model, str(pk), *paths) for model, pk, *paths in [*found.references, *found.choices]
    ]

    assert (len(found.references), len(found.choices)) == (4, 3)
    assert sorted(everything, key=repr) == sorted(body_block.extract_references(value), key=repr)
