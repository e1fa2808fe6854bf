"""Taking a run back: what it made goes, what it changed comes back, what was edited since stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision, Site

from hsec_wagtail.importer.apply import publish
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.swapping import base_page_model

__all__ = ["UndoneItem", "undo_items"]


@dataclass(frozen=True, slots=True)
class UndoneItem:
    """What became of one item: "deleted", "restored", "gone" or "kept", and why."""

    outcome: str
    title: str
    key: str
    language: str
    id: str
    reason: str = ""


def undo_items(run: ImportRun, *, user: Any | None) -> Iterator[UndoneItem]:
    """Take back the items of ``run``, the last first, and yield what became of each.

    The caller holds the transaction.
    """
    items = list(
        run.items.filter(undone=False).select_related("content_type").order_by("-position")
    )
    items = [item for item in items if item.action in _WROTE]
    # What was edited stays, so that what it links to must stay as well.
    ours = {(item.content_type_id, item.object_id) for item in items if not _edited(item)}
    for item in items:
        outcome, reason = _undo(item, ours, user)
        if outcome != "kept":
            item.undone = True
        item.message = reason or item.message
        item.save(update_fields=["undone", "message"])
        yield UndoneItem(outcome, item.title, item.key, item.language, item.object_id, reason)


_WROTE = frozenset({ImportItem.Action.CREATE, ImportItem.Action.UPDATE})


def _edited(item: ImportItem) -> bool:
    instance: Any = item.get_object()
    return instance is not None and instance.latest_revision_id != item.revision_after


def _undo(item: ImportItem, ours: set[tuple[int, str]], user: Any | None) -> tuple[str, str]:
    instance: Any = item.get_object()
    if instance is None:
        return "gone", "It was deleted already."
    if instance.latest_revision_id != item.revision_after:
        return "kept", _who_changed(item, instance)
    if item.action == ImportItem.Action.UPDATE:
        return _restore(item, instance, user)
    if reason := _reason_to_keep(instance, ours):
        return "kept", reason
    log(instance, "hsec.undo", user=user, data={"run": item.run_id})
    if isinstance(instance, base_page_model()):
        # Afresh, since the deletion of a page below changed the count of its children.
        type(instance)._default_manager.get(pk=instance.pk).delete(user=user)
    else:
        instance.delete()
    return "deleted", ""


def _who_changed(item: ImportItem, instance: Any) -> str:
    """Return why ``instance`` is not what ``item`` left: a later run, or an editor."""
    later = ImportItem.objects.filter(
        content_type=item.content_type,
        object_id=item.object_id,
        revision_after=instance.latest_revision_id,
        undone=False,
    ).first()
    if later:
        return f"Run {later.run_id} changed it later; take that one back first."
    return "It was edited after the import."


def _restore(item: ImportItem, instance: Any, user: Any | None) -> tuple[str, str]:
    before = Revision.objects.filter(pk=item.revision_before).first()
    if before is None:
        return "kept", "The revision from before the import is gone."
    was_live = instance.live
    restored = before.as_object()
    revision = restored.save_revision(user=user, previous_revision=before, log_action=True)
    # What the run before this one wrote stands again, so that it can be taken back next.
    ImportItem.objects.filter(
        content_type=item.content_type, object_id=item.object_id, revision_after=before.pk
    ).update(revision_after=revision.pk)
    if was_live:
        publish(revision, user=user)
    return "restored", ""


def _reason_to_keep(instance: Any, ours: set[tuple[int, str]]) -> str:
    """Return why a page the run made must stay, or ""."""
    if isinstance(instance, base_page_model()):
        if Site.objects.filter(root_page=instance.pk).exists():
            return "It is the root page of a site, which would go with it."
        if below := list(instance.get_descendants()[:4]):
            return f"Below it there are pages that stay: {_named(page.title for page in below)}."
    linked = [
        reference
        for reference in ReferenceIndex.get_references_to(instance).select_related(
            "base_content_type"
        )
        if (reference.content_type_id, reference.object_id) not in ours
        and (reference.base_content_type_id, reference.object_id) not in ours
    ]
    if linked:
        return f"Others link to it: {_named(_sources(linked))}."
    return ""


def _sources(references: list[Any]) -> Iterator[str]:
    """Yield the titles of what links, each once."""
    seen = {(one.base_content_type_id, one.object_id): one for one in references}
    for reference in list(seen.values())[:4]:
        source = reference.base_content_type.get_all_objects_for_this_type(
            pk=reference.object_id
        ).first()
        yield str(source) if source else f"{reference.base_content_type} {reference.object_id}"


def _named(titles: Iterable[str]) -> str:
    """Return the first three titles, and whether there are more."""
    names = list(titles)
    return ", ".join([*names[:3], *(["…"] if len(names) > 3 else [])])
