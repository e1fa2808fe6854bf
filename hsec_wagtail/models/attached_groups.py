"""The quick links that stand beside pages, when these are copied or deleted."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from hsec_wagtail.page_models import base_page_model

__all__ = ["copy_groups", "groups_below"]


def groups_below(page: Any) -> QuerySet[Any]:
    """Return the groups that stand beside ``page`` and the pages below it."""
    groups = apps.get_model("hsec_wagtail", "QuickLinksSnippet")._default_manager
    found: QuerySet[Any] = groups.filter(page__path__startswith=page.path)
    return found


@transaction.atomic
def copy_groups(page: Any, copied: Any) -> None:
    """Copy the groups beside ``page`` and below to ``copied``, its copy; their links lead to the copied pages."""
    counterparts = _counterparts(page, copied)
    for group in groups_below(page).filter(page_id__in=counterparts).order_by("pk"):
        links = [_with_page(child, counterparts) for child in group.links.raw_data]
        copy = type(group)(
            heading=group.heading,
            slug=group.free_slug(),
            page_id=counterparts[group.page_id],
            site_id=group.site_id,
            sort_order=group.sort_order,
            locale_id=group.locale_id,
            live=group.live,
            links=links,
        )
        copy.save()
        copy.save_revision()


def _counterparts(page: Any, copied: Any) -> dict[int, int]:
    """Return the copies of ``page`` and of the pages below it, by their ids: copies keep the slugs below."""
    copies = {address: pk for pk, address in _addresses(copied).items()}
    return {pk: copies[address] for pk, address in _addresses(page).items() if address in copies}


def _addresses(top: Any) -> dict[int, str]:
    """Return the addresses below ``top`` of it and of the pages below it, by their ids."""
    pages = base_page_model().objects.descendant_of(top, inclusive=True)
    beginning = len(base_page_model().objects.values_list("url_path", flat=True).get(pk=top.pk))
    return {pk: path[beginning:] for pk, path in pages.values_list("pk", "url_path")}


def _with_page(child: dict[str, Any], counterparts: dict[int, int]) -> dict[str, Any]:
    value = child["value"]
    page_id = value.get("page")
    return {
        "type": child["type"],
        "value": {**value, "page": counterparts.get(page_id or 0, page_id)},
    }
