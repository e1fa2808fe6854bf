"""Scripts beside the editor of pages and snippets."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html

__all__ = ["open_block_script"]


def open_block_script() -> str:
    """Return the script that opens the block which the address names."""
    return format_html('<script src="{}" defer></script>', static("hsec_wagtail/js/open-block.js"))
