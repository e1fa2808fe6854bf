"""Text that is written where a date is asked for: the whole text is the date, in English, in French or in EDTF.

It is read as prose is, with these differences: nothing may be left over, no language is known beforehand, a number
of four digits needs nothing around it to be a year, and what may mean two dates is not decided.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from babel import Locale

from .edtf import EDTF, DateError, Point, Precision
from .faults import Fault, Reason
from .find import FoundDate, find_dates
from .impossible import impossible_days
from .order import DayOrder, shown_orders
from .tokens import TokenKind, fold, tokenize
from .unsay import unsay
from .words import ENGLISH, FRENCH, words_for

__all__ = ["LONGEST_ENTRY", "DateEntry", "read_entry"]

#: Characters of the longest text that is read as a date.
LONGEST_ENTRY = 120

# The vocabularies differ in what is doubtful; neither knows all that both know.
_LANGUAGES = ("en", "fr", "")
_QUALIFIED = re.compile(r"(.*[^\s(])\s*(?:\(([?~%])\)|([?~%]))")
_BRACKETS = {"(": ")", "[": "]", "\u00ab": "\u00bb", "\u201c": "\u201d", '"': '"'}
#: Before a date, these add nothing to it.
_LEADING = frozenset(
    "in on at the during en le la l' les au a dans pendant durant year annee an".split()
)
_PARTS = ENGLISH.parts | FRENCH.parts
_WEEKDAYS = ENGLISH.weekdays | FRENCH.weekdays
_MONTH_AFTER_DASH = re.compile(r"[0-9]{4}-(1[3-9]|2[0-9]|3[01])")
_NUMBERS = re.compile(r"(?<![\w/.-])([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})(?![\w/])")
_YEAR_FIRST = re.compile(r"(?<![\w/.-])([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})(?![\w/])")
_ENDS = re.compile(
    r"\s+(?:to|until|till|\u00e0|au)\s+|\s*[-\u2010-\u2015\u2212/]\s*", re.IGNORECASE
)
#: How many places are tried at which an interval may be divided.
_MOST_DIVISIONS = 8
#: A leap year, to try whether a text lacks nothing but its year.
_SOME_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DateEntry:
    """The date that a text is, or the reason why it is none.

    Attributes:
        value: The date; None if there is none, or none that is certain.
        reason: Why there is no value; None if there is one.
        readings: Without a value, the dates that may be meant.
        unheld: Words of the text that EDTF has no form for, such as "early".
    """

    value: EDTF | None = None
    reason: Reason | None = None
    readings: tuple[EDTF, ...] = ()
    unheld: str = ""


def read_entry(text: str) -> DateEntry:
    """Return the date that ``text`` is, or the reason why it is none; it raises nothing.

    What is longer than ``LONGEST_ENTRY`` is not read.
    """
    if len(text) > 4 * LONGEST_ENTRY:
        return DateEntry(reason=Reason(Fault.LONG))
    written = " ".join(unicodedata.normalize("NFC", text).split())
    if not written:
        return DateEntry(reason=Reason(Fault.EMPTY))
    if len(written) > LONGEST_ENTRY:
        return DateEntry(reason=Reason(Fault.LONG))
    text, qualifier = _unwrap(written)
    # As it stands first: the sign behind "1999/2000?" is of its end alone.
    for formal, sign in ((written, ""), (text, qualifier)):
        try:
            return DateEntry(_qualified(EDTF.parse(formal.replace("x", "X")), sign))
        except DateError as error:
            reason = error.reason
    return _read(text, qualifier, reason)


@dataclass(slots=True)
class _ProseDates:
    """The dates in a text, whole ones and others, by all languages and orders.

    Attributes:
        whole: The values that the whole text may be, each with the words it cannot hold.
        parts: The dates in the text, as the reading that found most of it has them.
    """

    whole: dict[EDTF, str] = field(default_factory=dict)
    parts: list[FoundDate] = field(default_factory=list)
    rest: str = ""


def _read(text: str, qualifier: str, formal: Reason) -> DateEntry:
    """Return what ``text`` says, with ``qualifier`` behind it; it is no EDTF for the reason ``formal``."""
    reading = _read_prose(text)
    values = {_qualified(value, qualifier): unheld for value, unheld in reading.whole.items()}
    readings = tuple(sorted(values))
    if len(readings) > 1:
        return DateEntry(reason=Reason(Fault.EITHER), readings=readings)
    if readings and not _MONTH_AFTER_DASH.fullmatch(text):
        return DateEntry(readings[0], unheld=values[readings[0]])
    if readings and _follows(readings[0]):
        return DateEntry(readings[0])
    if readings:
        return DateEntry(reason=formal, readings=readings)
    return _explain(text, formal, reading)


def _unwrap(written: str) -> tuple[str, str]:
    """Return ``written`` without brackets around it, marks behind it, and the sign of its doubt."""
    qualifier = ""
    if match := _QUALIFIED.fullmatch(written):
        written, qualifier = match[1], match[2] or match[3]
    if len(written) > 2 and _BRACKETS.get(written[0]) == written[-1]:
        written = written[1:-1].strip()
    if written[-1:] in (".", ",", ";", ":") and not written.endswith(".."):
        written = written[:-1].rstrip()
    return written, qualifier


def _qualified(value: EDTF, qualifier: str) -> EDTF:
    """Return ``value`` with ``qualifier`` besides its own."""
    if not qualifier:
        return value
    own = {point.qualifier for point in value.points} - {""}
    return value.qualified("%" if own - {qualifier} else qualifier)


def _follows(value: EDTF) -> bool:
    """Tell whether ``value`` is a year and the next one, as in "2012-13"."""
    return len(value.points) == 2 and value.points[1].year == value.points[0].year + 1


def _read_prose(text: str) -> _ProseDates:
    # Of « XXe siècle » it is said with an article.
    said = unsay(text) or unsay(f"the {text}") or unsay(f"le {text}")
    reading = _ProseDates(whole=dict.fromkeys(said, ""))
    best = -1
    for language, order in _ways(text):
        found = find_dates(text, language=language, order=order)
        if not found:
            continue
        rest = _rest(text, found)
        if len(found) == 1 and not rest:
            reading.whole.setdefault(found[0].value, _unheld(found[0].text))
        covered = len(text) - len(rest)
        if covered > best:
            best, reading.parts, reading.rest = covered, found, rest
    return reading


def _ways(text: str) -> Iterator[tuple[str, DayOrder]]:
    """Yield each language with each order of day and month that ``text`` leaves open."""
    shown = shown_orders(text)
    orders = tuple(shown) if len(shown) == 1 else tuple(DayOrder)
    for language in _LANGUAGES:
        for order in orders:
            yield language, order


def _rest(text: str, found: list[FoundDate]) -> str:
    """Return the words of ``text`` that belong to none of the dates ``found``, one reading of it."""
    before, after = text[: found[0].span[0]].split(), text[found[-1].span[1] :].strip()
    kept = before
    while kept and _adds_nothing(kept[-1], found[0].value):
        kept = kept[:-1]
    words = text[found[0].span[0] : found[-1].span[1]]
    # The time of day in "May 12 10:00:00 2003" is passed over in prose.
    return " ".join(part for part in (" ".join(kept), words if ":" in words else "", after) if part)


def _adds_nothing(word: str, value: EDTF) -> bool:
    """Tell whether ``word`` before ``value`` adds nothing to it: an article, a preposition, its day of the week."""
    # « des années 1990 à 1995 », but not « dès 1990 ».
    if value.end is not None and word.lower() in ("des", "années"):
        return True
    plain = fold(word).rstrip(",.")
    return plain in _LEADING or (plain in _WEEKDAYS and plain in _weekday_names(value))


def _weekday_names(value: EDTF) -> frozenset[str]:
    """Return the names of the day of the week of ``value`` if it is a day, also short ones."""
    if value.precision is not Precision.DAY or value.earliest is None:
        return frozenset()
    return frozenset(word for word in _WEEKDAYS if word[:3] in _weekday_starts(value.earliest))


def _weekday_starts(day: date) -> set[str]:
    names = (Locale(code).days["format"]["wide"][day.weekday()] for code in ("en", "fr"))
    return {fold(name)[:3] for name in names}


def _unheld(text: str) -> str:
    """Return the words of ``text`` that name a part of a month or a year."""
    tokens = tokenize(text)
    return ", ".join(
        token.surface for token in tokens if token.kind is TokenKind.WORD and token.norm in _PARTS
    )


def _explain(text: str, formal: Reason, reading: _ProseDates) -> DateEntry:
    """Return why ``text``, no whole date, is none."""
    if reason := _impossible(text):
        return DateEntry(reason=reason)
    if backwards := _backwards(text):
        return backwards
    if formal.fault is not Fault.FORM:
        return DateEntry(reason=formal)
    values = tuple(dict.fromkeys(found.value for found in reading.parts))
    if len(values) > 1:
        return DateEntry(reason=Reason(Fault.SEVERAL), readings=values)
    if values:
        return DateEntry(reason=_left_over(reading, values[0]), readings=values)
    return DateEntry(reason=_without_year(text) or Reason(Fault.FORM))


def _left_over(reading: _ProseDates, value: EDTF) -> Reason:
    plain = fold(reading.rest).rstrip(",.")
    is_weekday = plain in _WEEKDAYS and value.precision is Precision.DAY
    return Reason(Fault.WEEKDAY if is_weekday else Fault.REST, words=reading.rest)


def _impossible(text: str) -> Reason | None:
    """Return the reason why a day or month that ``text`` names cannot be, or None."""
    for language in _LANGUAGES:
        for one in impossible_days(tokenize(text), words_for(language)):
            return Reason(Fault.DAY, year=one.year, month=one.month, days=one.days)
    for match in _NUMBERS.finditer(text):
        first, _mark, second, year = match.groups()
        if len(year) == 2:
            return Reason(Fault.SHORT_YEAR, words=year)
        month, day = (first, second) if 1 <= int(first) <= 12 < int(second) else (second, first)
        if reason := _fault_of(int(year), int(month), int(day)):
            return reason
    for match in _YEAR_FIRST.finditer(text):
        year, _mark, month, day = match.groups()
        if reason := _fault_of(int(year), int(month), int(day)):
            return reason
    return None


def _fault_of(year: int, month: int, day: int) -> Reason | None:
    # EDTF numbers seasons as months; a date in digits has none.
    if month > 12:
        return Reason(Fault.MONTH, month=month)
    try:
        Point(year, month, day)
    except DateError as error:
        return error.reason
    return None


def _backwards(text: str) -> DateEntry | None:
    """Return the reason if ``text`` is an interval but for the order of its ends, with the interval in order."""
    for in_order in _exchanged(text):
        values = tuple(value for value in _read_prose(in_order).whole if len(value.points) == 2)
        if len(values) == 1:
            return DateEntry(reason=Reason(Fault.BACKWARDS), readings=values)
    return None


def _exchanged(text: str) -> Iterator[str]:
    """Yield ``text`` with its ends exchanged: "1999-2005" for "2005-1999", "12-14 May 2003" for "14-12 May 2003"."""
    for match in islice(_ENDS.finditer(text), _MOST_DIVISIONS):
        start, end = text[: match.start()], text[match.end() :]
        yield f"{end}{match[0]}{start}"
        left, right = re.search(r"[0-9]{1,2}$", start), re.match(r"[0-9]{1,2}(?![0-9])", end)
        if left and right:
            yield f"{start[: left.start()]}{right[0]}{match[0]}{left[0]}{end[right.end() :]}"


def _without_year(text: str) -> Reason | None:
    """Return the reason if ``text`` lacks its year, or None."""
    whole = f"{text} {_SOME_YEAR}"
    for language in _LANGUAGES:
        for one in impossible_days(tokenize(whole), words_for(language)):
            return Reason(Fault.DAY, month=one.month, days=one.days)
    years = {point.year for value in _read_prose(whole).whole for point in value.points}
    return Reason(Fault.NO_YEAR) if years == {_SOME_YEAR} else None
