"""The rows of the register that the bodies of pages give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from html import unescape
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.blocks.members import member_name
from hsec_wagtail.blocks.raw_links import unresolved_links
from hsec_wagtail.blocks.raw_lists import list_items, list_values
from hsec_wagtail.models.register import as_moment, no_moment

__all__ = ["FIELDS", "Place", "Rows", "Values", "add_rows", "last_change"]

#: Fields of a row that stands by itself, in the order of its values.
_STANDING = ("page", "position", "section", "forum", "block_id", "language")
#: Fields of the rows of each table in the order of their values. A part of an initiative has its page and position
#: instead of its id, which is not known before it is written.
FIELDS = {
    "Initiative": (*_STANDING, "html", "text", "status", "newest", "updated"),
    "InitiativeDate": (
        "position", "edtf", "label", "words", "precision", "earliest", "latest",
    ),
    "InitiativeYear": ("section", "year"),
    "InitiativeTopic": ("section", "topic"),
    "Membership": (
        *_STANDING, "name", "country", "role", "since", "until", "since_earliest", "since_latest",
        "until_earliest", "until_latest", "status",
    ),
    "UnresolvedLink": (*_STANDING, "label"),
}  # fmt: skip

#: Blocks whose items have rows.
_LISTS = ("initiatives", "members")

#: More years than a century are no span that a list by year could show: only its ends are counted.
_MOST_YEARS = 100

#: A tag none of whose attributes has an angle bracket.
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
#: Tags that part words, as Wagtail has them.
_PARTING = frozenset(
    {"/p", "/li", "/blockquote", "br", "hr", *(f"/h{level}" for level in range(1, 7))}
)

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: ids of the nearest section and forum, its own among them, and the language of its text."""

    section: int | None
    forum: int | None
    language: str


@dataclass(slots=True)
class Rows:
    """Values of rows, in the order of ``FIELDS``; plain, as an import has many.

    The parts of an initiative have page and position of it before their own values.
    """

    initiatives: list[Values] = field(default_factory=list)
    dates: list[Values] = field(default_factory=list)
    years: list[Values] = field(default_factory=list)
    topics: list[Values] = field(default_factory=list)
    memberships: list[Values] = field(default_factory=list)
    unresolved: list[Values] = field(default_factory=list)
    #: What a search finds of the pages and of the initiatives: hsec_wagtail.record.search.rows.Searchable each.
    searchables: list[Any] = field(default_factory=list)


def add_rows(rows: Rows, page: Any, place: Place) -> None:
    """Add to ``rows`` those that the body of ``page`` gives; topics as the body names them."""
    positions, updated = dict.fromkeys(_LISTS, 0), last_change(page)
    for name, item in list_items(page.body.raw_data, _LISTS):
        where = _where(page, place, positions[name], item)
        positions[name] += 1
        if name == "initiatives":
            _add_initiative(rows, item["value"], where, (page.status, updated))
        else:
            rows.memberships.append(
                (*where, *_membership(item["value"], place.language), page.status)
            )
    for position, link in enumerate(unresolved_links(page.body.raw_data)):
        label = str(link["value"]["label"])[:255]
        rows.unresolved.append((*_where(page, place, position, link), label))


def last_change(page: Any) -> datetime:
    """Return when what ``page`` says last changed for its readers.

    It is the day that editors gave for a change, or else that of the first publication here if it is later, as the
    day may come from the source; never after the last publication. A new publication without a new day is a
    correction, and no change.
    """
    published = page.first_published_at or no_moment()
    marked = as_moment(datetime.combine(page.changed, time.min)) if page.changed else no_moment()
    known = max(published, marked)
    return min(known, page.last_published_at or known)


def _where(page: Any, place: Place, position: int, item: Mapping[str, Any]) -> Values:
    block_id = str(item.get("id") or "")[:36]
    return (page.pk, position, place.section, place.forum, block_id, place.language)


def _add_initiative(rows: Rows, value: Mapping[str, Any], where: Values, state: Values) -> None:
    """Add the rows of an initiative of a page with the ``state`` of status and last change."""
    html = str(value.get("text") or "")
    written = [one for one in list_values(value.get("dates")) if isinstance(one, dict)]
    read = [(one, _read(str(one["edtf"]))) for one in written if one.get("edtf")]
    status, updated = state
    newest = max((date.newest for _, date in read), default=0)
    rows.initiatives.append((*where, html, _plain(html), status, newest, updated))
    row = where[:2]
    rows.dates += [(*row, position, *_date(*one)) for position, one in enumerate(read)]
    section = where[2]
    years = {year for _, date in read for year in date.years}
    rows.years += [(*row, section, year) for year in sorted(years)]
    topics = {topic for topic in list_values(value.get("topics")) if type(topic) is int}
    rows.topics += [(*row, section, topic) for topic in sorted(topics)]


def _plain(html: str) -> str:
    """Return the words of stored rich text."""
    text = _TAG.sub(_parting, html) if "<" in html else html
    # What is left of a tag that is written otherwise; bracket signs of the text are entities.
    text = get_text_for_indexing(html) if "<" in text or ">" in text else unescape(text)
    return " ".join(text.split())


def _parting(tag: re.Match[str]) -> str:
    return " " if tag[1].lower() in _PARTING else ""


def _date(written: Mapping[str, Any], date: _Date) -> Values:
    label, words = (str(written.get(name) or "")[:255] for name in ("label", "text"))
    return (date.edtf, label, words, date.precision, date.earliest, date.latest)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as rows have it: EDTF, or a text that is none; then the rest is empty."""

    edtf: str
    precision: str = ""
    earliest: date | None = None
    latest: date | None = None
    #: By which lists are sorted.
    newest: int = 0
    years: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def _read(written: str) -> _Date:
    """Return the date that a body has; many say the same."""
    read = read_edtf(written)
    if read is None:
        return _Date(written[:64])
    first, last = read.earliest or read.latest, read.latest or read.earliest
    if first is None or last is None:
        raise AssertionError(f"{read}: an EDTF value has a date")
    years = range(first.year, last.year + 1)
    return _Date(
        edtf=str(read)[:64],
        precision=read.precision.value,
        earliest=read.earliest,
        latest=read.latest,
        newest=first.toordinal(),
        years=tuple(years) if len(years) <= _MOST_YEARS else (first.year, last.year),
    )


def _membership(value: Mapping[str, Any], language: str) -> Values:
    since, until = (read_edtf(value.get(name)) for name in ("since", "until"))
    return (
        member_name(value, language=language)[:255],
        str(value.get("country") or "")[:2].upper(),
        str(value.get("role") or "member")[:20],
        str(since or value.get("since") or "")[:64],
        str(until or value.get("until") or "")[:64],
        since.earliest if since else None,
        since.latest if since else None,
        until.earliest if until else None,
        until.latest if until else None,
    )
