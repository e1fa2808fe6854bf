"""Files that are streamed: rows as CSV, objects as JSON, and the headers of a download."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpResponseBase

from hsec_wagtail.record.csv_lines import csv_lines

__all__ = ["csv_file", "json_file", "name_download"]


def csv_file(columns: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield ``rows`` below the names of their columns as CSV with a byte order mark."""
    # Without the mark, spreadsheets take the file for Windows-1252.
    yield "\ufeff"
    yield from csv_lines(chain([list(columns)], rows))


def json_file(head: dict[str, Any], name: str, objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the object ``head`` with the array ``objects`` under ``name``, a line each."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    comma = ""
    for one in objects:
        yield f"{comma}\n{json.dumps(one, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def name_download(response: HttpResponseBase, name: str) -> None:
    """Say that ``response`` is to be saved under ``name``, which is ASCII."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
