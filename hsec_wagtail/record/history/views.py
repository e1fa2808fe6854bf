"""The views of what changed in a section: a list, a feed, and the difference between two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.record.history.changes import changes_below, show_changes
from hsec_wagtail.record.history.diff import difference
from hsec_wagtail.record.history.feed import as_atom
from hsec_wagtail.record.history.query import read_id
from hsec_wagtail.record.paging import page_links, page_of
from hsec_wagtail.record.section_view import view_context
from hsec_wagtail.record.sections import refuse_private

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["changes"]

#: Entries of a feed.
_IN_FEED = 100


def changes(section: Any, request: HttpRequest, *path: str) -> HttpResponseBase:
    """Return what changed in ``section``.

    Args:
        section: The page that routed here.
        request: With any query string.
        path: What follows in the address: nothing, ``atom`` or ``diff``.

    Raises:
        Http404: There is no such view, or page of the list; or not everybody may read the section.
    """
    refuse_private(section, request)
    if path == ():
        return _list(section, request)
    if path == ("atom",):
        rows = list(changes_below(section, request)[:_IN_FEED])
        return as_atom(section, show_changes(rows, request, diff_url=""), request)
    if path == ("diff",):
        return difference(section, request)
    raise Http404(gettext("There is no such file."))


def _list(section: Any, request: HttpRequest) -> TemplateResponse:
    of = request.GET.get("of")
    page_id = read_id(of) if of else None
    rows = changes_below(section, request, page_id=page_id)
    page = page_of(rows, request)
    context = view_context(section, "changes", request)
    diff_url = f"{context['hsec_view']['url']}diff/"
    context |= {
        "page_obj": page,
        "changes": show_changes(list(page.object_list), request, diff_url=diff_url),
        "changes_of": page_id,
        "page_links": page_links(f"?of={page_id}" if page_id else ""),
    }
    response = TemplateResponse(request, "hsec_wagtail/section_changes.html", context)
    if page_id is not None:
        response["X-Robots-Tag"] = "noindex"
    return response
