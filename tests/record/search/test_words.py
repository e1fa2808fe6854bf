"""Words as a search compares them."""

from __future__ import annotations

import pytest

from hsec_wagtail.record.search.words import fold_words, keys, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("civilian", "Civilians", "en"),
        ("protecting", "protected", "en"),
        ("U.N.", "UN", "en"),
        ("sécurité", "securite", "fr"),
        ("œuvre", "OEUVRES", "fr"),
        ("conflit", "conflits", "fr"),
        ("réalisé", "réalisées", "fr"),
        ("Lysøen", "lysoen", ""),
        ("Straße", "strasse", ""),
    ],
)
def test_two_words_share_a_term(one, other, language):
    assert set(keys(one, language)) & set(keys(other, language))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("civil", "civilian", "en"), ("réseau", "réserve", "fr")],
)
def test_two_words_share_no_term(one, other, language):
    assert not set(keys(one, language)) & set(keys(other, language))


def test_common_words_and_what_an_apostrophe_leaves_are_no_terms():
    assert list(terms("L’enfant d'un pays et la paix", "fr")) == ["fr enfant", "fr pay", "fr pai"]
    assert list(terms("Canada’s agenda of the year", "en")) == ["en canada", "en agenda", "en year"]


def test_words_are_folded_without_their_marks():
    assert fold_words("L’œuvre, « Lysøen » (U.N.)\n5 %") == "l oeuvre lysoen un 5"


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "☃ ½ %", "_ -", "日本", "a" * 10_000])
def test_any_text_has_terms_of_a_bounded_length(text):
    assert all(len(term) <= 48 for term in terms(text, "fr"))
    assert " |" not in fold_words(text)
