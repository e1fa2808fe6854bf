"""Which pages may be named to everybody."""

from __future__ import annotations

from typing import Any

from wagtail.models import PageViewRestriction

__all__ = ["may_be_named", "private_paths"]


def private_paths(request: Any = None) -> tuple[str, ...]:
    """Return the tree paths of the pages with a view restriction, which also holds for all below them.

    One query; with a request, one for all that is shown in answer to it.
    """
    paths: tuple[str, ...] | None = getattr(request, "_hsec_private_paths", None)
    if paths is None:
        paths = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        if request is not None:
            request._hsec_private_paths = paths
    return paths


def may_be_named(page: Any, *, request: Any = None) -> bool:
    """Return whether everybody may read title and address of ``page``.

    It is live, and neither it nor a page above it is restricted. A list of pages needs a request for its
    queries not to grow.
    """
    return bool(page is not None and page.live and not page.path.startswith(private_paths(request)))
