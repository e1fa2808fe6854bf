"""The initiatives that an answer in each format lists, read by programs of others."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import feedparser
import icalendar
import openpyxl
from bs4 import BeautifulSoup

__all__ = ["READERS", "content", "listed"]


def content(client: Any, section: Any, path: str, status: int = 200) -> bytes:
    """Return the answer of the list of ``section`` at ``path`` below it."""
    response = client.get(f"{section.url}initiatives/{path}")
    assert response.status_code == status
    return b"".join(response)


def listed(client: Any, section: Any, query: str) -> list[str]:
    """Return the ids of the initiatives on all pages of the list."""
    ids: list[str] = []
    page = f"{query or '?'}&page=1"
    while page:
        soup: Any = BeautifulSoup(content(client, section, page), "html.parser")
        links = [item.select_one("a")["href"] for item in soup.select(".hsec-filed__source")]
        ids += [link.partition("#")[2] for link in links]
        following = soup.select_one("a[rel=next]")
        page = following["href"] if following else ""
    return ids


def _csv(data: bytes) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]


def _xlsx(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    _head, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [row[0] for row in rows]


def _json(data: bytes) -> list[str]:
    return [item["id"] for item in json.loads(data)["initiatives"]]


def _json_ld(data: bytes) -> list[str]:
    return [part["@id"].partition("#")[2] for part in json.loads(data)["hasPart"]]


def _atom(data: bytes) -> list[str]:
    feed = feedparser.parse(data)
    assert not feed.bozo
    return [entry.link.partition("#")[2] for entry in feed.entries]


def _json_feed(data: bytes) -> list[str]:
    return [item["url"].partition("#")[2] for item in json.loads(data)["items"]]


def _ical(data: bytes) -> list[str]:
    calendar = icalendar.Calendar.from_ical(data)
    return [str(event["URL"]).partition("#")[2] for event in calendar.walk("VEVENT")]


#: By the names of the formats.
READERS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "json-ld": _json_ld,
    "atom": _atom,
    "json-feed": _json_feed,
    "ical": _ical,
}
