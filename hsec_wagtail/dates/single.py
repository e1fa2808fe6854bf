"""One date as it is written: its day, month and year in any order, and what qualifies it.

A date is read from a given token on and looks a bounded number of tokens ahead.
"""

from dataclasses import replace

from .context import counts, is_measured
from .items import DateItem
from .numeric import YEARS, numeric_date
from .periods import read_period
from .reading import TokenReading
from .tokens import APOSTROPHES, TokenKind
from .words import COUNTED, ISSUED, VERBS_OF_YEARS


class SingleDates(TokenReading):
    """Reads single dates from the tokens of one text."""

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
        period = self._from_period(at)
        if period is not None:
            return period
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
        found = self._part_after_year(at, year) or self._month_after_year(at, year)
        return found or DateItem(at, at, at + 1, year=year)

    def _month_after_year(self, at: int, year: int) -> DateItem | None:
        """Return the date whose year comes first: "2022 Oct 12", "2022-Oct", "2016 june"."""
        comma, joint = self.mark(at + 1, ","), self.joint(at + 1)
        named = self.month(at + 2 if comma or joint else at + 1, supported=False)
        if named is None or self.tokens[at - 1].kind is TokenKind.DASH:
            return None
        month, after = named
        read = None
        if self.joint(after) == joint and month <= 12:
            read = self.day(after + 1 if joint else after)
        day, then = read or (None, after)
        if self._belongs_to_other_year(then) or is_measured(self, then):
            return None
        if day is None and (comma or self._is_in_name(after)):
            return None
        joined = self.list_to(then) if comma else None
        if self.word(then, COUNTED) or (joined and self.tokens[joined].kind is TokenKind.NUMBER):
            # "In 2003 June 12 people", "in 2003, May 12 and 14, 2004".
            return None
        return DateItem(at, at, then, year, month, day, month_first=True, year_first=True)

    def _belongs_to_other_year(self, after: int) -> bool:
        """Tell whether the month before ``after`` is that of a year to come: "2003, June 2004", "2003 May and June 2004"."""
        if self._year_after(after, day=False)[0]:
            return True
        joined = self.range_to(after) or self.list_to(after)
        return joined is not None and bool(self.month(joined, supported=True))

    def _is_in_name(self, at: int) -> bool:
        """Tell whether a month before ``at`` may be of a name: "In 2003 April Smith", "2004 Summer Games"."""
        token = self.tokens[at]
        return token.kind is TokenKind.WORD and token.surface[0].isupper()

    def _from_period(self, at: int) -> DateItem | None:
        """Return the quarter or half that begins at ``at``: "Q3 2004", "third quarter of 2004"."""
        period = read_period(self, at)
        if period is None:
            return None
        month, months, after = period
        year, then = self._year_after(after, day=False)
        if year is not None and (self._continues(then) or counts(self, then - 1, then)):
            # A fiscal year, or "in the second quarter 2000 people".
            return None
        return DateItem(at, at, then, year=year, month=month, months=months)

    def _part_after_year(self, at: int, year: int) -> DateItem | None:
        """Return the quarter or half behind the year at ``at``: "2004 Q3", "2004's third quarter"."""
        then = at + 1
        if self.mark(then, APOSTROPHES) and self.word(then + 1, ("s",)):
            then += 2
        period = read_period(self, then + 1 if self.tight(then) else then)
        if period is None or self._year_after(period.after, day=False)[0]:
            return None
        return DateItem(at, at, period.after, year=year, month=period.month, months=period.months)

    def _from_day(self, at: int, *, after_month: bool) -> DateItem | None:
        read = self.day(at)
        if read is None or not self._is_day_start(at):
            return None
        day, after = read
        dashed = self.joint(after) and not self.words.months.get(self.tokens[after].norm)
        named = self.month(after + 1 if dashed else self.skip(after, self.words.of), supported=True)
        if named is None or named[0] > 12:
            year, then = self._year_after(after, day=True) if after_month else (None, after)
            return DateItem(at, at, then, year=year, day=day)
        month, after = named
        year, then = self._year_after(after, day=True)
        if dashed and not (year and self.joint(after)):
            # In "12-May 2003" the dash is that of a range, if anything.
            return DateItem(at, at, read[1], day=day)
        return DateItem(at, at, then, year=year, month=month, day=day)

    def _is_day_start(self, at: int) -> bool:
        """Tell whether the number is not the end of a longer one: "10:30", "2.5", "1,999"; nor that of "No. 5"."""
        if not self.glued(at):
            before = at - 2 if self.mark(at - 1, ".°º") else at - 1
            return not self.word(before, ISSUED)
        before = self.tokens[at - 1]
        if before.kind is TokenKind.WORD:
            return before.norm.endswith("'")
        return before.surface not in (*".:,#$€£_", "\\")

    def _from_month(self, at: int, *, supported: bool) -> DateItem | None:
        named = self.month(at, supported=supported)
        if named is None:
            return None
        month, after = named
        read = self._day_after(after) if self.word(at, self.words.leading) else None
        if read is not None:
            year, then = self._year_after(self._after_time(read[1]), day=True)
            return DateItem(
                at,
                at,
                then if year else read[1],
                year=year,
                month=month,
                day=read[0],
                month_first=True,
            )
        year, then = self._year_after(after, day=False)
        if year and self.mark(after, "/") and (self._is_in_path(at) or self.mark(then, "/")):
            # The folders of "docs/Jun/2002/".
            return None
        if month > 12 and year is not None and self._continues(then):
            # "winter 2003-2004": which of the two is not said.
            return None
        return DateItem(at, at, then, year=year, month=month)

    def _day_after(self, index: int) -> tuple[int, int] | None:
        """Return the day behind a month and the index after it, or None."""
        if self.joint(index):
            # "Jun/6/1999"
            read = self.day(index + 1)
            return read if read and self.joint(read[1]) and self.year(read[1] + 1) else None
        if self.mark(index, ",.") and not self.glued(index + 1):
            # "January, 6 2026"
            read = self.day(index + 1)
            return read if read and self._year_after(read[1], day=False)[0] else None
        return None if self.glued(index) and not self.mark(index - 1, ".") else self.day(index)

    def _is_in_path(self, at: int) -> bool:
        return self.glued(at) and self.mark(at - 1, "/\\_.")

    def _after_time(self, index: int) -> int:
        """Return the index after the time of "May 12 10:00:00 GMT 2003", else ``index``."""
        at = index
        while self.tokens[at].kind is TokenKind.NUMBER and len(self.tokens[at].norm) <= 2:
            if not (self.mark(at + 1, ":") and self.glued(at + 1) and self.glued(at + 2)):
                break
            at += 2
        if at == index or self.tokens[at].kind is not TokenKind.NUMBER:
            return index
        is_zone = self.tokens[at + 1].surface.isupper() and len(self.tokens[at + 1].norm) <= 4
        return at + 2 if is_zone else at + 1

    def _continues(self, at: int) -> bool:
        joined = self.tokens[at].kind is TokenKind.DASH or self.mark(at, "/")
        then = self.tokens[at + 1]
        return joined and then.kind is TokenKind.NUMBER and len(then.norm) > 1

    def _year_after(self, index: int, *, day: bool) -> tuple[int | None, int]:
        """Return the year behind a month and the index after it; without a year, None and ``index``.

        With a ``day`` only a unit makes the number an amount: people of "May 12, 2003 people asked" are not counted.
        """
        at = index
        stray = day and self.mark(at, ".") and not self.glued(at + 1)
        if stray or self.mark(at, ",") or self.joint(at) or self.word(at, ("in", "en")):
            at += 1
        at = self.skip(at, (*self.words.of, *self.words.articles))
        # "Third quarter of the year 2004", « novembre de l'année 2016 ».
        at = self.skip(at, ("year", "annee", "an"))
        year = self.year(at)
        is_amount = is_measured(self, at + 1) if day else counts(self, at, at + 1)
        if stray and self.word(at + 1, VERBS_OF_YEARS):
            # "They left on July 10. 2003 was a good year."
            return None, index
        if is_amount and (self.mark(index, ",") or self.word(index, ("in", "en"))):
            # "In June, 2000 troops …"
            return None, index
        if year is None or (at == index and self.glued(at) and not self.mark(at - 1, ".")):
            return None, index
        return year, at + 1
