"""The language of a page's content, and that of the interface around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Subquery, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from wagtail.models import Locale

__all__ = ["content_language", "content_languages", "import_items", "interface_language"]


def content_language(page: Any) -> str:
    """Return the language of the content of ``page``; one query, which brings its locale along.

    It is that of the page's locale, unless the page was imported from a source in another language.
    """
    imported = import_items([page]).order_by("-pk").values("language")[:1]
    locales = Locale.objects.annotate(hsec_imported=Subquery(imported))
    page.locale = locales.get(pk=page.locale_id)
    return _content_language(page, page.locale.hsec_imported)


def content_languages(pages: Iterable[Any], *, using: str | None = None) -> dict[int | None, str]:
    """Return the language of the content of each page, by its id, in at most two queries.

    Args:
        pages: Of any types; or of none, with the attributes of a page that are read here.
        using: The database to ask for imports; by default the one that is read.
    """
    pages = list(pages)
    prefetch_related_objects([page for page in pages if isinstance(page, Model)], "locale")
    items = import_items(pages).using(using).order_by("pk")
    rows = items.values_list("content_type_id", "object_id", "language")
    imported = {(kind, pk): language for kind, pk, language in rows}
    return {
        page.pk: _content_language(page, imported.get((page.content_type_id, str(page.pk))))
        for page in pages
    }


def import_items(pages: Sequence[Any]) -> Any:
    """Return the items of the imports that wrote ``pages``."""
    return apps.get_model("hsec_wagtail", "ImportItem")._default_manager.filter(
        object_id__in=[str(page.pk) for page in pages],
        content_type__in={page.content_type_id for page in pages},
        undone=False,
    )


def _content_language(page: Any, imported: str | None) -> str:
    own: str = page.locale.language_code
    # A source in en is as good for a site in en-ca.
    return imported if imported and _base(imported) != _base(own) else own


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
