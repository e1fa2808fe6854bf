"""Addresses by which search engines know a page: its own, and those of its translations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wagtail.coreutils import get_supported_content_language_variant

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["alternates", "canonical", "shown_translations", "with_default"]


def canonical(page: Any, request: HttpRequest | None) -> str:
    """Return the complete address of ``page``, or of the page that it repeats if that one is public."""
    original = page.alias_of if page.alias_of_id else None
    if original is not None and may_be_named(original, request=request):
        page = original
    return page.get_full_url(request) or ""


def alternates(page: Any, request: HttpRequest | None, *, view: str = "") -> list[dict[str, str]]:
    """Return ``code`` and complete ``url`` of ``page``, or of its ``view``, in each language; none for one language."""
    # An alias only repeats another page: search engines are to know that one.
    if page.pk is None or page.alias_of_id or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    found = shown_translations(page, request)
    return with_default(
        (
            one.locale.language_code,
            page.view_full_url(view, request, of=one) if view else one.get_full_url(request),
        )
        for one in found
    )


def with_default(found: Iterable[tuple[str, str | None]]) -> list[dict[str, str]]:
    """Return ``found``, codes and addresses, as items, then that of the default language as ``x-default``."""
    known = {code: url for code, url in found if url}
    if len(known) < 2:
        return []
    items = [{"code": code, "url": url} for code, url in known.items()]
    default = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    if default in known:
        items.append({"code": "x-default", "url": known[default]})
    return items


def shown_translations(page: Any, request: HttpRequest | None) -> list[Any]:
    """Return the translations of ``page`` that may be shown on it, asked for once however many tags show them."""
    if not hasattr(page, "_hsec_translations"):
        page._hsec_translations = queries.translations(page, request)
    return list(page._hsec_translations)
