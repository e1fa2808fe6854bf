"""Drawings of time as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.dates import EDTF
from hsec_wagtail.record.timeline.drawing import draw_chart, draw_strip

YEARS = st.integers(1, 9998)
DATES = st.one_of(
    YEARS.map("{:04}".format),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda parts: "{:04}-{:02}".format(*parts)),
    st.dates().map(str),
    YEARS.map("{:04}/..".format),
    YEARS.map("../{:04}".format),
    st.tuples(YEARS, st.integers(0, 1)).map(lambda p: f"{p[0]:04}~/{p[0] + p[1]:04}"),
    st.integers(1, 99).map("{:02}XX".format),
).map(EDTF.parse)


@given(st.lists(DATES, max_size=30))
def test_every_bar_is_seen_within_the_drawing(dates):
    chart = draw_chart(dates)

    bars = chart.bars if chart else ()
    assert len(bars) == len(dates)
    for bar in bars:
        assert float(bar.x) >= 0
        assert float(bar.width) >= 4
        assert float(bar.x) + float(bar.width) <= 1000.11


@given(st.dictionaries(YEARS, st.integers(0, 10**6)))
def test_a_strip_is_bounded_and_leaves_no_year_out(counts):
    strip = draw_strip(counts.items())

    counted = [year for year, count in counts.items() if count]
    ends = (strip.first, strip.last) if strip else None
    assert ends == ((min(counted), max(counted)) if counted else None)
    columns = strip.columns if strip else ()
    assert len(columns) <= 100
    assert bool(columns) == bool(counted)
    for column in columns:
        assert 0 <= float(column.x) <= 1000
        assert float(column.x) + float(column.width) <= 1000.11
        assert abs(float(column.y) + float(column.height) - 100) <= 0.11


def test_columns_of_the_years_that_were_asked_for_are_marked():
    strip = draw_strip([(1999, 2), (2000, 1), (2001, 4)], chosen=(2000, None))

    assert strip is not None
    assert [column.chosen for column in strip.columns] == [False, True, True]
    assert [column.height for column in strip.columns] == ["50", "25", "100"]


@pytest.mark.parametrize(
    ("edtf", "kind", "doubtful"),
    [
        ("1999-06-03", "exact", False),
        ("1999-06", "span", False),
        ("1999", "span", False),
        ("1999~", "span", True),
        ("1999/..", "open", False),
        ("../1999?", "open", True),
    ],
)
def test_a_bar_says_how_much_is_known(edtf, kind, doubtful):
    chart = draw_chart([EDTF.parse(edtf)])

    assert chart is not None
    assert [(bar.kind, bar.doubtful) for bar in chart.bars] == [(kind, doubtful)]


def test_a_month_is_as_long_as_a_month():
    chart = draw_chart([EDTF.parse("1999-01"), EDTF.parse("1999")])

    assert chart is not None
    assert [bar.width for bar in chart.bars] == ["84.9", "1000"]
