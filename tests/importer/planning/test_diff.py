"""Differences between two states of a page, by field and by block."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.planning.diff import Difference, differences
from hsec_wagtail.importer.planning.raw_blocks import same
from tests.importer.strategies import sides, wild_fields

any_fields = sides("t") | sides("o") | wild_fields


def body(*blocks: tuple[str, str]) -> dict[str, Any]:
    """Return fields whose body has a paragraph for each id and text."""
    return {"body": [{"type": "paragraph", "value": text, "id": name} for name, text in blocks]}


def found(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.kind, one.path) for one in differences(before, after)]


def test_a_changed_text_is_shown_word_by_word():
    before = body(("a", "<p>The <b>old</b> end.</p>"))
    after = body(("a", "<p>The <b>new</b> end. More.</p>"))

    (difference,) = differences(before, after)

    assert difference == Difference(
        kind="changed",
        path="body.a",
        steps=(("body", 0), ("paragraph", 1)),
        before="The old end.",
        after="The new end. More.",
        words=(("=", "The "), ("-", "old "), ("+", "new "), ("=", "end. "), ("+", "More.")),
    )
    assert difference.as_json() == {
        "kind": "changed",
        "path": "body.a",
        "label": [["body", 0], ["paragraph", 1]],
        "before": "The old end.",
        "after": "The new end. More.",
        "words": [["=", "The "], ["-", "old "], ["+", "new "], ["=", "end. "], ["+", "More."]],
    }


def test_blocks_come_in_the_order_of_after_and_removed_ones_where_they_stood():
    before = body(("a", "A"), ("gone", "G"), ("b", "B"), ("c", "C"))
    after = body(("new", "N"), ("a", "A2"), ("b", "B"), ("c", "C2"))

    assert found(before, after) == [
        ("added", "body.new"),
        ("changed", "body.a"),
        ("removed", "body.gone"),
        ("changed", "body.c"),
    ]


def test_as_few_blocks_as_can_be_are_moved():
    before = body(("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"))
    after = body(("b", "B"), ("c", "C2"), ("d", "D"), ("a", "A"))

    assert found(before, after) == [("changed", "body.c"), ("moved", "body.a")]


def test_a_block_that_was_moved_and_changed_is_both():
    before = body(("a", "A"), ("b", "B"), ("c", "C"))
    after = body(("b", "B"), ("c", "C"), ("a", "A2"))

    assert found(before, after) == [("moved", "body.a"), ("changed", "body.a")]


def test_items_of_a_block_are_told_apart():
    def initiatives(*items: tuple[str, str]) -> dict[str, Any]:
        listed = [{"type": "item", "value": {"text": text}, "id": name} for name, text in items]
        return {"body": [{"type": "initiatives", "value": {"initiatives": listed}, "id": "did"}]}

    before = initiatives(("x", "Signed."), ("y", "Sent ships."))
    after = initiatives(("y", "Sent two ships."), ("z", "Ratified."))
    did = (("initiatives", 1), ("initiatives", 0))

    assert [(one.kind, one.path, one.steps[1:]) for one in differences(before, after)] == [
        ("removed", "body.did.initiatives.x", (*did, ("item", 1))),
        ("changed", "body.did.initiatives.y.text", (*did, ("item", 1), ("text", 0))),
        ("added", "body.did.initiatives.z", (*did, ("item", 2))),
    ]


@pytest.mark.parametrize(
    ("before", "after", "texts"),
    [
        pytest.param('<a href="/a">us</a> now', '<a href="/b">us</a> now',
                     ("us (/a) now", "us (/b) now"), id="address of a link"),
        pytest.param('<a href="/a">us</a>', '<a linktype="page" id="3">them</a>',
                     ("us (/a)", "them (page 3)"), id="address and label"),
        pytest.param('<a linktype="page" id="\x01hsec-page:peace">us</a>',
                     '<a href="\x01hsec-url:peace#now">us</a>',
                     ("us (page peace)", "us (peace#now)"), id="page of the import"),
        pytest.param("us", '<a href="/a">us</a>', ("us", "us (/a)"), id="made a link"),
        pytest.param("<p>one two</p>", "<p>one <b>two</b></p>", ("one two", "one <b>two</b>"),
                     id="markup only"),
        pytest.param("\x01hsec-page:peace", "\x01hsec-page:war", ("peace", "war"), id="page"),
        pytest.param(True, None, ("True", ""), id="switched off"),
        pytest.param("", "<p>one</p>", ("", "one"), id="filled in"),
    ],
)  # fmt: skip
def test_a_change_shows_what_tells_the_two_apart(before, after, texts):
    (difference,) = differences({"lead": before}, {"lead": after})

    assert (difference.kind, difference.before, difference.after) == ("changed", *texts)


def test_a_block_of_another_type_is_changed_as_a_whole():
    before = body(("a", "Words."))
    after = {"body": [{"type": "quote", "value": {"text": "Words of hers."}, "id": "a"}]}

    (difference,) = differences(before, after)

    assert (difference.kind, difference.before, difference.after) == (
        "changed",
        "Words.",
        "Words of hers.",
    )


def test_an_added_block_shows_what_it_says_and_not_how_it_is_shown():
    value = {"text": "Where we meet", "level": "2", "anchor": "where"}

    (difference,) = differences(
        {"body": []}, {"body": [{"type": "heading", "value": value, "id": "h"}]}
    )

    assert (difference.kind, difference.after, difference.words) == (
        "added",
        "Where we meet",
        (("+", "Where we meet"),),
    )


def test_very_long_changes_are_shown_as_a_whole():
    before, after = "start " + "x " * 5000 + "end", "start " + "y x " * 5000 + "end"

    (difference,) = differences({"lead": before}, {"lead": after})

    assert [sign for sign, _text in difference.words] == ["=", "-", "+", "="]


@given(any_fields, any_fields)
def test_there_are_differences_only_where_an_editor_sees_some(before, after):
    assert bool(differences(before, after)) is not all(
        same(before.get(name), after.get(name)) for name in before.keys() | after.keys()
    )


@given(any_fields, any_fields)
def test_the_way_back_adds_what_the_way_there_removed(before, after):
    there, back = found(before, after), found(after, before)

    swapped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((swapped[kind], path) for kind, path in there if kind != "moved") == sorted(
        (kind, path) for kind, path in back if kind != "moved"
    )
    assert len(there) == len(back)


@given(any_fields, any_fields)
def test_the_runs_of_words_hold_both_texts(before, after):
    for difference in differences(before, after):
        for sign, text in (("-", difference.before), ("+", difference.after)):
            runs = "".join(run for kind, run in difference.words if kind in {"=", sign})

            assert runs.split() == text.split()


@given(st.lists(st.sampled_from("ab"), max_size=8), st.lists(st.sampled_from("ab"), max_size=8))
def test_no_run_is_empty_and_no_two_of_a_kind_touch(before, after):
    for difference in differences({"title": " ".join(before)}, {"title": " ".join(after)}):
        signs = [sign for sign, _text in difference.words]

        assert all(text for _sign, text in difference.words)
        assert all(one != other for one, other in pairwise(signs))
