"""The memberships of a section as files: CSV and JSON, streamed, of the same rows as the table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.models.register import Membership
from hsec_wagtail.record.files import csv_file, json_file, name_download
from hsec_wagtail.record.members.listing import MembershipList, answer_for
from hsec_wagtail.record.read_rows import live_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_csv", "as_json"]

#: Rows in memory at once.
_CHUNK = 500

#: Keys of the JSON, columns of the CSV; docs/reference/initiatives.md describes each.
FIELDS = (
    "country",
    "member",
    "name",
    "role",
    "since",
    "since_in_words",
    "until",
    "until_in_words",
    "status",
    "member_then",
    "forum",
    "page",
    "url",
)


def as_csv(found: MembershipList, section: Any, request: HttpRequest) -> StreamingHttpResponse:
    """Return the memberships of ``found`` as CSV: UTF-8 with a byte order mark."""
    rows = ([item[name] for name in FIELDS] for item in _items(found, request))
    return _download(
        csv_file(FIELDS, rows), "text/csv; charset=utf-8", _name(found, section, "csv")
    )


def as_json(found: MembershipList, section: Any, request: HttpRequest) -> StreamingHttpResponse:
    """Return them as JSON: an object with ``title``, ``url``, ``as_of``, ``count`` and ``memberships``."""
    head = {
        "title": section.title,
        "url": section.view_full_url("members", request) + found.as_of.query(),
        "as_of": found.as_of.edtf,
        "count": len(found),
    }
    pieces = json_file(head, "memberships", _items(found, request))
    return _download(pieces, "application/json", _name(found, section, "json"))


def _items(found: MembershipList, request: HttpRequest) -> Iterator[dict[str, str]]:
    rows = found.rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        pages = live_pages(pk for row in chunk for pk in (row.page_id, row.forum_id))
        yield from (_described(row, pages, found, request) for row in chunk if row.page_id in pages)


def _described(
    row: Membership, pages: dict[int, Any], found: MembershipList, request: HttpRequest
) -> dict[str, str]:
    answer = answer_for(row, found.as_of, today=found.today)
    return {
        "country": row.country,
        "member": found.member(row.country, row.name).name,
        "name": row.name,
        "role": row.role,
        "since": row.since,
        "since_in_words": date_in_words(row.since, language=found.language),
        "until": row.until,
        "until_in_words": date_in_words(row.until, language=found.language),
        "status": row.status,
        "member_then": answer.value if answer else "",
        "forum": pages[row.forum_id].title if row.forum_id in pages else "",
        "page": pages[row.page_id].title,
        "url": pages[row.page_id].get_full_url(request) or "",
    }


def _name(found: MembershipList, section: Any, ending: str) -> str:
    """Return a name that says what is in the file."""
    return f"{slugify('-'.join([section.slug, 'members', found.as_of.edtf]))}.{ending}"


def _download(content: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=content_type)
    name_download(response, name)
    response["X-Robots-Tag"] = "noindex"
    return response
