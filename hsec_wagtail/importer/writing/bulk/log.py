"""Log entries for many objects at once, as ``wagtail.log_actions.log()`` writes them one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.log_actions import get_active_log_context
from wagtail.log_actions import registry as log_registry
from wagtail.models import PageLogEntry

from hsec_wagtail.importer.writing.bulk.rows import insert_values
from hsec_wagtail.page_models import base_page_model

__all__ = ["Entry", "write_log"]

_COLUMNS = (
    "content_type", "label", "action", "timestamp", "data", "uuid", "user", "revision",
    "content_changed", "deleted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done to an object."""

    instance: Any
    action: str
    at: datetime
    user_id: Any | None = None
    revision_id: int | None = None
    content_changed: bool = False
    deleted: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)


def write_log(entries: Iterable[Entry]) -> None:
    """Write ``entries``, with the user and the uuid of the ``LogContext`` that is active."""
    context = get_active_log_context()
    rows: dict[type[Any], list[tuple[Any, ...]]] = defaultdict(list)
    for one in entries:
        model = log_registry.get_log_model_for_model(type(one.instance))
        if model is None:
            continue
        content_type = ContentType.objects.get_for_model(one.instance, for_concrete_model=False)
        rows[model].append(
            (
                content_type.pk, _label(one.instance), one.action, one.at, one.data,
                context.uuid, one.user_id or (context.user and context.user.pk), one.revision_id,
                one.content_changed, one.deleted, _target(model, one.instance),
            )
        )  # fmt: skip
    for model, group in rows.items():
        target = "page" if issubclass(model, PageLogEntry) else "object_id"
        insert_values(model, (*_COLUMNS, target), group)


def _target(model: type[Any], instance: Any) -> Any:
    return instance.pk if issubclass(model, PageLogEntry) else str(instance.pk)


def _label(instance: Any) -> str:
    if isinstance(instance, base_page_model()):
        return str(instance.get_admin_display_title())
    return str(instance) or f"{type(instance).__name__} object ({instance.pk})"
