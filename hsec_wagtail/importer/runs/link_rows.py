"""The spreadsheet of labels without a target: written, and read when it comes back filled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wagtail.models import Site

from hsec_wagtail.blocks import safe_url
from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.open_links import OpenLink
from hsec_wagtail.importer.text.outside_data import is_text
from hsec_wagtail.importer.writing.page_addresses import find_by_address
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.csv_lines import safe_cell

__all__ = ["COLUMNS", "LinkRow", "link_rows", "read_link_rows"]

COLUMNS = ["label", "where", "proposal", "target", "id"]
_NEEDED = ("target", "id")
_SEPARATORS = ",;\t"
#: Faults that are told at once.
_MOST_FAULTS = 20
_LONGEST_TARGET = 2000


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row that was filled: the link ``id`` is to lead to ``page``, else to ``url``."""

    number: int
    id: str
    target: str
    page: Any | None = None
    url: str = ""


def link_rows(links: Iterable[OpenLink]) -> Iterator[list[str]]:
    """Yield a heading and a row for each of ``links``, its target left to be filled."""
    yield COLUMNS
    for link in links:
        yield [link.label, link.where, link.proposal, "", link.id]


def read_link_rows(data: bytes, *, name: str) -> list[LinkRow]:
    """Return the filled rows of the spreadsheet ``data``.

    Columns may stand in any order; a spreadsheet may have put semicolons or tabs between them.

    Raises:
        SourceError: It is no such spreadsheet, or a target is none; file and rows are named.
    """
    rows, faults = [], []
    seen: dict[str, int] = {}
    for number, cells in _records(_decode(data, name), name):
        target, link_id = (_plain(cells[column] or "") for column in _NEEDED)
        if not target:
            continue
        if link_id in seen:
            faults.append(
                Message("link-row-twice", name=name, row=number, id=link_id, other=seen[link_id])
            )
            continue
        seen[link_id] = number
        row = _row(number, link_id, target)
        if row is None:
            faults.append(Message("link-target-unknown", name=name, row=number, target=target))
        else:
            rows.append(row)
    if faults:
        raise SourceError("links-refused", faults=faults[:_MOST_FAULTS])
    return rows


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("links-not-utf8", name=name, byte=error.start) from error
    if not is_text(text):
        raise SourceError("links-null-character", name=name)
    return text


def _records(text: str, name: str) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield the rows below the heading with their numbers, as a spreadsheet shows them."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        missing = [column for column in _NEEDED if column not in (reader.fieldnames or ())]
        if missing:
            raise SourceError("links-without-columns", name=name, missing=missing)
        for number, cells in enumerate(reader, 2):
            if None in cells or any(cells[column] is None for column in _NEEDED):
                raise SourceError("link-row-broken", name=name, row=number)
            yield number, cells
    except csv.Error as error:
        raise SourceError("link-row-broken", name=name, row=number + 1) from error


def _plain(cell: str) -> str:
    """Return ``cell`` as it was before ``safe_cell`` made it text."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def _row(number: int, link_id: str, target: str) -> LinkRow | None:
    """Return the row with what ``target`` names; None where it names nothing."""
    try:
        parts = urlsplit(target)
        _ = parts.port  # Refuses what is no number.
    except ValueError:
        return None
    if len(target) > _LONGEST_TARGET:
        return None
    row = LinkRow(number, link_id, target, url=safe_url(target))
    own = not parts.scheme and target.startswith("/") and not target.startswith("//")
    if own or _is_of_a_site(parts.hostname):
        page = find_by_address(base_page_model()._default_manager.live(), target)
        # A link to a part of a page, or to a search, is an address and not only a page.
        if page is not None and not (parts.query or parts.fragment):
            return LinkRow(number, link_id, target, page=page)
        if page is None and own:
            return None
        return row
    return row if row.url == target and parts.scheme else None


def _is_of_a_site(host: str | None) -> bool:
    return host is not None and Site.objects.filter(hostname=host).exists()
