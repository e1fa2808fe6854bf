"""What holds for every date, every text."""

import calendar
import contextlib
import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hsec_wagtail.dates import EDTF, DateError, Edge, Point, Precision, find_dates, say

ALL_YEARS = st.integers(1, 9999)
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])
LANGUAGES = st.sampled_from(["en", "fr", "fr-CA", "de"])
# Fragments that dates are made of, so that random texts come near to real ones.
FRAGMENTS = st.sampled_from([
    *("1999", "2000", "2001", "12", "5", "31", "1er", "3rd", "09", "1325", "000", "1990s", "-", "–", "/", ".", ",", " ", " ", "\u00a0"),
    *("June", "may", "May", "Sept.", "juin", "déc.", "mars", "août", "été", "spring", "and", "et", "to", "à", "au", "du", "de", "from"),
    *("between", "entre", "since", "depuis", "until", "jusqu’", "en", "in", "about", "vers", "c.", "peut-être", "early", "mi-", "les"),
    *("années", "(", ")", "present", "signed", "page", "troops", "$", "\n", "\n\n", "http://x.org/", "@", "the", "T", "~", "of", "le"),
])  # fmt: skip
NEAR_PROSE = st.lists(FRAGMENTS, max_size=25).map(" ".join) | st.lists(FRAGMENTS, max_size=25).map(
    "".join
)
TEXTS = st.text() | NEAR_PROSE


@st.composite
def points(draw, years=ALL_YEARS, precisions=tuple(Precision)[:-1]):
    precision, qualifier = draw(st.sampled_from(precisions)), draw(QUALIFIERS)
    year = draw(years)
    match precision:
        case Precision.DAY:
            month = draw(st.integers(1, 12))
            return Point(
                year,
                month,
                draw(st.integers(1, calendar.monthrange(year, month)[1])),
                qualifier=qualifier,
            )
        case Precision.MONTH:
            return Point(year, draw(st.integers(1, 12)), qualifier=qualifier)
        case Precision.SEASON:
            return Point(year, draw(st.integers(21, 24)), qualifier=qualifier)
        case Precision.YEAR:
            return Point(year, qualifier=qualifier)
    unknown = 1 if precision is Precision.DECADE else 2
    start = year - year % 10**unknown
    assume(start > 0)
    return Point(start, unknown=unknown, qualifier=qualifier)


ALL_POINTS = points()


@st.composite
def values(draw, point=ALL_POINTS):
    start, end = (
        draw(point | st.sampled_from(Edge)),
        draw(point | st.sampled_from(Edge) | st.none()),
    )
    # Of two days in the wrong order the other order is a value: few are thrown away.
    for first, last in [(start, end)] + ([(end, start)] if end else []):
        with contextlib.suppress(DateError):
            return EDTF(first, last)
    assume(condition=False)


PROSE_POINTS = points(
    years=st.integers(1600, 2100),
    precisions=(Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE),
)


def _prose_carries(value):
    """Tell whether both languages have words for ``value`` alone.

    None says that an end exists and is unknown; « des années 1990 à 1995 » are years.
    """
    ends = [end.precision if isinstance(end, Point) else end for end in (value.start, value.end)]
    return Edge.UNKNOWN not in ends and ends != [Precision.DECADE, Precision.YEAR]


PROSE_VALUES = values(PROSE_POINTS).filter(_prose_carries)


@given(values())
def test_the_text_of_a_value_is_read_as_that_value(value):
    assert EDTF.parse(str(value)) == value


@given(st.text(alphabet="0123456789X-/.~?%", max_size=24))
def test_a_text_has_itself_as_canonical_form_or_no_value(text):
    try:
        value = EDTF.parse(text)
    except DateError:
        return

    assert str(value) == text


@given(st.text())
def test_any_text_is_a_value_or_a_date_error(text):
    with contextlib.suppress(DateError):
        assert isinstance(EDTF.parse(text), EDTF)


@given(values())
def test_no_value_ends_before_it_starts(value):
    first, last = value.earliest or date.min, value.latest or date.max

    assert first <= last


@given(values(), values())
def test_of_two_values_exactly_one_is_less_or_they_are_equal(one, other):
    assert [one < other, one == other, one > other].count(True) == 1


@given(values(), values())
def test_equal_values_have_equal_texts_and_hashes(one, other):
    assert (one == other) == (str(one) == str(other))
    assert one != other or hash(one) == hash(other)


@given(values(), values(), values())
def test_order_is_transitive(one, other, third):
    first, second, last = sorted([one, other, third])

    assert first <= second <= last
    assert first <= last


@given(st.lists(values()))
def test_sorting_follows_the_earliest_day_with_open_starts_first(dates):
    keys = [(value.earliest is not None, value.earliest or date.min) for value in sorted(dates)]

    assert keys == sorted(keys)


@given(values())
def test_html_is_a_date_a_month_or_a_year(value):
    assert value.html is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", value.html)


