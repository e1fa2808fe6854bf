"""The view that cites a page of a section, or an initiative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.models.register import Initiative
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.cite.citation import Citation, in_words, of_page
from hsec_wagtail.record.cite.formats import FORMATS, Format
from hsec_wagtail.record.cite.links import mail_link, path_to
from hsec_wagtail.record.provenance import words_of_source
from hsec_wagtail.record.section_view import view_context

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["cite"]

#: The languages in which references are written, the names of which speakers of them know.
_LANGUAGES = {"en": "English", "fr": "Français"}


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference in words: the language it is in, and its name."""

    code: str
    name: str
    text: str


def cite(section: Any, request: HttpRequest, *path: str) -> HttpResponseBase:
    """Return how to cite a page of ``section``, the section itself if none is named, or one of its initiatives.

    Args:
        section: The page that routed here.
        request: Of any kind.
        path: What follows in the address: the id of a page, that of an initiative's block on it, and a format, each
            of which may be left out.

    Raises:
        Http404: There is no such page, initiative or format for everybody.
    """
    *named, last = path or ("",)
    form = FORMATS.get(last)
    named = [*named, last] if last and form is None else named
    page_id, block_id, *rest = [*named, "", ""]
    if any(rest):
        raise Http404(gettext("There is no such format."))
    page = _page(section, page_id, request)
    initiative = _initiative(page, block_id) if block_id else None
    cited = of_page(page, initiative, request)
    response: HttpResponseBase = (
        _file(cited, form) if form else _shown(section, page, initiative, cited, request)
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(section: Any, page_id: str, request: HttpRequest) -> Any:
    asked = page_id or str(section.pk)
    page = None
    if re.fullmatch(r"[0-9]{1,18}", asked, re.ASCII):
        pages = base_page_model().objects.descendant_of(section, inclusive=True)
        page = pages.filter(pk=int(asked), content_type__in=page_content_types()).first()
    if page is None or not may_be_named(page, request=request):
        raise Http404(gettext("There is no such page in this section."))
    return section if page.pk == section.pk else page.specific


def _initiative(page: Any, block_id: str) -> Initiative:
    found = None
    if re.fullmatch(r"[\w-]{1,36}", block_id, re.ASCII):
        found = Initiative.objects.filter(page=page.pk, block_id=block_id).first()
    if found is None:
        raise Http404(gettext("There is no such initiative on this page."))
    return found


def _shown(
    section: Any,
    page: Any,
    initiative: Initiative | None,
    cited: Citation,
    request: HttpRequest,
) -> TemplateResponse:
    first = page.locale.language_code.partition("-")[0]
    languages = sorted(_LANGUAGES, key=lambda code: code != first)
    context = {
        **view_context(section, "cite", request),
        "cited": cited,
        "initiative": initiative,
        "references": [
            _Reference(code, _LANGUAGES[code], in_words(cited, language=code)) for code in languages
        ],
        "formats": [(name, one.label, one.ending) for name, one in FORMATS.items()],
        "cited_path": path_to(page, initiative.block_id if initiative else ""),
        "mail_link": mail_link("", cited.title, in_words(cited, language=first)),
        "source_words": words_of_source(page, initiative.block_id) if initiative else "",
    }
    return TemplateResponse(request, "hsec_wagtail/section_cite.html", context)


def _file(cited: Citation, form: Format) -> HttpResponse:
    response = HttpResponse(form.write(cited), content_type=f"{form.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{cited.key}.{form.ending}"'
    return response
