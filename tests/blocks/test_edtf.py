from datetime import date

import pytest

from django.utils import translation

from hsec_wagtail.blocks.edtf import (
    EDTFBlock,
    ShownDate,
    find_order_faults,
    language_of,
    read_edtf,
)
from hsec_wagtail.blocks.entered_dates import _FAULTS
from hsec_wagtail.dates import EDTF, Fault
from tests.blocks.faults import draft_faults, publish_faults


@pytest.mark.parametrize(
    "edtf", ["2004", "2004-04", "2004-04-17", "1999/2000", "1990/..", "199X", "2001~", " 2004 "]
)
def test_date_as_exact_as_it_is_known_is_taken(edtf):
    block = EDTFBlock()

    assert block.clean(edtf) == edtf.strip()


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("April 2004", "2004-04"),
        ("avril 2004", "2004-04"),
        ("1999-2000", "1999/2000"),
        ("since June 1999", "1999-06/.."),
    ],
)
def test_date_in_words_is_stored_as_edtf_when_published_and_kept_in_a_draft(written, edtf):
    block = EDTFBlock()

    assert block.clean(written) == edtf
    assert draft_faults(block, written) == {}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("yesterday", "“yesterday” is no date. Write for example 2004, 2004-04, 2004-04-17 or 1999/2000."),
        ("2001-02-30", "“2001-02-30”: there is no such day. February 2001 has at most 28 days."),
        ("30 février", "“30 février”: there is no such day. February has at most 29 days."),
        ("17/13/2004", "“17/13/2004”: there is no month 13."),
        ("2004-13", "“2004-13”: there is no month 13. If years are meant, write 2004–2013 (2004/2013)."),
        ("2000/1999", "The end is before the start. In order it is 1999–2000 (1999/2000)."),
        ("2012-23/2012-22", "The end is before the start. In order it is summer–autumn 2012 (2012-22/2012-23)."),
        ("03/04/2004", "“03/04/2004” may mean 4 March 2004 (2004-03-04) or 3 April 2004 (2004-04-03). Write the one that is meant."),
        ("1999 or 2000", "“1999 or 2000” is more than one date. Enter each by itself: 1999, 2000."),
        ("before 2004", "“before” is no part of a date. Only 2004 was understood."),
        ("Sunday 17 April 2004", "“Sunday” is not the day of the week of 17 April 2004 (2004-04-17)."),
        ("mid-June", "“mid-June” has no year."),
        ("17/04/04", "“17/04/04”: write the year with four digits."),
        ("0000", "“0000”: there is no such year. Years run from 0001 to 9999."),
        ("x" * 10_000, "Ensure this value has at most 120 characters (it has 10000)."),
    ],
)  # fmt: skip
def test_other_text_is_refused_with_its_reason(written, fault):
    assert publish_faults(EDTFBlock(), written) == [fault]


@pytest.mark.parametrize("written", ["2004-13", "2001-02-30", "yesterday", "2000/1999"])
def test_draft_keeps_what_is_no_date(written):
    assert draft_faults(EDTFBlock(), written) == {}


@pytest.mark.parametrize("value", [None, "", "nonsense"])
def test_what_is_no_date_is_read_as_none(value):
    assert read_edtf(value) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("1999", "2000", id="in order"),
        pytest.param("1999-06", "1999", id="may be in order"),
        pytest.param("1999", "", id="no end"),
        pytest.param("", "1999", id="no start"),
        pytest.param("nonsense", "1999", id="no date"),
        pytest.param("1066", "1066", id="long ago"),
        pytest.param(date(2001, 1, 1), date(2001, 1, 1), id="one day"),
        pytest.param(None, date(2001, 1, 1), id="no first day"),
    ],
)
def test_dates_in_order_are_taken(first, last):
    assert find_order_faults({"a": first, "b": last}, "a", "b") == {}


@pytest.mark.parametrize(
    ("first", "last"),
    [("2000", "1999"), (date(2001, 1, 2), date(2001, 1, 1))],
    ids=["edtf", "days"],
)
def test_end_before_start_is_a_fault_of_both(first, last):
    faults = find_order_faults({"a": first, "b": last}, "a", "b")

    assert {name: error.messages for name, error in faults.items()} == {
        "a": ["The end is before the start. Correct one of the two dates."],
        "b": ["The end is before the start. Correct one of the two dates."],
    }


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        pytest.param(
            EDTF.parse("2004-04"), "en", '<time datetime="2004-04">April 2004</time>', id="month"
        ),
        pytest.param(
            EDTF.parse("2004-04"), "fr", '<time datetime="2004-04">avril 2004</time>', id="French"
        ),
        pytest.param(
            date(2004, 4, 17), "en", '<time datetime="2004-04-17">17 April 2004</time>', id="day"
        ),
        pytest.param(EDTF.parse("1999/2000"), "en", "1999–2000", id="interval has no datetime"),
    ],
)
def test_date_is_shown_in_words(value, language, expected):
    assert str(ShownDate.make(value, language=language)) == expected


def test_language_is_the_active_one_without_a_page():
    with translation.override("fr"):
        assert language_of({}) == "fr"


def test_language_is_the_page_s_if_it_is_loaded(page, django_assert_num_queries):
    context = {"page": page, "hsec_language": "fr"}
    assert page.locale.language_code == "en"

    with translation.override("fr"), django_assert_num_queries(0):
        assert language_of(context) == "en"


def test_language_costs_no_query(page, django_assert_num_queries):
    page.refresh_from_db()

    with translation.override("fr"), django_assert_num_queries(0):
        assert language_of({"page": page, "hsec_language": "fr"}) == "fr"


def test_every_fault_has_its_message():
    assert set(_FAULTS) == set(Fault)
