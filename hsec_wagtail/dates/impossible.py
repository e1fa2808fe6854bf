"""Days that no month has: "30 February 2001" states no date, and neither its month nor its year either."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence

from .tokens import Kind, Token
from .words import Words

__all__ = ["impossible_spans"]

#: How many tokens a day may stand from its month: "31st of April", "30 - 31 April", "30 et le 31 avril".
_REACH = 7


def impossible_spans(tokens: Sequence[Token], words: Words) -> list[tuple[int, int]]:
    """Return the spans of day, month and year expressions whose day the month does not have, in order."""
    months = {**words.months, **words.short}
    spans: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        month = months.get(token.norm) if token.kind is Kind.WORD else None
        if month is None:
            continue
        before = list(_days(tokens, range(index - 1, max(index - _REACH, 0), -1), words))
        following = index + 2 if tokens[min(index + 1, len(tokens) - 1)].norm == "." else index + 1
        reach = range(following, min(index + _REACH, len(tokens)))
        after = list(_days(tokens, reach, words))
        places = [*before, *after]
        year, last = _year_after(tokens, max([index, *after]))
        if year is None or not places:
            continue
        longest = monthrange(year, month)[1]
        if any(not 1 <= int(tokens[place].norm) <= longest for place in places):
            spans.append((tokens[min([index, *places])].start, tokens[last].end))
    return spans


def _is_day(token: Token) -> bool:
    return token.kind is Kind.NUMBER and len(token.norm) <= 2


def _names(token: Token, words: Words) -> bool:
    """Tell whether ``token`` may stand between a day and its month."""
    return token.norm in words.of | words.articles | words.ordinals or token.norm == "er"


def _joins(token: Token, words: Words) -> bool:
    """Tell whether ``token`` may stand between two days of one month."""
    joining = token.kind is Kind.DASH or token.norm in words.to | words.both | {","}
    return joining or _names(token, words)


def _days(tokens: Sequence[Token], places: Iterable[int], words: Words) -> Iterator[int]:
    """Yield the places of the days that belong to a month, going away from it along ``places``."""
    found = False
    for place in places:
        token = tokens[place]
        if _is_day(token):
            found = True
            yield place
        elif not (_joins(token, words) if found else _names(token, words)):
            return


def _year_after(tokens: Sequence[Token], place: int) -> tuple[int | None, int]:
    for following in range(place + 1, min(place + 4, len(tokens))):
        token = tokens[following]
        if token.kind is Kind.NUMBER and len(token.norm) == 4 and token.norm != "0000":
            return int(token.norm), following
        if token.kind is Kind.END or (token.kind is Kind.WORD and len(token.norm) > 2):
            break
    return None, place
