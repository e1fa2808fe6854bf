"""The day or year for which a reader asks who was a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from hsec_wagtail.blocks.edtf import date_in_words, read_edtf
from hsec_wagtail.models.searching import clean_query

__all__ = ["AS_OF", "AsOf"]

AS_OF = "as-of"
_LONGEST_VALUE = 64


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, or all days of a month, a year or a span.

    Attributes:
        edtf: As the query string has it; "" for no day in particular.
        first: First day; None without any.
        last: Last day.
        fault: What was asked for and cannot be answered, in words for the reader; "" if there is none.
    """

    edtf: str = ""
    first: date | None = None
    last: date | None = None
    fault: str = ""

    @classmethod
    def parse(cls, query: QueryDict) -> Self:
        """Return what ``query``, of any content, asks for."""
        written = clean_query(query.get(AS_OF, ""))
        if not written:
            return cls()
        found = read_edtf(written[:_LONGEST_VALUE])
        if found and found.earliest and found.latest:
            return cls(str(found), found.earliest, found.latest)
        said = gettext("“%(value)s” is no day or year; it was left out. Write 2003 or 2003-04-17.")
        return cls(fault=said % {"value": written[:_LONGEST_VALUE]})

    def query(self) -> str:
        """Return the query string with its question mark, "" for no day."""
        return f"?{urlencode({AS_OF: self.edtf})}" if self.edtf else ""

    def in_words(self, language: str) -> str:
        """Return the day in words."""
        return date_in_words(self.edtf, language=language)
