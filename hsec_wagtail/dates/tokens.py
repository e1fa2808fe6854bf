"""Prose as tokens, each with its place in the text."""

import re
import unicodedata
from enum import Enum, IntEnum
from typing import NamedTuple

#: Characters for an apostrophe: typewriter, typographic, modifier letter.
APOSTROPHES = "'\u2019\u02bc"
_LETTER = r"[^\W0-9_]"
# Combining accents (decomposed text) and soft hyphens.
_JOINER = "[\u0300-\u036f\u00ad]"
_ADDRESS = r"""
    (?P<address>[A-Za-z][A-Za-z0-9+.-]{0,15}://[^\s<>"«»]* | [Ww]{3}\.[^\s<>"«»]+
               |[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]*) |"""
_OTHERS = rf"""
    (?P<number>[0-9]+)
    |(?P<word>(?:[dl]|jusqu)[{APOSTROPHES}] | {_LETTER}+(?:{_JOINER}+{_LETTER}*)*)
    |(?P<gap>[\s\u200b\u2060\ufeff]+)
    |(?P<dash>[-\u2010-\u2015\u2212]{{1,2}})
    |(?P<mark>.)"""
_FLAGS = re.DOTALL | re.VERBOSE | re.IGNORECASE
# Every repetition is of single characters or bounded, so that reading takes linear time.
_TOKEN = re.compile(_OTHERS, _FLAGS)
_TOKEN_OR_ADDRESS = re.compile(_ADDRESS + _OTHERS, _FLAGS)
_HYPHENS = frozenset("-\u2010\u2011")
#: How dashes longer than a hyphen are compared.
LONG_DASH = "\u2013"
_LONGEST_WORD = 24


class TokenKind(Enum):
    """The kind of a token."""

    ADDRESS = "address"
    NUMBER = "number"
    WORD = "word"
    DASH = "dash"
    MARK = "mark"
    #: The edge of a paragraph, so that nothing is read over it.
    END = "end"


class Gap(IntEnum):
    """The gap between a token and the one before, narrowest first."""

    NONE = 0
    SPACE = 1
    LINE = 2


class Token(NamedTuple):
    """A word, a number, a mark.

    Attributes:
        norm: What it is compared by: lower case, no accents; "-" for hyphens, LONG_DASH for others.
        surface: As in the text.
        start: Offset in the text.
        end: Offset in the text, after the last character.
    """

    kind: TokenKind
    norm: str
    surface: str
    start: int
    end: int
    gap: Gap


_KINDS = {kind.value: kind for kind in TokenKind}
_FOLDED = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00ad": None})


def fold(word: str) -> str:
    """Return ``word`` in lower case without accents, ligatures and superscripts."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold()).translate(_FOLDED)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text`` without its blanks, with an END around each paragraph."""
    tokens = [Token(TokenKind.END, "", "", 0, 0, Gap.LINE)]
    gap = Gap.NONE
    has_address = "@" in text or "://" in text or "www." in text.lower()
    for match in (_TOKEN_OR_ADDRESS if has_address else _TOKEN).finditer(text):
        surface, name = match[0], match.lastgroup or ""
        if name == "gap":
            gap = Gap.LINE if _lines(surface) else Gap.SPACE
            if _lines(surface) > 1:
                tokens.append(Token(TokenKind.END, "", "", match.start(), match.end(), Gap.LINE))
            continue
        kind = _KINDS[name]
        norm = surface if kind is TokenKind.MARK else _norm(kind, surface)
        tokens.append(Token(kind, norm, surface, match.start(), match.end(), gap))
        gap = Gap.NONE
    tokens.append(Token(TokenKind.END, "", "", len(text), len(text), Gap.LINE))
    return tokens


def _lines(blanks: str) -> int:
    """Return how many lines end in ``blanks``; a paragraph separator counts as two."""
    return max(blanks.count("\n"), blanks.count("\r"), 2 * blanks.count("\u2029"))


def _norm(kind: TokenKind, surface: str) -> str:
    if kind is TokenKind.DASH:
        return "-" if surface in _HYPHENS else LONG_DASH
    if kind is TokenKind.WORD and len(surface) <= _LONGEST_WORD:
        return fold(surface)
    return surface
