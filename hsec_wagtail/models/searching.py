"""A plain search over the pages of a section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.utils.translation import gettext

from hsec_wagtail import conf
from hsec_wagtail.models.context import prepare
from hsec_wagtail.models.queries import readable
from hsec_wagtail.models.summaries import add_texts
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["PAGE_PARAMETER", "QUERY_PARAMETER", "clean_query", "search_section", "searchable_words"]

QUERY_PARAMETER = "q"
PAGE_PARAMETER = "page"
MAX_QUERY_LENGTH = 200


def search_section(section: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the query, one page of results and their count.

    Found are live pages below the section, private ones only where the section itself is.

    Raises:
        Http404: There is no such page of results.
    """
    query = clean_query(request.GET.get(QUERY_PARAMETER, ""))
    pages = base_page_model().objects.descendant_of(section).filter(readable(section, request))
    words = searchable_words(query)
    found: Any = pages.specific().defer_streamfields().search(words) if words else []
    paginator = Paginator(found, conf.get("HSEC_SEARCH_PAGE_SIZE"))
    try:
        results = paginator.page(request.GET.get(PAGE_PARAMETER) or 1)
    except InvalidPage as error:
        raise Http404(gettext("There is no such page of results.")) from error
    results.object_list = list(results.object_list)
    add_texts(results.object_list)
    prepare([], leads_only=[page for page in results.object_list if hasattr(page, "lead")])
    return {
        "query": query,
        "results": results,
        "count": paginator.count,
        "page_links": f"?{urlencode({QUERY_PARAMETER: query})}&{PAGE_PARAMETER}=",
    }


def clean_query(text: str) -> str:
    """Return the words of ``text`` without control characters, of a length a search takes."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())[:MAX_QUERY_LENGTH]


def searchable_words(query: str) -> str:
    """Return what of a cleaned query every search backend takes; "" where there is nothing to search for."""
    # A quotation mark ends SQLite's search expression (modelsearch 1.3 puts it in unescaped).
    return query.replace('"', " ").strip()
