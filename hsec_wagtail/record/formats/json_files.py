"""Initiatives as JSON, and as JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hsec_wagtail.models.archive import settings_of
from hsec_wagtail.record.files import json_file
from hsec_wagtail.record.formats.items import Item, items, say_update, values
from hsec_wagtail.record.formats.naming import list_title
from hsec_wagtail.record.initiatives import InitiativeList

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_json", "as_json_ld", "creative_work"]


def as_json(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Yield an object with ``title``, ``url``, ``count`` and ``initiatives``, an object with each field."""
    head = {
        "title": list_title(found, section),
        "url": section.view_full_url("initiatives", request) + found.filter.query(),
        "count": found.count,
    }
    return json_file(head, "initiatives", (values(item) for item in items(found, request)))


def as_json_ld(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Yield a schema.org Dataset of which each initiative is a part."""
    url = section.view_full_url("initiatives", request) + found.filter.query()
    head = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": list_title(found, section),
        "description": list_title(found, section),
    }
    given = settings_of(section, request)
    if licence := given.licence_url or given.licence:
        head["license"] = licence
    works = (creative_work(item, request) for item in items(found, request))
    return json_file(head, "hasPart", works)


def creative_work(item: Item, request: HttpRequest) -> dict[str, Any]:
    """Return ``item`` as a schema.org CreativeWork; a key without a value is left out."""
    row = item.row
    about: list[dict[str, str]] = [
        {"@type": "Thing", "name": topic.title, "url": topic.get_full_url(request) or ""}
        for topic in item.topics
    ]
    if item.forum:
        url = item.forum.get_full_url(request) or ""
        about.insert(0, {"@type": "Organization", "name": item.forum.title, "url": url})
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": item.url,
        "url": item.url,
        "identifier": item.uuid.urn,
        "text": row.text,
        "inLanguage": row.language,
        "temporalCoverage": [date.edtf for date in item.dates],
        "creativeWorkStatus": row.status,
        "dateModified": say_update(row),
        "about": about,
        "isPartOf": {
            "@type": "WebPage",
            "@id": item.url.partition("#")[0],
            "name": item.page.title,
        },
    }
    return {name: value for name, value in work.items() if value}
