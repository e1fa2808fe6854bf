"""What editors do to pages, and what a site had before an import."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page


def rows_of_others() -> list[tuple[Any, ...]]:
    """Return the rows of all pages that are not ours."""
    ours = Page.objects.filter(content_type__app_label="hsec_wagtail")
    return list(Page.objects.exclude(pk__in=ours).order_by("pk").values_list())


def edit(page: Page, **fields: Any) -> Page:
    """Change a page as an editor does: a new revision, published."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return draft
