"""Whether somebody was a member on a day, from what is known of the beginning and the end. No Django, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

__all__ = ["SLACK", "Answer", "Term", "shifted", "was_member"]

#: How far from what it says a date may be that is about right or in doubt.
SLACK = timedelta(days=365)


class Answer(Enum):
    """Whether somebody was a member."""

    YES = "yes"
    POSSIBLY = "possibly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Term:
    """The time of a membership, as far as it is known; None for a side that nothing bounds.

    Attributes:
        start_earliest: First day that it can have begun on.
        start_latest: Last day that it can have begun on.
        end_earliest: First day that can have been its last.
        end_latest: Last day that can have been its last.
        ended: Whether it has ended, be the day known or not; one that has not goes on today.
        start_doubtful: Whether the beginning is about right only, or in doubt.
        end_doubtful: The same of the end.
    """

    start_earliest: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    ended: bool = False
    start_doubtful: bool = False
    end_doubtful: bool = False


def was_member(term: Term, first: date, last: date, *, today: date) -> Answer:
    """Return whether somebody was a member on any day from ``first`` to ``last``, both included.

    An unknown beginning makes nobody absent, and who is a member today may have been one on any day before. What
    ended on an unknown day is over today. Nothing is certain of days to come.
    """
    start = _widened(term.start_earliest, term.start_latest, doubtful=term.start_doubtful)
    end = _end(term, today)
    # It began before it ended, which bounds either.
    latest_start, earliest_end = min(start[1], end[1]), max(end[0], start[0])
    if not term.ended and term.start_latest is None and start[0] <= today:
        # Who is listed as a member without a word of the beginning is one already.
        latest_start = min(latest_start, today)
    if start[0] > last or end[1] < first:
        return Answer.NO
    if latest_start <= last and earliest_end >= first:
        return Answer.YES
    return Answer.POSSIBLY


def _end(term: Term, today: date) -> tuple[date, date]:
    if not term.ended:
        return today, date.max
    if term.end_earliest is None and term.end_latest is None:
        return date.min, today - timedelta(days=1)
    return _widened(term.end_earliest, term.end_latest, doubtful=term.end_doubtful)


def _widened(earliest: date | None, latest: date | None, *, doubtful: bool) -> tuple[date, date]:
    slack = SLACK if doubtful else timedelta()
    return (
        date.min if earliest is None else shifted(earliest, -slack),
        date.max if latest is None else shifted(latest, slack),
    )


def shifted(day: date, by: timedelta) -> date:
    """Return ``day`` moved by ``by``, or else the first or last day that there is."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
