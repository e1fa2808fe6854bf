"""The search in a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.record.search.results import search_results
from hsec_wagtail.record.section_view import view_context
from hsec_wagtail.record.sections import sections_below

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["search"]


def search(section: Any, request: HttpRequest, *path: str) -> TemplateResponse:
    """Return what of ``section``, of itself and all below it, answers the question in the query string.

    Args:
        section: The page that routed here.
        request: With any query string.
        path: What follows in the address: nothing.

    Raises:
        Http404: There is no such page of results; or not everybody may read the section.
    """
    if path or not may_be_named(section, request=request):
        raise Http404(gettext("There is no search in a section that not everybody may read."))
    context = view_context(section, "search", request)
    found = search_results(sections_below(section), request, language=context["hsec_language"])
    context["search"] = found
    if "initiatives" in section.hsec_views:
        asked = urlencode({"text": found["query"]})
        context["hsec_list_url"] = f"{section.view_url('initiatives', request)}?{asked}"
    response = TemplateResponse(request, section.hsec_search_template, context)
    response["X-Robots-Tag"] = "noindex"
    return response
