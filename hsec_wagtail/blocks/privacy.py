"""Which pages, documents and images may be named to everybody."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

__all__ = ["forget_private", "may_be_named", "private_collections", "private_paths"]


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


def private_collections(request: Any = None) -> frozenset[int]:
    """Return the collections with a view restriction and those below them.

    One query, two where there are any; with a request, for all that is shown in answer to it.
    """
    found: frozenset[int] | None = getattr(request, "_hsec_private_collections", None)
    if found is None:
        paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        below = [Q(path__startswith=path) for path in paths]
        private = (
            Collection.objects.filter(reduce(or_, below)) if below else Collection.objects.none()
        )
        found = frozenset(private.values_list("pk", flat=True))
        if request is not None:
            request._hsec_private_collections = found
    return found


def forget_private(request: Any) -> None:
    """Let what is private be asked of the database again in the rest of ``request``."""
    for name in ("_hsec_private_paths", "_hsec_private_collections"):
        request.__dict__.pop(name, None)


def may_be_named(thing: Any, *, request: Any = None) -> bool:
    """Return whether everybody may read title and address of a page, a document or an image.

    A page is live, and neither it nor a page above it is restricted; nor is the collection of a document or an
    image, or one above it. A list needs a request for its queries not to grow.
    """
    if thing is None:
        return False
    if hasattr(thing, "collection_id"):
        return thing.collection_id not in private_collections(request)
    return bool(thing.live and not thing.path.startswith(private_paths(request)))
