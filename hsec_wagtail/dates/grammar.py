"""How dates are joined: in ranges and in lists that share their parts."""

from dataclasses import replace

from .context import counts
from .edtf import Edge
from .items import DateItem, complete, turns_year
from .numeric import after_next_year, edtf_interval, year_pair
from .single import SingleDates
from .tokens import TokenKind

_LONGEST_LIST = 12
_CLOSE_BRACKETS = frozenset(")]}")


class Grammar(SingleDates):
    """Reads dates, ranges and lists of dates from the tokens of one text."""

    # Ranges

    def element(
        self, index: int, *, month_before: bool = False, supported: bool = False
    ) -> DateItem | None:
        """Return the date or the range of dates that begins at ``index``."""
        digits = edtf_interval(self, index) or year_pair(self, index)
        if digits is not None:
            return digits
        left = self.item(index, after_month=month_before, supported=supported)
        if left is None:
            return None
        joined = self.range_to(left.after)
        if joined is None:
            return left
        right = self._right_of(left, joined, month_before=month_before)
        if right is None:
            return (
                replace(left, end=Edge.OPEN, after=end)
                if left.year and (end := self._present(left.after, joined))
                else left
            )
        if left.qualifier and not right.qualifier:
            right = replace(right, qualifier=left.qualifier)
        return self._range(left, right)

    def _range(self, left: DateItem, right: DateItem) -> DateItem:
        """Return the range of two dates: "December to January 2003-04" gives each its year."""
        if left.year is None and right.year is not None and turns_year(left, right):
            after = after_next_year(self, right.after - 1, right.year)
            right = replace(right, year=right.year + 1, after=after) if after else right
        if (left.written_out or right.written_out) and left.year == right.year:
            # "5-8-2016 to 7-8-2016" in whatever order lies in 2016, and is not all of it.
            return replace(left, month=None, day=None, written_out=True, after=right.after)
        return replace(left, end=right, after=right.after)

    def _right_of(
        self, left: DateItem, joined: int, *, month_before: bool = False
    ) -> DateItem | None:
        """Return the end of the range that ``left`` begins, or None when no range follows."""
        right = self.item(joined, after_month=left.month_first or month_before, supported=True)
        if right is None:
            return None
        if left.year_first and right.year is None and right.month is None:
            # "2022 Oct 12-14"
            follows = left.day is not None and (right.day or 0) > left.day
            return replace(right, year=left.year) if follows else None
        slash = self.mark(joined - 1, "/")
        if (
            slash
            and not (left.is_year and right.is_year)
            and (left.year is not None or left.is_year)
        ):
            return None
        if left.year is not None:
            counted = right.is_year and not left.is_year and counts(self, right.number, right.after)
            return None if right.year is None or counted else right
        return None if right.is_year and right.day is None else right

    def _present(self, after: int, joined: int) -> int | None:
        """Return the index after "present", « à ce jour », or the closed bracket's place in "(1990-)"."""
        if self.tokens[after].kind is TokenKind.DASH and self.mark(joined, _CLOSE_BRACKETS):
            return joined
        at = self.skip(joined, self.words.articles)
        if self.word(at, ("ce", "nos")) and self.word(at + 1, ("jour", "jours")):
            return at + 2
        if not self.word(at, self.words.present):
            return None
        return at + 3 if self.tokens[at].norm == "aujourd" else at + 1

    def opened_range(self, index: int) -> DateItem | None:
        """Return the range that an opening word begins: "from … to", "between … and", « du … au »."""
        between = self.word(index, self.words.between)
        if not between and not self.word(index, self.words.opening):
            return None
        left = self.item(index + 1, supported=True)
        if left is None:
            return None
        joined = self._between_and(left.after) if between else self.range_to(left.after)
        right = self._right_of(left, joined) if joined else None
        if right is None:
            end = self._present(left.after, joined) if joined and left.year else None
            return replace(left, first=index, end=Edge.OPEN, after=end) if end else None
        return replace(self._range(left, right), first=index)

    def _between_and(self, index: int) -> int | None:
        if self.word(index, self.words.both) or self.tokens[index].kind is TokenKind.DASH:
            return index + 1
        return None

    # Lists

    def chain(self, index: int) -> list[DateItem]:
        """Return the dates that begin at ``index`` and share parts, complete; an empty list for none."""
        items: list[DateItem] = []
        at: int | None = index
        conjunction, month_before = True, False
        while at is not None and len(items) < _LONGEST_LIST:
            item = self.element(at, month_before=month_before, supported=bool(items))
            if item is None:
                return []
            items.append(item)
            # In "May 9, 10 and 11, 2003" the month is that of each day.
            last = item.last
            inherited = last.month is None and (item.month_first or month_before)
            month_before = last.month_first or inherited
            if item.last.year is not None:
                return complete(items) if conjunction else []
            conjunction = not self.mark(item.after, ",") or self.word(
                item.after + 1, self.words.both | self.words.either
            )
            at = self.list_to(item.after)
        return []
