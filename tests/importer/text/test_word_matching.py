"""Words laid side by side: in order, without a limit that long sources would fall over."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.text import word_matching
from hsec_wagtail.importer.text.word_matching import matches

_words = st.lists(st.sampled_from("a b c d e".split()), max_size=30)


@given(_words, _words)
@pytest.mark.parametrize("limit", [4_000_000, 4], ids=["short", "cut at anchors"])
def test_pairs_are_equal_words_in_the_order_of_both(limit, one, other):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_matching, "_LARGEST_COMPARISON", limit)
        pairs = list(matches(one, other))

    assert all(one[a] == other[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(_words)
def test_a_sequence_matches_itself_wholly(words):
    assert list(matches(words, words)) == [(n, n) for n in range(len(words))]


def test_changes_far_apart_in_a_long_text_are_told_from_what_stayed():
    one = [f"word{n}" for n in range(20_000)]
    other = ["new", *one[:100], "changed", *one[101:19_900], *one[19_901:], "end"]

    found = {a for a, _ in matches(one, other)}

    assert set(range(20_000)) - found == {100, 19_900}


def test_long_texts_without_a_place_of_their_own_match_at_their_ends():
    one = ["a"] * 5_000 + ["b"] + ["a"] * 5_000

    assert len(list(matches(one, ["a"] * 10_000))) == 10_000
