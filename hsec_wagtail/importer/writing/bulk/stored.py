"""The stored rows of objects that are about to be written again, and which of them are out of the ordinary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Comment, Revision, WorkflowState

from hsec_wagtail.importer.writing.bulk.content import has_children_of_its_own, is_ordinary
from hsec_wagtail.page_models import base_page_model

__all__ = ["Stored"]


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of objects, locked until the transaction ends."""

    _rows: dict[tuple[type[Any], Any], Any]
    #: Those that have aliases, comments, a schedule or an active workflow.
    _odd: set[tuple[type[Any], Any]]

    @classmethod
    def of(cls, instances: Sequence[Any]) -> Stored:
        """Read what there is of ``instances``; some queries for each model."""
        groups: dict[type[Any], list[Any]] = defaultdict(list)
        for one in instances:
            groups[type(one)].append(one)
        rows: dict[tuple[type[Any], Any], Any] = {}
        odd: set[tuple[type[Any], Any]] = set()
        for model, group in groups.items():
            found = model._default_manager.select_for_update().in_bulk([one.pk for one in group])
            rows.update(((model, pk), row) for pk, row in found.items())
            odd.update((model, pk) for pk in _odd_ones(group))
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


def _odd_ones(group: Sequence[Any]) -> set[Any]:
    """Return which of ``group``, objects of one model, have aliases, comments, a schedule or an active workflow."""
    base = group[0].get_base_content_type()
    texts = {str(one.pk): one.pk for one in group}
    pks = list(texts.values())
    scheduled = Revision.objects.filter(
        base_content_type=base, object_id__in=texts, approved_go_live_at__isnull=False
    )
    working = WorkflowState.objects.active().filter(base_content_type=base, object_id__in=texts)
    odd = {
        texts[one]
        for rows in (scheduled, working)
        for one in rows.values_list("object_id", flat=True)
    }
    if isinstance(group[0], base_page_model()):
        aliases = base_page_model()._default_manager.filter(alias_of__in=pks)
        odd.update(aliases.values_list("alias_of_id", flat=True))
        odd.update(Comment.objects.filter(page__in=pks).values_list("page_id", flat=True))
    return odd
