"""Reading back what ``say`` says: of every value, in either language."""

import re
from collections.abc import Iterator

from .edtf import EDTF, DateError, Edge, Point
from .say import say
from .tokens import APOSTROPHES, fold
from .words import ENGLISH, FRENCH

__all__ = ["unsay"]

_LANGUAGES = ("en", "fr")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_WORDS = re.compile(r"[0-9]+|[^\W0-9_]+")
#: Between the ends of an interval.
_BETWEEN = re.compile(r" to | ?- ?| a (?:la |l')?| aux? ")
_MONTHS = {**ENGLISH.months, **FRENCH.months, **ENGLISH.seasons, **FRENCH.seasons}
#: More than it takes to say the longest interval.
_MOST_WORDS = 30
#: Of one date: a day and a year.
_MOST_NUMBERS = 2
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PERHAPS, _ABOUT = frozenset(("perhaps", "peut")), frozenset(("about", "vers", "environ"))
_CENTURIES = frozenset(("century", "siecle"))
_IS_MONTH, _IS_DAY = frozenset(("month", "mois")), frozenset(("day", "jour"))


def unsay(text: str) -> list[EDTF]:
    """Return the values of which ``say`` says ``text``, up to accents, capitals, dashes and apostrophes.

    An interval of one date, which ``say`` says as that date, is not among them.

    The candidates are guessed from the words that ``text`` has; ``say`` decides which of them is right.
    """
    wanted = _plain(text)
    words = _WORDS.findall(wanted)
    numbers = sum(word.isdecimal() for word in words)
    if len(words) > _MOST_WORDS or not 0 < numbers + words.count("siecle") <= 2 * _MOST_NUMBERS:
        return []
    values = dict.fromkeys(_candidates(wanted))
    return [value for value in values if any(_plain(said) == wanted for said in _said(value))]


def _said(value: EDTF) -> Iterator[str]:
    return (say(value, language=language) for language in _LANGUAGES)


def _plain(text: str) -> str:
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", fold(text)))
    return " ".join(text.split())


def _candidates(text: str) -> Iterator[EDTF]:
    for point in _points(text):
        yield EDTF(point)
        for edge in Edge:
            yield EDTF(point, edge)
            yield EDTF(edge, point)
    for match in _BETWEEN.finditer(text):
        for end in _points(text[match.end() :]):
            for start in _points(text[: match.start()], shared=end):
                if start != end:
                    yield from _interval(start, end)


def _interval(start: Point, end: Point) -> Iterator[EDTF]:
    try:
        yield EDTF(start, end)
    except DateError:
        return


def _points(text: str, *, shared: Point | None = None) -> Iterator[Point]:
    """Yield the dates that the words of ``text`` may mean, perhaps with the year and month of ``shared``."""
    words = _WORDS.findall(text)
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    if len(numbers) > _MOST_NUMBERS:
        return
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    qualifier = _qualifier(words)
    unspecified = (
        range(3) if not _IS_MONTH.isdisjoint(words) or not _IS_DAY.isdisjoint(words) else (0,)
    )
    guesses = [(numbers[-1], month, numbers[0] if len(numbers) > 1 else None)] if numbers else []
    if shared is not None:
        day = numbers[0] if numbers else None
        guesses.append((shared.year, month or (shared.month if numbers else None), day))
    for year, in_month, day in guesses:
        for parts in unspecified:
            yield from _point(year, in_month, day, 0, qualifier, parts)
    yield from _spans(words, numbers, qualifier)


def _spans(words: list[str], numbers: list[int], qualifier: str) -> Iterator[Point]:
    """Yield the decade and the centuries that the words may mean."""
    for number in numbers:
        yield from _point(number, None, None, 1, qualifier, 0)
    if _CENTURIES.isdisjoint(words):
        return
    romans = [roman for word in words if (roman := _from_roman(word)) is not None]
    for number in numbers + romans:
        yield from _point((number - 1) * 100, None, None, 2, qualifier, 0)


def _point(
    year: int, month: int | None, day: int | None, unknown: int, qualifier: str, unspecified: int
) -> Iterator[Point]:
    try:
        yield Point(year, month, day, unknown, qualifier, unspecified)
    except DateError:
        return


def _qualifier(words: list[str]) -> str:
    perhaps, about = not _PERHAPS.isdisjoint(words), not _ABOUT.isdisjoint(words)
    return "%" if perhaps and about else "?" if perhaps else "~" if about else ""


def _from_roman(word: str) -> int | None:
    """Return the number that « xixe », « ier » begin with, or None."""
    digits = [_ROMAN[sign] for sign in word.removesuffix("r").removesuffix("e") if sign in _ROMAN]
    if not digits:
        return None
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < following else digit for digit, following in pairs)
