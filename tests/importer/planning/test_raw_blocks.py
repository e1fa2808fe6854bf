"""Raw blocks: told apart, compared, and named for people."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from hsec_wagtail.importer.document.part_kinds import PartKind
from hsec_wagtail.importer.planning.raw_blocks import (
    ABSENT,
    FieldSpot,
    as_blocks,
    canonical,
    keyed,
    names,
    same,
    spots,
)
from tests.importer.strategies import wild_fields


def block(kind: str, value: object, **more: object) -> dict[str, object]:
    return {"type": kind, "value": value, **more}


@pytest.mark.parametrize("empty", [None, "", " ", [], {}, {"a": ""}], ids=repr)
def test_what_is_not_there_is_the_same_as_empty(empty):
    assert same(ABSENT, empty)


@given(wild_fields, wild_fields)
def test_values_are_the_same_where_their_canonical_forms_are(one, other):
    assert same([one], [other]) is (canonical([one]) == canonical([other]))
    assert same(one, one)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param([block("quote", "a")], [block("quote", "a")], id="blocks"),
        pytest.param(None, [], id="nothing"),
        pytest.param("", [], id="empty"),
        pytest.param("text", None, id="text"),
        pytest.param([block("quote", "a"), "b"], None, id="something among blocks"),
    ],
)
def test_a_list_is_one_of_blocks_only_if_each_part_is_one(value, expected):
    assert as_blocks(value) == expected


def test_copies_and_blocks_without_an_id_are_each_a_block():
    blocks = [
        block("quote", "a", id="1"),
        block("quote", "b", id="1"),
        block("quote", "c"),
        block("quote", "c"),
    ]

    assert list(keyed(blocks).values()) == blocks


def test_blocks_are_counted_at_any_depth():
    inner = [block("item", "a", id="2"), block("item", "b", id="2")]

    found = names({"body": [block("members", {"members": inner}, id="1")]})

    assert found == Counter({("id", "2"): 2, ("id", "1"): 1})


def test_places_are_numbered_by_type():
    blocks = keyed([block("quote", "", id="a"), block("members", {}, id="b"), block("quote", "", id="c")])  # fmt: skip
    body = [spot for _key, spot in spots(FieldSpot.of_field("body"), blocks)]
    items = keyed([block("item", {}, id="d")])

    ((_key, item),) = spots(body[1].of_part("members"), items)

    assert [spot.steps[-1] for spot in body] == [("quote", 1), ("members", 1), ("quote", 2)]
    since = item.of_part("since")
    assert since.path == "body.b.members.d.since"
    assert since.steps == (
        ("body", 0), ("members", 1), ("members", 0), ("item", 1), ("since", 0)
    )  # fmt: skip
    assert since.part
    assert since.part.kind is PartKind.EDTF
