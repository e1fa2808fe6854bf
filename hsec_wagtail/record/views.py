"""The views of a section's record, which its page routes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.record.formats.table import FORMATS, answer, format_links
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.paging import page_links, page_of
from hsec_wagtail.record.section_view import view_context
from hsec_wagtail.record.sections import refuse_private
from hsec_wagtail.record.shown import show_rows

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["initiatives"]


def initiatives(section: Any, request: HttpRequest, *path: str) -> HttpResponseBase:
    """Return the initiatives of ``section`` that the query string asks for, as a list or in another format.

    Args:
        section: The page that routed here.
        request: With any query string.
        path: What follows in the address: nothing, or the name of a format.

    Raises:
        Http404: There is no such format, or page of the list; or not everybody may read the section.
    """
    refuse_private(section, request)
    if path == ():
        return _list(InitiativeList(section, request.GET), section, request)
    if len(path) > 1 or path[0] not in FORMATS:
        raise Http404(gettext("There is no such file."))
    return answer(FORMATS[path[0]], InitiativeList(section, request.GET), section, request)


def _list(found: InitiativeList, section: Any, request: HttpRequest) -> TemplateResponse:
    page = page_of(found.rows, request, count=found.count)
    rows = found.between(max(page.start_index() - 1, 0), page.end_index())
    context = {
        **view_context(section, "initiatives", request),
        "found": found,
        "page_obj": page,
        "initiatives": show_rows(rows, request, locale_id=section.locale_id),
        "formats": format_links(section, request, found.filter.query()),
        "page_links": page_links(found.filter.query()),
    }
    response = TemplateResponse(request, "hsec_wagtail/section_initiatives.html", context)
    if found.filter:
        response["X-Robots-Tag"] = "noindex"
    return response
