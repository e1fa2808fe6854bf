"""The section that a view of the record is of, and those below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["refuse_private", "sections_below"]


def refuse_private(section: Any, request: HttpRequest) -> None:
    """Raise Http404 if not everybody may read ``section``: the register holds what everybody may read only."""
    if not may_be_named(section, request=request):
        raise Http404(gettext("There is no list of a section that not everybody may read."))


def sections_below(root: Any) -> list[int]:
    """Return the ids of the sections at and below the page ``root``; one query."""
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    pages = base_page_model().objects.descendant_of(root, inclusive=True)
    return list(pages.filter(content_type__in=kinds).values_list("pk", flat=True))
