"""Initiatives as JSON, and as JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hsec_wagtail.models.register import no_moment
from hsec_wagtail.record.dataset.licence import licence
from hsec_wagtail.record.formats.items import Item, in_utc, items, values
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
    return _pieces(head, "initiatives", (values(item) for item in items(found, request)))


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
    given = licence(section)
    if given.url or given.name:
        head["license"] = given.url or given.name
    works = (creative_work(item, request) for item in items(found, request))
    return _pieces(head, "hasPart", works)


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
        "about": about,
        "isPartOf": {
            "@type": "WebPage",
            "@id": item.url.partition("#")[0],
            "name": item.page.title,
        },
    }
    if row.updated > no_moment():
        work["dateModified"] = f"{in_utc(row.updated):%Y-%m-%dT%H:%M:%SZ}"
    return {name: value for name, value in work.items() if value}


def _pieces(head: dict[str, Any], name: str, objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the object ``head`` with the array ``objects`` under ``name``, a line each."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    comma = ""
    for one in objects:
        yield f"{comma}\n{json.dumps(one, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"
