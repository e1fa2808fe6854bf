"""The tokens of a text as parts of dates: a year, a day, a month."""

from collections.abc import Collection

from .order import DayOrder
from .tokens import Gap, TokenKind, tokenize
from .words import Vocabulary

_LEADING_MARKS = frozenset("([{,;:")


class TokenReading:
    """The tokens of one text, each read as a year, a day or a month, a few tokens ahead."""

    def __init__(self, text: str, words: Vocabulary, order: DayOrder | None = None) -> None:
        tokens = tokenize(text)
        self.text = text
        self.words = words
        # Of day and month in dates of digits alone.
        self.order = order
        self.tokens = [*tokens, *(tokens[-1],) * 8]

    def word(self, index: int, words: Collection[str]) -> bool:
        """Tell whether the token is one of ``words``."""
        token = self.tokens[index]
        return token.kind is TokenKind.WORD and token.norm in words

    def mark(self, index: int, marks: Collection[str]) -> bool:
        """Tell whether the token is one of ``marks``."""
        token = self.tokens[index]
        return token.kind is TokenKind.MARK and token.surface in marks

    def glued(self, index: int) -> bool:
        """Tell whether nothing separates the token from the one before."""
        return self.tokens[index].gap is Gap.NONE and self.tokens[index].kind is not TokenKind.END

    def tight(self, index: int) -> bool:
        """Tell whether the token is a dash without blanks around it."""
        return (
            self.tokens[index].kind is TokenKind.DASH
            and self.glued(index)
            and self.glued(index + 1)
        )

    def joint(self, index: int) -> bool:
        """Tell whether the token is a dash or a slash without blanks around it."""
        slash = self.mark(index, "/") and self.glued(index) and self.glued(index + 1)
        return slash or self.tight(index)

    def skip(self, index: int, words: Collection[str]) -> int:
        """Return the index after any of ``words``, at most three."""
        for _ in range(3):
            if not self.word(index, words):
                break
            index += 1
        return index

    def year(self, index: int) -> int | None:
        """Return the year of four digits that ends cleanly, or None."""
        token = self.tokens[index]
        if token.kind is not TokenKind.NUMBER or len(token.norm) != 4 or token.norm[0] == "0":
            return None
        if self.glued(index + 1):
            after = self.tokens[index + 1]
            if after.kind is TokenKind.WORD or after.surface in ("_", "@"):
                return None
            if (
                after.surface in (".", ",")
                and self.glued(index + 2)
                and self.tokens[index + 2].kind is TokenKind.NUMBER
            ):
                return None
        return int(token.norm)

    def day(self, index: int) -> tuple[int, int] | None:
        """Return the day of the month and the index after it, or None."""
        token = self.tokens[index]
        if (
            token.kind is not TokenKind.NUMBER
            or len(token.norm) > 2
            or not 1 <= int(token.norm) <= 31
        ):
            return None
        after = index + 1
        if self.word(after, self.words.ordinals) and (
            self.glued(after) or self.tokens[after].norm == "er"
        ):
            after += 1
        elif self.glued(after) and (
            self.tokens[after].kind is TokenKind.WORD
            or (
                self.tokens[after].surface in ".,:"
                and self.glued(after + 1)
                and self.tokens[after + 1].kind is TokenKind.NUMBER
                # The comma of "October 27,2000" stands before a year, not within a number.
                and not (self.mark(after, ",") and self.year(after + 1))
            )
        ):
            return None
        return int(token.norm), after

    def month(self, index: int, *, supported: bool) -> tuple[int, int] | None:
        """Return the month or season and the index after it, or None.

        Args:
            index: Of the name.
            supported: Whether what stands before speaks for a month rather than for "may" or "march".
        """
        token, words = self.tokens[index], self.words
        if token.kind is not TokenKind.WORD:
            return None
        number = (
            words.months.get(token.norm)
            or words.seasons.get(token.norm)
            or words.short.get(token.norm)
        )
        if not number:
            return None
        if token.norm in words.foreign and not supported:
            return None
        if (
            token.norm in words.doubtful
            and token.surface.islower()
            and not (supported or self._is_led_in(index))
        ):
            return None
        after = index + 1
        if token.norm in words.short and self.mark(after, ".") and self.glued(after):
            after += 1
        return number, after

    def _is_led_in(self, index: int) -> bool:
        before = self.tokens[index - 1]
        leads = before.kind is TokenKind.WORD and before.norm in self.words.prepositions
        return leads or before.kind is TokenKind.END or before.surface in _LEADING_MARKS
