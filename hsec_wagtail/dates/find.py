"""Dates in prose.

What is found is what the prose states and no more. "Early 2001" is 2001, since EDTF has no early; "before" and "after" a date
state that date; "since", "until" and "present" state an open interval. Centuries are left alone: in prose on policy
"the 21st century" is a figure of speech. Month and day without a year are no date that EDTF holds.
"""

from collections import deque
from dataclasses import dataclass, replace

from . import context
from .edtf import EDTF, Edge
from .grammar import Grammar
from .impossible import impossible_days
from .items import DateItem, complete
from .labels import label_before
from .numeric import YEARS
from .order import DayOrder, day_order
from .tokens import Token, TokenKind
from .words import Vocabulary, words_for

#: How many tokens a date may begin before its first year.
_REACH = 48


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as the prose gives it.

    Attributes:
        value: What the prose states.
        text: Its words, ``prose[span[0]:span[1]]``; the words of a shared part belong only to the date written with it.
        span: Offsets of ``text`` in the prose.
        label: The word before it that says what happened then ("signed"), in lower case, or "".
    """

    value: EDTF
    text: str
    span: tuple[int, int]
    label: str = ""

    @property
    def edtf(self) -> str:
        """The canonical EDTF text of the value."""
        return str(self.value)


def find_dates(
    text: str, *, language: str = "en", order: DayOrder | None = None
) -> list[FoundDate]:
    """Return the dates that ``text`` gives, in its order and without overlaps.

    Args:
        text: Prose; a blank line ends a paragraph, and no date goes on over it.
        language: A language code that begins with "en" or "fr"; with any other, both are understood.
        order: Which number of "03/09/2001" is the day, as ``day_order`` returns it for the page that holds ``text``.
            If None, ``text`` and its language decide; where they do not, the year is all that is returned.

    Takes linear time.
    """
    order = order or day_order(text, language=language)
    return _DateFinder(text, words_for(language), order).find()


class _DateFinder(Grammar):
    """Finds the dates of one text."""

    def __init__(self, text: str, words: Vocabulary, order: DayOrder | None) -> None:
        super().__init__(text, words, order)
        # The index after the last number that was found to be no year.
        self.refused = 0
        # Those behind are dropped.
        self.impossible = deque(impossible_days(self.tokens, words))
        # The index after the last range of years that were found to be amounts.
        self.denied = 0
        self.starters = frozenset().union(
            words.months, words.seasons, words.short, words.opening, words.between, words.since, words.until,
            words.about, words.perhaps, words.parts, words.years, words.letters, words.counted,
            words.days, (names[0] for names in words.feasts), ("peut", "a", "~", "twenty", "thirty"),
        )  # fmt: skip

    def find(self) -> list[FoundDate]:
        """Return the dates of the text."""
        found: list[FoundDate] = []
        index = 1
        # Backwards, so that the next number of four digits is the last one.
        ahead = [place for place, token in enumerate(self.tokens) if _has_four_digits(token)][::-1]
        while ahead:
            if ahead[-1] < index:
                ahead.pop()
                continue
            # Without a year within reach there is no date; next year's reach is where reading goes on.
            index = max(index, ahead[-1] - _REACH)
            items = self._dates_at(index)
            if items and self._is_impossible(items):
                index = items[-1].after
                continue
            if items:
                label = label_before(self, items[0].first)
                found += [self._found(item, label) for item in items]
                index = items[-1].after
                continue
            index += 1
            if index > ahead[-1]:
                self.refused = index
        return found

    def _is_impossible(self, items: list[DateItem]) -> bool:
        """Tell whether ``items`` lie in an expression whose day its month does not have."""
        start, end = self.tokens[items[0].first].start, self.tokens[items[-1].after - 1].end
        while self.impossible and self.impossible[0].end <= start:
            self.impossible.popleft()
        return bool(self.impossible) and self.impossible[0].start < end

    def _found(self, item: DateItem, label: str) -> FoundDate:
        start, end = self.tokens[item.first].start, self.tokens[item.after - 1].end
        return FoundDate(item.value(), self.text[start:end], (start, end), label)

    def _dates_at(self, index: int) -> list[DateItem]:
        token = self.tokens[index]
        if token.kind is not TokenKind.NUMBER and token.norm not in self.starters:
            return []
        if _has_four_digits(token) and not context.starts_cleanly(self, index):
            return []
        opened = self.opened_range(index) or self._open_end(index)
        items = complete([opened]) if opened else []
        items = items or self.chain(index)
        return items if all(map(self._is_credible, items)) else []

    def _open_end(self, index: int) -> DateItem | None:
        """Return the interval that "since" or "until" and a date state."""
        onwards = self._onwards(index)
        if onwards is not None:
            return onwards
        since = self._after_since(index)
        at = since or self._after_until(index)
        item = self.item(at, supported=True) if at else None
        if item is None or item.year is None:
            return None
        joined = self.range_to(item.after)
        if joined and self.item(joined, supported=True):
            return None
        return replace(item, first=index, end=Edge.OPEN if since else None, until=not since)

    def _onwards(self, index: int) -> DateItem | None:
        """Return the interval of "from 1996 onwards" or "1996 and after", or None."""
        item = self.item(index + 1 if self.word(index, self.words.opening) else index)
        if item is None or item.year is None:
            return None
        after = item.after + 1 if self.word(item.after, self.words.both) else item.after
        # "From 1996 on, …", not "from 1996 on the coast".
        on = self.word(index, self.words.opening) and self.word(after, ("on",))
        ends = self.tokens[after + 1].kind in (TokenKind.MARK, TokenKind.END)
        if not (self.word(after, self.words.onwards) or (on and ends)):
            return None
        return replace(item, first=index, end=Edge.OPEN, after=after + 1)

    def _after_since(self, index: int) -> int | None:
        """Return the index after "since", « depuis », « à partir de » and an article, or None."""
        if self.word(index, self.words.since):
            return self.skip(index + 1, self.words.articles)
        if (
            self.words.years
            and self.word(index, ("a",))
            and self.word(index + 1, ("partir", "compter"))
        ):
            return self.skip(index + 2, ("de", "du", "d'", "des", *self.words.articles))
        return None

    def _after_until(self, index: int) -> int | None:
        """Return the index after "until", « jusque » and the article, or None."""
        # "It was not until 1995" states 1995.
        if not self.word(index, self.words.until) or self.tokens[index - 1].norm in (
            "not",
            "t",
            "pas",
        ):
            return None
        return self.skip(index + 1, ("en", "a", "au", "aux", *self.words.articles))

    def _is_credible(self, item: DateItem) -> bool:
        """Tell whether the years among the ends of ``item`` are years, as far as the words around them say."""
        if item.is_year and item.number < self.denied:
            return False
        credible = self._starts_as_year(item) and self._ends_as_year(item)
        if not credible:
            self.denied = max(self.denied, item.after)
        return credible

    def _starts_as_year(self, item: DateItem) -> bool:
        number = item.number
        if not (item.is_year or item.unknown) or item.first < number:
            return True
        if not context.starts_cleanly(self, number):
            return False
        after_refused = (
            number in (self.list_to(self.refused), self.range_to(self.refused))
            if self.refused
            else False
        )
        return not (after_refused or context.is_numbered(self, number))

    def _reaches_beyond_years(self, item: DateItem) -> bool:
        """Tell whether a number that is no year ends a range or a choice: "between 2000 and 3000"."""
        joined = self.range_to(item.after)
        between = self.words.both if self.word(item.first - 1, self.words.between) else frozenset()
        if self.word(item.after, self.words.either | between):
            joined = item.after + 1
        if joined is None or self.tokens[joined].kind is not TokenKind.NUMBER:
            return False
        number = self.tokens[joined].norm
        if self.mark(joined + 1, ",") and self.glued(joined + 1) and self.glued(joined + 2):
            number += self.tokens[joined + 2].norm
        return len(number) >= 4 and number.isdecimal() and int(number) > YEARS[-1]

    def _ends_as_year(self, item: DateItem) -> bool:
        last = item.last
        if item.is_year and self._reaches_beyond_years(item):
            return False
        if not last.is_year or item.end is Edge.OPEN:
            return True
        if not context.ends_cleanly(self, item.after) or context.counts(
            self, last.number, item.after
        ):
            return False
        about = "~" in item.qualifier or self.tokens[last.number - 1].norm in self.words.about
        if about and context.is_approximate_amount(self, item.after):
            return False
        return not context.has_year_in_brackets(self, item.after) or context.speaks_for_year(
            self, last.number, item.after
        )


def _has_four_digits(token: Token) -> bool:
    return token.kind is TokenKind.NUMBER and len(token.norm) == 4
