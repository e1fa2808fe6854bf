"""The language of a page's content, and that of the interface around it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

__all__ = ["content_languages", "interface_language"]


def content_languages(pages: Iterable[Any]) -> dict[int | None, str]:
    """Return the language of the content of each page, by its id; one query.

    It is that of the page's locale, unless the page was imported from a source in another language.
    """
    pages = list(pages)
    items = apps.get_model("hsec_wagtail", "ImportItem")._default_manager.filter(
        object_id__in=[str(page.pk) for page in pages],
        content_type__in={page.content_type_id for page in pages},
        undone=False,
    )
    rows = items.order_by("pk").values_list("content_type_id", "object_id", "language")
    imported = {(kind, pk): language for kind, pk, language in rows}
    found = {}
    for page in pages:
        own = page.locale.language_code
        language = imported.get((page.content_type_id, str(page.pk)), own)
        # A source in en is as good for a site in en-ca.
        found[page.pk] = own if _base(language) == _base(own) else language
    return found


def interface_language(language: str, *, page_language: str) -> str:
    """Return the language for the interface around content in ``language``.

    Our templates are in few languages, and Django and Wagtail know some of their words in others: it is
    the content's if we have it, else the active one if we have it, else English, so that it is wholly in one. Where
    that would change the addresses of links, it is the active one.
    """
    active = translation.get_language() or settings.LANGUAGE_CODE
    wanted = next((one for one in (language, active) if _base(one) in _ours()), "en")
    if _base(wanted) == _base(active):
        return active
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        # Links lead to the translations in the active language.
        return wanted if _base(wanted) == _base(page_language) else active
    return wanted if _address(wanted) == _address(active) else active


def _base(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


@cache
def _ours() -> frozenset[str]:
    folder = Path(apps.get_app_config("hsec_wagtail").path) / "locale"
    return frozenset({"en", *(_base(path.name) for path in folder.iterdir() if path.is_dir())})


def _address(language: str) -> str:
    with translation.override(language):
        try:
            return reverse("wagtail_serve", args=("",))
        except NoReverseMatch:
            return ""
