"""Signals about what was written: held until the transaction is committed, then sent object by object."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync, iscoroutinefunction

from django.db import connection, transaction
from django.db.models.signals import post_save, pre_save

from wagtail.models import Revision
from wagtail.signals import page_published, published

from hsec_wagtail.models.table_rows import on_primary
from hsec_wagtail.page_models import base_page_model

__all__ = ["announce", "announce_before"]

logger = logging.getLogger(__name__)

#: Receivers that keep Wagtail's own indexes; what they do is done in bulk.
_REPLACED = frozenset(
    {
        "modelsearch.signal_handlers.post_save_signal_handler",
        "wagtail.signal_handlers.update_reference_index_on_save",
        "hsec_wagtail.record.signals.register_on_save",
        "hsec_wagtail.record.versions.mark_on_save",
    }
)


def announce_before(instances: Sequence[Any]) -> None:
    """Send ``pre_save``: a receiver may change what will be written, so it is not held back."""
    for instance in instances:
        if pre_save.has_listeners(type(instance)):
            pre_save.send(
                sender=type(instance),
                instance=instance,
                raw=False,
                using=connection.alias,
                update_fields=None,
            )


def announce(written: Iterable[tuple[Any, int | None]], *, created: bool) -> None:
    """Send ``post_save``, and of what was published ``page_published`` and ``published``, after the commit.

    Nothing is kept but ids, and nothing is read again unless somebody listens. A receiver that fails is
    logged. Receivers of ``post_save`` that keep Wagtail's indexes are left out.

    Args:
        written: Objects, with the id of the revision that was published if one was.
        created: Whether the objects are new.
    """
    groups: dict[type[Any], dict[Any, int | None]] = defaultdict(dict)
    for instance, revision_id in written:
        groups[type(instance)][instance.pk] = revision_id
    for model, revisions in groups.items():
        savers = _other_receivers(model)
        signals = [page_published] if issubclass(model, base_page_model()) else []
        signals = [signal for signal in (*signals, published) if signal.has_listeners(model)]
        if savers or signals:
            send = partial(_send, model, revisions, savers, signals, created)
            transaction.on_commit(send, robust=True)


def _send(
    model: type[Any],
    revisions: Mapping[Any, int | None],
    savers: Sequence[Callable[..., Any]],
    signals: Sequence[Any],
    created: bool,  # noqa: FBT001 - on_commit() takes no keywords
) -> None:
    objects = on_primary(model._default_manager).in_bulk(list(revisions))
    known = on_primary(Revision.objects).in_bulk(
        [pk for pk in revisions.values() if pk] if signals else []
    )
    for pk, revision_id in revisions.items():
        instance = objects.get(pk)
        if instance is None:
            continue
        if savers:
            _send_saved(savers, instance, created=created)
        if revision_id in known:
            for signal in signals:
                signal.send_robust(sender=model, instance=instance, revision=known[revision_id])


def _send_saved(savers: Sequence[Callable[..., Any]], instance: Any, *, created: bool) -> None:
    for receiver in savers:
        call = async_to_sync(receiver) if iscoroutinefunction(receiver) else receiver
        try:
            call(
                signal=post_save,
                sender=type(instance),
                instance=instance,
                created=created,
                raw=False,
                using=connection.alias,
                update_fields=None,
            )
        except Exception:
            logger.exception("A receiver of post_save failed for %r.", instance)


def _other_receivers(model: type[Any]) -> list[Callable[..., Any]]:
    """Return the receivers of ``post_save`` for ``model`` besides those that are replaced."""
    live = post_save._live_receivers(model)  # There is no public way to ask.
    synchronous, asynchronous = live[0], live[1]
    return [
        receiver
        for receiver in (*synchronous, *asynchronous)
        if f"{receiver.__module__}.{getattr(receiver, '__name__', '')}" not in _REPLACED
    ]
