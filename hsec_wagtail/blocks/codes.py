"""Countries and languages: chosen by their names, stored as codes.

The names are those of the CLDR in the language of the admin, in its alphabetical order without regard to accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import SelectAdapter
from wagtail.blocks import CharBlock
from wagtail.coreutils import get_content_languages

__all__ = [
    "CountryBlock",
    "LanguageBlock",
    "all_country_names",
    "country_name",
    "is_language_code",
    "language_name",
]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: Regions of the CLDR that are no countries: for tests, for groups of islands, for currencies, and for "unknown".
_NO_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})


def language_name(code: str, *, language: str) -> str:
    """Return the name of the language ``code`` in ``language``; the code itself if it has none."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def country_name(code: str, *, language: str) -> str:
    """Return the name of the country ``code`` in ``language``, in English if that is not known; "" for no country."""
    return all_country_names(language).get(code, "")


@cache
def all_country_names(language: str) -> Mapping[str, str]:
    """Return the names of countries in ``language``, in English if that is not known, by their codes."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    found = {str(code): str(name) for code, name in locale.territories.items()}
    return {code: name for code, name in found.items() if len(code) == 2 and code.isalpha()}


def is_language_code(code: str) -> bool:
    """Return whether ``code`` has the form of a language tag, such as fr or en-CA."""
    return _LANGUAGE.fullmatch(code) is not None


def _admin_locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: _sorting_key(pair[1]))


def _sorting_key(name: str) -> tuple[str, str]:
    """Return what sorts ``name`` as its letters without accents; Åland is among the As."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    return plain.casefold(), name


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").territories if str(code).isalpha())


def _countries() -> list[Any]:
    """Return the choices of a country in the active language."""
    offered = _country_codes() - _NO_COUNTRIES
    names = {
        str(code): str(name)
        for code, name in _admin_locale().territories.items()
        if str(code) in offered
    }
    return [("", ""), *_by_name(names)]


@cache
def _common_languages() -> frozenset[str]:
    """Return the languages for which the CLDR has more than a name."""
    return frozenset(code for code in localedata.locale_identifiers() if len(code) in (2, 3))


def _languages() -> list[Any]:
    """Return the choices of a language in the active one: those of the site first."""
    locale = _admin_locale()
    shown_in = str(locale).replace("_", "-")
    site = {code: language_name(code, language=shown_in) for code in get_content_languages()}
    others = {
        str(code): str(name)
        for code, name in locale.languages.items()
        if str(code) in _common_languages() and str(code) not in site
    }
    return [
        ("", ""),
        (gettext("Languages of this site"), [*site.items()]),
        (gettext("Other languages"), _by_name(others)),
    ]


class CodeSelect(forms.Select):
    """A list of names; a stored code that is not among them stays, and is shown as it is.

    Args:
        kind: What has the codes, as ``Intl.DisplayNames`` of the browser calls it: region or language.
    """

    def __init__(self, *, kind: str, choices: Callable[[], Iterable[Any]]) -> None:
        super().__init__(choices=CallableChoiceIterator(choices))
        self.kind = kind

    @cached_property
    def media(self) -> forms.Media:
        """The script that keeps such a code."""
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/widgets.js"),
                static("hsec_wagtail/js/code-select.js"),
            ]
        )


class CodeSelectAdapter(SelectAdapter):
    """Packs the names in the language of the admin."""

    js_constructor = "hsec_wagtail.widgets.CodeSelect"

    def js_args(self, widget: CodeSelect) -> list[Any]:
        """Return the HTML of the list, what its codes are of, and how a code that it lacks is shown."""
        return [*super().js_args(widget), widget.kind, gettext("%(code)s (not in the list)")]


register(CodeSelectAdapter(), CodeSelect)


class CodeBlock(CharBlock):
    """A code that is chosen by its name; what is stored is text."""

    kind: str
    choices: Callable[[], Iterable[Any]]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Called for each form: names are in the language of whoever asks.
        self.field.widget = CodeSelect(kind=self.kind, choices=type(self).choices)


class CountryBlock(CodeBlock):
    """A country, by its code in ISO 3166-1 alpha-2."""

    kind = "region"
    choices = staticmethod(_countries)

    def clean(self, value: Any) -> str:
        """Return the code in capitals; a draft may hold an unknown one."""
        code = str(super().clean(value) or "").strip().upper()
        if code and not self.is_deferred_validation and code not in _country_codes():
            message = gettext("“%(code)s” is no code of a country. Choose one from the list.")
            raise ValidationError(message % {"code": code}, code="country")
        return code


class LanguageBlock(CodeBlock):
    """A language, by its tag in BCP 47, such as fr or en-CA."""

    kind = "language"
    choices = staticmethod(_languages)

    def clean(self, value: Any) -> str:
        """Return the tag; a draft may hold an invalid one."""
        code = str(super().clean(value) or "").strip()
        if code and not self.is_deferred_validation and not is_language_code(code):
            message = gettext("“%(code)s” is no code of a language. Choose one from the list.")
            raise ValidationError(message % {"code": code}, code="language")
        return code
