"""References to a page or an initiative, in words."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hsec_wagtail.blocks.today import today
from hsec_wagtail.dates import say
from hsec_wagtail.models.archive import capture_of, settings_of
from hsec_wagtail.models.captures import Capture
from hsec_wagtail.models.languages import content_language
from hsec_wagtail.models.page_addresses import canonical
from hsec_wagtail.models.page_dates import dates_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hsec_wagtail.models.register import Initiative

__all__ = ["Citation", "in_words", "of_page"]

#: Longest text of an initiative that is taken for a title.
_LONGEST_TITLE = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A page or an initiative, as a reference names it; every text is one line.

    Attributes:
        key: Names it among the references of a reader; ASCII letters, digits and hyphens.
        title: Of the page, or the text of the initiative.
        container: Title of the page that tells the initiative; "" for a page.
        author: The organisation; "" if the site says no name.
        url: Its permanent link.
        version: Day of what is cited; None if it is not known.
        accessed: Today.
        language: Of the text.
        capture: The copy that was imported, if it was.
    """

    key: str
    title: str
    container: str
    author: str
    url: str
    version: date | None
    accessed: date
    language: str
    capture: Capture | None


def of_page(page: Any, initiative: Initiative | None, request: HttpRequest | None) -> Citation:
    """Return how to cite ``page``, or ``initiative``, which it tells."""
    url, title, container = canonical(page, request), page.title, ""
    key, language = f"page-{page.pk}", content_language(page)
    if initiative is not None:
        url, container = f"{url}#{initiative.block_id}", title
        title = textwrap.shorten(initiative.text, _LONGEST_TITLE, placeholder=" …")
        key, language = f"{key}-initiative-{initiative.position + 1}", initiative.language
    return Citation(
        key=key,
        title=_line(title),
        container=_line(container),
        author=_line(settings_of(page, request).organisation),
        url=url,
        version=dates_of(page).version,
        accessed=today(),
        language=language,
        capture=capture_of(page),
    )


def in_words(cited: Citation, *, language: str) -> str:
    """Return the reference as a sentence for a bibliography, in English or, for codes beginning with "fr", in French."""
    return _french(cited) if language.lower().startswith("fr") else _english(cited)


def _english(cited: Citation) -> str:
    parts = [_sentence(cited.author), f"“{cited.title.rstrip('.')}.”", _sentence(cited.container)]
    if cited.version:
        parts.append(f"Version of {_day(cited.version, 'en')}.")
    if cited.capture and cited.capture.url:
        of = f", captured {_day(cited.capture.captured, 'en')}" if cited.capture.captured else ""
        parts.append(f"Copy of {cited.capture.url}{of}.")
    parts.append(f"{cited.url} (accessed {_day(cited.accessed, 'en')}).")
    return " ".join(part for part in parts if part)


def _french(cited: Citation) -> str:
    parts = [
        _sentence(cited.author),
        f"«\xa0{cited.title.rstrip('.')}\xa0».",
        _sentence(cited.container),
    ]
    if cited.version:
        parts.append(f"Version du {_day(cited.version, 'fr')}.")
    if cited.capture and cited.capture.url:
        of = f", archivée le {_day(cited.capture.captured, 'fr')}" if cited.capture.captured else ""
        parts.append(f"Copie de {cited.capture.url}{of}.")
    parts.append(f"{cited.url} (consulté le {_day(cited.accessed, 'fr')}).")
    return " ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""


def _day(day: date, language: str) -> str:
    return say(day.isoformat(), language=language)


def _line(text: str) -> str:
    """Return ``text`` in one line, without signs that are no writing."""
    return " ".join(_CONTROL.sub(" ", text).split())
