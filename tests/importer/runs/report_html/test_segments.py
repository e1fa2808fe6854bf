"""Source and result side by side: who owns which stretch, and what a part says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.runs.report_html.segments import (
    SourceMark,
    display_text,
    marks_of,
    parts_of,
    segments,
)

INITIATIVE = {"type": "item", "id": "i", "value": {"text": "<p>Tabled a report</p>", "dates": [
    {"type": "item", "id": "d", "value": {"edtf": "2000", "label": "", "text": "2000"}}]}}  # fmt: skip
FIELDS: dict[str, Any] = {
    "title": "Council",
    "body": [
        {
            "type": "initiatives",
            "id": "b",
            "value": {"intro": "Actions:", "initiatives": [INITIATIVE]},
        },
        {"type": "link", "id": "l", "value": {"label": "Its site", "url": "https://example.org/"}},
        {"type": "quote", "id": "q", "value": {"text": "Words", "attribution": "A delegate"}},
    ],
}
SPANS = {
    "title": (0, 7),
    "body.b": (8, 40),
    "body.b.initiatives.i.text": (17, 32),
    "body.b.initiatives.i.dates.d": (33, 37),
    "body.q": (41, 50),
}


def shown(text: str, marks: list[SourceMark]) -> list[tuple[str, str]]:
    return [
        (one.text, (one.mark.target or one.mark.reason) if one.mark else "")
        for one in segments(text, marks)
    ]


def test_parts_are_what_spans_name_and_what_stands_beside_them():
    parts = parts_of(FIELDS, SPANS, prefix="p1")

    assert [(part.id, part.type, part.text) for part in parts] == [
        ("p1-1", "title", "Council"),
        ("p1-2", "initiatives", "Actions:"),
        ("p1-3", "initiatives", "Tabled a report"),
        ("", "link", "Its site"),
        ("p1-4", "quote", "Words\nA delegate"),
    ]


def test_every_mark_leads_to_a_part_that_is_shown():
    without = {**FIELDS, "body": FIELDS["body"][:2]}
    parts = parts_of(without, SPANS, prefix="p1")

    marks = list(marks_of(SPANS, parts, prefix="p1"))

    assert [(mark.target, mark.span) for mark in marks] == [
        ("p1-1", (0, 7)),
        ("p1-2", (8, 40)),
        ("p1-3", (17, 32)),
    ]


def test_the_innermost_mark_counts():
    marks = [SourceMark((0, 9), target="outer"), SourceMark((3, 6), target="inner")]

    assert shown("012345678", marks) == [("012", "outer"), ("345", "inner"), ("678", "outer")]


def test_what_was_left_out_counts_before_what_stands_around_it():
    marks = [SourceMark((0, 5), reason="navigation"), SourceMark((1, 3), target="part")]

    assert shown("012345", marks) == [
        ("0", "navigation"),
        ("12", "navigation"),
        ("34", "navigation"),
        ("5", ""),
    ]


def test_only_the_first_segment_of_a_mark_is_the_first():
    marks = [SourceMark((0, 3), target="a"), SourceMark((1, 2), target="b")]

    assert [one.first for one in segments("012", marks)] == [True, True, False]


_marks = st.lists(
    st.builds(
        lambda start, length, target: SourceMark((start, start + length), target=target),
        st.integers(-3, 30),
        st.integers(0, 20),
        st.text("ab", min_size=1, max_size=3),
    )
)


@given(st.text(max_size=30), _marks)
def test_the_segments_are_the_whole_source(text, marks):
    assert "".join(one.text for one in segments(text, marks)) == text


@given(st.text(max_size=30), _marks)
def test_a_segment_lies_within_its_mark(text, marks):
    offset = 0
    for one in segments(text, marks):
        end = offset + len(one.text)
        if one.mark:
            assert one.mark.span[0] <= offset
            assert end <= one.mark.span[1]
        else:
            assert not any(
                mark.span[0] <= offset and end <= mark.span[1] for mark in marks if one.text
            )
        offset = end


def test_marks_within_marks_take_linear_time():
    # A day's work for anything quadratic.
    marks = [SourceMark((n, 40_000 - n), target="a") for n in range(20_000)]

    assert sum(1 for _ in segments("x" * 40_000, marks)) == 40_000 - 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("<p>Fish &amp; chips</p>", "Fish & chips", id="rich text"),
        pytest.param({"label": "Site", "page": None}, "Site", id="link"),
        pytest.param([{"type": "paragraph", "id": "x", "value": "<p>One</p>"}], "One", id="blocks"),
        pytest.param({"page": 7}, '{"page": 7}', id="no text"),
        pytest.param(None, None, id="not there"),
        pytest.param(True, "true", id="a setting"),
    ],
)
def test_a_value_is_said_as_people_see_it(value, expected):
    assert display_text(value) == expected
