"""Rows and columns that Wagtail writes object by object, for many objects at once.

All that the importer knows about Wagtail's tables is here. It mirrors the code of Wagtail 7.4 and 8.0, which
is the same in both; ``tests/importer/writing/bulk/test_bulk.py`` compares the rows of every table with
those that Wagtail's own calls write.

``write_revisions``
    ``save_revision()`` of ``RevisionMixin`` and ``Page``: ``models/revisions.py``, ``models/pages.py``
``begin``, ``settle``, ``CHANGED_BY_DRAFTS``
    the same, and ``_publish_revision()`` in ``actions/publish_revision.py``
``keep``
    ``with_content_json()`` of ``RevisionMixin``, ``DraftStateMixin`` and ``Page`` in ``models/``
``write_log``
    ``LogActionRegistry.log()`` in ``log_actions.py``, ``BaseLogEntryManager.log_action()`` in
    ``models/audit_log.py``, ``PageLogEntryManager`` in ``models/pages.py``
``write_references``
    ``ReferenceIndex.create_or_update_for_object()`` in ``models/reference_index.py``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from wagtail.log_actions import get_active_log_context
from wagtail.log_actions import registry as log_registry
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from hsec_wagtail.models.table_rows import insert_values, on_primary
from hsec_wagtail.page_models import base_page_model

__all__ = [
    "CHANGED_BY_DRAFTS",
    "Entry",
    "NewRevision",
    "ReferenceKey",
    "begin",
    "keep",
    "settle",
    "write_log",
    "write_references",
    "write_revisions",
]

_REVISION = (
    "id", "content_type", "base_content_type", "object_id", "created_at", "user", "object_str",
    "content", "approved_go_live_at",
)  # fmt: skip
_ENTRY = (
    "content_type", "label", "action", "timestamp", "data", "uuid", "user", "revision",
    "content_changed", "deleted",
)  # fmt: skip
_REFERENCE = (
    "content_type", "base_content_type", "object_id", "to_content_type", "to_object_id",
    "model_path", "content_path", "content_path_hash",
)  # fmt: skip

#: Columns of an object's row that a new draft changes.
CHANGED_BY_DRAFTS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)
#: What belongs to the object, not to a revision of it.
_KEPT = (
    "path", "depth", "numchild", "url_path", "owner_id", "locked", "locked_by_id", "locked_at",
    "translation_key", "locale_id", "alias_of_id", "live", "live_revision_id", "last_published_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision on its way, and the object that it is of."""

    instance: Any
    pk: int
    at: datetime
    published: bool
    #: What it keeps of the object.
    content: Mapping[str, Any]
    #: What the database has of the object, if it has anything.
    stored: Any | None = None


def write_revisions(revisions: Iterable[NewRevision], *, user_id: Any | None) -> None:
    """Write the rows of ``revisions``."""
    rows = []
    for new in revisions:
        one = new.instance
        kinds = (_content_type(type(one)), one.get_base_content_type().pk)
        rows.append((new.pk, *kinds, str(one.pk), new.at, user_id, str(one), new.content, None))
    insert_values(Revision, _REVISION, rows)


def begin(instance: Any) -> None:
    """Make of ``instance`` the draft as which every new object begins."""
    instance.live = instance.has_unpublished_changes = False
    instance.latest_revision_id = instance.live_revision_id = None
    if isinstance(instance, base_page_model()):
        instance.draft_title = instance.title
        instance.latest_revision_created_at = None


def keep(instance: Any, stored: Any) -> None:
    """Set on ``instance`` what belongs to the object, as ``stored``, its row, has it."""
    for name in _KEPT:
        if hasattr(stored, name):
            setattr(instance, name, getattr(stored, name))
    instance.first_published_at = instance.first_published_at or stored.first_published_at


def settle(new: NewRevision) -> None:
    """Set on the object what its revision, and going live, mean for its row."""
    one = new.instance
    one.latest_revision_id = new.pk
    one.has_unpublished_changes = not new.published
    if isinstance(one, base_page_model()):
        one.latest_revision_created_at = new.at
        one.draft_title = one.title
    if new.published:
        one.live, one.expired = True, False
        one.live_revision_id = new.pk
        one.last_published_at = new.at
        one.first_published_at = one.first_published_at or new.at


class Entry(NamedTuple):
    """Something that was done to an object."""

    instance: Any
    action: str
    at: datetime
    user_id: Any | None = None
    revision_id: int | None = None
    content_changed: bool = False
    deleted: bool = False
    data: Mapping[str, Any] = {}


def write_log(entries: Iterable[Entry]) -> None:
    """Write ``entries``, with the user and the uuid of the ``LogContext`` that is active."""
    context = get_active_log_context()
    rows: dict[type[Any], list[tuple[Any, ...]]] = defaultdict(list)
    for one in entries:
        model = log_registry.get_log_model_for_model(type(one.instance))
        if model is None:
            continue
        page = issubclass(model, PageLogEntry)
        rows[model].append(
            (
                _content_type(type(one.instance)), _label(model, one.instance), one.action, one.at,
                one.data, context.uuid, one.user_id or (context.user and context.user.pk),
                one.revision_id, one.content_changed, one.deleted,
                one.instance.pk if page else str(one.instance.pk),
            )
        )  # fmt: skip
    for model, group in rows.items():
        target = "page" if issubclass(model, PageLogEntry) else "object_id"
        insert_values(model, (*_ENTRY, target), group)


def _label(model: type[Any], instance: Any) -> str:
    # The manager of page log entries would have the page keep itself as its own specific page.
    if issubclass(model, PageLogEntry):
        return str(instance.get_admin_display_title())
    manager: Any = model
    return str(manager.objects.get_instance_title(instance))


#: Content type and id of a target, model path and content path: what tells one reference of an object from another.
ReferenceKey = tuple[int, str, str, str]


def write_references(references: Iterable[tuple[Any, set[ReferenceKey]]], *, new: bool) -> None:
    """Have the reference index know these references of each object, and no others.

    Args:
        references: Objects with their references.
        new: Whether the index knows nothing of the objects yet.
    """
    groups: dict[type[Any], dict[str, set[ReferenceKey]]] = defaultdict(dict)
    for instance, keys in references:
        groups[type(instance)][str(instance.pk)] = keys
    for model, group in groups.items():
        kinds = [_content_type(kind) for kind in (model, *model._meta.get_parent_list())]
        if not new:
            group = _drop_others(kinds, group)
        insert_values(
            ReferenceIndex,
            _REFERENCE,
            [
                (kinds[0], kinds[-1], pk, *key, ReferenceIndex._get_content_path_hash(key[3]))
                for pk, keys in group.items()
                for key in keys
            ],
        )


def _drop_others(
    kinds: Sequence[int], group: Mapping[str, set[ReferenceKey]]
) -> dict[str, set[ReferenceKey]]:
    """Delete what the index has besides ``group``, and return what it has not."""
    missing = {pk: set(keys) for pk, keys in group.items()}
    gone = []
    rows = on_primary(ReferenceIndex.objects).filter(
        base_content_type_id=kinds[-1], object_id__in=group
    )
    for row_id, kind, pk, *key in rows.values_list(
        "pk", "content_type_id", "object_id",
        "to_content_type_id", "to_object_id", "model_path", "content_path",
    ):  # fmt: skip
        if tuple(key) in group[pk]:
            missing[pk].discard((key[0], key[1], key[2], key[3]))
        elif kind in kinds:
            gone.append(row_id)
    if gone:
        ReferenceIndex.objects.filter(pk__in=gone).delete()
    return missing


def _content_type(model: type[Any]) -> int:
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk
