"""The style sheet of comparisons; Wagtail's page of them has no place for one of its own."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

__all__ = ["link_style"]


def link_style() -> SafeString:
    """Return the link to the style sheet."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("hsec_wagtail/css/admin-comparison.css")
    )
