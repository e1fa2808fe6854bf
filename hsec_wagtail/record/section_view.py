"""Context that the templates of all views of a section's record need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hsec_wagtail.models.context import page_context, record_links
from hsec_wagtail.record.history.changes import last_change

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["view_context"]


def view_context(section: Any, name: str, request: HttpRequest) -> dict[str, Any]:
    """Return the context that the view ``name`` of ``section`` has beside its own."""
    return {
        "page": section,
        "self": section,
        **page_context(section),
        "hsec_view": {
            "name": name,
            "label": section.hsec_views[name].label,
            "url": section.view_url(name, request),
            "full_url": section.view_full_url(name, request),
        },
        "hsec_record_links": record_links(section, request),
        "hsec_modified": last_change(section, request),
    }
