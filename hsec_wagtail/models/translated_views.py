"""Addresses of a view of a section's record in the other languages, with what it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hsec_wagtail.models.queries import readable
from hsec_wagtail.models.searching import PAGE_PARAMETER
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["translated_queries"]

#: Parameters whose values are slugs of pages, which a translation has others of.
_SLUGS = ("forum", "topic")
#: More than that comes from no form of ours.
_MOST_VALUES = 100
_LONGEST = 2000


def translated_queries(
    request: HttpRequest, section: Any, translations: Iterable[Any]
) -> dict[int, str]:
    """Return the query of ``request`` as it asks the same of each of ``translations`` of ``section``, by locale id.

    Each begins with its question mark, or is "". The page of a list is left out. Two queries if slugs are asked for,
    and one for privacy where the answer to ``request`` did not ask before.
    """
    query = request.GET
    pairs = [
        (name, value) for name in query if name != PAGE_PARAMETER for value in query.getlist(name)
    ][:_MOST_VALUES]
    asked = {value for name, value in pairs if name in _SLUGS}
    slugs = _translated_slugs(asked, section, request)
    return {
        one.locale_id: _encoded(
            (name, slugs.get((one.locale_id, value), value) if name in _SLUGS else value)
            for name, value in pairs
        )
        for one in translations
    }


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    encoded = urlencode(list(pairs), errors="replace")
    return f"?{encoded}" if encoded and len(encoded) <= _LONGEST else ""


def _translated_slugs(
    slugs: Iterable[str], section: Any, request: HttpRequest
) -> dict[tuple[int, str], str]:
    """Return the slugs that readable pages below ``section`` have in other locales, by locale and slug."""
    asked = sorted(slug for slug in slugs if slug and "\x00" not in slug)
    if not asked:
        return {}
    pages = base_page_model().objects.filter(readable(section, request))
    below = pages.descendant_of(section).filter(slug__in=asked)
    keys = dict(below.values_list("translation_key", "slug"))
    found = pages.filter(translation_key__in=keys)
    return {
        (locale, keys[key]): slug
        for locale, key, slug in found.values_list("locale_id", "translation_key", "slug")
    }
