"""Impossible days: "30 February 2001" states no date, and neither do its month and its year."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .tokens import Gap, Token, TokenKind
from .words import NUMBERED, NUMBERED_SHORT, Vocabulary

__all__ = ["ImpossibleDay", "impossible_days"]

#: How many tokens a day may stand from its month: "31st of April", "30 - 31 April", "30 et le 31 avril".
_REACH = 7
#: How many tokens the year may stand from a day or month when another date shares it: "31 April - 2 May 2004".
_SHARED_REACH = 12
# Glued before a number, these make it the rest of another: "10:45", "2.5", "$32".
_BINDING = frozenset(".:,#$€£_\\/")


class ImpossibleDay(NamedTuple):
    """An expression of day, month and year whose day the month does not have.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        days: How many days the month has.
    """

    start: int
    end: int
    year: int
    month: int
    days: int


def impossible_days(tokens: Sequence[Token], words: Vocabulary) -> list[ImpossibleDay]:
    """Return the expressions whose day the month does not have, in order."""
    months = {**words.months, **words.short}
    found: list[ImpossibleDay] = []
    for index, token in enumerate(tokens):
        month = months.get(token.norm) if token.kind is TokenKind.WORD else None
        if month is None:
            continue
        following = index + 2 if tokens[min(index + 1, len(tokens) - 1)].norm == "." else index + 1
        dashed = _is_joint(tokens, index - 1) and _is_joint(tokens, following)
        preceding = index - 2 if dashed else index - 1
        reach = range(following, min(index + _REACH, len(tokens)))
        after = list(_days(tokens, reach, words, commas=True))
        reach = range(preceding, max(index - _REACH, 0), -1)
        # The day of "No. 45 May 12, 2003" follows its month. Before one, a comma alone makes no list: the first number
        # of "No. 45, 12 May 2003" is no day.
        places = after or list(_days(tokens, reach, words, commas=False))
        if not places:
            continue
        last_part = max([index, *after])
        year, last = _year_after(tokens, last_part)
        if year is None:
            year, last = _shared_year_after(tokens, last_part, words, months)
        if year is None:
            continue
        longest = monthrange(year, month)[1]
        if any(not 1 <= int(tokens[place].norm) <= longest for place in places):
            start, end = tokens[min([index, *places])].start, tokens[last].end
            found.append(ImpossibleDay(start, end, year, month, longest))
    return found


def _is_glued(token: Token) -> bool:
    return token.gap is Gap.NONE and token.kind is not TokenKind.END


def _is_tight(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a dash without blanks around it is at ``place``."""
    if not 0 < place < len(tokens) - 1 or tokens[place].kind is not TokenKind.DASH:
        return False
    return _is_glued(tokens[place]) and _is_glued(tokens[place + 1])


def _is_joint(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a dash or a slash without blanks around it is at ``place``."""
    slash = tokens[place].surface == "/" and _is_glued(tokens[place])
    return _is_tight(tokens, place) or (slash and _is_glued(tokens[place + 1]))


def _is_day(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a number that may be meant as a day is at ``place``: not that of "10:45", "9h45" or "C-36"."""
    token = tokens[place]
    if token.kind is not TokenKind.NUMBER or len(token.norm) > 2:
        return False
    then = tokens[min(place + 1, len(tokens) - 1)]
    if _is_glued(then) and then.norm in (":", "h"):
        return False
    if not _is_glued(token) or place == 0:
        return True
    if _is_tight(tokens, place - 1):
        # One letter and a number are the name of something.
        lettered = tokens[place - 2]
        return not (lettered.kind is TokenKind.WORD and len(lettered.norm) == 1)
    before = tokens[place - 1]
    if before.kind is TokenKind.WORD:
        return before.norm.endswith("'")
    return before.surface not in _BINDING or _is_slashed(tokens, place - 1)


def _is_slashed(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the slash of "30/31 April" is at ``place``."""
    return tokens[place].surface == "/" and tokens[place - 1].kind is TokenKind.NUMBER


def _names(token: Token, words: Vocabulary) -> bool:
    """Tell whether ``token`` may stand between a day and its month."""
    return token.norm in words.of | words.articles | words.ordinals or token.norm == "er"


def _joins(token: Token, words: Vocabulary) -> bool:
    """Tell whether ``token`` joins two days of one month."""
    return token.kind is TokenKind.DASH or token.norm in words.to | words.both | {","}


def _is_numbered(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "No." or the like stands before ``place``."""
    before = tokens[place - 1].norm
    return before in NUMBERED or (before == "." and tokens[place - 2].norm in NUMBERED_SHORT)


def _may_be_day(tokens: Sequence[Token], place: int, *, joined: bool, nearest: bool) -> bool:
    """Tell whether the number at ``place`` may be meant as a day, a wrong one perhaps.

    It is not in "No. 45 May 2003"; nor, away from the month, in "45 - 12 May" and "No. 30 - 12 May".
    """
    possible, numbered = 1 <= int(tokens[place].norm) <= 31, _is_numbered(tokens, place)
    if nearest:
        return possible or not numbered
    return joined and possible and not numbered


def _days(
    tokens: Sequence[Token], places: Iterable[int], words: Vocabulary, *, commas: bool
) -> Iterator[int]:
    """Yield the places of the days beside a month, going along ``places`` away from it.

    Numbers that nothing joins are no list: of "Page 45 / 12 May", in two lines, only 12 is a day.
    """
    found = joined = listed = False
    for place in places:
        token = tokens[place]
        if _is_day(tokens, place):
            if not _may_be_day(tokens, place, joined=joined, nearest=not found):
                return
            found, joined = True, False
            yield place
            continue
        joins = found and _joins(token, words)
        if (token.norm == "," and not (commas or listed)) or not (joins or _names(token, words)):
            return
        joined = joined or joins
        listed = listed or token.norm in words.both


def _shared_year_after(
    tokens: Sequence[Token], place: int, words: Vocabulary, months: Mapping[str, int]
) -> tuple[int | None, int]:
    """Return the year, and its place, that the dates after ``place`` share with the one before it, or None."""
    between = words.to | words.both | words.either | words.weekdays | words.articles | words.of
    between |= words.ordinals | {",", "/", "&", "er"}
    for following in range(place + 1, min(place + _SHARED_REACH, len(tokens))):
        token = tokens[following]
        if token.kind is TokenKind.NUMBER and len(token.norm) == 4 and token.norm != "0000":
            return int(token.norm), following
        if not (
            token.kind is TokenKind.DASH
            or _is_day(tokens, following)
            or token.norm in months
            or token.norm in between
            or (token.norm == "." and tokens[following - 1].norm in words.short)
        ):
            break
    return None, place


def _year_after(tokens: Sequence[Token], place: int) -> tuple[int | None, int]:
    for following in range(place + 1, min(place + 4, len(tokens))):
        token = tokens[following]
        if token.kind is TokenKind.NUMBER and len(token.norm) == 4 and token.norm != "0000":
            return int(token.norm), following
        if token.kind is TokenKind.END or (token.kind is TokenKind.WORD and len(token.norm) > 2):
            break
    return None, place
