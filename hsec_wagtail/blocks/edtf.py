"""Dates of unknown precision in blocks: entered, checked and displayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock

from hsec_wagtail.blocks.date_input import WrittenDateInput
from hsec_wagtail.blocks.entered_dates import fault_of
from hsec_wagtail.dates import EDTF, LONGEST_ENTRY, DateError, read_entry, say

__all__ = [
    "EDTFBlock",
    "ShownDate",
    "clean_date",
    "date_in_words",
    "find_order_faults",
    "language_of",
    "read_edtf",
]

HELP = _(
    "As exactly as it is known, in words or as EDTF: April 2004, avril 2004, 17/04/2004, 1999-2000, since 1990."
)


def read_edtf(value: Any) -> EDTF | None:
    """Return the date that ``value`` writes, None if it writes none."""
    try:
        return EDTF.parse(value) if value else None
    except DateError:
        return None


def date_in_words(value: Any, *, language: str) -> str:
    """Return an EDTF value in the words of ``language``; other text as it is."""
    try:
        return say(value, language=language) if value else ""
    except DateError:
        return str(value)


def language_of(context: Mapping[str, Any]) -> str:
    """Return the language that a block is shown in: the page's own if it is known, else the active one.

    A page's language is that of its locale if that is loaded, or ``hsec_language`` of the context.
    """
    state = getattr(context.get("page"), "_state", None)
    # Only what was fetched already: a block makes no queries.
    locale = getattr(state, "fields_cache", {}).get("locale")
    own = getattr(locale, "language_code", None) or context.get("hsec_language")
    return own or get_language() or settings.LANGUAGE_CODE


def clean_date(written: str) -> str:
    """Return the canonical EDTF of a date as people write it.

    Raises:
        ValidationError: It is none, or may be one of several.
    """
    entry = read_entry(written)
    if entry.value is None:
        raise ValidationError(fault_of(entry, written), code="edtf")
    return str(entry.value)


class EDTFBlock(CharBlock):
    """A date no more exact than its source, as people write it; stored as EDTF."""

    def __init__(self, *, help_text: Any = HELP, **kwargs: Any) -> None:
        super().__init__(
            help_text=help_text, max_length=LONGEST_ENTRY, search_index=False, **kwargs
        )
        self.field.widget = WrittenDateInput()
        self.field.widget.is_required = self.field.required

    def clean(self, value: Any) -> str:
        """Return the canonical form; a draft keeps whatever was written."""
        written = str(super().clean(value) or "").strip()
        return written if not written or self.is_deferred_validation else clean_date(written)

    class Meta:
        icon = "date"


def find_order_faults(
    value: Mapping[str, Any], first: str, last: str
) -> dict[str, ValidationError]:
    """Return an error on both children where the date in ``last`` is before the one in ``first``.

    The dates are EDTF texts or ``datetime.date``.
    """
    start, end = _day(value.get(first), "earliest"), _day(value.get(last), "latest")
    if start is None or end is None or end >= start:
        return {}
    error = ValidationError(
        gettext("The end is before the start. Correct one of the two dates."), code="order"
    )
    return {first: error, last: error}


def _day(value: Any, edge: str) -> Any:
    if isinstance(value, str):
        return getattr(read_edtf(value), edge, None)
    return value


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date as a page shows it.

    Attributes:
        words: In the page's language; as they were typed where they are no date.
        datetime: For ``<time>``; None where HTML has no form for the date.
        label: What happened then, as the editor says it.
    """

    words: str
    datetime: str | None = None
    label: str = ""

    @classmethod
    def make(cls, value: EDTF | Any, *, language: str, label: str = "") -> ShownDate:
        """Return how to show an EDTF value or a ``datetime.date``."""
        date = value if isinstance(value, EDTF) else EDTF.parse(value.isoformat())
        return cls(say(date, language=language), date.html, label)

    @classmethod
    def of_text(cls, written: str, *, language: str, label: str = "") -> ShownDate:
        """Return how to show what an editor wrote for a date, be it one or not."""
        date = read_edtf(written)
        return (
            cls(written, label=label)
            if date is None
            else cls.make(date, language=language, label=label)
        )

    def __html__(self) -> str:
        if self.datetime is None:
            return format_html("{}", self.words)
        return format_html('<time datetime="{}">{}</time>', self.datetime, self.words)

    def __str__(self) -> str:
        return self.__html__()
