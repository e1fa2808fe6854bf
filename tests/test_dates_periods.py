"""Quarters and halves of a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.dates import find_dates

ENGLISH = ["first", "second", "third", "fourth"]
FRENCH = ["premier", "deuxième", "troisième", "quatrième"]


def found(text, language):
    return [(date.edtf, date.text) for date in find_dates(text, language=language)]


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("in Q2 1998, the", "1998-04/1998-06", "Q2 1998"),
        ("(Q2/1998)", "1998-04/1998-06", "Q2/1998"),
        ("(2Q 1998)", "1998-04/1998-06", "2Q 1998"),
        ("Q2, 1998", "1998-04/1998-06", "Q2, 1998"),
        ("(1998 Q2)", "1998-04/1998-06", "1998 Q2"),
        ("1998-Q2", "1998-04/1998-06", "1998-Q2"),
        ("H2 1998", "1998-07/1998-12", "H2 1998"),
        ("the fourth quarter of 1998", "1998-10/1998-12", "fourth quarter of 1998"),
        ("the last quarter of 1998", "1998-10/1998-12", "last quarter of 1998"),
        ("the 2nd quarter 1998", "1998-04/1998-06", "2nd quarter 1998"),
        ("the second-quarter 1998 results", "1998-04/1998-06", "second-quarter 1998"),
        ("the first half of the year 1998", "1998-01/1998-06", "first half of the year 1998"),
        ("1998’s second half", "1998-07/1998-12", "1998’s second half"),
        ("Q2-Q3 1998", "1998-04/1998-09", "Q2-Q3 1998"),
        ("Q4 to Q1 1998", "1997-10/1998-03", "Q4 to Q1 1998"),
        ("from Q3 1997 to Q1 1998", "1997-07/1998-03", "from Q3 1997 to Q1 1998"),
        ("since Q2 1998", "1998-04/..", "since Q2 1998"),
        ("until Q2 1998", "../1998-06", "until Q2 1998"),
        ("about Q2 1998", "1998-04~/1998-06~", "about Q2 1998"),
    ],
)
def test_english_quarters_and_halves_are_months(text, edtf, words):
    assert found(text, "en") == [(edtf, words)]


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("au T2 1998", "1998-04/1998-06", "T2 1998"),
        ("S2 1998", "1998-07/1998-12", "S2 1998"),
        ("au deuxième trimestre de 1998", "1998-04/1998-06", "deuxième trimestre de 1998"),
        ("au 2e trimestre 1998", "1998-04/1998-06", "2e trimestre 1998"),
        ("au 1er semestre de l’année 1998", "1998-01/1998-06", "1er semestre de l’année 1998"),
        ("la seconde moitié de 1998", "1998-07/1998-12", "seconde moitié de 1998"),
        ("le dernier trimestre de 1998", "1998-10/1998-12", "dernier trimestre de 1998"),
        ("du 2e au 3e trimestre 1998", "1998-04/1998-09", "du 2e au 3e trimestre 1998"),
        ("depuis le 2e trimestre 1998", "1998-04/..", "depuis le 2e trimestre 1998"),
    ],
)
def test_french_quarters_and_halves_are_months(text, edtf, words):
    assert found(text, "fr") == [(edtf, words)]


def test_quarters_share_their_year():
    assert found("the first and third quarters of 1998, Q1 1999", "en") == [
        ("1998-01/1998-03", "first"),
        ("1998-07/1998-09", "third quarters of 1998"),
        ("1999-01/1999-03", "Q1 1999"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("the second quarter of fiscal 1998", "en", ["1998"]),
        ("Q2 1998-99", "en", []),
        ("the second quarter of 1998-99", "en", ["1998/1999"]),
        ("le 2e trimestre de l’exercice 1998-1999", "fr", ["1998/1999"]),
        ("the first half of the 1990s", "en", ["199X"]),
        ("in the second quarter 2000 people", "en", []),
        ("the fifth quarter of 1998", "en", ["1998"]),
        ("Q5 1998", "en", []),
        ("FAQ2 1998", "en", []),
        ("a quarter of 1998", "en", ["1998"]),
        ("the second 1998 conference", "en", ["1998"]),
        ("le premier ministre en 1998", "fr", ["1998"]),
    ],
)
def test_what_is_no_quarter_of_a_calendar_year_is_not_read_as_one(text, language, expected):
    assert [edtf for edtf, _ in found(text, language)] == expected


@given(st.integers(1700, 2099), st.integers(1, 4), st.integers(1, 4), st.sampled_from(["en", "fr"]))
def test_a_range_of_quarters_over_the_turn_of_the_year_begins_before_it(
    year, first, last, language
):
    names = ENGLISH if language == "en" else FRENCH
    form = (
        "from the {} to the {} quarter of {}" if language == "en" else "du {} au {} trimestre de {}"
    )

    (date,) = find_dates(form.format(names[first - 1], names[last - 1], year), language=language)

    start = year - 1 if first > last else year
    assert date.edtf == f"{start}-{3 * first - 2:02}/{year}-{3 * last:02}"
