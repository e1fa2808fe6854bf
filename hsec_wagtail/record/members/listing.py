"""The memberships of a section: one queryset for all views of them, and who they are of, by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from hsec_wagtail.blocks.codes import country_name
from hsec_wagtail.models.mixins import HsecPageMixin
from hsec_wagtail.models.register import Membership
from hsec_wagtail.record.members.asked import AsOf
from hsec_wagtail.record.members.on_day import SLACK, Answer, Term, shifted, was_member
from hsec_wagtail.record.sections import sections_below

__all__ = ["Member", "MembershipList", "answer_for", "certainly_not"]

_ENDED = HsecPageMixin.Status.ENDED.value
#: By forum, without a join.
_IN_FORUMS = ("forum_id", "page_id", "position")
#: Signs of a date that is about right only, or in doubt.
_DOUBTS = ("~", "?", "%")


@dataclass(frozen=True, slots=True)
class Member:
    """A country or an organisation.

    Attributes:
        country: Its code; "" for an organisation.
        name: Of a country in the language of the list, of an organisation as pages write it.
    """

    country: str
    name: str

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Where it stands in a list by name, accents apart."""
        folded = unicodedata.normalize("NFKD", self.name)
        letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
        return letters.casefold(), self.name, self.country


class MembershipList:
    """Who is a member of the forums of a section, by name; can be sliced.

    The number of queries is constant. None reads the table of pages but for the ids of the sections.

    Args:
        section: The section; forums of sections below it count too.
        as_of: When; who certainly was no member then is left out, unless ``country`` is given.
        language: Of the names of countries.
        country: The code of the only country to list; "" for all members.
        today: The day it is.
    """

    def __init__(
        self, section: Any, as_of: AsOf, *, language: str, country: str = "", today: date
    ) -> None:
        self._section = section
        self.as_of = as_of
        self.language = language
        self.country = country
        self.today = today

    @cached_property
    def rows(self) -> QuerySet[Membership]:
        """The memberships, in an order that files can be streamed in."""
        rows = Membership.objects.filter(section__in=sections_below(self._section))
        rows = rows.exclude(country="", name="")
        if self.country:
            rows = rows.filter(country=self.country)
        elif self.as_of.first and self.as_of.last:
            rows = rows.exclude(certainly_not(self.as_of.first, self.as_of.last, today=self.today))
        return rows.order_by("country", "name", *_IN_FORUMS)

    @cached_property
    def _counts(self) -> list[tuple[Member, int]]:
        """Members by name, with the number of their memberships."""
        counts: dict[str | tuple[str, str], tuple[Member, int]] = {}
        counted = self.rows.order_by("country", "name").values_list("country", "name")
        for country, name, count in counted.annotate(count=Count("pk")):
            member, so_far = counts.get(country or ("", name)) or (self.member(country, name), 0)
            counts[country or ("", name)] = member, so_far + count
        return sorted(counts.values(), key=lambda one: one[0].sort_key)

    def member(self, country: str, name: str) -> Member:
        """Return who is meant by a code, or else by a name."""
        called = country_name(country, language=self.language) if country else ""
        return Member(country, called or name)

    def __len__(self) -> int:
        return sum(count for _member, count in self._counts)

    def __getitem__(self, part: slice) -> list[tuple[Member, list[Membership]]]:
        """Return a part of the memberships, in the order of the names, by member."""
        start, stop = part.start or 0, len(self) if part.stop is None else part.stop
        wanted = list(self._overlapping(start, stop))
        codes = [member.country for member, _first, _last in wanted if member.country]
        names = [member.name for member, _first, _last in wanted if not member.country]
        found: dict[str | tuple[str, str], list[Membership]] = {}
        rows = self.rows.filter(Q(country__in=codes) | Q(country="", name__in=names))
        for row in rows.order_by(*_IN_FORUMS):
            found.setdefault(row.country or ("", row.name), []).append(row)
        return [
            (member, found.get(member.country or ("", member.name), [])[first:last])
            for member, first, last in wanted
        ]

    def _overlapping(self, start: int, stop: int) -> Iterator[tuple[Member, int, int]]:
        """Yield the members that a slice meets, each with the slice of its own memberships."""
        place = 0
        for member, count in self._counts:
            first, last = max(start - place, 0), min(stop - place, count)
            if first < last:
                yield member, first, last
            place += count


def answer_for(row: Membership, as_of: AsOf, *, today: date) -> Answer | None:
    """Return whether ``row`` says that somebody was a member then; None if nobody asks."""
    if as_of.first is None or as_of.last is None:
        return None
    term = Term(
        row.since_earliest,
        row.since_latest,
        row.until_earliest,
        row.until_latest,
        ended=bool(row.until) or row.status == _ENDED,
        start_doubtful=any(sign in row.since for sign in _DOUBTS),
        end_doubtful=any(sign in row.until for sign in _DOUBTS),
    )
    return was_member(term, as_of.first, as_of.last, today=today)


def certainly_not(first: date, last: date, *, today: date) -> Q:
    """Return the condition that somebody was no member on any day from ``first`` to ``last``.

    It says in the words of the database when :func:`was_member` answers no.
    """
    not_yet = Q(since_earliest__gt=shifted(last, SLACK)) | (
        Q(since_earliest__gt=last) & ~_doubtful("since")
    )
    no_more = Q(until_latest__lt=shifted(first, -SLACK)) | (
        Q(until_latest__lt=first) & ~_doubtful("until")
    )
    if first > today - timedelta(days=1):
        unknown_day = Q(until_earliest=None, until_latest=None)
        no_more |= unknown_day & (~Q(until="") | Q(status=_ENDED))
    return not_yet | no_more


def _doubtful(name: str) -> Q:
    condition = Q()
    for sign in _DOUBTS:
        condition |= Q(**{f"{name}__contains": sign})
    return condition
