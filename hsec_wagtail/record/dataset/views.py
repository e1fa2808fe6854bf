"""The view ``…/data/`` of a section: a page for people, a description for programs, the checksum."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.record.dataset.facts import checksum, describe
from hsec_wagtail.record.formats.fields import FIELDS
from hsec_wagtail.record.formats.naming import file_name, list_title
from hsec_wagtail.record.formats.table import FORMATS, format_links, in_words_of
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.section_view import view_context

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["data"]


def data(section: Any, request: HttpRequest, *path: str) -> HttpResponse:
    """Return what describes the data of ``section``; query strings mean nothing here.

    Args:
        section: The page that routed here.
        request: With any query string.
        path: What follows in the address: nothing, ``datapackage`` or ``sha256``.

    Raises:
        Http404: There is no such address, or not everybody may read the section.
    """
    if not may_be_named(section, request=request) or path not in _ANSWERS:
        raise Http404(gettext("There is no such description of data."))
    return _ANSWERS[path](InitiativeList(section, QueryDict()), section, request)


def _page(found: InitiativeList, section: Any, request: HttpRequest) -> HttpResponse:
    context = {
        **view_context(section, "data", request),
        "dataset": describe(found, section, request),
        "formats": format_links(section, request),
        "fields": FIELDS,
    }
    return TemplateResponse(request, "hsec_wagtail/section_data.html", context)


def _data_package(found: InitiativeList, section: Any, request: HttpRequest) -> HttpResponse:
    """Return a Data Package (https://datapackage.org/standard/data-package/) with the CSV as its resource."""
    facts = describe(found, section, request)
    address = section.view_full_url("initiatives", request)
    with in_words_of(section):
        table = {
            "name": "initiatives",
            "path": f"{address}csv/",
            "format": "csv",
            "mediatype": FORMATS["csv"].media_type,
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": one.name, "type": "string", "description": str(one.description)}
                    for one in FIELDS
                ],
            },
        }
        if facts.checksum:
            table["hash"] = f"sha256:{facts.checksum}"
        package: dict[str, Any] = {
            "name": f"{section.slug}-initiatives",
            "title": list_title(found, section),
            "homepage": section.view_full_url("data", request),
            "version": facts.version,
            "resources": [table],
        }
    if facts.licence:
        given = {"title": facts.licence, "path": facts.licence_url}
        package["licenses"] = [{name: value for name, value in given.items() if value}]
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _checksum(found: InitiativeList, section: Any, request: HttpRequest) -> HttpResponse:
    """Return the checksum as ``sha256sum --check`` reads it."""
    name = file_name(found, section, FORMATS["csv"].ending)
    text = f"{checksum(found, section, request)}  {name}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


_ANSWERS: dict[tuple[str, ...], Callable[[InitiativeList, Any, HttpRequest], HttpResponse]] = {
    (): _page,
    ("datapackage",): _data_package,
    ("sha256",): _checksum,
}
