"""Stale phrases, and bodies compared across languages: the pure parts of two reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.admin.reports.claims import RULES, find_claims, find_counts
from hsec_wagtail.admin.reports.parity import Part, align, compare, parts_of
from hsec_wagtail.blocks.raw_places import raw_places, raw_texts


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("It recently met.", "en", ["recently"]),
        ("It met more recently than that.", "en", ["more recently"]),
        ("Currently, 12 states are members; today more.", "en-CA", ["Currently", "today"]),
        ("It meets this year and met last\u00a0spring.", "en", ["this year", "last\u00a0spring"]),
        ("It will soon meet, and shortly.", "en", ["soon", "shortly"]),
        ("As soon as it met, shortly after 1999.", "en", []),
        ("The todays of newlyweds.", "en", []),
        ("Le Canada a récemment signé.", "fr", ["récemment"]),
        ("Le Canada a re\u0301cemment signé.", "fr", ["récemment"]),
        ("Aujourd’hui et à l’heure actuelle.", "fr", ["Aujourd’hui", "à l’heure actuelle"]),
        ("L'an dernier, et l’année prochaine.", "fr", ["L'an dernier", "l’année prochaine"]),
        ("Actuellement, bientôt.", "fr_CA", ["Actuellement", "bientôt"]),
        ("It recently met.", "fr", []),
        ("Kürzlich traf man sich. Recently.", "de", []),
    ],
)
def test_phrases_that_grow_stale_are_found(text, language, found):
    claims = sorted(find_claims(text, language=language), key=lambda one: text.find(one.phrase))

    assert [claim.phrase for claim in claims] == found
    assert all(claim.why for claim in claims)


@pytest.mark.parametrize(
    ("text", "language", "count", "found"),
    [
        ("Over a dozen actions:", "en", 14, ["Over a dozen"]),
        ("More than 20 actions, of over 200 million.", "en", 14, ["More than 20"]),
        ("Nearly thirty", "en", 14, ["Nearly thirty"]),
        ("Over 20% of some 12 years since about 1999", "en", 14, []),
        ("A dozen actions", "en", 12, []),
        ("Over a dozen actions:", "en", 0, []),
        ("Plus d’une douzaine d’actions :", "fr", 14, ["Plus d’une douzaine"]),
        ("Près de vingt gestes, environ 12 ans", "fr", 14, ["Près de vingt"]),
        ("Over a dozen", "de", 14, []),
    ],
)
def test_a_number_beside_a_list_is_compared_with_the_list(text, language, count, found):
    claims = list(find_counts(text, language=language, count=count))

    assert [claim.phrase for claim in claims] == found
    assert all(str(count) in claim.why for claim in claims)


def test_the_sentence_is_shown_and_cut_where_it_is_long():
    long = "word " * 200
    (first,) = find_claims("It met. It recently signed it. It went.", language="en")
    (second,) = find_claims(f"{long}recently {long}", language="en")

    assert first.sentence == "It recently signed it."
    assert second.sentence.startswith("… ")
    assert second.sentence.endswith(" …")
    assert len(second.sentence) < 400


def test_every_rule_knows_both_languages():
    assert [rule.name for rule in RULES if set(rule.patterns) != {"en", "fr"}] == []


PIECES = st.sampled_from(
    [
        *("recently", "soon", "aujourd’hui", "over", "plus d'", "a dozen", "une douzaine", "12"),
        *(" ", ".", "e\u0301", "\u00a0", "| ", "\x00", "’", "%", "<", "999", "à"),
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join),
    st.sampled_from(["en", "fr", "de", ""]),
    st.integers(-1, 300),
)
def test_any_text_can_be_searched_and_each_phrase_is_in_its_sentence(text, language, count):
    claims = [
        *find_claims(text, language=language),
        *find_counts(text, language=language, count=count),
    ]

    for claim in claims:
        assert " ".join(claim.phrase.split()) in claim.sentence


def block(kind: str, value: object, name: str = "") -> dict[str, object]:
    return {"type": kind, "value": value, "id": name}


def initiative(text: str, *dates: str, name: str = "") -> dict[str, object]:
    written = [block("item", {"edtf": one}) for one in dates]
    return block("item", {"text": text, "dates": written}, name)


def initiatives(*items: object) -> dict[str, object]:
    return block("initiatives", {"intro": "", "initiatives": list(items)})


def differences(here: Sequence[object], there: Sequence[object]) -> list[tuple[str, str, str]]:
    def text(part: Part | None) -> str:
        return (part.text or part.type) if part else "-"

    return [
        (one.kind, text(one.here), text(one.there))
        for one in compare(parts_of(here), parts_of(there))
    ]


def test_what_one_language_lacks_is_found_by_types_and_dates():
    here = [
        block("paragraph", "<p>It met.</p>"),
        block("heading", {"text": "Done", "level": "2"}),
        initiatives(
            initiative("Signed", "1997-12"), initiative("Paid", "2001"), initiative("Left", "2005")
        ),
        block("link", {"label": "Treaty", "url": ""}),
    ]
    there = [
        block("paragraph", "<p>Rencontre.</p>"),
        initiatives(initiative("Signé", "1997-12"), initiative("Parti", "2005")),
        block("link", {"label": "Traité", "url": ""}),
        block("notice", {"text": "<p>Avis.</p>", "kind": "warning"}),
    ]

    assert differences(here, there) == [
        ("missing", "Done", "-"),
        ("count", "initiatives", "initiatives"),
        ("missing", "Paid", "-"),
        ("missing", "-", "Avis."),
    ]


def test_what_was_moved_in_one_language_is_known_by_its_id():
    one, two, three = (block("paragraph", f"<p>{name}</p>", name) for name in "abc")
    quote = block("quote", {"text": "<p>q</p>"}, "q")

    assert differences([quote, one, two, three], [one, two, three, quote]) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "value", "id", "dates", "edtf", "text"]), inside)
        | st.fixed_dictionaries({"type": st.sampled_from(["item", "link"]), "value": inside})
    ),
    max_leaves=20,
)
BODIES = st.lists(
    st.builds(
        block,
        st.sampled_from(["paragraph", "heading", "initiatives", "members"]),
        JSON | st.fixed_dictionaries({"initiatives": st.lists(JSON, max_size=5)}),
        st.sampled_from(["", "a", "b", "c"]),
    ),
    max_size=8,
    # Ids of blocks are unique, but for those that have none.
    unique_by=lambda one: one["id"] or id(one),
)


@given(BODIES, BODIES)
def test_each_part_of_two_bodies_is_compared_once_and_a_body_is_like_itself(here, there):
    one, other = parts_of(here), parts_of(there)
    pairs = list(align(one, other))

    assert [part for part, _its in pairs if part] == list(one)
    assert Counter(its for _part, its in pairs if its) == Counter(other)
    missing = sum(difference.kind == "missing" for difference in compare(one, other))
    assert sum(None in pair for pair in pairs) <= missing
    assert list(compare(one, one)) == []


@given(JSON)
def test_every_text_of_any_data_is_found_once(data):
    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [text for part in value.values() for text in texts(part)]
        items = value if isinstance(value, list) else []
        # Names and ids of blocks are no texts of theirs.
        return [
            text
            for item in items
            for text in texts(
                item["value"]
                if isinstance(item, dict) and {"type", "value"} <= item.keys()
                else item
            )
        ]

    found = [
        text
        for place in raw_places([block("x", data)], "body")
        for _name, text in raw_texts(place.value)
    ]

    assert sorted(found) == sorted(texts(data))
