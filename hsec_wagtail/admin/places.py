"""Addresses of the places in the editor that lists and reports lead to."""

from __future__ import annotations

from django.urls import reverse

from hsec_wagtail.models import QuickLinksSnippet

__all__ = ["block_edit_url", "group_edit_url"]


def block_edit_url(page_id: int, block_id: str = "") -> str:
    """Return where the page is edited, at the block ``block_id`` if there is one.

    Wagtail gives the panel of each block, and of each item of a list, this id, and scrolls to the panel that the
    address names. A block from before blocks had ids has a new one each time, so that no address can name it.
    """
    url = reverse("wagtailadmin_pages:edit", args=[page_id])
    return f"{url}#block-{block_id}-section" if block_id else url


def group_edit_url(group_id: int, block_id: str = "") -> str:
    """Return the same of a group of quick links."""
    name = QuickLinksSnippet.snippet_viewset.get_url_name("edit")
    url = reverse(name, args=[group_id])
    return f"{url}#block-{block_id}-section" if block_id else url
