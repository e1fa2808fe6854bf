"""Sections whose record is shown together."""

from __future__ import annotations

from typing import Any

from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

__all__ = ["sections_below"]


def sections_below(root: Any) -> list[int]:
    """Return the ids of the sections at and below the page ``root``; one query."""
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    pages = base_page_model().objects.descendant_of(root, inclusive=True)
    return list(pages.filter(content_type__in=kinds).values_list("pk", flat=True))
