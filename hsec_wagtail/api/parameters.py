"""Parameters of the endpoints: each is described once, and what is asked is held against the description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.http import QueryDict

from wagtail.api.v2.utils import BadRequestError

from hsec_wagtail.blocks.members import ROLES
from hsec_wagtail.models.mixins import HsecPageMixin
from hsec_wagtail.models.searching import MAX_QUERY_LENGTH, clean_query

__all__ = [
    "COUNTRY",
    "FORUM",
    "FROM",
    "LANGUAGE",
    "LOCALE",
    "OFFSET",
    "ON",
    "PAGE",
    "ROLE",
    "SECTION",
    "SLUG",
    "STATUS",
    "TEXT",
    "TO",
    "TOPIC",
    "Parameter",
    "limit",
]

#: More values of one parameter come from nobody who wants an answer.
_MOST_VALUES = 100
#: As many rows as an answer may have where the site sets no limit of its own.
_LIMIT_MAX = 1000
#: No list is longer, and every database can count so far.
_FAR = 10**9
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query string.

    Attributes:
        name: As it is asked.
        description: What it asks for, and what to give where something else was given.
        schema: JSON Schema of one value: an integer between ``minimum`` and ``maximum``, or a string.
        many: Whether it may be repeated; several values mean any of them.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    many: bool = False

    def read(self, query: QueryDict) -> list[str]:
        """Return the values that ``query`` has.

        Raises:
            BadRequestError: One is none of those that the schema allows, or there are too many.
        """
        values = query.getlist(self.name)
        most = _MOST_VALUES if self.many else 1
        if len(values) > most:
            raise BadRequestError(f"{self.name}: given {len(values)} times; give {most} at most")
        for value in values:
            if not self._allows(value):
                self.refuse(value)
        return values

    def first(self, query: QueryDict) -> str | None:
        """Return the value that ``query`` has, None if it has none."""
        return next(iter(self.read(query)), None)

    def refuse(self, value: str) -> NoReturn:
        """Raise the error that ``value`` cannot be asked for."""
        shown = clean_query(value[:_LONGEST_SHOWN])
        raise BadRequestError(f"{self.name}: “{shown}” cannot be asked for. {self.description}")

    def described(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI describes it."""
        schema = dict(self.schema)
        if self.many:
            schema = {"type": "array", "items": schema, "maxItems": _MOST_VALUES}
        return {
            "name": self.name,
            "in": "query",
            "description": self.description,
            "schema": schema,
            **({"style": "form", "explode": True} if self.many else {}),
        }

    def _allows(self, value: str) -> bool:
        schema = self.schema
        if schema["type"] == "integer":
            whole = re.fullmatch(r"0|[1-9][0-9]{0,18}", value)
            return bool(whole) and schema["minimum"] <= int(value) <= schema["maximum"]
        pattern = schema.get("pattern")
        return (
            len(value) <= schema.get("maxLength", len(value))
            and value in schema.get("enum", (value,))
            # The whole of it: "$" alone lets a line end pass.
            and (pattern is None or re.fullmatch(pattern, value) is not None)
        )


# The pattern reads alike in Python and in ECMAScript; no database takes NUL.
_SLUG = {"type": "string", "maxLength": 255, "pattern": r"^[^\u0000-\u0020]+$"}
_CODE = {"type": "string", "maxLength": 100, "pattern": "^[A-Za-z0-9_@-]+$"}
_YEAR = {"type": "integer", "minimum": 1, "maximum": 9999}
_ID = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}

SECTION = Parameter(
    "section", "Id of a published section; those of sections below it are listed too.", _ID
)
LOCALE = Parameter(
    "locale", "Code of a locale of the site: only what its pages in that language say.", _CODE
)
LANGUAGE = Parameter(
    "language", "Code of a language, as rows have it: only texts in that language.", _CODE
)
FORUM = Parameter("forum", "Slug of a forum, as forums/ lists it.", _SLUG, many=True)
TOPIC = Parameter("topic", "Slug of a topic, as topics/ lists it.", _SLUG, many=True)
STATUS = Parameter(
    "status",
    f"Status of the page: {', '.join(HsecPageMixin.Status.values)}.",
    {"type": "string", "enum": HsecPageMixin.Status.values},
    many=True,
)
FROM = Parameter("from", "First year, 1 to 9999, not after “to”.", _YEAR)
TO = Parameter("to", "Last year, 1 to 9999, not before “from”.", _YEAR)
TEXT = Parameter(
    "text",
    f"Words that the text has, all of them; {MAX_QUERY_LENGTH} characters at most.",
    {"type": "string", "maxLength": MAX_QUERY_LENGTH},
)
COUNTRY = Parameter(
    "country",
    "Code of a country, ISO 3166-1 alpha-2 in capitals, for example CA.",
    {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2},
    many=True,
)
ROLE = Parameter(
    "role",
    f"Role of the member: {', '.join(name for name, _label in ROLES)}.",
    {"type": "string", "enum": [name for name, _label in ROLES]},
    many=True,
)
ON = Parameter(
    "on",
    "A year, month or day, as 2003, 2003-04 or 2003-04-17: only those who were members then or may have been."
    " Left out is who certainly began after it or ended before it.",
    {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "maxLength": 10},
)
PAGE = Parameter("page", "Id of a page.", _ID)
SLUG = Parameter("slug", "Slug of a group of quick links.", _SLUG)
OFFSET = Parameter(
    "offset",
    f"How many to pass over, 0 to {_FAR}.",
    {"type": "integer", "minimum": 0, "maximum": _FAR, "default": 0},
)


def limit() -> Parameter:
    """Return the parameter for the length of an answer, whose bounds are a setting of the site."""
    most = min(getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20) or _LIMIT_MAX, _LIMIT_MAX)
    schema = {"type": "integer", "minimum": 0, "maximum": most, "default": min(20, most)}
    return Parameter("limit", f"How many to list, 0 to {most}.", schema)
