"""Dates as people write them where a date is asked for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsec_wagtail.dates import (
    EDTF,
    LONGEST_ENTRY,
    DateEntry,
    Fault,
    Point,
    Precision,
    Reason,
    read_entry,
    say,
)
from tests.test_dates_properties import LANGUAGES, TEXTS, values


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("April 2004", "2004-04"),
        ("avril 2004", "2004-04"),
        ("  avril\u00a02004 ", "2004-04"),
        ("Avril 2004.", "2004-04"),
        ("in April 2004", "2004-04"),
        ("le 17 avril 2004", "2004-04-17"),
        ("17/04/2004", "2004-04-17"),
        ("04/17/2004", "2004-04-17"),
        ("17.04.2004", "2004-04-17"),
        ("04/04/2004", "2004-04-04"),
        ("13/04/2004 - 05/06/2004", "2004-04-13/2004-06-05"),
        ("samedi 17 avril 2004", "2004-04-17"),
        ("1999-2000", "1999/2000"),
        ("(1999–2000)", "1999/2000"),
        ("1999-00", "1999/2000"),
        ("2012-13", "2012/2013"),
        ("2004/05", "2004/2005"),
        ("2004-05", "2004-05"),
        ("(2004-05)", "2004-05"),
        ("2004-05 ?", "2004-05?"),
        ("2004–05", "2004/2005"),
        ("June 1999 to date", "1999-06/.."),
        ("depuis juin 1999", "1999-06/.."),
        ("jusqu’en 1999", "../1999"),
        ("avril-mai 2004", "2004-04/2004-05"),
        ("3e trimestre 2004", "2004-07/2004-09"),
        ("au printemps 2004", "2004-21"),
        ("les années 1990", "199X"),
        ("199x", "199X"),
        ("XXe siècle", "19XX"),
        ("2004?", "2004?"),
        ("2004 ~", "2004~"),
        ("June 2004 (?)", "2004-06?"),
        ("vers 1999 ?", "1999%"),
        ("a month in 2004", "2004-XX"),
        ("1200–1350", "1200/1350"),
        ("l’an 42", "0042"),
    ],
)
def test_whole_text_is_the_date_in_either_language(written, edtf):
    assert read_entry(written) == DateEntry(EDTF.parse(edtf))


@pytest.mark.parametrize(
    ("written", "edtf", "unheld"),
    [
        ("early 2003", "2003", "early"),
        ("mid-June 2004", "2004-06", "mid"),
        ("fin 2003 à début 2004", "2003/2004", "fin, début"),
    ],
)
def test_words_that_edtf_cannot_hold_are_named(written, edtf, unheld):
    assert read_entry(written) == DateEntry(EDTF.parse(edtf), unheld=unheld)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("03/04/2004", ["2004-03-04", "2004-04-03"]),
        (
            "03/04/2004 - 05/04/2004",
            ["2004-03-04/2004-05-04", "2004-04-03/2004-04-05"],
        ),
        ("des années 1990 à 1995", ["199X/1995", "1990/1995"]),
    ],
)
def test_what_may_mean_two_dates_is_not_decided(written, readings):
    entry = read_entry(written)

    assert (entry.value, entry.reason) == (None, Reason(Fault.EITHER))
    assert sorted(map(str, entry.readings)) == sorted(readings)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31 June 2004", Reason(Fault.DAY, year=2004, month=6, days=30)),
        ("le 31 juin 2004", Reason(Fault.DAY, year=2004, month=6, days=30)),
        ("31/06/2004", Reason(Fault.DAY, year=2004, month=6, days=30)),
        ("le 31/06/2004", Reason(Fault.DAY, year=2004, month=6, days=30)),
        ("02/30/2004", Reason(Fault.DAY, year=2004, month=2, days=29)),
        ("2004-06-31", Reason(Fault.DAY, year=2004, month=6, days=30)),
        ("2001-04-31/2001-05-02", Reason(Fault.DAY, year=2001, month=4, days=30)),
        ("30 February", Reason(Fault.DAY, month=2, days=29)),
        ("17/13/2004", Reason(Fault.MONTH, month=13)),
        ("2004-13-01", Reason(Fault.MONTH, month=13)),
        ("0000", Reason(Fault.YEAR)),
        ("17/04/04", Reason(Fault.SHORT_YEAR, words="04")),
        ("mid-June", Reason(Fault.NO_YEAR)),
        ("12 mai", Reason(Fault.NO_YEAR)),
        ("soon", Reason(Fault.FORM)),
        ("", Reason(Fault.EMPTY)),
        ("1" * 10_000, Reason(Fault.LONG)),
        ("May 2004 " * 30, Reason(Fault.LONG)),
    ],
)
def test_the_reason_is_exact_where_there_is_no_date(written, reason):
    assert read_entry(written) == DateEntry(reason=reason)


@pytest.mark.parametrize(
    ("written", "reason", "readings"),
    [
        ("2005-1999", Reason(Fault.BACKWARDS), ["1999/2005"]),
        ("2005/1999", Reason(Fault.BACKWARDS), ["1999/2005"]),
        ("du 14 au 12 mai 2003", Reason(Fault.BACKWARDS), ["2003-05-12/2003-05-14"]),
        ("May 2004 to April 2003", Reason(Fault.BACKWARDS), ["2003-04/2004-05"]),
        ("2004-13", Reason(Fault.MONTH, month=13), ["2004/2013"]),
        ("(2004-13)", Reason(Fault.MONTH, month=13), ["2004/2013"]),
        ("May 9 and 10, 2003", Reason(Fault.SEVERAL), ["2003-05-09", "2003-05-10"]),
        ("signed June 1999", Reason(Fault.REST, words="signed"), ["1999-06"]),
        ("before 2004", Reason(Fault.REST, words="before"), ["2004"]),
        ("2004-04-17T12:00", Reason(Fault.REST, words="T12:00"), ["2004-04-17"]),
        ("Sunday, 17 April 2004", Reason(Fault.WEEKDAY, words="Sunday,"), ["2004-04-17"]),
    ],
)
def test_dates_that_may_be_meant_are_offered_beside_the_reason(written, reason, readings):
    entry = read_entry(written)

    assert (entry.value, entry.reason) == (None, reason)
    assert [str(value) for value in entry.readings] == readings


@given(TEXTS)
@example("1999/2000/2001")
@example("-" * LONGEST_ENTRY)
@example("٣٣٣٣")
@example("\ud800 2004")
def test_any_text_gives_a_date_or_a_reason(text):
    entry = read_entry(text)

    assert (entry.value is None) is (entry.reason is not None)


@given(TEXTS)
def test_what_is_accepted_is_canonical_and_stays_what_it_is(text):
    entry = read_entry(text)

    for value in (entry.value, *entry.readings):
        if value is not None:
            assert read_entry(str(value)) == DateEntry(value)


def _is_said_as_years(value):
    """Tell whether French says ``value`` as it says years: « des années 1990 à 1995 »."""
    ends = [end.precision if isinstance(end, Point) else end for end in (value.start, value.end)]
    return ends == [Precision.DECADE, Precision.YEAR]


@given(values(), LANGUAGES)
def test_what_is_said_is_read_back_as_the_same_date(value, language):
    entry = read_entry(say(value, language=language))

    if _is_said_as_years(value):
        assert value in (entry.value, *entry.readings)
    elif value.start == value.end:
        # An interval of one date is said as that date.
        assert entry == DateEntry(EDTF(value.start))
    else:
        assert entry == DateEntry(value)


@given(st.text(max_size=20), values())
def test_nothing_of_the_text_is_dropped(text, value):
    words = f"{text} zzz {say(value)}"

    assert read_entry(words).value is None
