"""Entries of ``wagtail.contrib.sitemaps`` for our pages, with their translations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from hsec_wagtail.blocks.privacy import may_be_named, private_paths
from hsec_wagtail.models.page_addresses import with_default
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["sitemap_urls"]


def sitemap_urls(
    page: Any, entries: list[dict[str, Any]], request: HttpRequest | None
) -> list[dict[str, Any]]:
    """Return ``entries``, those that Wagtail makes of ``page``, with its translations; for a section, its views too.

    An alias is left out, as it names the page that it repeats as its address; so are views that are not offered
    to readers. Two queries for all pages of a sitemap.
    """
    if page.alias_of_id or not may_be_named(page, request=request):
        return []
    found = _translations(page, request)
    items = with_default((one.locale.language_code, one.get_full_url(request)) for one in found)
    urls = [{**entry, "alternates": _alternates(items)} for entry in entries]
    if page.hsec_page_type == "section":
        urls += [_view(page, name, found, entries[0], request) for name in _offered(page)]
    return urls


def _offered(section: Any) -> list[str]:
    return [name for name, view in section.hsec_views.items() if view.label]


def _view(
    section: Any, name: str, found: list[Any], entry: dict[str, Any], request: HttpRequest | None
) -> dict[str, Any]:
    items = with_default(
        (one.locale.language_code, section.view_full_url(name, request, of=one)) for one in found
    )
    return {
        **entry,
        "location": section.view_full_url(name, request),
        "alternates": _alternates(items),
    }


def _alternates(items: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"lang_code": item["code"], "location": item["url"]} for item in items]


def _translations(page: Any, request: HttpRequest | None) -> list[Any]:
    """Return the live public pages that translate ``page``, itself among them, asked for once for all of a request."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    known: dict[UUID, list[Any]] | None = getattr(request, "_hsec_sitemap_translations", None)
    if known is None:
        known = defaultdict(list)
        rows = base_page_model().objects.filter(
            live=True, alias_of=None, content_type__in=page_content_types()
        )
        if request is None:
            rows = rows.filter(translation_key=page.translation_key)
        private = private_paths(request)
        for one in rows.select_related("locale").order_by("locale__language_code"):
            if not one.path.startswith(private):
                known[one.translation_key].append(one)
        if request is not None:
            request._hsec_sitemap_translations = known  # type: ignore[attr-defined]
    return known[page.translation_key]
