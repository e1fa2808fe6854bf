"""A page of the results of a search, for the search of a section and for that of a site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hsec_wagtail import conf
from hsec_wagtail.blocks.edtf import ShownDate
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.models.search_rows import SearchRow
from hsec_wagtail.models.searching import QUERY_PARAMETER
from hsec_wagtail.record.paging import page_links, turn_to
from hsec_wagtail.record.read_rows import live_pages, read_with_pages
from hsec_wagtail.record.search.excerpts import excerpt, mark
from hsec_wagtail.record.search.question import Question

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Result", "search_results"]


@dataclass(frozen=True, slots=True)
class Result:
    """A page or an initiative that was found.

    Attributes:
        kind: section, forum, topic, policy or initiative.
        title: Of the page, or of the forum or page that tells the initiative; marked.
        url: Where it stands.
        dates: Those of the initiative, or the day on which the page was last changed.
        excerpt: The part of the text that answers; marked.
        language: Of the text.
    """

    kind: str
    title: SafeString
    url: str
    dates: tuple[ShownDate, ...]
    excerpt: SafeString
    language: str


def search_results(
    sections: Collection[int], request: HttpRequest, *, language: str
) -> dict[str, Any]:
    """Return question, results, their count, and what links to further pages of them begin with.

    The number of queries does not depend on that of the results.

    Args:
        sections: Ids of the sections to search.
        request: With any query string.
        language: Of the question.

    Raises:
        Http404: There is no such page of results.
    """
    question = Question.parse(request.GET.get(QUERY_PARAMETER, ""), language=language)
    paginator = _Paginator(question.ranked(sections), conf.get("HSEC_SEARCH_PAGE_SIZE"))
    results = turn_to(paginator, request, missing=gettext("There is no such page of results."))
    found = [one["row"] for one in results.object_list]
    results.object_list = _show(found, question, request) if found else []
    return {
        "query": question.text,
        "question": question,
        "results": results,
        "count": paginator.count,
        "page_links": page_links(f"?{urlencode({QUERY_PARAMETER: question.text})}"),
    }


class _Paginator(Paginator[Any]):
    """Counts by the page that it fetches: with frequent words, a count of its own costs as much again."""

    def page(self, number: int | str) -> Any:
        """Return a page; only the first may be empty."""
        number = int(number)
        end = number * self.per_page
        rows = list(self.object_list[end - self.per_page : end])
        if not rows and number > 1:
            raise EmptyPage
        self.count = rows[0]["total"] if rows else 0
        return Page(rows, number, self)


def _show(ids: Sequence[int], question: Question, request: HttpRequest) -> list[Result]:
    by_id = SearchRow.objects.select_related("initiative").in_bulk(ids)
    rows = [by_id[pk] for pk in ids if pk in by_id]
    initiatives = [row.initiative for row in rows if row.initiative is not None]
    _known, pages = read_with_pages(initiatives)
    pages |= live_pages({row.page_id for row in rows}.difference(pages))
    kinds = page_content_types()
    return [_result(row, pages, kinds, question, request) for row in rows if row.page_id in pages]


def _result(
    row: SearchRow,
    pages: dict[int, Any],
    kinds: dict[int, str],
    question: Question,
    request: HttpRequest,
) -> Result:
    page, language = pages[row.page_id], row.language
    address = page_url(page, request=request) or ""
    dates: tuple[ShownDate, ...]
    initiative = row.initiative
    if initiative is None:
        dates = (ShownDate.make(row.changed, language=language),) if row.changed else ()
        title, kind = row.title, kinds[page.content_type_id]
    else:
        dates = tuple(
            ShownDate.of_text(date.edtf, language=language, label=date.label)
            for date in initiative.own_dates
        )
        title, kind = pages.get(initiative.forum_id or page.pk, page).title, "initiative"
        address = f"{address}#{initiative.block_id}"
    return Result(
        kind=kind,
        title=mark(title, question, language=language),
        url=address,
        dates=dates,
        excerpt=excerpt(row.text, question, language=language),
        language=language,
    )
