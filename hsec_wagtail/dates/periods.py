"""Quarters and halves of a year: "Q3", "third quarter", « 2e semestre », with and without a year behind them."""

from typing import NamedTuple

from .reading import TokenReading
from .tokens import TokenKind

__all__ = ["Period", "read_period"]

#: Before a quarter or behind it, these speak of a year that begins in another month.
_OTHER_YEARS = frozenset(("fiscal", "fy", "financial", "academic"))
#: The number of a quarter that is "last".
_LAST = 0
# Behind the number of « 1er trimestre », « 2e semestre », which dates do not have: « 1re », « 2nd ».
_ENDINGS = frozenset(("re", "ere", "eme", "nd", "nde"))


class Period(NamedTuple):
    """A part of a year: its first month, how many it has, and the index after its name."""

    month: int
    months: int
    after: int


def read_period(reading: TokenReading, at: int) -> Period | None:
    """Return the quarter or half that is named at ``at``, or None."""
    if reading.word(at - 1, _OTHER_YEARS):
        return None
    return _lettered(reading, at) or _named(reading, at)


def _lettered(reading: TokenReading, at: int) -> Period | None:
    """Return what "Q3", "H1", "3Q", « T3 » name."""
    letter, number = reading.tokens[at], reading.tokens[at + 1]
    if letter.kind is TokenKind.NUMBER:
        letter, number = number, letter
    months = reading.words.letters.get(letter.norm)
    if not months or number.kind is not TokenKind.NUMBER or not letter.surface.isupper():
        return None
    joined = reading.glued(at) and reading.tokens[at - 1].kind in (TokenKind.WORD, TokenKind.NUMBER)
    if len(number.norm) != 1 or not reading.glued(at + 1) or joined:
        return None
    return _period(int(number.norm), months, at + 2)


def _named(reading: TokenReading, at: int) -> Period | None:
    """Return what "third quarter", « 3e trimestre » name; of "first and second quarters" the first."""
    words = reading.words
    first = _number(reading, at)
    if first is None:
        return None
    number, after = first
    joined = reading.tokens[after].kind is TokenKind.DASH or reading.word(
        after, words.to | words.both
    )
    then = after + 1 if reading.tight(after) else after
    if reading.word(then, words.periods):
        return _period(number, words.periods[reading.tokens[then].norm], then + 1)
    second = _number(reading, reading.skip(after + 1, words.articles)) if joined else None
    if second and reading.word(second[1], words.periods):
        return _period(number, words.periods[reading.tokens[second[1]].norm], after)
    return None


def _number(reading: TokenReading, at: int) -> tuple[int, int] | None:
    """Return the number that "third", "3rd", « dernier » mean and the index after it, or None."""
    token = reading.tokens[at]
    if token.kind is TokenKind.WORD:
        number = reading.words.counted.get(token.norm)
        return None if number is None else (number, at + 1)
    ordinal = reading.words.ordinals | _ENDINGS
    if (
        token.kind is not TokenKind.NUMBER
        or len(token.norm) > 1
        or not reading.word(at + 1, ordinal)
    ):
        return None
    return (int(token.norm), at + 2) if reading.glued(at + 1) else None


def _period(number: int, months: int, after: int) -> Period | None:
    most = 12 // months
    number = most if number == _LAST else number
    return Period((number - 1) * months + 1, months, after) if 1 <= number <= most else None
