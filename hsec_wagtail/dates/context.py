"""The context of a number of four digits, by which it is a year or not."""

from .reading import TokenReading
from .tokens import Gap, TokenKind
from .words import (
    AGES,
    COUNTED,
    COUNTED_ALONE,
    FOR_A_YEAR,
    FUNCTION_WORDS,
    MEASURES,
    NAMED_AFTER_YEARS,
    NUMBERED,
    NUMBERED_SHORT,
)

#: How many words the name of a conference may have, from the one that could be counted to "Conference".
_LONGEST_NAME = 5
_CURRENCIES = frozenset("$€£¥%‰")
_NUMBER_SIGNS = frozenset("#№§°º$€£¥")
# Glued to a number, these make it part of something else: a path, an amount, a formula.
_BINDING = frozenset("/\\#$€£¥_+=&%@^|№§°.")
_PREFIXES = frozenset(
    ("mid", "mi", "pre", "post", "early", "late", "inter", "apres", "avant", "debut", "fin")
)


def starts_cleanly(reading: TokenReading, at: int) -> bool:
    """Tell whether the number at ``at`` is not the rest of something longer: "C-1999", "a/2001", "613-2000"."""
    if not reading.glued(at):
        return True
    before, glued = reading.tokens[at - 1], reading.glued(at - 1)
    longer = reading.tokens[at - 2].kind if glued else TokenKind.END
    match before.kind:
        case TokenKind.WORD:
            return before.norm.endswith("'")
        case TokenKind.DASH:
            prefixed = reading.tokens[at - 2].norm in _PREFIXES or before.norm != "-"
            return longer is not TokenKind.NUMBER and (longer is not TokenKind.WORD or prefixed)
        case TokenKind.MARK if before.surface in ",:":
            return longer is not TokenKind.NUMBER or (
                before.surface == "," and len(reading.tokens[at - 2].norm) == 4
            )
        case TokenKind.MARK:
            return before.surface not in _BINDING
    return before.kind is TokenKind.END


def ends_cleanly(reading: TokenReading, after: int) -> bool:
    """Tell whether the number before ``after`` does not go on: "2000-strong", "1999.5", "2001/a"."""
    if not reading.glued(after):
        return True
    token, then, glued = reading.tokens[after], reading.tokens[after + 1], reading.glued(after + 1)
    longer = then.kind if glued else TokenKind.END
    if token.kind in (TokenKind.WORD, TokenKind.NUMBER, TokenKind.ADDRESS):
        return False
    if token.kind is TokenKind.DASH:
        return longer is not TokenKind.NUMBER and (
            longer is not TokenKind.WORD or token.norm != "-"
        )
    if token.surface == ".":
        return longer is not TokenKind.NUMBER and not (
            longer is TokenKind.WORD and then.surface.islower()
        )
    if token.surface in ",:":
        return longer is not TokenKind.NUMBER or (token.surface == "," and len(then.norm) == 4)
    return token.surface not in _BINDING


def is_measured(reading: TokenReading, after: int) -> bool:
    """Tell whether a unit makes the number before ``after`` an amount: "2000 $", "2000 km", "2000 per cent"."""
    token, then = reading.tokens[after], reading.tokens[after + 1]
    if token.surface in _CURRENCIES:
        return True
    if token.kind is TokenKind.NUMBER:
        return token.gap is Gap.SPACE and len(token.norm) == 3
    if token.kind is not TokenKind.WORD:
        return False
    if token.norm == "year":
        # The "2003 year end" is of 2003; "a 2000 year old custom" is not.
        return then.norm in AGES
    per_cent = token.norm in ("per", "pour") and then.norm == "cent"
    # Not the half-year of "2004 H2".
    numbered = then.kind is TokenKind.NUMBER and reading.glued(after + 1)
    return per_cent or (token.norm in MEASURES and not numbered)


def counts(reading: TokenReading, first: int, after: int) -> bool:
    """Tell whether the number from ``first`` to ``after`` is an amount: "2000 km", "2000 troops"."""
    if is_measured(reading, after):
        return not _is_named(reading, after)
    alone = not reading.word(first - 1, reading.words.articles)
    if not reading.word(after, COUNTED | COUNTED_ALONE if alone else COUNTED):
        return False
    return not (speaks_for_year(reading, first, after) or _is_named(reading, after))


def _is_named(reading: TokenReading, after: int) -> bool:
    """Tell whether a year and a name stand there: "2001 Youth Conference"."""
    for place in range(after, after + _LONGEST_NAME):
        token = reading.tokens[place]
        if token.kind is not TokenKind.WORD or not token.surface[0].isupper():
            return False
        if place > after and token.norm in NAMED_AFTER_YEARS:
            return True
    return False


def speaks_for_year(reading: TokenReading, first: int, after: int) -> bool:
    """Tell whether a preposition before, or brackets around, say that the number is a year."""
    before = reading.tokens[first - 1]
    if before.surface in ("(", "[") and reading.tokens[after].surface in (")", "]"):
        return True
    return before.kind is TokenKind.WORD and before.norm in FOR_A_YEAR


def is_numbered(reading: TokenReading, first: int) -> bool:
    """Tell whether what stands before the number makes it a number: "page", "No.", "more than", "$"."""
    before = reading.tokens[first - 1]
    if before.kind is TokenKind.NUMBER:
        return reading.tokens[first].gap is Gap.SPACE
    if before.surface in _NUMBER_SIGNS:
        return True
    if before.surface in (".", ":"):
        noun = reading.tokens[first - 2]
        return noun.norm in (NUMBERED_SHORT if before.surface == "." else NUMBERED)
    than = before.norm == "de" and reading.tokens[first - 2].norm in ("plus", "moins", "pres")
    return than or (before.kind is TokenKind.WORD and before.norm in NUMBERED)


def is_approximate_amount(reading: TokenReading, after: int) -> bool:
    """Tell whether a noun follows "about 2000", so that it counts that noun."""
    token = reading.tokens[after]
    counted = token.kind is TokenKind.WORD and token.surface[0].islower()
    return counted and token.norm not in FUNCTION_WORDS


def has_year_in_brackets(reading: TokenReading, after: int) -> bool:
    """Tell whether a year in brackets follows, which makes the number one of a resolution: "1701 (2006)"."""
    return (
        reading.mark(after, "(")
        and reading.year(after + 1) is not None
        and reading.mark(after + 2, ")")
    )
