"""The stored rows of objects that are about to be written again, and which of them are out of the ordinary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from wagtail.models import Comment, Revision, WorkflowState

from hsec_wagtail.importer.writing.bulk.content import (
    base_content_type,
    has_children_of_its_own,
    is_ordinary,
)
from hsec_wagtail.page_models import base_page_model

__all__ = ["Stored"]

#: What belongs to the object, not to a revision of it: ``with_content_json()`` keeps it.
_KEPT = (
    "path", "depth", "numchild", "url_path", "owner_id", "locked", "locked_by_id", "locked_at",
    "translation_key", "locale_id", "alias_of_id", "live", "live_revision_id", "last_published_at",
)  # fmt: skip


class Stored:
    """The rows of objects, locked until the transaction ends."""

    def __init__(
        self, rows: dict[tuple[type[Any], Any], Any], odd: set[tuple[type[Any], Any]]
    ) -> None:
        self._rows = rows
        self._odd = odd

    @classmethod
    def of(cls, instances: Sequence[Any]) -> Stored:
        """Read what there is of ``instances``; some queries for each model."""
        groups: dict[type[Any], list[Any]] = defaultdict(list)
        for one in instances:
            groups[type(one)].append(one.pk)
        rows: dict[tuple[type[Any], Any], Any] = {}
        odd: set[tuple[type[Any], Any]] = set()
        for model, ids in groups.items():
            found = model._default_manager.select_for_update().in_bulk(ids)
            rows.update(((model, pk), row) for pk, row in found.items())
            odd.update((model, pk) for pk in _odd_ones(model, ids))
        return cls(rows, odd)

    def row(self, instance: Any) -> Any:
        """Return the object as the database has it."""
        return self._rows[type(instance), instance.pk]

    def is_ordinary(self, instance: Any) -> bool:
        """Tell whether writing ``instance`` in bulk does all that Wagtail would do."""
        row = self.row(instance)
        return (
            is_ordinary(type(instance))
            and not has_children_of_its_own(type(instance))
            and (type(instance), instance.pk) not in self._odd
            and instance.slug == row.slug
            and instance.go_live_at is None
            and getattr(row, "alias_of_id", None) is None
        )

    def keep(self, instance: Any) -> None:
        """Set on ``instance`` what belongs to the object, as it is now."""
        row = self.row(instance)
        for name in _KEPT:
            if hasattr(row, name):
                setattr(instance, name, getattr(row, name))
        instance.first_published_at = instance.first_published_at or row.first_published_at


def _odd_ones(model: type[Any], ids: Sequence[Any]) -> set[Any]:
    """Return those of ``ids`` that have aliases, comments, a schedule or a workflow on its way."""
    base = base_content_type(model)
    texts = {str(pk): pk for pk in ids}
    scheduled = Revision.objects.filter(
        base_content_type=base, object_id__in=texts, approved_go_live_at__isnull=False
    )
    working = WorkflowState.objects.active().filter(base_content_type=base, object_id__in=texts)
    odd = {
        texts[one]
        for rows in (scheduled, working)
        for one in rows.values_list("object_id", flat=True)
    }
    if issubclass(model, base_page_model()):
        aliases = base_page_model()._default_manager.filter(alias_of__in=ids)
        odd.update(aliases.values_list("alias_of_id", flat=True))
        odd.update(Comment.objects.filter(page__in=ids).values_list("page_id", flat=True))
    return odd
