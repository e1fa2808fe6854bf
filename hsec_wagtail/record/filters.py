"""The one parser of what a reader asks of a list of initiatives, from the query string of any of its views."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from hsec_wagtail.models.searching import clean_query

__all__ = ["Fault", "Filter"]

#: More values of one parameter, or longer ones, come from no form of ours.
_MOST_VALUES = 100
_LONGEST_VALUE = 255


class Fault(str):
    """A sentence for the reader on what cannot be answered, with the parameter and the value that it is about."""

    parameter: str
    value: str

    @classmethod
    def make(cls, said: str, *, parameter: str, value: str = "") -> Self:
        """Return the fault that ``said`` tells."""
        fault = cls(said)
        fault.parameter, fault.value = parameter, value
        return fault


@dataclass(frozen=True, slots=True)
class Filter:
    """A question to the list: all that have one of the forums, one of the topics and so on; nothing asked is all.

    Attributes:
        forums: Slugs.
        topics: Slugs.
        statuses: Of the page of the initiative.
        first: First year, None for no bound.
        last: Last year, None for no bound.
        text: Words that the text has.
        faults: What was asked for and cannot be answered, in words for the reader.
    """

    forums: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    text: str = ""
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, query: QueryDict, *, known: Mapping[str, Collection[str]]) -> Self:
        """Return what ``query`` asks for; what it cannot ask for is left out and named in ``faults``.

        Args:
            query: Of any content: it comes from outside.
            known: The values that forum, topic and status may have.
        """
        faults: list[Fault] = []
        chosen = {name: tuple(_known(query, name, known[name], faults)) for name in known}
        first, last = (_year(query, name, faults) for name in ("from", "to"))
        if first and last and first > last:
            said = gettext("The first year was after the last one; they were exchanged.")
            faults.append(Fault.make(said, parameter="from", value=str(first)))
            first, last = last, first
        return cls(
            forums=chosen["forum"],
            topics=chosen["topic"],
            statuses=chosen["status"],
            first=first,
            last=last,
            text=clean_query(query.get("text", "")),
            faults=tuple(faults),
        )

    def __bool__(self) -> bool:
        return self != Filter()

    def without(self, name: str, value: str = "") -> Self:
        """Return the filter without ``value`` of the parameter ``name``, or without the parameter."""
        left: Any = _EMPTY[name]
        if left == ():
            left = tuple(one for one in getattr(self, _FIELDS[name]) if one != value)
        return replace(self, **{_FIELDS[name]: left})

    def pairs(self) -> list[tuple[str, str]]:
        """Return names and values in the fixed order of parameters, values in order."""
        pairs = []
        for name, attribute in _FIELDS.items():
            value = getattr(self, attribute)
            values = sorted(value) if isinstance(value, tuple) else [value] if value else []
            pairs += [(name, str(one)) for one in values]
        return pairs

    def query(self) -> str:
        """Return the query string with its question mark, "" for all initiatives."""
        return f"?{urlencode(self.pairs())}" if self else ""


#: Parameters in their order -> attributes, and what these are if nothing is asked.
_FIELDS = {
    "forum": "forums",
    "topic": "topics",
    "status": "statuses",
    "from": "first",
    "to": "last",
    "text": "text",
}
_EMPTY = {name: getattr(Filter(), attribute) for name, attribute in _FIELDS.items()}


def _known(
    query: QueryDict, name: str, known: Collection[str], faults: list[Fault]
) -> Iterator[str]:
    for value in dict.fromkeys(query.getlist(name)[:_MOST_VALUES]):
        if value in known:
            yield value
        elif value:
            said = gettext("Nothing here is called “%(value)s”; it was left out.")
            faults.append(_about(name, value, said))


def _year(query: QueryDict, name: str, faults: list[Fault]) -> int | None:
    value = query.get(name, "").strip()
    if not value:
        return None
    if re.fullmatch(r"[0-9]{1,4}", value) and int(value):
        return int(value)
    said = gettext("“%(value)s” is no year; it was left out.")
    faults.append(_about(name, value, said))
    return None


def _about(name: str, value: str, said: str) -> Fault:
    shown = clean_query(value[:_LONGEST_VALUE])
    return Fault.make(said % {"value": shown}, parameter=name, value=value)
