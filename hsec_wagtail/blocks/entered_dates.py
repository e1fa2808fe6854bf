"""Answers to a date as it was entered: what was understood, or why nothing was."""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.dates import (
    EDTF,
    LONGEST_ENTRY,
    DateEntry,
    Edge,
    Fault,
    Precision,
    Reason,
    month_name,
    say,
)

__all__ = ["choices_of", "fault_of", "understood"]

_PRECISIONS = {
    Precision.DAY: _("the day"),
    Precision.MONTH: _("the month, no day"),
    Precision.SEASON: _("the season"),
    Precision.YEAR: _("the year, no month"),
    Precision.DECADE: _("the decade"),
    Precision.CENTURY: _("the century"),
    Precision.INTERVAL: _("from one date to another"),
}
_OPEN_START, _OPEN_END = _("without a start"), _("without an end")
_NO_DATE = _("“%(text)s” is no date. Write for example 2004, 2004-04, 2004-04-17 or 1999/2000.")
_FAULTS = {
    Fault.EMPTY: _NO_DATE,
    Fault.FORM: _NO_DATE,
    Fault.LONG: _("This is too long for a date, which has at most %(most)d characters."),
    Fault.REST: _("“%(rest)s” is no part of a date. Only %(readings)s was understood."),
    Fault.SEVERAL: _("“%(text)s” is more than one date. Enter each by itself: %(readings)s."),
    Fault.EITHER: _("“%(text)s” may mean %(readings)s. Write the one that is meant."),
    Fault.NO_YEAR: _("“%(text)s” has no year."),
    Fault.SHORT_YEAR: _("“%(text)s”: write the year with four digits."),
    Fault.YEAR: _("“%(text)s”: there is no such year. Years run from 0001 to 9999."),
    Fault.MONTH: _("“%(text)s”: there is no month %(number)d."),
    Fault.DAY: _("“%(text)s”: there is no such day. %(month)s has at most %(days)d days."),
    Fault.WEEKDAY: _("“%(rest)s” is not the day of the week of %(readings)s."),
    Fault.BACKWARDS: _("The end is before the start."),
}
#: Where dates that may be meant are known.
_OFFERS = {
    Fault.MONTH: _(
        "“%(text)s”: there is no month %(number)d. If years are meant, write %(readings)s."
    ),
    Fault.BACKWARDS: _("The end is before the start. In order it is %(readings)s."),
}
#: Letters of what was written that a message repeats.
_SHOWN = 60


def _language() -> str:
    return get_language() or "en"


def understood(entry: DateEntry) -> str:
    """Return what was understood, in the active language: "April 2004 – the month, no day"; "" if nothing was."""
    value = entry.value
    if value is None:
        return ""
    note = str(_note(value))
    if entry.unheld:
        words = {"note": note, "words": entry.unheld}
        note = gettext("%(note)s, but “%(words)s” is not kept") % words
    return f"{say(value, language=_language())} – {note}"


def _note(value: EDTF) -> Any:
    if value.start is Edge.OPEN:
        return _OPEN_START
    return _OPEN_END if value.end is Edge.OPEN else _PRECISIONS[value.precision]


def choices_of(entry: DateEntry) -> list[dict[str, str]]:
    """Return the dates that may be meant, as EDTF and in words of the active language."""
    return [
        {"edtf": str(value), "words": say(value, language=_language())} for value in entry.readings
    ]


def fault_of(entry: DateEntry, written: str) -> str:
    """Return why ``written`` is no date, with the dates that may be meant; "" if it is one."""
    reason = entry.reason
    if reason is None:
        return ""
    message = _OFFERS.get(reason.fault) if entry.readings else None
    return str(message or _FAULTS[reason.fault]) % {
        "text": _shorten(written),
        "rest": _shorten(reason.words),
        "most": LONGEST_ENTRY,
        "number": reason.month,
        "month": _name_of_month(reason),
        "days": reason.days,
        "readings": _readings(entry),
    }


def _name_of_month(reason: Reason) -> str:
    """Return the month that has no such day, with its year if one was given, as a sentence begins with it."""
    if not reason.days or reason.month is None:
        return ""
    name = month_name(reason.month, language=_language()).capitalize()
    return f"{name} {reason.year}" if reason.year else name


def _readings(entry: DateEntry) -> str:
    named = [
        words if words == edtf else f"{words} ({edtf})"
        for edtf, words in (choice.values() for choice in choices_of(entry))
    ]
    either = entry.reason is not None and entry.reason.fault is Fault.EITHER
    joint = gettext("%(one)s or %(other)s") if either else "%(one)s, %(other)s"
    return reduce(lambda one, other: joint % {"one": one, "other": other}, named) if named else ""


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
