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
from hsec_wagtail.dates import EDTF
from tests.blocks.faults import draft_faults, publish_faults


@pytest.mark.parametrize(
    "edtf", ["2004", "2004-04", "2004-04-17", "1999/2000", "1990/..", "199X", "2001~", " 2004 "]
)
def test_date_as_exact_as_it_is_known_is_taken(edtf):
    block = EDTFBlock()

    assert block.clean(edtf) == edtf.strip()


@pytest.mark.parametrize("written", ["2004-13", "2001-02-30", "yesterday", "2000/1999"])
def test_other_dates_are_refused_when_published_only(written):
    block = EDTFBlock()

    assert publish_faults(block, written) == [
        f"“{written}” is no date. Write for example 2004, 2004-04, 2004-04-17 or 1999/2000."
    ]
    assert draft_faults(block, written) == {}


def test_date_in_words_is_suggested():
    assert publish_faults(EDTFBlock(), "April 2004") == [
        "“April 2004” is not a date as it is written here. Did you mean 2004-04?"
    ]


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
