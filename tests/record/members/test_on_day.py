"""Whether somebody was a member on a day: yes, possibly or no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.record.members.on_day import Answer, Term, shifted, was_member

TODAY = date(2026, 11, 29)
YES, POSSIBLY, NO = Answer.YES, Answer.POSSIBLY, Answer.NO


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def asked(term: Term, first: date, last: date | None = None) -> Answer:
    return was_member(term, first, last or first, today=TODAY)


@pytest.mark.parametrize(
    ("term", "when", "answer"),
    [
        pytest.param(Term(), date(1950, 1, 1), POSSIBLY, id="unknown start hides nobody"),
        pytest.param(Term(), TODAY, YES, id="who is a member is one today"),
        pytest.param(Term(), date(2030, 1, 1), POSSIBLY, id="nothing is certain of the future"),
        pytest.param(Term(*year(1999)), date(1998, 12, 31), NO, id="before the first day"),
        pytest.param(Term(*year(1999)), date(1999, 6, 1), POSSIBLY, id="in the year of the start"),
        pytest.param(Term(*year(1999)), date(1999, 12, 31), YES, id="at its end"),
        pytest.param(Term(ended=True), TODAY, NO, id="ended on an unknown day is not current"),
        pytest.param(Term(ended=True), date(2020, 1, 1), POSSIBLY, id="but may have been"),
        pytest.param(
            Term(*year(1999), *year(2003), ended=True), date(2001, 1, 1), YES, id="between both"
        ),
        pytest.param(
            Term(*year(1999), *year(2003), ended=True), date(2003, 6, 1), POSSIBLY, id="last year"
        ),
        pytest.param(
            Term(*year(1999), *year(2003), ended=True),
            date(2004, 1, 1),
            NO,
            id="after the last day",
        ),
        pytest.param(
            Term(*year(1999), start_doubtful=True), date(1998, 6, 1), POSSIBLY, id="about 1999"
        ),
        pytest.param(
            Term(*year(1999), start_doubtful=True),
            date(1996, 6, 1),
            NO,
            id="long before about 1999",
        ),
    ],
)
def test_answer_on_a_day(term, when, answer):
    assert asked(term, when) is answer


def test_who_joined_in_a_year_was_a_member_in_that_year():
    assert asked(Term(*year(1999)), *year(1999)) is YES


DAYS = st.integers(0, 25).map(lambda day: TODAY + timedelta(day - 15))
BOUNDS = st.tuples(DAYS, DAYS).map(sorted).map(tuple)


@given(start=BOUNDS, end=BOUNDS, period=BOUNDS)
def test_the_answer_is_that_of_all_days_that_may_be_meant(start, end, period):
    worlds = [(first, last) for first in days(*start) for last in days(*end) if first <= last]
    held = {first <= period[1] and last >= period[0] for first, last in worlds}
    expected = {frozenset({True}): YES, frozenset({False}): NO}.get(frozenset(held), POSSIBLY)

    if worlds:
        term = replace(Term(*start, *end), ended=True)
        assert asked(term, *period) is expected


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(day) for day in range((last - first).days + 1)]


@given(start=BOUNDS, day=DAYS)
def test_more_knowledge_never_turns_a_certain_answer(start, day):
    vague = asked(Term(None, start[1]), day)

    assert vague is POSSIBLY or asked(Term(*start), day) is vague


@given(period=BOUNDS, day=DAYS)
def test_a_longer_period_is_never_less_of_a_member(period, day):
    order = [NO, POSSIBLY, YES]
    term = Term(day, day + timedelta(3))

    wider = asked(term, period[0] - timedelta(1), period[1] + timedelta(1))
    assert order.index(wider) >= order.index(asked(term, *period))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_are_not_passed(day):
    assert shifted(day, timedelta(400) if day == date.max else timedelta(-400)) == day
    assert asked(Term(day, day, start_doubtful=True), day) is not NO
