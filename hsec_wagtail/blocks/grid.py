"""Rows of cells of inline rich text, edited as a grid.

Why a grid of our own. The stored rows are lists of HTML texts, which importer, exporter and verification read and which
hold links to pages and documents by their ids. Wagtail's table block (``contrib.table_block``, Handsontable 6) stores
plain text in another form, without a chooser for links, and cannot be used with a screen reader; its typed table block
stores columns and rows in another form, too, and has one form field for each cell. A list of lists of rich text, as
Wagtail edits it by itself, is a panel and an editor for each cell in a single column. Here the stored form stays, one
hidden field holds all rows, and only the cell that is being edited has an editor: Wagtail's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import nh3

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register
from wagtail.blocks import ListBlock
from wagtail.blocks.list_block import ListValue
from wagtail.documents import get_document_model
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from hsec_wagtail.page_models import base_page_model

__all__ = ["GridBlock", "clean_cell"]

_TAGS = {"a", "b", "strong", "i", "em", "sub", "sup", "br", "p", "ul", "ol", "li"}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "p": {"data-block-key"}, "li": {"data-block-key"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
#: A number that every database can look up.
_ID = re.compile(r"[0-9]{1,18}")
#: Spellings that the sanitizer changes without need: what nobody edited stays as it was stored.
_SPELLINGS = (
    ("<br/>", "<br>"),
    ("<br />", "<br>"),
    ("&#x27;", "'"),
    ("&#39;", "'"),
    ("&quot;", '"'),
)


def clean_cell(html: str) -> str:
    """Return the inline HTML of a cell without what a cell may not hold; as it is if it holds nothing else."""
    if not re.search(r"[<>&]", html):
        return html
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    respelled = html
    for written, meant in _SPELLINGS:
        respelled = respelled.replace(written, meant)
    return html if respelled == cleaned else cleaned


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute; none for the id of a link that is no number, which no query could look up."""
    return value if name != "id" or _ID.fullmatch(value) else None


class GridBlock(ListBlock):
    """Rows of cells, each a list block of rich text, in one hidden field that a script shows as a grid."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> ListValue:
        """Return the rows that the grid sent.

        Raises:
            SuspiciousOperation: The field does not hold what the grid sends.
        """
        try:
            rows = [
                ListValue.ListChild(self.child_block, self._row(cells), id=row_id)
                for row_id, cells in json.loads(data[prefix])
            ]
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise SuspiciousOperation(f"{prefix}: no rows of a table.") from error
        return ListValue(self, bound_blocks=rows)

    def _row(self, cells: Iterable[tuple[str | None, str]]) -> ListValue:
        row, cell = self.child_block, self.child_block.child_block
        made = [
            ListValue.ListChild(cell, cell.to_python(clean_cell(html)), id=cell_id)
            for cell_id, html in cells
        ]
        return ListValue(row, bound_blocks=made)

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        """Return whether the form had no grid."""
        return prefix not in data

    def get_form_state(self, value: Any) -> dict[str, Any]:
        """Return the ids and the HTML of rows and cells, and where their links lead; three queries, and those for the roots of sites."""
        rows = [
            [row.id, [[cell.id, cell.value.source] for cell in row.value.bound_blocks]]
            for row in self.normalize(value).bound_blocks
        ]
        texts = (html for _row_id, cells in rows for _cell_id, html in cells)
        return {"rows": rows, "links": _link_targets(texts)}


def _link_targets(texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what the editor shows of the pages and documents that texts link to, by kind and id: ``page-3``."""
    wanted: dict[str, set[int]] = {"page": set(), "document": set()}
    for text in texts:
        for tag in FIND_A_TAG.findall(text) if "linktype" in text else ():
            attrs = extract_attrs(tag)
            kind, number = attrs.get("linktype"), attrs.get("id", "")
            if kind in wanted and _ID.fullmatch(number):
                wanted[kind].add(int(number))
    return {**_pages(wanted["page"]), **_documents(wanted["document"])}


def _pages(ids: set[int]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    pages = base_page_model().objects
    found = list(pages.filter(pk__in=ids))
    above = {page.path: page.path[: -page.steplen] for page in found}
    parents: Mapping[str, int] = dict(
        pages.filter(path__in=set(above.values())).values_list("path", "pk")
    )
    return {
        f"page-{page.pk}": {"url": page.url, "parentId": parents.get(above[page.path])}
        for page in found
    }


def _documents(ids: set[int]) -> dict[str, dict[str, Any]]:
    found = get_document_model().objects.filter(pk__in=ids) if ids else ()
    return {f"document-{one.pk}": {"url": one.url, "filename": one.filename} for one in found}


def _largest_field() -> int | None:
    """Return how many bytes a table may have, so that a form with it is not refused; None for any number."""
    limit: int | None = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # The rest is for the other fields of the form.
    return None if limit is None else limit * 3 // 4


def _strings() -> dict[str, str]:
    return {
        "rows": gettext("Rows of the table"),
        "toolbar": gettext("Rows and columns"),
        "help": gettext(
            "Arrow keys lead from cell to cell; Enter or a double click edits a cell, Tab leads to the next,"
            " Escape leaves it. Paste rows from a spreadsheet into the cell where they are to begin."
        ),
        "cell": gettext("Row %(row)d, column %(column)d"),
        "empty": gettext("empty"),
        "rowAbove": gettext("Row above"),
        "rowBelow": gettext("Row below"),
        "columnBefore": gettext("Column before"),
        "columnAfter": gettext("Column after"),
        "deleteRow": gettext("Delete row"),
        "deleteColumn": gettext("Delete column"),
        "undo": gettext("Undo"),
        "undid": gettext("The last change was undone."),
        "rowAdded": gettext("Row %(row)d was added."),
        "rowDeleted": gettext("Row %(row)d was deleted."),
        "columnAdded": gettext("Column %(column)d was added."),
        "columnDeleted": gettext("Column %(column)d was deleted."),
        "pasted": gettext("Pasted: %(rows)d rows of %(columns)d cells."),
        "outside": gettext("Text outside the table was left out."),
        "tooLarge": gettext(
            "Nothing was pasted: with %(rows)d more rows the table is too large for one form."
            " Make several tables of it."
        ),
    }


class GridBlockAdapter(Adapter):
    """Packs a grid with the rich text editor of its cells."""

    js_constructor = "hsec_wagtail.blocks.Grid"

    def js_args(self, block: GridBlock) -> list[Any]:
        """Return the name, the editor, and what the grid says."""
        from wagtail.admin.rich_text import DraftailRichTextArea  # noqa: PLC0415 - needs loaded models

        meta = {
            "label": block.label,
            "required": block.required,
            "icon": block.meta.icon,
            "blockDefId": block.definition_prefix,
            "strings": _strings(),
            "maxBytes": _largest_field(),
        }
        # Whatever editor a site has for its other texts: the grid knows this one.
        cell = block.child_block.child_block
        return [block.name, DraftailRichTextArea(features=cell.features), meta]

    @cached_property
    def media(self) -> forms.Media:
        """The scripts and the style sheet of the grid."""
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                static("hsec_wagtail/js/table-text.js"),
                static("hsec_wagtail/js/table-rows.js"),
                static("hsec_wagtail/js/table-grid.js"),
            ],
            css={"all": [static("hsec_wagtail/css/admin-tables.css")]},
        )


register(GridBlockAdapter(), GridBlock)
