"""Tables of inline rich text; they need no other app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock

from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.grid import GridBlock
from hsec_wagtail.blocks.prose import InlineProseBlock, prose_html

__all__ = ["HEADERS", "TableBlock"]

HEADERS = [
    ("none", _("None")),
    ("row", _("First row")),
    ("column", _("First column")),
    ("both", _("First row and first column")),
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown; ``scope`` is "" where it is no header."""

    html: SafeString
    scope: str = ""


class TableBlock(HsecStructBlock):
    """Rows of cells, with headers that screen readers announce."""

    caption = CharBlock(
        required=False, max_length=255, label=_("Caption"), help_text=_("What the table shows.")
    )
    header = ChoiceBlock(choices=HEADERS, default="row", search_index=False, label=_("Headers"))
    rows = GridBlock(
        ListBlock(InlineProseBlock(required=False, label=_("Cell")), label=_("Row")),
        min_num=1,
        # What an editor begins with.
        default=[[""] * 3 for _number in range(3)],
        label=_("Rows"),
    )

    class Meta:
        icon = "table"
        group = _("Media and tables")
        label = _("Table")
        label_format = "{caption}"
        description = _(
            "For data that readers compare, such as numbers by year. It is not for layout."
        )
        template = "hsec_wagtail/blocks/table.html"
        preview_value = {
            "caption": _("Observers sent by Norvania"),
            "header": "both",
            "rows": [
                [_("Year"), _("Missions"), _("Observers")],
                ["2029", "4", "31"],
                ["2030", "6", "48"],
            ],
        }

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on the rows where one is longer than the first."""
        rows = value.get("rows") or ()
        width = len(rows[0]) if rows else 0
        for number, row in enumerate(rows, start=1):
            if len(row) > width:
                message = gettext(
                    "Row %(number)d has %(cells)d cells, the first row has %(width)d."
                )
                counts = {"number": number, "cells": len(row), "width": width}
                return {"rows": ValidationError(message % counts, code="width")}
        return {}

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, and the HTML of the cells as ``rows_html``."""
        rows = [[str(prose_html(cell)) for cell in row] for row in value.get("rows") or ()]
        return {**super().get_api_representation(value, context=context), "rows_html": rows}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the ``head`` and the ``body_rows``, all of one width."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        texts = [[prose_html(cell) for cell in row] for row in value.get("rows") or ()]
        texts = [row for row in texts if any(row)]
        width = max((len(row) for row in texts), default=0)
        texts = [row + [SafeString("")] * (width - len(row)) for row in texts]
        header = value.get("header")
        head = texts[:1] if header in ("row", "both") else []
        context["head"] = [[_cell(text, "col") for text in row] for row in head]
        context["body_rows"] = [
            [
                _cell(text, "row" if place == 0 and header in ("column", "both") else "")
                for place, text in enumerate(row)
            ]
            for row in texts[len(head) :]
        ]
        return context


def _cell(html: SafeString, scope: str) -> Cell:
    # An empty header is no header: screen readers would still announce it.
    return Cell(html, scope if html else "")
