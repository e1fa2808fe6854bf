"""How dates are written: days, months and years, alone, in ranges and in lists that share their parts.

A date is read from a given token on and looks a bounded number of tokens ahead.
"""

from dataclasses import replace

from .context import counts
from .edtf import Edge
from .items import DateItem, complete
from .numeric import YEARS, edtf_interval, numeric_date, year_pair
from .reading import TokenReading
from .tokens import APOSTROPHES, TokenKind

_LONGEST_LIST = 12
_CLOSE_BRACKETS = frozenset(")]}")


class Grammar(TokenReading):
    """Reads dates from the tokens of one text."""

    def item(
        self, index: int, *, after_month: bool = False, supported: bool = False
    ) -> DateItem | None:
        """Return the date that begins at ``index``, with what qualifies it.

        Args:
            index: Of the first token.
            after_month: Whether a month and a day stand before, so that "14, 2003" is a date.
            supported: Whether a part of a date stands before.
        """
        first, qualifier, at = self._qualifiers(index)
        at, part = self._part_of(at)
        if first is None:
            first = part
        at = self.skip(at, self.words.articles)
        if self.word(at, self.words.weekdays):
            at += 2 if self.mark(at + 1, ",.") else 1
            at = self.skip(at, self.words.articles)
        found = self._bare_item(at, after_month=after_month, supported=supported or at > index)
        if found is None:
            return None
        return replace(found, first=found.first if first is None else first, qualifier=qualifier)

    def _bare_item(self, at: int, *, after_month: bool, supported: bool) -> DateItem | None:
        if self.tokens[at].kind is TokenKind.NUMBER:
            return (
                numeric_date(self, at)
                or self._decade(at)
                or self._from_day(at, after_month=after_month)
                or self._from_year(at)
            )
        if self.word(at, self.words.years):
            return self._named_decade(at)
        return self._from_month(at, supported=supported)

    def _qualifiers(self, index: int) -> tuple[int | None, str, int]:
        """Return the index of the first qualifier, the EDTF sign for all of them, and the index after them."""
        at, about, perhaps = index, False, False
        for _ in range(3):
            if self.word(at, self.words.perhaps):
                perhaps, at = True, at + 1
            elif (
                self.word(at, ("peut",))
                and self.words.perhaps
                and self.tight(at + 1)
                and self.word(at + 2, ("etre",))
            ):
                perhaps, at = True, at + 3
            elif self._is_about(at):
                about, at = True, at + (2 if self.mark(at + 1, ".") else 1)
            else:
                break
            at = at if self._is_about(at) else self.skip(at, ("in", "en", "on"))
        sign = {(True, False): "~", (False, True): "?", (True, True): "%"}.get((about, perhaps), "")
        return (index if sign else None), sign, at

    def _is_about(self, at: int) -> bool:
        if self.mark(at, "~"):
            return True
        return self.word(at, self.words.about) and (
            self.tokens[at].norm != "c" or self.mark(at + 1, ".")
        )

    def _part_of(self, index: int) -> tuple[int, int | None]:
        """Return the index after "early", "mid-", « début de » and where that began, or None."""
        at = self.skip(index, self.words.articles)
        if not self.word(at, self.words.parts):
            return index, None
        after = at + 2 if self.tight(at + 1) else at + 1
        return self.skip(
            after, (*self.words.of, "du", "des", *self.words.articles) if self.words.of else ()
        ), at

    def _decade(self, at: int) -> DateItem | None:
        token, after = self.tokens[at], at + 1
        if len(token.norm) != 4 or token.norm[-1] != "0" or int(token.norm) not in YEARS:
            return None
        if self.mark(after, APOSTROPHES) and self.glued(after):
            after += 1
        if not (self.word(after, ("s",)) and self.glued(after)):
            return None
        return DateItem(at, at, after + 1, year=int(token.norm), unknown=1)

    def _named_decade(self, at: int) -> DateItem | None:
        year = self.year(at + 1)
        if year is None or year % 10 or year not in YEARS:
            return None
        # « années 1990 à 1995 » are years, not decades.
        for connected in (self.range_to(at + 2), self.list_to(at + 2)):
            other = self.year(connected) if connected else None
            if other is not None and other % 10:
                return None
        return DateItem(at, at, at + 2, year=year, unknown=1)

    def _from_year(self, at: int) -> DateItem | None:
        year = self.year(at)
        if year is None or year not in YEARS:
            return None
        return DateItem(at, at, at + 1, year=year)

    def _from_day(self, at: int, *, after_month: bool) -> DateItem | None:
        read = self.day(at)
        if read is None or not self._is_day_start(at):
            return None
        day, after = read
        dashed = self.tight(after) and not self.words.months.get(self.tokens[after].norm)
        named = self.month(after + 1 if dashed else self.skip(after, self.words.of), supported=True)
        if named is None or named[0] > 12:
            year, then = self._year_after(after) if after_month else (None, after)
            return DateItem(at, at, then, year=year, day=day)
        month, after = named
        year, then = self._year_after(after)
        if dashed and not (year and self.tight(after)):
            # In "12-May 2003" the dash is that of a range, if anything.
            return DateItem(at, at, read[1], day=day)
        return DateItem(at, at, then, year=year, month=month, day=day)

    def _is_day_start(self, at: int) -> bool:
        """Tell whether the number is not the end of a longer one: "10:30", "2.5", "1,999"."""
        if not self.glued(at):
            return True
        before = self.tokens[at - 1]
        if before.kind is TokenKind.WORD:
            return before.norm.endswith("'")
        return before.surface not in (*".:,#$€£_", "\\")

    def _from_month(self, at: int, *, supported: bool) -> DateItem | None:
        named = self.month(at, supported=supported)
        if named is None:
            return None
        month, after = named
        read = self.day(after) if month <= 12 and "the" in self.words.articles else None
        if read is not None and not self.glued(after):
            year, then = self._year_after(read[1])
            return DateItem(at, at, then, year=year, month=month, day=read[0], month_first=True)
        year, then = self._year_after(after)
        if month > 12 and year is not None and self._continues(then):
            # "winter 2003-2004": which of the two is not said.
            return None
        return DateItem(at, at, then, year=year, month=month)

    def _continues(self, at: int) -> bool:
        joined = self.tokens[at].kind is TokenKind.DASH or self.mark(at, "/")
        return joined and self.tokens[at + 1].kind is TokenKind.NUMBER

    def _year_after(self, index: int) -> tuple[int | None, int]:
        """Return the year behind a day or month and the index after it; without a year, None and ``index``."""
        at = index
        if self.mark(at, ",") or self.tight(at):
            at += 1
        at = self.skip(at, (*self.words.of, *self.words.articles))
        year = self.year(at)
        if self.mark(index, ",") and counts(self, at, at + 1):
            # "In June, 2000 troops …"
            return None, index
        if year is None or (at == index and self.glued(at) and not self.mark(at - 1, ".")):
            return None, index
        return year, at + 1

    # What joins dates

    def range_to(self, index: int) -> int | None:
        """Return the index after a dash, "to", « au », or None."""
        if self.tokens[index].kind is TokenKind.DASH or self.mark(index, "/"):
            return index + 1
        if self.word(index, self.words.to):
            return self.skip(
                index + 1,
                (*self.words.articles, "en", "a", "au", "aux")
                if "au" in self.words.to
                else self.words.articles,
            )
        return None

    def list_to(self, index: int) -> int | None:
        """Return the index after "and", "or", "&", a comma, or None."""
        if self.mark(index, ",") and self.word(index + 1, self.words.both | self.words.either):
            return index + 2
        if self.mark(index, ",&") or self.word(index, self.words.both | self.words.either):
            return index + 1
        return None

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
        right = self._right_of(left, joined)
        if right is None:
            return (
                replace(left, end=Edge.OPEN, after=end)
                if left.year and (end := self._present(left.after, joined))
                else left
            )
        if left.qualifier and not right.qualifier:
            right = replace(right, qualifier=left.qualifier)
        return replace(left, end=right, after=right.after)

    def _right_of(self, left: DateItem, joined: int) -> DateItem | None:
        """Return the end of the range that ``left`` begins, or None when no range follows."""
        right = self.item(joined, after_month=left.month_first, supported=True)
        if right is None:
            return None
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
        return replace(left, first=index, end=right, after=right.after)

    def _between_and(self, index: int) -> int | None:
        if self.word(index, self.words.both) or self.tokens[index].kind is TokenKind.DASH:
            return index + 1
        return None

    # Lists

    def chain(self, index: int) -> list[DateItem]:
        """Return the dates that begin at ``index`` and share parts, complete; an empty list for none."""
        items: list[DateItem] = []
        at: int | None = index
        conjunction = True
        while at is not None and len(items) < _LONGEST_LIST:
            before = items[-1] if items else None
            item = self.element(
                at,
                month_before=before is not None and before.last.month_first,
                supported=before is not None,
            )
            if item is None:
                return []
            items.append(item)
            if item.last.year is not None:
                return complete(items) if conjunction else []
            conjunction = not self.mark(item.after, ",") or self.word(
                item.after + 1, self.words.both | self.words.either
            )
            at = self.list_to(item.after)
        return []
