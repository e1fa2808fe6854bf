"""The receivers by which the register follows what happens to pages, within the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import router
from django.db.models.signals import post_delete, post_save, pre_delete

from wagtail.models import Locale, PageViewRestriction, get_page_models
from wagtail.signals import post_page_move

from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.history.noting import hide_gone_below, note_deleted
from hsec_wagtail.record.keeping import filed_under, forget, register
from hsec_wagtail.record.versions import OF_DRAFTS, mark_changed

__all__ = ["connect", "register_on_save"]

#: Names under which a deletion remembers its pages, and the pages what was done about them.
_DELETED, _FORGOTTEN, _NOTED = "_hsec_deleted", "_hsec_forgotten", "_hsec_noted"


def connect() -> None:
    """Follow what happens to pages from now on.

    The rows of a page that is deleted go with it; Wagtail unpublishes its aliases before.
    """
    # Wagtail unpublishes some pages as what they are in the base table.
    for model in (base_page_model(), *_our_models()):
        post_save.connect(register_on_save, sender=model)
    post_save.connect(_register_locale, sender=Locale)
    pre_delete.connect(_collect_deleted, sender=base_page_model())
    for model in _our_models():
        post_delete.connect(_forget_deleted, sender=model)
    post_delete.connect(_note_deleted, sender=base_page_model())
    post_page_move.connect(_register_moved)
    post_save.connect(_register_restricted, sender=PageViewRestriction)
    post_delete.connect(_register_restricted, sender=PageViewRestriction)


def _our_models() -> list[type[Any]]:
    """Return our page models and those that a site derives from them."""
    return [model for model in get_page_models() if getattr(model, "hsec_page_type", "")]


def register_on_save(
    instance: Any, *, raw: bool, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Register a page of ours that was saved: published, unpublished, copied, translated or changed."""
    # loaddata brings the rows along, or they are made afresh.
    if raw or (update_fields is not None and OF_DRAFTS.issuperset(update_fields)):
        return
    if instance.content_type_id in page_content_types():
        register([instance.pk])


def _register_moved(instance: Any, **kwargs: Any) -> None:
    _register_below(instance)
    hide_gone_below(instance)


def _register_restricted(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    # A restriction that goes with its page frees nothing.
    if origin is None or getattr(origin, "model", type(origin)) is PageViewRestriction:
        _register_below(instance.page)
        hide_gone_below(instance.page)


def _register_locale(instance: Any, *, raw: bool, created: bool, **kwargs: Any) -> None:
    """Register the pages of a locale, whose language may be another now."""
    if not raw and not created:
        pages = base_page_model()._default_manager.using(router.db_for_write(base_page_model()))
        ours = pages.filter(locale=instance, content_type__in=page_content_types())
        register(ours.values_list("pk", flat=True))


def _collect_deleted(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Collect the pages of a deletion at what is deleted, and what may mean another topic once they are gone.

    Django sends this for all of them before it deletes the first row.
    """
    if page_content_types().get(instance.content_type_id) == "topic":
        instance._hsec_filed = filed_under([instance.pk])
    setattr(instance, _FORGOTTEN, False)
    setattr(instance, _NOTED, False)
    if origin is not None:
        collected = origin.__dict__.setdefault(_DELETED, {})
        # A deletion that failed is tried again, maybe with other pages.
        if collected.get(instance.pk, instance) is not instance:
            collected.clear()
        collected[instance.pk] = instance


def _forget_deleted(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Delete rows that were written since the deletion began: unpublishing an alias registers pages.

    Django sends this for the row of the page type, before it deletes those of the base page model.
    """
    collected = getattr(origin, _DELETED, {})
    if instance.pk not in collected:
        forget([instance.pk])
    elif not getattr(collected[instance.pk], _FORGOTTEN, False):
        forget(collected)
        for page in collected.values():
            setattr(page, _FORGOTTEN, True)


def _note_deleted(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Note all pages of a deletion at the first signal that the rows of the base page model are gone, all at once."""
    if getattr(instance, _NOTED, False):
        return
    collected = getattr(origin, _DELETED, {})
    pages = list(collected.values()) if instance.pk in collected else [instance]
    collected.clear()
    for page in pages:
        setattr(page, _NOTED, True)
    note_deleted(pages)
    register({pk for page in pages for pk in getattr(page, "_hsec_filed", ())})
    mark_changed()


def _register_below(page: Any) -> None:
    pages = base_page_model()._default_manager.using(router.db_for_write(base_page_model()))
    # Of the row, as the path of the object may be older than a move.
    for stored in pages.filter(pk=page.pk):
        ours = pages.descendant_of(stored, inclusive=True).filter(
            content_type__in=page_content_types()
        )
        register(ours.values_list("pk", flat=True))
