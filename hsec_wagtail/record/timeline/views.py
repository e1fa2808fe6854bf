"""The timeline as a view of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.paging import page_links, page_of
from hsec_wagtail.record.section_view import view_context
from hsec_wagtail.record.sections import refuse_private
from hsec_wagtail.record.timeline.drawing import draw_chart, draw_strip
from hsec_wagtail.record.timeline.events import Events, periods, show_events

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["timeline"]


def timeline(section: Any, request: HttpRequest, *path: str) -> TemplateResponse:
    """Return the dates of the initiatives of ``section`` that the query string asks for, oldest first.

    Raises:
        Http404: The address goes on, there is no such page of the list, or not everybody may read the section.
    """
    refuse_private(section, request)
    if path:
        raise Http404(gettext("There is no such page of the list."))
    found = InitiativeList(section, request.GET)
    events = Events(found)
    page = page_of(events.rows.select_related("initiative"), request, count=events.count)
    context = view_context(section, "timeline", request)
    language = context["hsec_language"] or section.locale.language_code
    shown = show_events(
        list(page.object_list), request, locale_id=section.locale_id, language=language
    )
    context |= {
        "found": found,
        "page_obj": page,
        "page_links": page_links(found.filter.query()),
        "events": events,
        "periods": periods(shown, language=language),
        "strip": draw_strip(found.years, chosen=(found.filter.first, found.filter.last)),
        "chart": draw_chart([event.edtf for event in shown]),
        "initiatives_url": section.view_url("initiatives", request),
    }
    response = TemplateResponse(request, "hsec_wagtail/section_timeline.html", context)
    if found.filter:
        response["X-Robots-Tag"] = "noindex"
    return response
