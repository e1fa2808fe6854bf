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
    """The public versions of a page around a moment.

    Attributes:
        current: What stood then; None before the first one.
        previous: The last one before, that could be read.
        following: The next one after, that could be read.
        first: The first that could be read.
        last: The last that could be read.
    """

    current: PublishedVersion | None
    previous: PublishedVersion | None
    following: PublishedVersion | None
    first: PublishedVersion | None
    last: PublishedVersion | None


def standing_at(page: Any, before: datetime) -> Standing:
    """Return what stood on ``page`` just ``before`` a moment; at most five queries."""
    rows = PublishedVersion.objects.filter(page=page.pk).order_by("at", "pk")
    current = rows.filter(at__lt=before).last()
    # What was deleted meanwhile says nothing any more.
    shown = rows.filter(content__isnull=False, kind__in=PublishedVersion.SHOWN).defer("content")
    earlier, later = shown.filter(at__lt=before), shown.filter(at__gte=before)
    if current is not None:
        earlier = earlier.exclude(pk=current.pk)
    return Standing(current, earlier.last(), later.first(), shown.first(), shown.last())


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
