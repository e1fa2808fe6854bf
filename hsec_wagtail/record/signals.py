"""The receivers by which the register follows what happens to pages, within the same transaction."""

from __future__ import annotations

from typing import Any

from django.db import router
from django.db.models.signals import post_delete, post_save

from wagtail.models import PageViewRestriction
from wagtail.signals import post_page_move

from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.keeping import register

__all__ = ["connect", "register_on_save"]


def connect() -> None:
    """Follow what happens to pages from now on.

    The rows of a page that is deleted go with it; Wagtail unpublishes its aliases before.
    """
    post_save.connect(register_on_save)
    post_page_move.connect(_register_moved)
    post_save.connect(_register_restricted, sender=PageViewRestriction)
    post_delete.connect(_register_restricted, sender=PageViewRestriction)


def register_on_save(instance: Any, *, raw: bool, **kwargs: Any) -> None:
    """Register a page of ours that was saved: published, unpublished, copied, translated or changed."""
    # loaddata brings the rows along, or they are made afresh.
    if raw or not isinstance(instance, base_page_model()):
        return
    if instance.content_type_id in page_content_types():
        register([instance.pk])


def _register_moved(instance: Any, **kwargs: Any) -> None:
    _register_below(instance)


def _register_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    _register_below(instance.page)


def _register_below(page: Any) -> None:
    pages = base_page_model()._default_manager.using(router.db_for_write(base_page_model()))
    # Of the row, as the path of the object may be older than a move.
    for stored in pages.filter(pk=page.pk):
        ours = pages.descendant_of(stored, inclusive=True).filter(
            content_type__in=page_content_types()
        )
        register(ours.values_list("pk", flat=True))
