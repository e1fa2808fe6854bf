"""The pages that references lead to, in the language of the page that shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from wagtail.models import Locale

from hsec_wagtail.page_models import base_page_model

__all__ = ["References", "active_locale_id", "live_translations"]


def active_locale_id() -> int | None:
    """Return the locale of the active language; None where the site has none for it."""
    try:
        return int(Locale.get_active().pk)
    except (LookupError, Locale.DoesNotExist):
        return None


def live_translations(
    pages: Iterable[Any], locale_ids: Collection[int]
) -> dict[tuple[UUID, int], Any]:
    """Return the live translations of ``pages`` in other locales, by translation key and locale; at most one query."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return {}
    keys = {page.translation_key for page in pages if {page.locale_id} != set(locale_ids)}
    if not keys or not locale_ids:
        return {}
    found = base_page_model().objects.filter(
        live=True, translation_key__in=keys, locale_id__in=locale_ids
    )
    return {(page.translation_key, page.locale_id): page for page in found}


class References:
    """Pages that are read together and shown in one language, which is the active one if no locale is given.

    The translations of all are looked up when the first is shown: one query, and one for the languages
    of those that have none.
    """

    def __init__(self, locale_id: int | None = None) -> None:
        self._locale_id = locale_id
        self._active: dict[str | None, int | None] = {}
        self._pages: list[Any] = []
        self._translations: dict[int, dict[UUID, Any]] = {}
        self._codes: dict[int, str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy of a page stands alone: it must not carry those it was read with.
        return (References, (self._locale_id,))

    @classmethod
    def of(cls, page: Any) -> References:
        """Return the references that ``page`` was read with."""
        references: References | None = getattr(page, "_hsec_references", None)
        return references or cls()

    def add(self, pages: Iterable[Any]) -> None:
        """Keep ``pages`` for the next look-up."""
        for page in pages:
            page._hsec_references = self
            self._pages.append(page)

    def localized(self, page: Any) -> Any:
        """Return the live translation of ``page`` in the language it is shown in, else ``page`` itself."""
        locale_id = self._shown_in()
        if locale_id is None or page.locale_id == locale_id:
            return page
        known = self._translations.setdefault(locale_id, {})
        if page.translation_key not in known:
            missing = [one for one in [*self._pages, page] if one.translation_key not in known]
            found = live_translations(missing, {locale_id})
            known |= {
                one.translation_key: found.get((one.translation_key, locale_id)) for one in missing
            }
        return known[page.translation_key] or page

    def foreign_language(self, page: Any) -> str:
        """Return the language code of ``page`` if it is not the language it is shown in, else ""."""
        locale_id = self._shown_in()
        if locale_id is None or page.locale_id == locale_id:
            return ""
        if page.locale_id not in self._codes:
            self._codes = dict(Locale.objects.values_list("pk", "language_code"))
        return self._codes.get(page.locale_id, "")

    def _shown_in(self) -> int | None:
        """Return the locale; None where pages have no translations."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return None
        if self._locale_id is not None:
            return self._locale_id
        language = get_language()
        if language not in self._active:
            self._active[language] = active_locale_id()
        return self._active[language]
