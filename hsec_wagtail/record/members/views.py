"""The members as views of a section: the table, a page for each country, and files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.blocks.codes import country_name
from hsec_wagtail.blocks.today import today
from hsec_wagtail.record.members.asked import AS_OF, AsOf
from hsec_wagtail.record.members.files import as_csv, as_json
from hsec_wagtail.record.members.listing import MembershipList
from hsec_wagtail.record.members.naming import initiatives_naming
from hsec_wagtail.record.members.shown import show_members
from hsec_wagtail.record.paging import page_links, page_of
from hsec_wagtail.record.section_view import view_context
from hsec_wagtail.record.sections import refuse_private
from hsec_wagtail.record.shown import show_rows

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["members"]

_FILES: dict[tuple[str, ...], Callable[..., HttpResponseBase]] = {
    ("csv",): as_csv,
    ("json",): as_json,
}


def members(section: Any, request: HttpRequest, *path: str) -> HttpResponseBase:
    """Return who is a member of the forums of ``section``, on the day or in the year that the query string says.

    Args:
        section: The page that routed here.
        request: With any query string.
        path: What follows in the address: nothing, ``csv``, ``json`` or the code of a country.

    Raises:
        Http404: There is nothing at that address, or not everybody may read the section.
    """
    refuse_private(section, request)
    as_of = AsOf.parse(request.GET)
    if as_of.edtf and request.GET[AS_OF] != as_of.edtf:
        # Blanks around a day would give one answer any number of addresses.
        return HttpResponseRedirect(f"{request.path}{as_of.query()}")
    context = view_context(section, "members", request)
    language = context["hsec_language"] or section.locale.language_code
    code = path[0].upper() if len(path) == 1 and re.fullmatch("[a-z]{2}", path[0]) else ""
    found = MembershipList(section, as_of, language=language, country=code, today=today())
    if path in _FILES:
        return _FILES[path](found, section, request)
    if path and not code:
        raise Http404(gettext("There is no such file."))
    context |= {"found": found, "as_of_in_words": as_of.in_words(language)}
    response = _country(found, context, request) if code else _table(found, context, request)
    if request.GET.get(AS_OF):
        response["X-Robots-Tag"] = "noindex"
    return response


def _table(
    found: MembershipList, context: dict[str, Any], request: HttpRequest
) -> TemplateResponse:
    page = page_of(found, request, count=len(found))
    context |= {
        "page_obj": page,
        "page_links": page_links(found.as_of.query()),
        "members": show_members(
            page.object_list, found, request, members_url=context["hsec_view"]["url"]
        ),
    }
    return TemplateResponse(request, "hsec_wagtail/section_members.html", context)


def _country(
    found: MembershipList, context: dict[str, Any], request: HttpRequest
) -> TemplateResponse:
    section = context["page"]
    shown = show_members(found[:], found, request, members_url=context["hsec_view"]["url"])
    used = set(found.rows.order_by("name").values_list("name", flat=True).distinct())
    named = initiatives_naming(section, found.country, also=used)
    page = page_of(named, request)
    name = country_name(found.country, language=found.language) or min(used, default="")
    if not shown and not page.paginator.count:
        raise Http404(gettext("Nothing here names this country."))
    context |= {
        "country": name,
        "country_url": f"{context['hsec_view']['url']}{found.country.lower()}/",
        "country_full_url": f"{context['hsec_view']['full_url']}{found.country.lower()}/",
        "members": shown,
        "page_obj": page,
        "page_links": page_links(found.as_of.query()),
        "initiatives": show_rows(list(page.object_list), request, locale_id=section.locale_id),
    }
    return TemplateResponse(request, "hsec_wagtail/section_country.html", context)
