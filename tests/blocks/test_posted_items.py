"""Lists as the edit form posts them: every item in one field, read whatever was posted."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django.core.exceptions import BadRequest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict

from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from hsec_wagtail.blocks import InitiativesBlock, MembersBlock
from tests import factories as make

#: As the database may have it, and the editor of rich text would not leave it.
HTML = '<p data-block-key="k1">Signed <b><i>it</i></b>&nbsp;in  2031.</p><h5>Kept</h5>'
SCRIPT = "<p>Signed <script>alert(1)</script><b>it</b>.</p>"


@pytest.fixture
def section(home):
    return make.section_page(home)


def items_block():
    block = InitiativesBlock().child_blocks["initiatives"]
    block.set_name("initiatives")
    return block


def as_items(block, *raws):
    return block.to_python(list(raws))


def post(*items):
    return MultiValueDict({"list": [json.dumps(items)]})


def read(block, *items):
    return block.value_from_datadict(post(*items), {}, "list")


def stored(block, *raws):
    """Return items as a browser posts those that were not opened."""
    states = block.get_form_state(as_items(block, *raws))
    return [{"id": one["id"], "at": at, "stored": one["stored"]} for at, one in enumerate(states)]


def errors_of(block, value):
    with pytest.raises(ListBlockValidationError) as caught:
        block.clean(value)
    return {place: str(error.message) for place, error in caught.value.block_errors.items()}


@pytest.mark.django_db
def test_an_item_that_was_not_opened_comes_back_exactly_as_it_was(section):
    block = items_block()
    topic = make.topic_page(section)
    raw = make.initiative(HTML, dates=[("2031~", "signed", "2031"), "no date"], topics=[topic])

    value = read(block, *stored(block, raw))

    assert block.get_prep_value(value) == [raw]


def test_an_item_is_labelled_with_its_dates_in_words_and_its_first_words():
    block = items_block()
    raw = make.initiative(
        "<p>Signed the <b>convention</b> &amp; more, " + 20 * "word " + "</p>", dates=["2031-04"]
    )

    (state,) = block.get_form_state(as_items(block, raw))

    assert (
        state["label"] == "April 2031 Signed the convention & more, word word word word word wor…"
    )


def test_an_item_that_was_changed_is_read_as_wagtail_reads_its_fields():
    block = items_block()
    fields = [
        ["-text", rich_text("<p>Done.</p>", features=["bold"])],
        [
            "-dates",
            json.dumps(
                [{"id": "d", "at": 7, "fields": [["-edtf", "2031"], ["-label", ""], ["-text", ""]]}]
            ),
        ],
        ["-topics-count", "0"],
    ]

    value = read(block, {"id": "one", "at": 3, "fields": fields})

    (item,) = block.get_prep_value(value)
    assert (item["id"], item["value"]["dates"]) == (
        "one",
        [{"type": "item", "value": {"edtf": "2031", "label": "", "text": ""}, "id": "d"}],
    )
    assert "Done." in item["value"]["text"]


def test_order_is_that_of_the_list():
    block = items_block()
    first, last = stored(block, make.initiative("<p>A</p>"), make.initiative("<p>B</p>"))

    value = read(block, last, first)

    assert [item["text"].source for item in value] == ["<p>B</p>", "<p>A</p>"]


def test_fields_of_wagtails_own_list_are_read_as_well():
    block = MembersBlock().child_blocks["members"]
    member = {"name": "Norvania", "country": "", "role": "member", "since": "", "until": ""}
    data = nested_form_data({"list": inline_formset([])})
    posted = nested_form_data({"list-0-value": member})

    value = block.value_from_datadict(
        {
            **data,
            **posted,
            "list-count": "1",
            "list-0-deleted": "",
            "list-0-order": "0",
            "list-0-id": "m",
        },
        {},
        "list",
    )

    assert block.get_prep_value(value) == [{"type": "item", "value": member, "id": "m"}]


def test_rich_text_without_our_signature_is_cleaned_as_if_it_had_been_typed():
    block = items_block()
    (item,) = stored(block, make.initiative(SCRIPT))
    forged = item["stored"].replace("Signed", "Forged")

    value = read(block, {**item, "stored": forged})

    assert "script" not in value[0]["text"].source
    assert "Forged" in value[0]["text"].source
    assert "<b>it</b>" in value[0]["text"].source


def test_what_was_signed_for_another_block_is_no_rich_text_here():
    members = MembersBlock().child_blocks["members"]
    raw = make.item({"name": "x", "country": "", "role": "member", "since": "", "until": ""})
    (item,) = stored(members, raw)

    value = read(items_block(), item)

    assert value[0]["text"].source == ""


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_items_that_were_not_opened(section):
    block = items_block()
    topics = [make.topic_page(section, title=f"Topic {n}", slug=f"topic-{n}") for n in range(8)]
    counts = []
    for size in (2, 40):
        raws = [make.initiative("<p>Done.</p>", topics=[topics[n % 8]]) for n in range(size)]
        items = stored(block, *raws)
        with CaptureQueriesContext(connection) as queries:
            block.clean(read(block, *items))
        counts.append(len(queries))

    assert counts == [1, 1]


@pytest.mark.django_db
def test_a_topic_that_was_deleted_while_the_form_was_open_is_gone_and_the_rest_is_kept(section):
    block = items_block()
    topic = make.topic_page(section)
    raw = make.initiative("<p>Done.</p>", dates=["2031"], topics=[topic])
    items = stored(block, raw)
    fields = [
        ["-text", rich_text("<p>Done.</p>")],
        ["-dates", "[]"],
        ["-topics-count", "1"],
        ["-topics-0-deleted", ""],
        ["-topics-0-order", "0"],
        ["-topics-0-id", "t"],
        ["-topics-0-value", str(topic.pk)],
    ]

    topic.delete()
    value = block.clean(read(block, *items, {"id": "open", "at": 1, "fields": fields}))

    assert [list(item["topics"]) for item in value] == [[], []]
    assert value[0]["dates"][0]["edtf"] == "2031"


def test_a_thousand_items_are_read():
    block = items_block()
    items = stored(
        block, *(make.initiative(f"<p>Done {n}.</p>", dates=["2031"]) for n in range(1000))
    )

    value = block.clean(read(block, *items))

    assert len(value) == 1000
    assert value[999]["text"].source == "<p>Done 999.</p>"


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="no list"),
        pytest.param("[1]", id="no item"),
        pytest.param('[{"id": 4, "at": 0, "stored": ""}]', id="no id"),
        pytest.param('[{"id": "a", "at": "x", "fields": []}]', id="no place"),
        pytest.param('[{"id": "a", "at": 0, "fields": [["-text"]]}]', id="no pair"),
        pytest.param('[{"id": "a", "at": 0, "fields": [["-text", {}]]}]', id="no text"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("9" * 10_000, id="long number"),
    ],
)
def test_a_list_that_no_form_posts_is_a_bad_request(posted):
    with pytest.raises(BadRequest, match="list"):
        items_block().value_from_datadict(QueryDict(mutable=True) | {"list": posted}, {}, "list")


def test_a_list_of_wagtails_own_with_a_huge_count_is_a_bad_request():
    with pytest.raises(BadRequest):
        items_block().value_from_datadict({"list-count": "9" * 12}, {}, "list")


def test_an_item_that_cannot_be_read_is_an_error_at_it_even_in_a_draft():
    block = items_block()
    block.defer_required_validation()
    items = stored(block, make.initiative("<p>Done.</p>"))

    value = read(block, *items, {"id": "b", "at": 1, "stored": "no JSON:no signature"})

    assert errors_of(block, value) == {
        1: "This item did not arrive whole. Reload the page, and enter it again."
    }
    assert value[0]["text"].source == "<p>Done.</p>"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "dates", "topics", "type", "value", "id", "edtf", "label"])
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


def clean_or_blame(block, value):
    """Return the cleaned value, or the places of the items with an error."""
    try:
        return block.clean(value)
    except ListBlockValidationError as error:
        return list(error.block_errors)


@pytest.mark.django_db
@given(raw=JSON)
def test_any_value_without_a_signature_is_read_or_an_error_at_the_item(raw):
    block = items_block()
    block.defer_required_validation()

    value = read(block, {"id": "a", "at": 0, "stored": f"{json.dumps(raw)}:forged"})

    cleaned = clean_or_blame(block, value)
    if cleaned != [0]:
        json.dumps(block.get_prep_value(cleaned))
    assert len(block.get_form_state(value)) == 1


@pytest.mark.django_db
@given(
    posted=JSON,
    names=st.lists(st.sampled_from(["-text", "-dates", "-topics-count", "-topics-0-value", "-x"])),
)
def test_any_fields_of_an_item_are_read_refused_or_an_error_at_the_item(posted, names):
    block = items_block()
    block.defer_required_validation()
    fields: list[Any] = [[name, json.dumps(posted)] for name in names]

    with suppress(BadRequest):
        value = read(block, {"id": "a", "at": 0, "fields": fields})
        assert len(clean_or_blame(block, value)) == 1


@pytest.mark.django_db
@given(posted=JSON)
def test_any_posted_json_is_read_or_a_bad_request(posted):
    with suppress(BadRequest):
        items_block().value_from_datadict({"list": json.dumps(posted)}, {}, "list")
