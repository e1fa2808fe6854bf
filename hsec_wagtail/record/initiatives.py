"""Lists of the initiatives of a section: one queryset for all views, and the facets beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext

from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.models.mixins import HsecPageMixin
from hsec_wagtail.models.register import Initiative, InitiativeTopic, InitiativeYear
from hsec_wagtail.models.search_rows import SearchRow
from hsec_wagtail.record.filters import Filter
from hsec_wagtail.record.read_rows import live_pages
from hsec_wagtail.record.search.question import Question
from hsec_wagtail.record.sections import sections_below

__all__ = ["Facet", "FacetValue", "InitiativeList", "Tag"]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that a list can be filtered by.

    Attributes:
        value: As the query string has it.
        label: In the words of the page.
        count: Initiatives that the list would have with it, as far as it is filtered otherwise.
        chosen: Whether it is filtered by it.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """A part of the filter: what it says, and the query string without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one parameter."""

    name: str
    values: tuple[FacetValue, ...]


class InitiativeList:
    """The initiatives that a query string asks of a section, for any view of them.

    The number of queries is constant, and none of them reads the table of pages but for the names of
    what is shown.

    Args:
        section: The section; those in sections below it are listed too.
        query: Of any content.
        section_ids: The sections themselves, where the caller knows them; ``section`` is not asked then.
    """

    def __init__(
        self, section: Any, query: QueryDict, *, section_ids: Sequence[int] | None = None
    ) -> None:
        self._section = section
        self._section_ids = sections_below(section) if section_ids is None else section_ids
        known: dict[str, dict[str, Any]] = {
            "forum": self._by_slug(self._forum_ids),
            "topic": self._by_slug(self._topic_ids),
            "status": dict.fromkeys(HsecPageMixin.Status.values),
        }
        self.filter = Filter.parse(query, known=known)
        self._known = known

    @cached_property
    def rows(self) -> QuerySet[Initiative]:
        """The initiatives, newest first, undated ones last."""
        return self._filtered(self.filter).order_by("-newest", "id")

    def between(self, start: int, stop: int) -> list[Initiative]:
        """Return the rows from ``start`` to ``stop``; two queries, and no text is read of those before them."""
        # A database that has to sort the rows of several sections sorts numbers, not texts.
        ids = list(self.rows.values_list("pk", flat=True)[start:stop])
        found = Initiative.objects.in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self.rows.count()

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """Forums, topics and statuses, each counted as the other parameters filter."""
        return (
            self._facet("forum", self._count_forums(), self.filter.forums),
            self._facet("topic", self._count_topics(), self.filter.topics),
            self._facet("status", self._count_statuses(), self.filter.statuses),
        )

    @cached_property
    def tags(self) -> list[Tag]:
        """The parts of the filter, each of which can be removed."""
        return [
            Tag(self._label(name, value), self.filter.without(name, value).query())
            for name, value in self.filter.pairs()
        ]

    @property
    def words(self) -> list[str]:
        """The parts of the filter in the active language; no query."""
        return [self._label(name, value) for name, value in self.filter.pairs()]

    @cached_property
    def years(self) -> list[tuple[int, int]]:
        """Each year with its initiatives, newest first, counted as the other parameters filter."""
        others = self.filter.without("from").without("to")
        found = self._parts(InitiativeYear, others)
        counted = found.values_list("year").annotate(count=Count("*"))
        counts = dict(counted.order_by())
        # Those that are asked for are among them, so that a form keeps them.
        for asked in (self.filter.first, self.filter.last):
            if asked:
                counts.setdefault(asked, 0)
        return sorted(counts.items(), reverse=True)

    @cached_property
    def _everything(self) -> QuerySet[Initiative]:
        return Initiative.objects.filter(section__in=self._section_ids)

    def _parts(self, model: type[Any], asked: Filter) -> QuerySet[Any]:
        """Return the years or the topics of the initiatives that ``asked`` asks for."""
        if not asked:
            # They know their section: the table of initiatives is not read.
            everything: QuerySet[Any] = model.objects.filter(section__in=self._section_ids)
            return everything
        found: QuerySet[Any] = model.objects.filter(initiative__in=self._filtered(asked))
        return found

    @cached_property
    def _language(self) -> str:
        if self._section is None:
            return get_language() or settings.LANGUAGE_CODE
        return content_languages([self._section])[self._section.pk]

    @cached_property
    def _forum_ids(self) -> set[int]:
        ids = self._everything.exclude(forum=None).values_list("forum", flat=True)
        return set(ids.distinct().order_by())

    @cached_property
    def _topic_ids(self) -> set[int]:
        rows = self._parts(InitiativeTopic, Filter())
        return set(rows.values_list("topic", flat=True).distinct().order_by())

    @cached_property
    def _pages(self) -> dict[int, Any]:
        # A policy may be live below a forum that is not: the forum is not named.
        return live_pages(self._forum_ids | self._topic_ids)

    def _label(self, name: str, value: str) -> str:
        """Return what the parameter ``name`` with ``value`` says to a reader."""
        if name == "status":
            return str(HsecPageMixin.Status(value).label)
        if name in self._known:
            return str(self._known[name][value][0].title)
        words = {
            "from": gettext("from %(value)s"),
            "to": gettext("to %(value)s"),
            "text": gettext("“%(value)s”"),
        }
        return words[name] % {"value": value}

    def _by_slug(self, ids: Iterable[int]) -> dict[str, list[Any]]:
        """Return the pages ``ids`` by their slugs, which are those of several in several sections."""
        found: dict[str, list[Any]] = {}
        for page in sorted(
            (self._pages[pk] for pk in ids if pk in self._pages), key=lambda page: page.path
        ):
            found.setdefault(page.slug, []).append(page)
        return found

    def _filtered(self, asked: Filter) -> QuerySet[Initiative]:
        rows = self._everything
        if asked.forums:
            rows = rows.filter(forum__in=self._ids("forum", asked.forums))
        if asked.topics:
            topics = self._ids("topic", asked.topics)
            filed = InitiativeTopic.objects.filter(topic__in=topics)
            rows = rows.filter(pk__in=filed.values("initiative"))
        if asked.statuses:
            rows = rows.filter(status__in=asked.statuses)
        if asked.first or asked.last:
            years = InitiativeYear.objects.filter(
                year__gte=asked.first or 0, year__lte=asked.last or 9999
            )
            rows = rows.filter(pk__in=years.values("initiative"))
        if asked.text:
            question = Question.parse(asked.text, language=self._language)
            found = question.matching(self._section_ids)
            rows = rows.filter(pk__in=SearchRow.objects.filter(pk__in=found).values("initiative"))
        return rows

    def _ids(self, name: str, slugs: Sequence[str]) -> list[int]:
        return [page.pk for slug in slugs for page in self._known[name][slug]]

    def _count_forums(self) -> dict[str, int]:
        others = self._filtered(_without(self.filter, "forum"))
        return self._sum("forum", others.values_list("forum").annotate(count=Count("*")))

    def _count_topics(self) -> dict[str, int]:
        filed = self._parts(InitiativeTopic, _without(self.filter, "topic"))
        return self._sum("topic", filed.values_list("topic").annotate(count=Count("*")))

    def _count_statuses(self) -> dict[str, int]:
        others = self._filtered(_without(self.filter, "status"))
        return dict(others.values_list("status").annotate(count=Count("*")).order_by())

    def _sum(self, name: str, counts: Any) -> dict[str, int]:
        """Return ``counts`` of pages by slug."""
        by_id = dict(counts.order_by())
        return {
            slug: sum(by_id.get(page.pk, 0) for page in pages)
            for slug, pages in self._known[name].items()
        }

    def _facet(self, name: str, counts: Mapping[str, int], chosen: Sequence[str]) -> Facet:
        values = (
            FacetValue(value, self._label(name, value), counts.get(value, 0), value in chosen)
            for value in self._known[name]
            if name != "status" or counts.get(value) or value in chosen
        )
        return Facet(name, tuple(values))


def _without(asked: Filter, name: str) -> Filter:
    for parameter, value in asked.pairs():
        if parameter == name:
            asked = asked.without(name, value)
    return asked
