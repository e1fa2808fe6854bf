"""Dates of digits alone: the order of day and month, and ranges."""

import pytest

from hsec_wagtail.dates import DayOrder, day_order, find_dates, open_order_spans

DAY_FIRST, MONTH_FIRST = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


def values(text, *, language="en", order=None):
    return [found.edtf for found in find_dates(text, language=language, order=order)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "03/04/2001, then 25/04/2001", "en", DAY_FIRST, id="a day above twelve, first"
        ),
        pytest.param(
            "03/04/2001, then 04/25/2001", "fr", MONTH_FIRST, id="the page before its language"
        ),
        pytest.param("25-04-2001 and 25.04.2001", "en", DAY_FIRST, id="dashes and points"),
        pytest.param("25/04/2001 and 04/25/2001", "fr", None, id="both orders on one page"),
        pytest.param("03/04/2001", "fr", DAY_FIRST, id="French"),
        pytest.param("03/04/2001", "fr-CA", DAY_FIRST, id="French of Canada"),
        pytest.param("03/04/2001", "en-GB", DAY_FIRST, id="English of Britain"),
        pytest.param("03/04/2001", "en_us", MONTH_FIRST, id="English of the United States"),
        pytest.param("03/04/2001", "en", None, id="English alone"),
        pytest.param("03/04/2001", "en-CA", None, id="English of Canada"),
        pytest.param("31/42/2001, 31/04/20011, 1.31.04.2001", "en", None, id="no dates"),
    ],
)
def test_the_order_is_that_of_the_page_then_of_its_language(text, language, expected):
    assert day_order(text, language=language) is expected


def test_only_dates_that_have_two_orders_are_open():
    text = "on 03/04/2001, 04/04/2001, 25/04/2001 and 5-6-2001"

    assert [text[slice(*span)] for span in open_order_spans(text)] == ["03/04/2001", "5-6-2001"]


@pytest.mark.parametrize(
    ("order", "expected"), [(DAY_FIRST, "2001-04-03"), (MONTH_FIRST, "2001-03-04"), (None, "2001")]
)
def test_the_order_decides_what_two_numbers_mean(order, expected):
    assert values("(03/04/2001)", order=order) == [expected]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "08/30/2005 - 09/02/2005", "en", ["2005-08-30/2005-09-02"], id="settled by an end"
        ),
        pytest.param(
            "from 02/11/2005 to 30/11/2005", "en", ["2005-11-02/2005-11-30"], id="from to"
        ),
        pytest.param("du 2-9-2005 au 4-9-2005", "fr", ["2005-09-02/2005-09-04"], id="French"),
        pytest.param("28/02/2005-01/03/2005", "en", ["2005-02-28/2005-03-01"], id="no blanks"),
        pytest.param("28-29/03/2005", "en", ["2005-03-28/2005-03-29"], id="two days of a month"),
        pytest.param("entre le 28 et le 29/03/2005", "fr", ["2005-03-28/2005-03-29"], id="between"),
        # Not 2005/2005, the whole year.
        pytest.param("from 2-9-2005 to 4-9-2005", "en", ["2005"], id="order unknown"),
        pytest.param("02/09/2005 - 04/09/2006", "en", ["2005/2006"], id="order unknown, two years"),
        pytest.param("2-4/9/2005", "en", ["2005"], id="two days of a month, order unknown"),
    ],
)
def test_a_range_of_digits_is_as_exact_as_its_order_is_certain(text, language, expected):
    assert values(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("11-2014", ["2014-11"], id="two digits, dash"),
        pytest.param("7/2014", ["2014-07"], id="one digit"),
        pytest.param("28 07 1964", ["1964-07-28"], id="blanks"),
        pytest.param("07 08 1964", [], id="blanks, order unknown"),
        pytest.param("613 28 07 1964", [], id="more numbers before"),
        pytest.param("28 07 1964 22", [], id="more numbers after"),
        pytest.param("tel. 28 07 1964", [], id="telephone"),
        pytest.param("7-2014", [], id="one digit, dash"),
        pytest.param("No. 11/2003", [], id="numbered"),
        pytest.param("decision 11-2003", [], id="name of a decision"),
        pytest.param("law 7/2014", [], id="name of a law"),
        pytest.param("13-2014", [], id="no month"),
        pytest.param("C-11-2014", [], id="end of a name"),
        pytest.param("613-11-2014", [], id="end of a number"),
        pytest.param("28/07/1964-22", [], id="goes on"),
    ],
)
def test_two_numbers_before_a_year_are_a_date_or_a_number(text, expected):
    assert values(f"x ({text}) y") == expected
