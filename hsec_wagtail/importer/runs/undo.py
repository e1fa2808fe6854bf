"""Undo of a run: new items are deleted, changed ones restored, and those edited since stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone

from wagtail.models import Comment, PageLogEntry, ReferenceIndex, Revision, WorkflowState

from hsec_wagtail.importer.errors import UndoError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.undo_blockers import CHUNK, ObjectKey, find_blockers
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.importer.writing.bulk import BulkWriter, Entry, write_log
from hsec_wagtail.importer.writing.translations import aliases_of
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.page_models import base_page_model

__all__ = ["UndoneItem", "undo_items"]


@dataclass(frozen=True, slots=True)
class UndoneItem:
    """The outcome for one item: "deleted", "restored", "gone" or "kept", and why."""

    outcome: str
    title: str
    key: str
    language: str
    id: str
    reason: Message | None = None

    def as_json(self) -> dict[str, str]:
        """Return the item as ``--json`` prints it."""
        return {**asdict(self), "reason": str(self.reason or "")}


def undo_items(run: ImportRun, *, user: Any | None) -> Iterator[UndoneItem]:
    """Undo the items of ``run``, the last first, and yield the outcome of each.

    The caller holds the transaction.

    Raises:
        UndoError: The user may not.
    """
    undoing = _Undoing(run, user)
    undoing.restore()
    undoing.delete()
    yield from undoing.close()


class _Undoing:
    """The undoing of one run."""

    def __init__(self, run: ImportRun, user: Any | None) -> None:
        self._run = run
        self._user = user
        self._pages = ContentType.objects.get_for_model(base_page_model()).pk
        items = run.items.applied().order_by("-position")
        #: Without what is heavy: the fields and the spans.
        self._items = list(
            items.only(
                "pk",
                "action",
                "content_type_id",
                "object_id",
                "revision_before",
                "revision_after",
                "title",
                "key",
                "language",
                "notes",
            )
        )
        self._models = {
            pk: ContentType.objects.get_for_id(pk).model_class()
            for pk in {item.content_type_id for item in self._items}
        }
        #: Item -> its newest revision, None where it has none; what is not here is gone.
        self._newest: dict[int, int | None] = {}
        self._outcomes: dict[int, tuple[str, Message | None]] = {}
        self._look()

    def _is_page(self, item: ImportItem) -> bool:
        model = self._models[item.content_type_id]
        return model is not None and issubclass(model, base_page_model())

    def _key(self, item: ImportItem) -> ObjectKey:
        return (self._pages if self._is_page(item) else item.content_type_id, item.object_id)

    def _page_key(self, pk: int) -> ObjectKey:
        return (self._pages, str(pk))

    def _by_model(self, items: Iterable[ImportItem]) -> Iterator[tuple[Any, list[ImportItem]]]:
        """Yield the items of each model, pages as base pages, a chunk at a time."""
        groups: dict[Any, list[ImportItem]] = defaultdict(list)
        for item in items:
            model = base_page_model() if self._is_page(item) else self._models[item.content_type_id]
            if model is not None:
                groups[model].append(item)
        for model, mine in groups.items():
            for chunk in batched(mine, CHUNK):
                yield model, chunk

    def _look(self) -> None:
        """Find what is there still, and what was changed since; nobody else changes it until the commit."""
        for model, items in self._by_model(self._items):
            # Else what an editor saves between this look and the writing would be deleted or written over.
            rows = model._default_manager.select_for_update().filter(
                pk__in=[item.object_id for item in items]
            )
            if not _is_revisable(model):
                self._look_at_plain(rows, items)
                continue
            self._look_at_revised(model, rows, items)
        changed: list[ImportItem] = []
        for item in self._items:
            if item.pk in self._outcomes:
                continue
            if item.pk not in self._newest:
                self._outcomes[item.pk] = ("gone", Message("already-deleted"))
            elif item.revision_after is None and item.action != ImportItem.Action.CREATE:
                self._outcomes[item.pk] = ("restored", Message("nothing-written"))
            elif self._newest[item.pk] != item.revision_after:
                changed.append(item)
        self._keep_changed(changed)
        self._keep_moved()

    def _keep_moved(self) -> None:
        """Keep the new pages that somebody moved since: a move makes no revision."""
        made = [item for item in self._open(created=True) if self._is_page(item)]
        for chunk in batched(made, CHUNK):
            moves = PageLogEntry.objects.filter(
                action="wagtail.move",
                page_id__in=[item.object_id for item in chunk],
                timestamp__gt=self._run.started_at,
            )
            moved = {str(pk) for pk in moves.values_list("page_id", flat=True)}
            for item in chunk:
                if item.object_id in moved:
                    self._outcomes[item.pk] = ("kept", Message("moved-since"))

    def _look_at_revised(self, model: Any, rows: Any, items: Sequence[ImportItem]) -> None:
        """Find what is there, and what may not be written now, of objects that have revisions."""
        by_id = {str(row["pk"]): row for row in rows.values("pk", "latest_revision_id", "locked")}
        moderated = _moderated(model, by_id)
        for item in items:
            row = by_id.get(item.object_id)
            if row is None:
                continue
            self._newest[item.pk] = row["latest_revision_id"]
            written = item.revision_after is not None or item.action == ImportItem.Action.CREATE
            if written and row["locked"]:
                self._outcomes[item.pk] = ("kept", Message("locked"))
            elif written and item.object_id in moderated:
                self._outcomes[item.pk] = ("kept", Message("in-moderation"))

    def _look_at_plain(self, rows: Any, items: Sequence[ImportItem]) -> None:
        """Find what is there, and what was changed since, of objects that have no revisions."""
        made = dict(
            ImportItem.objects.filter(pk__in=[item.pk for item in items]).values_list(
                "pk", "written"
            )
        )
        there = {str(one.pk): one for one in rows}
        for item in items:
            if one := there.get(item.object_id):
                self._newest[item.pk] = None
                if any(getattr(one, name) != value for name, value in made[item.pk].items()):
                    self._outcomes[item.pk] = ("kept", Message("edited-since"))

    def _keep_changed(self, items: Sequence[ImportItem]) -> None:
        """Say of what is no longer as the run left it whether a later run or an editor changed it."""
        later: dict[int, int] = {}
        for chunk in batched(items, CHUNK):
            rows = ImportItem.objects.filter(
                revision_after__in=[self._newest[item.pk] for item in chunk], undone=False
            )
            later |= {
                revision: run
                for revision, run in rows.values_list("revision_after", "run_id")
                if revision
            }
        for item in items:
            run = later.get(self._newest[item.pk] or 0)
            why = Message("changed-by-later-run", run=run) if run else Message("edited-since")
            self._outcomes[item.pk] = ("kept", why)

    def _open(self, *, created: bool) -> list[ImportItem]:
        """Return the items without an outcome yet: those that the run created, or those that it changed."""
        return [
            item
            for item in self._items
            if item.pk not in self._outcomes
            and (item.action == ImportItem.Action.CREATE) is created
        ]

    def restore(self) -> None:
        """Restore the items that the run changed."""
        for model, items in self._by_model(self._open(created=False)):
            self._restore(model, items)
        self._delete_comments()

    def _delete_comments(self) -> None:
        """Delete the comments on conflicts that are no more, except those that somebody answered."""
        restored = [
            item.pk
            for item in self._items
            if self._outcomes.get(item.pk, ("", None))[0] == "restored"
        ]
        for chunk in batched(restored, CHUNK):
            noted = ImportItem.objects.filter(pk__in=chunk).exclude(conflicts=[])
            comments = [
                conflict["comment"]
                for conflicts in noted.values_list("conflicts", flat=True)
                for conflict in conflicts
                if conflict.get("comment")
            ]
            going = Comment.objects.filter(pk__in=comments, replies__isnull=True)
            pages = list(going.values_list("page_id", flat=True))
            going.delete()
            # Wagtail takes the reference to a comment's author out when the page is saved the next time.
            for page in base_page_model()._default_manager.filter(pk__in=pages).specific():
                ReferenceIndex.create_or_update_for_object(page)

    def _restore(self, model: Any, items: Sequence[ImportItem]) -> None:
        rows = model._default_manager.filter(pk__in=[item.object_id for item in items])
        if model is base_page_model():
            rows = rows.specific()
        objects = {str(one.pk): one for one in rows}
        before = Revision.objects.in_bulk([item.revision_before for item in items])
        restored: list[tuple[ImportItem, Any]] = []
        live: set[Any] = set()
        for item in items:
            if item.revision_before not in before:
                self._outcomes[item.pk] = ("kept", Message("revision-gone"))
                continue
            instance = objects[item.object_id]
            if self._publishes(item, instance):
                live.add(instance.pk)
            content = before[item.revision_before].content
            restored.append((item, instance.with_content_json(content)))
            self._outcomes[item.pk] = ("restored", None)
        data = {"run": self._run.pk}
        writer = BulkWriter(self._user, lambda _: data, action="hsec.undo")
        writer.update([instance for _, instance in restored], publish=lambda one: one.pk in live)
        self._settle_live(model, [one for one in restored if one[1].pk not in live])
        # What the run before this one wrote is in force again, so that it can be undone next.
        for item, instance in restored:
            ImportItem.objects.filter(
                object_id=item.object_id,
                content_type_id=item.content_type_id,
                revision_after=item.revision_before,
            ).update(revision_after=instance.latest_revision_id)

    @staticmethod
    def _settle_live(model: Any, drafts: Iterable[tuple[ImportItem, Any]]) -> None:
        """Note of what is live as the drafts now have it again that there is nothing to publish."""
        same = [
            one.pk
            for item, one in drafts
            if one.live and one.live_revision_id == item.revision_before
        ]
        model._default_manager.filter(pk__in=same).update(
            live_revision=F("latest_revision"), has_unpublished_changes=False
        )

    def _publishes(self, item: ImportItem, instance: Any) -> bool:
        """Tell whether ``instance`` goes live as it was before: where what the run wrote is live, or what was.

        Raises:
            UndoError: The user may not change it, or may not publish it and would.
        """
        if self._user is None:
            edits = publishes = True
        elif self._is_page(item):
            permissions = instance.permissions_for_user(self._user)
            edits, publishes = permissions.can_edit(), permissions.can_publish()
        else:
            edits, publishes = (
                may_beside(self._user, action, instance.page) for action in ("change", "publish")
            )
        if not edits:
            raise UndoError("may-not-undo-changing", user=str(self._user), title=item.title)
        if not instance.live or instance.live_revision_id is None:
            return False
        if instance.live_revision_id == item.revision_after:
            if not publishes:
                raise UndoError("may-not-undo-publishing", user=str(self._user), title=item.title)
            return True
        # Else a draft stood beside what is live, and does so again.
        return publishes and instance.live_revision_id == item.revision_before

    def delete(self) -> None:
        """Delete the items that the run created, except those with blockers."""
        made = self._open(created=True)
        aliases = aliases_of(int(item.object_id) for item in made if self._is_page(item))
        reasons = find_blockers(
            {self._key(item): item.title for item in made}
            | {self._page_key(pk): title for pk, (_, title) in aliases.items()},
            aliases={self._page_key(pk): self._page_key(of) for pk, (of, _) in aliases.items()},
        )
        for item in made:
            if why := reasons.get(self._key(item)):
                self._outcomes[item.pk] = ("kept", why)
        going = [item for item in made if item.pk not in self._outcomes]
        for model, items in self._by_model(item for item in going if not self._is_page(item)):
            if self._user is not None and not _may(self._user, "delete", model):
                raise UndoError("may-not-undo-deleting", user=str(self._user), title=items[0].title)
            rows = model._default_manager.filter(pk__in=[item.object_id for item in items])
            self._log(rows)
            rows.delete()
        pages = [int(item.object_id) for item in going if self._is_page(item)]
        pages += [pk for pk in aliases if self._page_key(pk) not in reasons]
        self._delete_pages(pages)
        for item in going:
            self._outcomes[item.pk] = ("deleted", None)

    def _delete_pages(self, pks: Sequence[int]) -> None:
        """Delete pages, the lowest first, so that no more than a chunk is in memory."""
        model = base_page_model()
        places: list[tuple[str, int]] = []
        for chunk in batched(pks, CHUNK):
            places += model._default_manager.filter(pk__in=chunk).values_list("path", "pk")
        self._check_may_delete(places)
        for lowest in batched(sorted(places, reverse=True), CHUNK):
            rows = model._default_manager.filter(pk__in=[pk for _, pk in lowest])
            self._log(list(rows.specific()))
            rows.delete()

    def _log(self, instances: Iterable[Any]) -> None:
        now, data = timezone.now(), {"run": self._run.pk}
        user_id = self._user and self._user.pk
        write_log(
            entry
            for one in instances
            for entry in (
                Entry(one, "hsec.undo", now, user_id, data=data),
                Entry(one, "wagtail.delete", now, user_id, deleted=True),
            )
        )

    def _check_may_delete(self, places: Iterable[tuple[str, int]]) -> None:
        """Raise UndoError unless the user may delete the pages: of a tree, its top."""
        if self._user is None:
            return
        tops: list[int] = []
        last = None
        for path, pk in sorted(places):
            if last is None or not path.startswith(last):
                last = path
                tops.append(pk)
        for page in base_page_model()._default_manager.filter(pk__in=tops):
            if not page.permissions_for_user(self._user).can_delete():
                raise UndoError("may-not-undo-deleting", user=str(self._user), title=page.title)

    def close(self) -> Iterator[UndoneItem]:
        """Store with each item its outcome, and yield it."""
        for item in self._items:
            outcome, reason = self._outcomes[item.pk]
            item.undone = outcome != "kept"
            if reason:
                item.notes = [reason.as_json()]
            yield UndoneItem(outcome, item.title, item.key, item.language, item.object_id, reason)
        for chunk in batched(self._items, CHUNK):
            ImportItem.objects.bulk_update(chunk, ["undone", "notes"])


def _is_revisable(model: Any) -> bool:
    return any(field.name == "latest_revision" for field in model._meta.get_fields())


def _moderated(model: Any, pks: Iterable[str]) -> set[str]:
    """Return those of ``pks`` that are in a workflow."""
    base = ContentType.objects.get_for_model(model)
    states = WorkflowState.objects.active().filter(base_content_type=base, object_id__in=list(pks))
    return set(states.values_list("object_id", flat=True))


def _may(user: Any, action: str, model: Any) -> bool:
    name = get_permission_codename(action, model._meta)
    return bool(user.has_perm(f"{model._meta.app_label}.{name}"))
