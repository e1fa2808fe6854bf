"""The search for words: in their part, elsewhere, or nowhere."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.runs.claims import relocated
from hsec_wagtail.importer.runs.word_search import Fate, ItemTexts, SpanClaim, WordSearch
from hsec_wagtail.importer.text.words import words


def source(text: str) -> Source:
    return Source("x.txt", text, hashlib.sha256(text.encode()).hexdigest())


def fates(
    text: str, claims: list[SpanClaim], items: dict[int, ItemTexts], chrome=()
) -> list[tuple]:
    """Return fate, words and finder of every stretch of ``text``."""
    search = WordSearch()
    search.add(source(text), chrome=chrome, claims=claims, items=items)
    (stretches,) = search.stretches()
    return [(one.fate, text[slice(*one.span)], one.found) for one in stretches]


def whole(text: str, path: str = "lead", item: int = 1) -> list[SpanClaim]:
    return [SpanClaim((item, path), (0, len(text)))]


ONE = "The council meets each spring in the north"


def test_words_in_their_part_are_there():
    items = {
        1: ItemTexts(
            now={"lead": "The “council” meets\u00a0each spring, in the north."}, written={}
        )
    }

    assert fates(ONE, whole(ONE), items) == [(Fate.THERE, ONE, None)]


def test_what_was_left_out_is_not_looked_for():
    found = fates(
        "Home | " + ONE,
        [SpanClaim((1, "lead"), (7, 49))],
        {1: ItemTexts({"lead": ONE}, {})},
        [(0, 4)],
    )

    assert found == [(Fate.LEFT_OUT, "Home", None), (Fate.THERE, ONE, None)]


def test_a_word_that_an_editor_changed_is_named():
    items = {1: ItemTexts(now={"lead": ONE.replace("spring", "autumn")}, written={"lead": ONE})}

    assert fates(ONE, whole(ONE), items) == [
        (Fate.THERE, "The council meets each", None),
        (Fate.CHANGED, "spring", None),
        (Fate.THERE, "in the north", None),
    ]


def test_a_word_that_was_never_written_is_gone():
    less = ONE.replace("spring ", "")

    found = fates(ONE, whole(ONE), {1: ItemTexts(now={"lead": less}, written={"lead": less})})

    assert [fate for fate, _, _ in found] == [Fate.THERE, Fate.GONE, Fate.THERE]


def test_what_an_editor_kept_against_the_source_is_changed():
    items = {1: ItemTexts(now={"lead": "Mine"}, written={"lead": "Old"}, disputed=["lead"])}

    assert fates(ONE, whole(ONE), items) == [(Fate.CHANGED, ONE, None)]


@pytest.mark.parametrize(
    "item", [pytest.param(1, id="same page"), pytest.param(2, id="another page")]
)
def test_words_that_stand_elsewhere_have_moved(item):
    items = {1: ItemTexts({}, {"lead": ONE}), 2: ItemTexts({}, {})}
    items[item] = ItemTexts(now={"body.new": f"Before. {ONE}. After."}, written={})

    assert fates(ONE, whole(ONE), items) == [(Fate.MOVED, ONE, item)]


def test_the_same_page_is_preferred_for_what_moved():
    items = {n: ItemTexts(now={"body.new": ONE}, written={}) for n in (2, 1, 3)}

    assert fates(ONE, whole(ONE), items) == [(Fate.MOVED, ONE, 1)]


def test_a_word_alone_is_not_found_in_other_sentences():
    items = {1: ItemTexts(now={"lead": "On and on", "body.new": "the words of others"}, written={})}

    assert fates("the", whole("the"), items) == [(Fate.GONE, "the", None)]


def test_a_short_text_is_found_where_it_is_a_text_of_its_own():
    items = {1: ItemTexts(now={"body.new": "Our members"}, written={})}

    assert fates("Our members", whole("Our members"), items) == [(Fate.MOVED, "Our members", 1)]


def test_a_word_of_the_site_answers_once():
    text = "one two three one two three"

    found = fates(text, whole(text), {1: ItemTexts({"body.new": "one two three"}, {})})

    assert found == [(Fate.MOVED, "one two three", 1), (Fate.GONE, "one two three", None)]


def test_order_counts():
    found = fates(
        "one two", whole("one two"), {1: ItemTexts({"lead": "two one"}, {"lead": "one two"})}
    )

    assert sorted(fate.value for fate, _, _ in found) == ["changed", "there"]


def test_the_address_behind_a_label_may_stand_beside_it():
    text = "The site [https://example.org/]"
    items = {
        1: ItemTexts({"links.a.label": "The site"}, {}, {"links.a.label": "https://example.org/"})
    }

    assert [fate for fate, _, _ in fates(text, whole(text, "links.a"), items)] == [Fate.THERE]


def test_inner_parts_come_before_the_block_around_them():
    text = "Actions: tabled a report"
    claims = [
        SpanClaim((1, "body.b"), (0, 24)),
        SpanClaim((1, "body.b.initiatives.i.text"), (9, 24)),
    ]
    now = {"body.b.intro": "tabled a report", "body.b.initiatives.i.text": "tabled a report"}

    found = fates(text, claims, {1: ItemTexts(now, {"body.b.intro": "Actions:"})})

    assert found == [(Fate.CHANGED, "Actions", None), (Fate.THERE, "tabled a report", None)]


def test_words_of_several_sources_are_told_apart():
    search = WordSearch()
    for item in (1, 2):
        now = {"lead": ONE} if item == 1 else {}
        search.add(
            source(ONE), chrome=(), claims=whole(ONE, item=item), items={item: ItemTexts(now, {})}
        )

    assert [[one.fate for one in found] for found in search.stretches()] == [
        [Fate.THERE],
        [Fate.GONE],
    ]


_texts = st.lists(st.sampled_from("a b c d e f g h".split()), max_size=40).map(" ".join)


@given(_texts, st.lists(_texts, max_size=4))
def test_every_word_has_one_fate_and_no_word_of_the_site_answers_twice(text, now):
    paths = {f"body.{n}": part for n, part in enumerate(now)}
    search = WordSearch()
    search.add(
        source(text), chrome=(), claims=whole(text, "body.0"), items={1: ItemTexts(paths, {})}
    )
    (found,) = search.stretches()

    assert sum(one.words for one in found) == len(words(text))
    kept = sum(one.words for one in found if one.fate in {Fate.THERE, Fate.MOVED})
    assert kept <= sum(len(words(part)) for part in now)


@given(_texts)
def test_a_text_that_is_there_is_there_wholly(text):
    search = WordSearch()
    search.add(
        source(text), chrome=(), claims=whole(text), items={1: ItemTexts({"lead": text}, {})}
    )
    (found,) = search.stretches()

    assert {one.fate for one in found} <= {Fate.THERE}


def test_spans_are_found_again_in_a_source_that_changed_elsewhere():
    old = source("Title\n\nNew words. Title again\n\nThe end of it")
    new = source("Title\n\nOther, longer words here. Title again\n\nThe end of it")

    places = {"title": (0, 5), "body.a": (18, 29), "body.b": (31, 44), "body.b.text": (31, 38)}
    found = relocated(places, old=old, new=new)

    assert {path: new.text[slice(*span)] for path, span in found.items()} == {
        "title": "Title",
        "body.a": "Title again",
        "body.b": "The end of it",
        "body.b.text": "The end",
    }


def test_what_is_not_in_the_new_source_has_no_place():
    assert relocated({"lead": (0, 42)}, old=source(ONE), new=source("Something else")) == {}


def test_a_large_source_takes_linear_time():
    # A day's work for anything quadratic.
    text = " ".join(f"word{n % 5_000}" for n in range(200_000))
    claims = [SpanClaim((1, f"body.{n}"), (n, n + 8)) for n in range(0, len(text) - 8, 40)]

    found = fates(text, claims, {1: ItemTexts({f"body.{n}": "other" for n in range(20_000)}, {})})

    assert {fate for fate, _, _ in found} == {Fate.GONE}
