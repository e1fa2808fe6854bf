"""Pages of long lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.utils.translation import gettext

from hsec_wagtail import conf
from hsec_wagtail.models.searching import PAGE_PARAMETER

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["page_links", "page_of", "turn_to"]

#: One spelling for each page: int() takes digits of any script, spaces, and zeros and underscores between them.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def page_of(rows: Any, request: HttpRequest, *, count: int | None = None) -> Any:
    """Return the page of ``rows`` that ``request`` asks for.

    Args:
        rows: Anything that can be sliced and counted.
        request: With any query string.
        count: How many rows there are, where that is known.

    Raises:
        Http404: There is no such page.
    """
    paginator: Any = Paginator(rows, conf.get("HSEC_LIST_PAGE_SIZE"))
    if count is not None:
        paginator.count = count
    return turn_to(paginator, request, missing=gettext("There is no such page of the list."))


def turn_to(paginator: Paginator[Any], request: HttpRequest, *, missing: str) -> Any:
    """Return the page of ``paginator`` that ``request`` asks for, the first if it asks for none.

    Raises:
        Http404: There is no such page, which ``missing`` says.
    """
    asked = request.GET.get(PAGE_PARAMETER) or "1"
    if not _NUMBER.fullmatch(asked):
        raise Http404(missing)
    try:
        return paginator.page(asked)
    except InvalidPage as error:
        raise Http404(missing) from error


def page_links(query: str) -> str:
    """Return what comes before the number in links to the pages of a list filtered by ``query``, "" or "?…"."""
    return f"{query}&{PAGE_PARAMETER}=" if query else f"?{PAGE_PARAMETER}="
