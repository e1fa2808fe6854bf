"""The parts of a comparison: moves, columns, folded words, and which fields it is for."""

from __future__ import annotations

from typing import Any

import pytest

from django.contrib.auth import get_user_model

from wagtail.admin import compare
from wagtail.blocks import Block, CharBlock, ListBlock, StreamBlock
from wagtail.models import Page

from hsec_wagtail.admin.comparison.blocks import changes
from hsec_wagtail.admin.comparison.columns import pair_columns
from hsec_wagtail.admin.comparison.contents import Entry, Gap, Html, Items, Words
from hsec_wagtail.admin.comparison.fields import DateComparison, TextComparison
from hsec_wagtail.admin.comparison.raw_values import Titles, with_ids
from hsec_wagtail.models import ForumPage


class OddBlock(Block):
    """A block of which nothing is known."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        return f"<b>{value}</b>"


def entries(old: str, new: str, block: Any = None) -> list[Any]:
    """Return what changed between two lists, of which each letter is an item."""
    block = block or ListBlock(CharBlock())
    raws = [[{"type": "item", "value": one, "id": one} for one in text] for text in (old, new)]
    found = changes(block, raws[0], raws[1], Titles(block, raws))
    return list(found.entries) if isinstance(found, Items) else []


def told(found: list[Any]) -> list[Any]:
    return [
        one.count if isinstance(one, Gap) else (one.state, one.beginning, one.before, one.place)
        for one in found
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("abcd", "abcd", [], id="the same"),
        pytest.param("abcd", "dabc", [("", "d", 4, 1), 3], id="one moved up"),
        pytest.param("abcd", "bcda", [3, ("", "a", 1, 4)], id="one moved down"),
        pytest.param("abcd", "bd", [("removed", "a", 0, 1), 1, ("removed", "c", 0, 3), 1], id="gone"),
        pytest.param("ab", "xab", [("added", "x", 0, 1), 2], id="one before: the others did not move"),
        pytest.param("abc", "cxb", [("removed", "a", 0, 1), ("", "c", 3, 1), ("added", "x", 0, 2), 1], id="all"),
    ],
)  # fmt: skip
def test_as_few_items_as_possible_are_moved(old, new, expected):
    assert told(entries(old, new)) == expected


def test_a_block_of_another_type_is_another_block():
    block = StreamBlock([("one", CharBlock()), ("other", CharBlock())])
    raws = [[{"type": kind, "value": "a", "id": "1"}] for kind in ("one", "other")]

    found = changes(block, raws[0], raws[1], Titles(block, raws))

    assert isinstance(found, Items)
    assert [one.state for one in found.entries if isinstance(one, Entry)] == ["removed", "added"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["ab", "cd"], ["ab", "cx"], [(0, 0), (1, 1)], id="as many"),
        pytest.param(["ab", "cd"], ["axb", "cyd"], [(0, 0), (None, 1), (1, 2)], id="one more"),
        pytest.param(["abc", "def"], ["ac", "df"], [(0, 0), (1, None), (2, 1)], id="one less"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_columns_are_paired_by_what_they_say(old, new, expected):
    assert pair_columns(old, new) == expected


def test_a_word_between_two_changes_far_apart_is_left_out():
    words = [str(number) for number in range(100)]
    new = ["x", *words[1:99], "y"]

    (line,) = Words.make([" ".join(words)], [" ".join(new)]).lines

    assert [piece.text for piece in line.pieces if piece.kind == "gap"] == ["…"]
    kept = [piece.text.split() for piece in line.pieces if piece.kind == "kept"]
    assert kept == [words[1:9], words[91:99]]


def test_a_block_that_nothing_is_known_of_is_compared_as_wagtail_does():
    found = changes(OddBlock(), "one word", "two words", Titles(OddBlock(), []))

    assert isinstance(found, Html)
    assert 'class="addition"' in found.html


def test_bare_items_get_ids_and_others_keep_theirs():
    block = ListBlock(ListBlock(CharBlock()))
    raw = [["a"], {"type": "item", "value": [], "id": "1"}]

    one, other = with_ids(block, raw)

    assert one["value"][0]["value"] == "a"
    assert one["id"]
    assert one["id"] != one["value"][0]["id"]
    assert other["id"] == "1"


def test_fields_of_other_models_keep_their_comparison():
    registry = compare.comparison_class_registry

    ours, date = (ForumPage._meta.get_field(name) for name in ("short_name", "expected"))
    assert (registry.get(ours), registry.get(date)) == (TextComparison, DateComparison)
    assert registry.get(Page._meta.get_field("title")) is compare.TextFieldComparison
    user = get_user_model()._meta.get_field("email")
    assert registry.get(user) is compare.TextFieldComparison
    assert registry.get(ForumPage._meta.get_field("go_live_at")) is None