@given(TEXTS, LANGUAGES)
@example("1999-" * 3, "en")
@example("(1990", "en")
def test_found_texts_are_exact_ordered_and_apart(text, language):
    found = find_dates(text, language=language)

    assert [text[slice(*each.span)] for each in found] == [each.text for each in found]
    edges = [edge for each in found for edge in each.span]
    assert edges == sorted(edges)
    assert all(each.text.strip() == each.text != "" for each in found)


MONTH_STEMS = (
    "jan",
    "fe|fé",
    "mar",
    "a[vp]r",
    "ma[iy]",
    "jui?n",
    "juil|jul",
    "ao[uû]|aug",
    "sep",
    "oct",
    "nov",
    "d[eé]c",
)
SEASON_STEMS = {
    21: "spring|printemps",
    22: "summer|été|ete",
    23: "autumn|fall|automne",
    24: "winter|hiver",
}


def _states(text, point):
    """Tell whether each part of ``point`` is in ``text``, the century of a year perhaps only once."""
    year = f"{point.year:04}"
    parts = [year in text or re.search(rf"[-/–]{year[2:]}", text)]
    if point.month and point.month > 12:
        parts.append(re.search(SEASON_STEMS[point.month], text.lower()))
    elif point.month:
        parts.append(
            re.search(rf"{MONTH_STEMS[point.month - 1]}|\b0?{point.month}\b", text.lower())
        )
    if point.day:
        parts.append(re.search(rf"(?<!\d)0?{point.day}(?!\d)", text))
    return all(parts)


@given(NEAR_PROSE, LANGUAGES)
def test_no_part_of_a_found_date_is_invented(text, language):
    for each in find_dates(text, language=language):
        assert all(_states(text, point) for point in each.value.points)


@given(PROSE_VALUES, st.sampled_from(["en", "fr"]))
@example(EDTF.parse("2000-06-01/2001"), "fr")
@example(EDTF.parse("199X~/2001?"), "fr")
@example(EDTF.parse("2003-24/2004"), "en")
def test_what_is_said_is_found_again(value, language):
    (found,) = find_dates(say(value, language=language), language=language)

    assert found.value == value


@given(PROSE_VALUES, st.sampled_from(["en", "fr"]))
def test_what_is_said_is_found_by_a_reader_of_both_languages(value, language):
    assert [found.value for found in find_dates(say(value, language=language), language="")] == [
        value
    ]


def _written(day, *, language, month_first):
    """Return how prose writes ``day`` without its year."""
    named, _, _ = say(EDTF.parse(day.isoformat()), language=language).rpartition(" ")
    if not month_first:
        return named
    number, month = named.split()
    return f"{month} {number}"


@st.composite
def ranges_with_one_year(draw):
    """Draw the first and last day of a range of less than a year in two months, and how prose writes it."""
    first = draw(st.dates(date(1700, 1, 1), date(2098, 12, 31)))
    last = first + timedelta(days=draw(st.integers(1, 330)))
    assume(first.month != last.month)
    language, month_first = draw(st.sampled_from([("en", False), ("en", True), ("fr", False)]))
    left, right = (
        _written(day, language=language, month_first=month_first) for day in (first, last)
    )
    forms = {
        "en": ["{} - {}", "{}–{}", "from {} to {}", "between {} and {}"],
        "fr": ["{} - {}", "du {} au {}", "entre le {} et le {}"],
    }
    comma = ", " if month_first else " "
    text = draw(st.sampled_from(forms[language])).format(left, right) + f"{comma}{last.year}"
    return first, last, text, language


@given(ranges_with_one_year())
@example((date(2003, 12, 28), date(2004, 1, 3), "December 28 – January 3, 2004", "en"))
@example((date(1988, 2, 29), date(1988, 3, 1), "du 29 février au 1er mars 1988", "fr"))
def test_a_range_over_the_turn_of_the_year_begins_in_the_year_before(drawn):
    first, last, text, language = drawn

    assert [found.edtf for found in find_dates(text, language=language)] == [f"{first}/{last}"]


@given(
    st.integers(1700, 2098), st.integers(1, 12), st.integers(1, 12), st.sampled_from(["en", "fr"])
)
def test_months_over_the_turn_of_the_year_belong_to_two_years(year, first, last, language):
    assume(first != last)
    left, right = (
        say(f"{year}-{month:02}", language=language).split()[0] for month in (first, last)
    )

    found = find_dates(f"{left}-{right} {year}", language=language)

    start = year - 1 if first > last else year
    assert [one.edtf for one in found] == [f"{start}-{first:02}/{year}-{last:02}"]


@given(PROSE_VALUES)
def test_edtf_points_in_prose_are_found_or_left_alone(value):
    assert all(found.value.points for found in find_dates(str(value)))


@pytest.mark.parametrize(
    "unit",
    [
        "1999-",
        "June ",
        "du 8 au ",
        "5, ",
        "5 and ",
        "1999 and ",
        "from 1999 to ",
        "a.",
        "a@",
        "peut-être ",
        "1-1-",
        "(",
        "e\u0301",
    ],
)
def test_a_long_hostile_text_is_read_to_its_end(unit):
    text = unit * (200_000 // len(unit)) + "\n\n12 May 2003"

    assert find_dates(text, language="")[-1].edtf == "2003-05-12"
