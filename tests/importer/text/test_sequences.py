"""Orders: what stayed put, and how one order takes in another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.text.sequences import (
    likeliest_pairs,
    preceding,
    unmoved,
    unpassed,
    weave,
)

orders = st.lists(st.sampled_from("abcdefg"), unique=True)


def in_order(names: set[str], order: list[str]) -> list[str]:
    return [name for name in order if name in names]


@given(orders, orders)
def test_what_stayed_is_in_one_order_on_both_sides_and_no_more_could_be(before, after):
    stayed = unmoved(before, after)

    assert in_order(stayed, before) == in_order(stayed, after)
    assert len(in_order(stayed, before)) == len(stayed)
    common = set(before) & set(after)
    assert not any(
        in_order(set(more), before) == in_order(set(more), after)
        for more in combinations(sorted(common), len(stayed) + 1)
    )


def test_one_that_went_to_the_end_is_the_only_one_moved():
    assert unmoved("abcde", "acdeb") == set("acde")


@given(orders, orders)
def test_what_nothing_passed_has_the_same_before_and_behind_it(before, after):
    common = set(before) & set(after)
    one, other = in_order(common, before), in_order(common, after)

    assert unpassed(before, after) == {
        name for name in common if set(one[: one.index(name)]) == set(other[: other.index(name)])
    }


@given(orders, st.data())
def test_an_order_woven_back_from_a_part_of_it_is_whole(order, data):
    taken_out = data.draw(st.sets(st.sampled_from("abcdefg")))

    kept = [name for name in order if name not in taken_out]

    assert weave(kept, order, taken_out) == order


def test_one_whose_neighbours_are_gone_follows_the_nearest_before_it_that_is_there():
    assert weave("ad", "abcd", {"c"}) == list("acd")


def test_one_without_a_neighbour_before_it_comes_first():
    assert weave("xb", "ab", {"a"}) == list("axb")


def test_each_has_the_nearest_of_some_before_it():
    assert preceding("abcd", {"a", "c"}) == {"a": None, "b": "a", "c": "a", "d": "c"}


def test_pairs_are_those_that_are_most_alike_in_total():
    def likeness(one: str, other: str) -> int:
        return 3 if one == other == "b" else int(one == other)

    found = [
        likeliest_pairs(*sides, likeness) for sides in (("abcd", "xbyd"), ("ab", "ba"), ("", "a"))
    ]

    assert found == [[(1, 1), (3, 3)], [(1, 0)], []]
