"""The table of formats, which links, the page of the data, views and tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.models.languages import content_language, interface_language
from hsec_wagtail.record.files import name_download
from hsec_wagtail.record.formats.calendar import as_calendar
from hsec_wagtail.record.formats.feeds import as_atom, as_json_feed
from hsec_wagtail.record.formats.json_files import as_json, as_json_ld
from hsec_wagtail.record.formats.naming import file_name
from hsec_wagtail.record.formats.tables import as_csv, as_xlsx
from hsec_wagtail.record.initiatives import InitiativeList

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["FORMATS", "Format", "FormatLink", "answer", "format_links", "in_words_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which the initiatives that a filter finds are given out.

    Attributes:
        name: The part of the address below that of the list.
        media_type: As the answer and links say it.
        label: What links to it are called.
        description: What it is good for.
        write: Returns the pieces of the answer.
        ending: Of the name of the file.
        followed: Whether readers subscribe to it, rather than download it once.
        latest_only: Whether it has the initiatives that changed last only.
    """

    name: str
    media_type: str
    label: Any
    description: Any
    write: Callable[[InitiativeList, Any, HttpRequest], Iterator[Any]]
    ending: str
    followed: bool = False
    latest_only: bool = False


@dataclass(frozen=True, slots=True)
class FormatLink:
    """A link to a list in a format."""

    format: Format
    url: str


_ALL = (
    Format(
        "csv", "text/csv", "CSV", _("a table for every program; UTF-8"), write=as_csv, ending="csv"
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel (XLSX)",
        _("a workbook, with a sheet that describes the columns"),
        write=as_xlsx,
        ending="xlsx",
    ),
    Format("json", "application/json", "JSON", _("an object each"), write=as_json, ending="json"),
    Format(
        "json-ld",
        "application/ld+json",
        "JSON-LD",
        _("linked data in the words of schema.org"),
        write=as_json_ld,
        ending="jsonld",
    ),
    Format(
        "atom",
        "application/atom+xml",
        "Atom",
        _("the 100 that changed last, for feed readers"),
        write=as_atom,
        ending="xml",
        followed=True,
        latest_only=True,
    ),
    Format(
        "json-feed",
        "application/feed+json",
        "JSON Feed",
        _("the 100 that changed last, for feed readers"),
        write=as_json_feed,
        ending="json",
        followed=True,
        latest_only=True,
    ),
    Format(
        "ical",
        "text/calendar",
        _("Calendar (iCalendar)"),
        _("dated ones as events over whole days, for calendars"),
        write=as_calendar,
        ending="ics",
        followed=True,
    ),
)

#: By their names, in the order in which they are offered.
FORMATS = {one.name: one for one in _ALL}


def format_links(section: Any, request: HttpRequest | None, query: str = "") -> list[FormatLink]:
    """Return links to the initiatives of ``section`` that ``query`` asks for, in each format; none if it has no address.

    Args:
        section: One that everybody may read.
        request: None for links without one.
        query: Of a ``Filter``, with its question mark.
    """
    url = section.view_url("initiatives", request)
    return [FormatLink(one, f"{url}{one.name}/{query}") for one in FORMATS.values() if url]


def answer(
    form: Format, found: InitiativeList, section: Any, request: HttpRequest
) -> HttpResponseBase:
    """Return ``found`` in ``form``; what was asked for and cannot be answered is refused with its reasons.

    A program that reads a list of everything where it asked for a part would not know.
    """
    with in_words_of(section):
        if found.filter.faults:
            return _refusal(found)
        pieces = form.write(found, section, request)
        # A feed is short, and what is not streamed can be compared with what a reader has.
        kind = HttpResponse if form.latest_only else StreamingHttpResponse
        response = kind(pieces, content_type=_content_type(form))
    if not form.latest_only:
        name = file_name(found, section, form.ending)
        name_download(response, name)
    response["X-Robots-Tag"] = "noindex"
    return response


@contextmanager
def in_words_of(section: Any) -> Iterator[None]:
    """Speak the language that the pages around the content of ``section`` speak; one query."""
    language = content_language(section)
    shown = interface_language(language, page_language=section.locale.language_code)
    with translation.override(shown):
        yield


def _content_type(form: Format) -> str:
    named = form.media_type.startswith("text/") or form.media_type.endswith("+xml")
    return f"{form.media_type}; charset=utf-8" if named else form.media_type


def _refusal(found: InitiativeList) -> HttpResponse:
    text = "\n".join([*found.filter.faults, ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=400)
    response["X-Robots-Tag"] = "noindex"
    return response
