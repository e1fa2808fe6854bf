"""The version of what the public pages show: it changes with everything that they may show.

It is in the database, so that all processes know of a change once it is committed, and none before.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import randbelow, token_hex
from typing import Any

from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import Aggregate, Count, Max, Min, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from wagtail.models import (
    Collection as MediaCollection,
)
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
    Site,
)
from wagtail.signals import post_page_move

from hsec_wagtail import conf
from hsec_wagtail.models.imports import ImportItem, ImportRun, ImportSource
from hsec_wagtail.models.moves import MovedPart
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.models.record_version import RecordVersion
from hsec_wagtail.models.site_record import SiteRecordWords
from hsec_wagtail.models.snippets import QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model

__all__ = ["OF_DRAFTS", "Version", "connect", "mark_changed", "mark_on_save", "version"]

#: Seconds that a row is kept: the newest alone would do if transactions ended in the order in which they began.
_KEPT = 3600
#: One change of so many takes the old rows away.
_PRUNED = 100

#: Columns that a new draft changes on the row of a page: nothing of what is public.
OF_DRAFTS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
)
#: Columns that say nothing to a reader: of drafts, and of people who log in.
_UNSEEN = OF_DRAFTS | {"last_login"}

#: Databases whose table was seen; asked once, as each saved object would ask.
_WITH_TABLE: set[str] = set()

#: Apps whose rows no page shows, or that are written while one is shown.
_UNSEEN_APPS = frozenset(
    {
        "admin",
        "contenttypes",
        "django_tasks_database",
        "modelsearch",
        "sessions",
        "wagtailembeds",
        "wagtailforms",
        "wagtailredirects",
        "wagtailsearch",
        "wagtailusers",
    }
)


@dataclass(frozen=True, slots=True)
class Version:
    """A state of what pages show.

    Attributes:
        key: Never that of another state.
        changed: When the newest change that is part of it was made.
    """

    key: str
    changed: datetime


def version() -> Version | None:
    """Return the version of what the database has now, None if nothing was ever changed; one query.

    Read it before what is shown: that is then at least as new.
    """
    # The number tells of a change that was committed after a later one.
    parts: dict[str, Aggregate] = {
        "first": Min("token"),
        "number": Count("token"),
        "last": Max("token"),
    }
    found = RecordVersion._default_manager.aggregate(**parts)
    if not found["last"]:
        return None
    seconds = int(found["last"].partition("-")[0]) // 1_000_000_000
    return Version(
        key="{first} {number} {last}".format(**found),
        changed=datetime.fromtimestamp(seconds, tz=UTC),
    )


def mark_changed() -> None:
    """Say that something changed that public pages may show, as part of the transaction if there is one.

    Pages, snippets, settings and all that is saved as an object say so by themselves.
    """
    rows = RecordVersion._default_manager.using(router.db_for_write(RecordVersion))
    if not _has_table(rows.db):
        return
    rows.create(token=f"{_moment(time.time_ns())}-{token_hex(8)}")
    if randbelow(_PRUNED) == 0:
        # Not within the transaction, where others would wait for its locks.
        transaction.on_commit(_prune, using=rows.db, robust=True)


def _has_table(using: str) -> bool:
    """Return whether the table is there: a site may save its own objects before it migrates, or after the app was taken out."""
    if using not in _WITH_TABLE:
        names = connections[using].introspection.table_names()
        _WITH_TABLE.update([using] if RecordVersion._meta.db_table in names else [])
    return using in _WITH_TABLE


def _moment(nanoseconds: int) -> str:
    return f"{nanoseconds:020}"


def _prune() -> None:
    rows = RecordVersion._default_manager.using(router.db_for_write(RecordVersion))
    oldest = _moment(time.time_ns() - _KEPT * 1_000_000_000)
    newest = rows.aggregate(last=Max("token"))["last"] or ""
    rows.filter(token__lt=min(oldest, newest)).delete()


def connect() -> None:
    """Follow the changes of all that pages may show; after the receivers that keep the register, which they show."""
    for model in apps.get_models():
        if _is_shown(model):
            post_save.connect(mark_on_save, sender=model)
            # The register marks once that pages were deleted, however many.
            if not issubclass(model, base_page_model()):
                post_delete.connect(_mark, sender=model)
    for imported in (ImportItem, ImportSource):
        post_save.connect(mark_on_save, sender=imported)
    # Not that of an item: a run takes thousands with it.
    post_delete.connect(_mark, sender=ImportRun)
    m2m_changed.connect(_mark_related)
    post_page_move.connect(_mark)


def _is_shown(model: type[Model]) -> bool:
    label = model._meta.app_label
    if label == "hsec_wagtail":
        shown = (base_page_model(), QuickLinksSnippet, MovedPart)
        return issubclass(model, (*shown, SiteRecordWords, *_settings()))
    if label == "wagtailcore":
        privacy = (PageViewRestriction, CollectionViewRestriction)
        return issubclass(model, (base_page_model(), Site, Locale, MediaCollection, *privacy))
    return label not in _UNSEEN_APPS and model not in _renditions()


def _is_left_out(model: type[Model]) -> bool:
    """Return whether the site says that no page shows rows of ``model``."""
    names = conf.get("HSEC_UNSHOWN_MODELS")
    return model._meta.label in names or model._meta.app_label in names


def _settings() -> tuple[type[Model], ...]:
    from wagtail.contrib.settings.models import AbstractSetting  # noqa: PLC0415 - once the apps are loaded

    return (AbstractSetting,)


def _renditions() -> tuple[type[Model], ...]:
    """Return the models of renditions, which are made while a page is shown."""
    if not apps.is_installed("wagtail.images"):
        return ()
    from wagtail.images import get_image_model  # noqa: PLC0415 - it may not be installed

    return (get_image_model().get_rendition_model(),)


def mark_on_save(
    instance: Any, *, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Mark that something was saved that pages may show."""
    # The register marks once that it has written a page, except one that loaddata brings.
    if (not raw and _is_registered(instance)) or _is_left_out(type(instance)):
        return
    if update_fields is None or not _UNSEEN.issuperset(update_fields):
        mark_changed()


def _is_registered(instance: Any) -> bool:
    """Return whether ``instance`` is a page of ours, of a model whose receivers the register has."""
    ours = bool(getattr(instance, "hsec_page_type", ""))
    return ours and instance.content_type_id in page_content_types()


def _mark(instance: Any, **kwargs: Any) -> None:
    if not _is_left_out(type(instance)):
        mark_changed()


def _mark_related(instance: Any, action: str, **kwargs: Any) -> None:
    if (
        action.startswith("post_")
        and _is_shown(type(instance))
        and not _is_left_out(type(instance))
    ):
        mark_changed()
