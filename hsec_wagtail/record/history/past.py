"""Which version of a page stood at a moment, and the page with what stood around it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from hsec_wagtail.models.queries import page_content_types, readable
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.page_models import base_page_model, page_models
from hsec_wagtail.record.history.fields import page_with

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Standing", "page_at", "standing_at"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a page at a moment, and when something else stood there.

    The pages that are shown on a page count as a part of it.

    Attributes:
        current: The version of the page itself; None before the first one.
        newest: The last one that could be read; None where nothing is known.
        since: Since when it stood so.
        until: Until when; None where it stands so today.
        previous: Since when it stood as it did before.
        first: Since when the page is known.
        last: Since when it stands as it does today.
    """

    current: PublishedVersion | None
    newest: PublishedVersion | None = None
    since: datetime | None = None
    until: datetime | None = None
    previous: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None


def standing_at(page: Any, before: datetime) -> Standing:
    """Return what stood on ``page`` just ``before`` a moment; at most seven queries."""
    rows = PublishedVersion.objects.filter(page=page.pk).order_by("at", "pk")
    current = rows.filter(at__lt=before).last()
    # What was deleted meanwhile says nothing any more.
    shown = rows.filter(content__isnull=False, kind__in=PublishedVersion.SHOWN).defer("content")
    first, newest = shown.first(), shown.last()
    if first is None:
        return Standing(current)
    changes = _changes_of(page).filter(at__gte=first.at)
    since = changes.filter(at__lt=before).last()
    return Standing(
        current,
        newest,
        since=since,
        until=changes.filter(at__gte=before).first(),
        previous=changes.filter(at__lt=since).last() if since else None,
        first=first.at,
        last=changes.last(),
    )


def _changes_of(page: Any) -> QuerySet[PublishedVersion, datetime]:
    """Return the moments at which ``page``, or a page that is shown on it, came to say something else."""
    below = Q(parent=page.pk)
    return (
        PublishedVersion.objects.filter(
            Q(page=page.pk)
            | below & Q(content__isnull=False)
            # A page that came back.
            | below & Q(content__isnull=True, until__isnull=False, listed=True)
        )
        .order_by("at")
        .values_list("at", flat=True)
    )


def page_at(page: Any, version: PublishedVersion, before: datetime, request: HttpRequest) -> Any:
    """Return ``page``, of today and whole, as ``version`` has it, with the pages below it just ``before`` a moment."""
    then = page_with(page, version.content or {})
    then.hsec_children = _children_at(then, before, request)
    then.numchild = sum(map(len, then.hsec_children.values()))
    return then


def _children_at(page: Any, before: datetime, request: HttpRequest) -> dict[str, list[Any]]:
    """Return the pages below ``page`` at a moment, by type, in the order of today.

    They are shown by the rights of today: a page that is withdrawn, or more private than ``page``, is not.
    """
    versions = {row.page_id: row for row in _versions_below(page, before)}
    kinds = page_content_types()
    children: dict[str, list[Any]] = {page_type: [] for page_type in page_models()}
    pages = base_page_model().objects.filter(
        readable(page, request), pk__in=versions, content_type__in=kinds
    )
    places = {one.pk: kinds[one.content_type_id] for one in pages.order_by("path")}
    whole: dict[int, Any] = {}
    for page_type in set(places.values()):
        ids = [pk for pk, kind in places.items() if kind == page_type]
        whole |= page_models()[page_type]._default_manager.in_bulk(ids)
    for pk, page_type in places.items():
        child = page_with(whole[pk], versions[pk].content or {})
        if child.path.startswith(page.path):
            child._cached_parent_obj = page
        children[page_type].append(child)
    return children


def _versions_below(page: Any, before: datetime) -> QuerySet[PublishedVersion]:
    return PublishedVersion.objects.filter(
        Q(until=None) | Q(until__gte=before),
        parent=page.pk,
        at__lt=before,
        kind__in=PublishedVersion.SHOWN,
        content__isnull=False,
    )
