"""The initiatives that changed last as Atom and as JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext

from hsec_wagtail.blocks.today import in_utc
from hsec_wagtail.models.archive import settings_of
from hsec_wagtail.record.formats.items import LATEST, Item, latest_items, say_date
from hsec_wagtail.record.formats.naming import list_title, xml_text
from hsec_wagtail.record.initiatives import InitiativeList

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_atom", "as_json_feed"]

#: Longest title of an entry, which has no other than its text.
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed, whatever its form.

    Attributes:
        url: Of the list that it is of.
        updated: The last change of an entry; without entries the last publication of the section.
    """

    title: str
    description: str
    url: str
    author: str
    language: str
    updated: datetime
    licence: str
    items: list[Item]


def as_atom(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Yield the 100 initiatives that changed last as Atom (RFC 4287)."""
    feed = _feed(found, section, request)
    # Not the address: a section that moves goes on with its feeds.
    named = f"{section.locale.language_code}{found.filter.query()}"
    atom = _Atom(
        title=xml_text(feed.title),
        link=feed.url,
        description="",
        subtitle=xml_text(feed.description),
        feed_url=_address("atom", found, section, request),
        feed_guid=uuid5(section.translation_key, named).urn,
        author_name=xml_text(feed.author),
        language=feed.language,
        feed_copyright=xml_text(feed.licence) or None,
        updated=feed.updated,
    )
    for item in feed.items:
        atom.add_item(
            title=xml_text(_title(item)),
            link=item.url,
            description=xml_text(_html(item)),
            unique_id=item.uuid.urn,
            updateddate=in_utc(item.row.updated),
            pubdate=_published(item),
            categories=[xml_text(one) for one in _tags(item)],
            language=item.row.language,
        )
    yield atom.writeString("utf-8")


def as_json_feed(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Yield the 100 initiatives that changed last as JSON Feed 1.1."""
    feed = _feed(found, section, request)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.url,
        "feed_url": _address("json-feed", found, section, request),
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_entry(item) for item in feed.items],
    }
    yield json.dumps(data, ensure_ascii=False, indent=1)


class _Atom(Atom1Feed):
    """Atom with the language of each entry and a date of the feed that does not depend on the clock."""

    def latest_post_date(self) -> datetime:
        """Return when the feed changed last."""
        updated: datetime = self.feed["updated"]
        return updated

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Return the attributes of an entry."""
        return {"xml:lang": item["language"]}


def _feed(found: InitiativeList, section: Any, request: HttpRequest) -> _Feed:
    latest = latest_items(found, request)
    url = section.view_full_url("initiatives", request) + found.filter.query()
    description = gettext("The %(count)d that changed last. All of them: %(url)s")
    said = settings_of(section, request)
    return _Feed(
        title=list_title(found, section),
        description=description % {"count": LATEST, "url": url},
        url=url,
        author=said.organisation or section.title,
        language=translation.get_language(),
        updated=(
            in_utc(latest[0].row.updated)
            if latest
            else in_utc(section.last_published_at or datetime(1970, 1, 1, tzinfo=UTC))
        ),
        licence=said.licence or said.licence_url,
        items=latest,
    )


def _entry(item: Item) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": item.uuid.urn,
        "url": item.url,
        "title": _title(item),
        "content_html": _html(item),
        "date_modified": in_utc(item.row.updated).isoformat(),
        "language": item.row.language,
    }
    if published := _published(item):
        entry["date_published"] = published.isoformat()
    if tags := _tags(item):
        entry["tags"] = tags
    return entry


def _address(name: str, found: InitiativeList, section: Any, request: HttpRequest) -> str:
    return f"{section.view_full_url('initiatives', request)}{name}/{found.filter.query()}"


def _title(item: Item) -> str:
    return Truncator(item.row.text).chars(_LONGEST_TITLE) or item.page.title


def _html(item: Item) -> str:
    dates = "; ".join(say_date(date, item.row.language) for date in item.dates)
    text = format_html("<p>{}</p>", item.row.text)
    return format_html("{}<p>{}</p>", text, dates) if dates else text


def _tags(item: Item) -> list[str]:
    forum = [item.forum.title] if item.forum else []
    return [*forum, *(topic.title for topic in item.topics)]


def _published(item: Item) -> datetime | None:
    first = item.page.first_published_at
    return in_utc(first) if first else None
