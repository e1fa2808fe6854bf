"""The style of our lists and panels in the admin."""

from __future__ import annotations

from typing import Any

from django.forms import Media

__all__ = ["DESK_CSS", "ListStyleMixin"]

DESK_CSS = "hsec_wagtail/css/admin-desk.css"


class ListStyleMixin:
    """Loads our style sheet, by which a list scrolls sideways in a narrow window; put it before a view of Wagtail's."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the style sheet."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        return {**context, "media": context["media"] + Media(css={"all": [DESK_CSS]})}
