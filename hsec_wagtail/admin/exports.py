"""Spreadsheets of the lists in the admin."""

from __future__ import annotations

from typing import Any

from hsec_wagtail.record.csv_lines import safe_cell

__all__ = ["SafeExportMixin"]


class SafeExportMixin:
    """Exports no cell that a spreadsheet takes for a formula; put it before a view of Wagtail's.

    XLSX says of each cell that it is text, and Wagtail sees to that; CSV cannot.
    """

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return the value as the view prepares it, made text where it would be a formula."""
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return safe_cell(cell) if export_format == "csv" and isinstance(cell, str) else cell
