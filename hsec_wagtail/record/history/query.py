"""Reading what the query strings of the history ask for."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext

__all__ = ["read_id"]


def read_id(value: str) -> int:
    """Return the id that ``value``, part of a query string, is.

    Raises:
        Http404: It is none.
    """
    # More digits than a database takes.
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise Http404(gettext("There is no such page."))
    return int(value)
