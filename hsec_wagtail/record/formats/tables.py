"""Initiatives as CSV and as a workbook: a row each, a column for each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from django.utils.translation import gettext

from hsec_wagtail.record.files import csv_file
from hsec_wagtail.record.formats.fields import FIELDS
from hsec_wagtail.record.formats.items import Item, items, values
from hsec_wagtail.record.formats.naming import xml_text
from hsec_wagtail.record.initiatives import InitiativeList

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_csv", "as_xlsx", "cells"]

_BLOCK = 64 * 1024
#: Widths of columns in characters; the others are as wide as their spreadsheet makes them.
_WIDTHS = {"url": 40, "text": 80, "dates_in_words": 30, "forum": 30, "topics": 30, "page": 30}


def as_csv(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[str]:
    """Return the initiatives as CSV: UTF-8 with a byte order mark."""
    rows = (cells(item) for item in items(found, request))
    return csv_file((field.name for field in FIELDS), rows)


def as_xlsx(found: InitiativeList, section: Any, request: HttpRequest) -> Iterator[bytes]:
    """Return the initiatives as a workbook of text cells, with a sheet that describes the columns."""
    # Named now: the file is made when it is sent, when another language may be active.
    names = gettext("Initiatives"), gettext("Columns")
    described = [[field.name, str(field.description)] for field in FIELDS]
    return _workbook(names, (cells(item) for item in items(found, request)), described)


def _workbook(
    names: tuple[str, str], rows: Iterable[list[str]], described: list[list[str]]
) -> Iterator[bytes]:
    """Yield a workbook, once it is written to a temporary file: the directory of a ZIP archive is its end."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(names[0])
    sheet.freeze_panes = "A2"
    for number, field in enumerate(FIELDS, start=1):
        if field.name in _WIDTHS:
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[field.name]
    for row in chain([[field.name for field in FIELDS]], rows):
        _append(sheet, row)
    columns = book.create_sheet(names[1])
    columns.column_dimensions["A"].width, columns.column_dimensions["B"].width = 20, 90
    for row in described:
        _append(columns, row)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def cells(item: Item) -> list[str]:
    """Return the row of ``item``: several values of a field are joined by "; "."""
    found = values(item)
    return [_cell(found[field.name]) for field in FIELDS]


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _append(sheet: Any, texts: list[str]) -> None:
    row = [WriteOnlyCell(sheet, xml_text(text)) for text in texts]
    for cell in row:
        # What begins with "=" would be taken for a formula.
        cell.data_type = "s"
    sheet.append(row)
