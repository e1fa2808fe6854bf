"""Targets given to labels, as a run that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from wagtail.models import WorkflowState

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.link_rows import LinkRow
from hsec_wagtail.importer.runs.open_links import TARGETS, Place, link_field, load_places
from hsec_wagtail.importer.writing.bulk import BulkWriter
from hsec_wagtail.importer.writing.object_fields import set_fields
from hsec_wagtail.models import ImportItem, ImportRun, QuickLinksSnippet
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.page_models import base_page_model

__all__ = ["LinkOutcome", "LinkReport", "give_targets"]


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The outcome for one label: "set", "draft" (set in a draft only) or "kept", and why."""

    outcome: str
    label: str
    where: str
    target: str
    reason: Message | None = None

    def as_json(self) -> dict[str, str]:
        """Return the outcome as ``--json`` prints it."""
        return {**asdict(self), "reason": str(self.reason or "")}


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The outcomes of all labels; ``run`` is None where nothing was written."""

    run: int | None
    outcomes: tuple[LinkOutcome, ...]


@dataclass(slots=True)
class _Change:
    """A page or a group of links whose labels get targets."""

    place: Place
    rows: list[LinkRow]
    publish: bool
    before: int | None = None
    notes: list[Message] = field(default_factory=list)


def give_targets(
    section: Any, rows: Sequence[LinkRow], *, data: bytes, name: str, user: Any | None
) -> LinkReport:
    """Set the targets of ``rows`` on ``section``; the caller holds the lock of imports and the transaction.

    What leads somewhere by now is left alone, and so is what may not be written.

    Raises:
        SourceError: A row names no label of the section; file and row are named.
    """
    outcomes: list[LinkOutcome] = []
    changes = _changes(load_places(section), rows, outcomes, name=name, user=user)
    if not changes:
        return LinkReport(None, tuple(outcomes))
    run = ImportRun.objects.create(
        user=user,
        parent_id=section.pk,
        source_name=name[-255:],
        source_sha256=sha256(data).hexdigest(),
        reader="links",
        language=section.locale.language_code,
    )
    for change in changes:
        outcomes += _fill(change)
    _write(run, changes, user=user)
    run.status, run.finished_at = ImportRun.Status.DONE, timezone.now()
    run.updated_count = len(changes)
    run.save()
    return LinkReport(run.pk, tuple(outcomes))


def _changes(
    places: Iterable[Place],
    rows: Sequence[LinkRow],
    outcomes: list[LinkOutcome],
    *,
    name: str,
    user: Any | None,
) -> list[_Change]:
    """Return what is to be changed, and note what is left alone."""
    wanted = {row.id: row for row in rows}
    changes: list[_Change] = []
    for place in places:
        mine = [wanted.pop(link_id) for link_id in place.links if link_id in wanted]
        reason = _barrier(place.instance, user) if mine else None
        free = []
        for row in mine:
            value = place.links[row.id]
            taken = any(value.get(target) for target in TARGETS)
            if why := Message("link-has-target") if taken else reason:
                outcomes.append(_outcome("kept", place, row, why))
            else:
                free.append(row)
        if free:
            changes.append(_Change(place, free, _publishes(place.instance, user)))
    if wanted:
        faults = [
            Message("link-row-unknown", name=name, row=row.number, id=row.id)
            for row in wanted.values()
        ]
        raise SourceError("links-refused", faults=faults)
    return changes


def _outcome(
    outcome: str, place: Place, row: LinkRow, reason: Message | None = None
) -> LinkOutcome:
    return LinkOutcome(
        outcome, place.links[row.id].get("label") or "", place.where, row.target, reason
    )


def _barrier(instance: Any, user: Any | None) -> Message | None:
    """Return why ``instance`` may not be written now, if so."""
    if instance.locked:
        return Message("locked")
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(_base(instance)),
        object_id=str(instance.pk),
    )
    if states.exists():
        return Message("in-moderation")
    if user is None or user.is_superuser:
        return None
    if isinstance(instance, QuickLinksSnippet):
        may = may_beside(user, "change", instance.page)
    else:
        may = instance.permissions_for_user(user).can_edit()
    return None if may else Message("may-not-edit", user=str(user))


def _base(instance: Any) -> type[Any]:
    return QuickLinksSnippet if isinstance(instance, QuickLinksSnippet) else base_page_model()


def _publishes(instance: Any, user: Any | None) -> bool:
    """Return whether the change goes live: where it takes nobody's draft along, and the user may."""
    if not instance.live or instance.has_unpublished_changes:
        return False
    if user is None:
        return True
    if isinstance(instance, QuickLinksSnippet):
        return may_beside(user, "publish", instance.page)
    return bool(instance.permissions_for_user(user).can_publish())


def _fill(change: _Change) -> list[LinkOutcome]:
    """Put the targets into the newest draft, and return what became of the labels."""
    instance, place = change.place.instance, change.place
    name = link_field(instance)
    by_link = {row.id: row for row in change.rows}
    raw = [dict(block) for block in getattr(instance, name).raw_data]
    values = iter(place.links)
    for block in raw:
        row = by_link.get(next(values)) if block["type"] == "link" else None
        if row is not None:
            page = row.page.pk if row.page is not None else None
            block["value"] = {**block["value"], "page": page, "url": row.url}
    set_fields(instance, {name: raw})
    outcome = "set" if change.publish else "draft"
    outcomes = [_outcome(outcome, place, row) for row in change.rows]
    change.notes = [Message("link-set", label=one.label, target=one.target) for one in outcomes]
    return outcomes


def _write(run: ImportRun, changes: Sequence[_Change], *, user: Any | None) -> None:
    data = {"run": run.pk, "source": run.source_name}
    publish = {id(change.place.instance): change.publish for change in changes}
    for change in changes:
        if change.place.instance.latest_revision_id is None:
            # Undo goes back to a revision, which what was made by code may lack.
            _stored(change.place.instance).save_revision(user=user)
            change.place.instance.refresh_from_db(fields=["latest_revision"])
        change.before = change.place.instance.latest_revision_id
    writer = BulkWriter(user, lambda _: data)
    writer.update(
        [change.place.instance for change in changes], publish=lambda one: publish[id(one)]
    )
    languages = content_languages(
        change.place.instance
        for change in changes
        if _base(change.place.instance) is not QuickLinksSnippet
    )
    ImportItem.objects.bulk_create(
        [_item(run, number, change, languages) for number, change in enumerate(changes, 1)]
    )


def _stored(instance: Any) -> Any:
    return type(instance)._default_manager.get(pk=instance.pk)


def _item(
    run: ImportRun, number: int, change: _Change, languages: Mapping[int | None, str]
) -> ImportItem:
    """Return the record of a change; without a source key: for the next import it is an editor's."""
    instance = change.place.instance
    group = isinstance(instance, QuickLinksSnippet)
    return ImportItem(
        run=run,
        position=number,
        action=ImportItem.Action.UPDATE,
        content_type=ContentType.objects.get_for_model(type(instance)),
        object_id=str(instance.pk),
        language=run.language if group else languages[instance.pk],
        parent_id=str(run.parent_id),
        title=str(instance.heading or instance.slug if group else instance.title)[:255],
        revision_before=change.before,
        revision_after=instance.latest_revision_id,
        notes=[note.as_json() for note in change.notes],
    )
