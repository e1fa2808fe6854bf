"""Initiatives with all that files and feeds say of them, read in chunks: memory does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from hsec_wagtail.blocks.today import in_utc
from hsec_wagtail.dates import say
from hsec_wagtail.models.register import Initiative, InitiativeDate, no_moment
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.read_rows import read_with_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["LATEST", "Item", "items", "latest_items", "say_date", "say_update", "values"]

#: Rows in memory at once.
_CHUNK = 500
#: Entries of a feed.
LATEST = 100
#: Of our own, for blocks without an id of the usual form.
_NAMESPACE = UUID("5f6a3c1e-9f0e-4c53-8a52-0d5f5ad0b1c7")


@dataclass(frozen=True, slots=True)
class Item:
    """An initiative, the pages that it names, and its dates that can be read.

    Attributes:
        page: The page that tells it.
        url: Where it stands there.
        forum: None outside of forums, and below one that is not published.
    """

    row: Initiative
    page: Any
    url: str
    forum: Any
    topics: tuple[Any, ...]
    dates: tuple[InitiativeDate, ...]

    @property
    def uuid(self) -> UUID:
        """An id that stays when the page is changed, moved or renamed, and that copies and translations do not share."""
        where = f"{self.page.translation_key}/{self.page.locale.language_code}"
        return uuid5(_NAMESPACE, f"{where}/{self.row.block_id or self.row.position}")


def items(found: InitiativeList, request: HttpRequest) -> Iterator[Item]:
    """Yield the initiatives of ``found`` in its order; four queries for each 500."""
    return _read(found.rows.defer("html").iterator(chunk_size=_CHUNK), request)


def latest_items(found: InitiativeList, request: HttpRequest) -> list[Item]:
    """Return the 100 initiatives of ``found`` that changed last, the newest change first."""
    rows = found.rows.defer("html").order_by("-updated", "-newest", "id")
    return list(_read(rows[:LATEST], request))


def values(item: Item) -> dict[str, str | list[str]]:
    """Return the value of each of ``fields.FIELDS``, a list for those that have several."""
    row = item.row
    return {
        "id": row.block_id,
        "url": item.url,
        "text": row.text,
        "dates": [date.edtf for date in item.dates],
        "dates_in_words": [say_date(date, row.language) for date in item.dates],
        "forum": item.forum.title if item.forum else "",
        "forum_slug": item.forum.slug if item.forum else "",
        "topics": [topic.title for topic in item.topics],
        "topic_slugs": [topic.slug for topic in item.topics],
        "status": row.status,
        "language": row.language,
        "page": item.page.title,
        "page_id": str(row.page_id),
        "updated": say_update(row),
    }


def say_date(date: InitiativeDate, language: str) -> str:
    """Return ``date`` in words, with what happened then in brackets."""
    words = say(date.edtf, language=language)
    return f"{words} ({date.label})" if date.label else words


def say_update(row: Initiative) -> str:
    """Return when the page of ``row`` last changed for its readers, in UTC; "" if it is not known."""
    return f"{in_utc(row.updated):%Y-%m-%dT%H:%M:%SZ}" if row.updated > no_moment() else ""


def _read(rows: Iterable[Initiative], request: HttpRequest) -> Iterator[Item]:
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK)):
        yield from _described(chunk, request)


def _described(rows: list[Initiative], request: HttpRequest) -> Iterator[Item]:
    known, pages = read_with_pages(rows)
    urls = {pk: pages[pk].get_full_url(request) or "" for pk in {row.page_id for row in known}}
    for row in known:
        yield Item(
            row=row,
            page=pages[row.page_id],
            url=f"{urls[row.page_id]}#{row.block_id}",
            forum=pages.get(row.forum_id) if row.forum_id else None,
            topics=tuple(
                pages[filed.topic_id] for filed in row.own_topics if filed.topic_id in pages
            ),
            dates=tuple(date for date in row.own_dates if date.precision),
        )
