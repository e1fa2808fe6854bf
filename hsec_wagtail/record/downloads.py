"""The initiatives that a reader asked for as a file: CSV and JSON, streamed, of the same rows as the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from hsec_wagtail.dates import say
from hsec_wagtail.models.register import Initiative
from hsec_wagtail.record.csv_lines import csv_lines
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.read_rows import read_with_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_csv", "as_json"]

#: Rows in memory at once.
_CHUNK = 500
#: Longest name of a file without its ending.
_LONGEST_NAME = 80

#: Keys of the JSON, columns of the CSV; docs/reference/initiatives.md describes each.
FIELDS = (
    "id",
    "url",
    "text",
    "dates",
    "dates_in_words",
    "forum",
    "topics",
    "status",
    "language",
    "page",
)


def as_csv(found: InitiativeList, section: Any, request: HttpRequest) -> StreamingHttpResponse:
    """Return the initiatives of ``found`` as CSV: UTF-8 with a byte order mark, several values joined by "; "."""
    rows = ([_cell(item[name]) for name in FIELDS] for item in _items(found, request))
    # Without the mark, spreadsheets take the file for Windows-1252.
    lines = chain(["\ufeff"], csv_lines(chain([list(FIELDS)], rows)))
    return _file(lines, "text/csv; charset=utf-8", f"{_name(found, section)}.csv")


def as_json(found: InitiativeList, section: Any, request: HttpRequest) -> StreamingHttpResponse:
    """Return the initiatives of ``found`` as JSON: an object with ``title``, ``url``, ``count`` and ``initiatives``."""
    head = {
        "title": section.title,
        "url": section.view_full_url("initiatives", request) + found.filter.query(),
        "count": found.count,
    }

    def pieces() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "initiatives": ['
        comma = ""
        for item in _items(found, request):
            yield f"{comma}\n{json.dumps(item, ensure_ascii=False)}"
            comma = ","
        yield "\n]}\n"

    return _file(pieces(), "application/json", f"{_name(found, section)}.json")


def _items(found: InitiativeList, request: HttpRequest) -> Iterator[dict[str, Any]]:
    chunk: list[Initiative] = []
    for row in found.rows.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _described(chunk, request)
            chunk = []
    yield from _described(chunk, request)


def _described(rows: list[Initiative], request: HttpRequest) -> Iterator[dict[str, Any]]:
    known, pages = read_with_pages(rows)
    for row in known:
        dates = [date for date in row.dates.all() if date.precision]
        yield {
            "id": row.block_id,
            "url": f"{pages[row.page_id].get_full_url(request) or ''}#{row.block_id}",
            "text": row.text,
            "dates": [date.edtf for date in dates],
            "dates_in_words": [_in_words(date, row.language) for date in dates],
            "forum": pages[row.forum_id].title if row.forum_id in pages else "",
            "topics": [
                pages[filed.topic_id].title for filed in row.topics.all() if filed.topic_id in pages
            ],
            "status": row.status,
            "language": row.language,
            "page": pages[row.page_id].title,
        }


def _in_words(date: Any, language: str) -> str:
    words = say(date.edtf, language=language)
    return f"{words} ({date.label})" if date.label else words


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _name(found: InitiativeList, section: Any) -> str:
    """Return a name that says what is in the file."""
    values = (value for _name, value in found.filter.pairs())
    return slugify("-".join([section.slug, "initiatives", *values]))[:_LONGEST_NAME]


def _file(content: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
