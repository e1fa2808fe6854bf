"""The fields of an initiative in tables: columns of the CSV and the workbook, keys of the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["FIELDS", "Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field.

    Attributes:
        name: As columns and keys are called.
        description: For those who use the data; docs/reference/initiatives.md has it, too.
        several: Whether it has several values: an array in JSON, joined by "; " in a cell.
    """

    name: str
    description: Any
    several: bool = False


#: In the order of the columns. A new one needs its value in ``items.values``.
FIELDS = (
    Field("id", _("id of the block; stays when the page is changed, moved or renamed")),
    Field("url", _("where the initiative stands")),
    Field("text", _("the text, without markup")),
    Field(
        "dates", _("each date as EDTF (ISO 8601-2), no more exact than its source"), several=True
    ),
    Field(
        "dates_in_words", _("the same in words, with what happened then in brackets"), several=True
    ),
    Field(
        "forum",
        _("title of the forum; empty outside of forums, and below one that is not published"),
    ),
    Field("forum_slug", _("the forum, as the filter names it")),
    Field("topics", _("titles of the topics"), several=True),
    Field(
        "topic_slugs", _("the topics, as the filter names them, in the same order"), several=True
    ),
    Field("status", _("status of the page: announced, active, dormant or ended")),
    Field("language", _("language of the text")),
    Field("page", _("title of the page")),
    Field("page_id", _("number of the page on this site; stays when the page is moved or renamed")),
    Field(
        "updated",
        _("last change of the page that matters to readers, in UTC; empty if it is not known"),
    ),
)
