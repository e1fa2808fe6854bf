"""The writer: pages and quick links in, many at a time, and all that Wagtail keeps about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from wagtail.models import Revision, Site

from hsec_wagtail.importer.writing.bulk.aliases import mirror
from hsec_wagtail.importer.writing.bulk.anchors import AnchorBook
from hsec_wagtail.importer.writing.bulk.content import (
    base_content_type,
    content_of,
    is_ordinary,
    stream_texts,
    validate,
)
from hsec_wagtail.importer.writing.bulk.log import Entry, write_log
from hsec_wagtail.importer.writing.bulk.references import write_references
from hsec_wagtail.importer.writing.bulk.rows import (
    insert_rows,
    insert_values,
    reserve_ids,
    tables_of,
    update_rows,
)
from hsec_wagtail.importer.writing.bulk.search import write_search_entries
from hsec_wagtail.importer.writing.bulk.signals import announce, announce_before
from hsec_wagtail.importer.writing.bulk.singly import write_singly
from hsec_wagtail.importer.writing.bulk.stored import Stored
from hsec_wagtail.page_models import base_page_model

__all__ = ["BulkWriter"]

_REVISION = (
    "id", "content_type", "base_content_type", "object_id", "created_at", "user", "object_str",
    "content", "approved_go_live_at",
)  # fmt: skip

#: What publishing and keeping a draft change of an object's row.
_STATE = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)


@dataclass(frozen=True, slots=True)
class _Item:
    """An object on its way, with its new revision."""

    instance: Any
    revision_id: int
    at: datetime
    published: bool
    content: dict[str, Any]
    #: What the database has of it, if it has anything.
    stored: Any | None = None


@dataclass(slots=True)
class BulkWriter:
    """Writes pages and quick links into the caller's transaction.

    Each gets what ``save_revision(log_action=True)``, ``log("hsec.import")`` and ``publish()`` give it:
    rows, revision, log entries, entries of the search and reference indexes, and after the commit
    ``post_save``, ``page_published`` and ``published``. The rows are the same; times, ids of rows and
    the norms of titles differ.

    What is out of the ordinary is written one by one, by Wagtail's own calls: objects of models whose
    ``save()``, ``clean()`` or the like are a site's own; and on update those with comments, aliases, a
    schedule, a workflow, a changed slug or child objects. New child objects are not written.
    """

    #: Owner of revisions and log entries; None for the system.
    user: Any | None
    #: Data of the log entry that says why an object was written.
    log_data: Callable[[Any], Mapping[str, Any]]
    #: Action of that entry.
    action: str = "hsec.import"
    #: Whether all will be rolled back. Then what is out of the ordinary only in its rows (comments, aliases,
    #: a schedule) is written in bulk as well, since Wagtail's own calls send signals at once.
    rehearsing: bool = False
    #: Ids of pages that were reserved and are not written yet.
    _coming: set[int] = field(default_factory=set)
    _anchors: AnchorBook = field(default_factory=AnchorBook)

    def reserve(self, model: type[Any], count: int) -> list[int]:
        """Return primary keys for new objects of ``model`` (base page model for pages), in order."""
        ids = reserve_ids(model, count)
        if issubclass(model, base_page_model()):
            self._coming.update(ids)
        return ids

    def insert(self, instances: Sequence[Any], *, publish: Callable[[Any], bool]) -> None:
        """Write new objects: pages parents first, with their places; quick links; at most 1,000 at once.

        Args:
            instances: Unsaved, with their primary keys; raw StreamFields have ids in all their blocks.
            publish: Whether an object goes live, else it is a draft.

        Raises:
            ValidationError: A value does not fit its field; object and field are named.

        The number of statements does not depend on that of the objects.
        """
        pages = base_page_model()
        for instance in instances:
            _adopt(instance)
        self._anchors.fill(one for one in instances if isinstance(one, pages))
        announce_before(instances)
        for instance in instances:
            _begin(instance)
            validate(instance)
        ordinary = [one for one in instances if is_ordinary(type(one))]
        items = self._items(ordinary, publish=publish)
        self._write_revisions(items)
        for item in items:
            _settle(item)
        _insert(instances, ready=_ready(items))
        self._coming.difference_update(one.pk for one in instances if isinstance(one, pages))
        write_log(
            [entry for one in instances if isinstance(one, pages) for entry in self._made(one)]
        )
        self._finish(items, items, new=True)
        for instance in instances:
            if not is_ordinary(type(instance)):
                self._write_singly(instance, published=publish(instance))
        mirror(one.pk for one in instances if isinstance(one, pages))

    def insert_plain(self, instances: Sequence[Any]) -> None:
        """Write new objects that have neither drafts nor revisions, such as redirects."""
        announce_before(instances)
        _insert(instances)
        now, user_id = timezone.now(), self.user and self.user.pk
        write_log(
            Entry(one, self.action, now, user_id, content_changed=True, data=self.log_data(one))
            for one in instances
        )
        write_references(instances, coming=self._coming, new=True)
        groups: dict[type[Any], dict[Any, int | None]] = defaultdict(dict)
        for one in instances:
            groups[type(one)][one.pk] = None
        for model, revisions in groups.items():
            announce(model, revisions, created=True)

    def update(self, instances: Sequence[Any], *, publish: Callable[[Any], bool]) -> None:
        """Write changed objects as new revisions.

        Args:
            instances: As ``get_latest_revision_as_object()`` gave them, with their changes.
            publish: Whether the new revision goes live, else it stays a draft beside what is live.

        Raises:
            ValidationError: A value does not fit its field; object and field are named.
        """
        stored = Stored.of(instances)
        announce_before(instances)
        ordinary = []
        for instance in instances:
            rehearsed = self.rehearsing and is_ordinary(type(instance))
            if rehearsed or stored.is_ordinary(instance):
                stored.keep(instance)
                validate(instance)
                ordinary.append(instance)
            else:
                self._write_singly(instance, published=publish(instance))
        items = self._items(ordinary, publish=publish, stored=stored)
        self._write_revisions(items)
        for item in items:
            _settle(item)
        live = [item for item in items if item.published]
        for item in live:
            _remember_anchor(item.instance)
        _update([item.instance for item in live], ready=_ready(live))
        _update([item.instance for item in items if not item.published], only=_STATE)
        self._finish(items, live, new=False)

    def _items(
        self,
        instances: Sequence[Any],
        *,
        publish: Callable[[Any], bool],
        stored: Stored | None = None,
    ) -> list[_Item]:
        """Return the items, their contents as a revision has them: before anything goes live."""
        now = timezone.now()
        ids = reserve_ids(Revision, len(instances))
        # A moment for each, so that lists by date have the order of the tree.
        moments = (now + timedelta(microseconds=n) for n in range(len(ids)))
        return [
            _Item(one, pk, at, publish(one), content_of(one), stored.row(one) if stored else None)
            for one, pk, at in zip(instances, ids, moments, strict=True)
        ]

    def _write_revisions(self, items: Sequence[_Item]) -> None:
        user_id = self.user and self.user.pk
        rows = []
        for item in items:
            one = item.instance
            kind = ContentType.objects.get_for_model(one, for_concrete_model=False)
            base = base_content_type(type(one))
            rows.append(
                (
                    item.revision_id, kind.pk, base.pk, str(one.pk), item.at, user_id, str(one),
                    item.content, None,
                )
            )  # fmt: skip
        insert_values(Revision, _REVISION, rows)

    def _made(self, page: Any) -> list[Entry]:
        return [
            Entry(
                page,
                "wagtail.create",
                timezone.now(),
                (self.user and self.user.pk) or page.owner_id,
                content_changed=True,
            )
        ]

    def _written(self, item: _Item) -> list[Entry]:
        """Return the entries of ``save_revision()``, of the import, and of publishing."""
        one, at, user_id = item.instance, item.at, self.user and self.user.pk
        revision = item.revision_id
        entries = [
            Entry(one, "wagtail.edit", at, user_id, revision, content_changed=True),
            Entry(one, self.action, at, user_id, revision, data=self.log_data(one)),
        ]
        if item.published:
            renamed = {}
            if item.stored is not None and item.stored.latest_revision_id:
                old, new = str(item.stored), str(one)
                renamed = {"title": {"old": old, "new": new}} if old != new else {}
            if renamed:
                entries.append(Entry(one, "wagtail.rename", at, user_id, revision, data=renamed))
            entries.append(
                Entry(
                    one,
                    "wagtail.publish",
                    at,
                    user_id,
                    revision,
                    content_changed=True,
                    data=renamed,
                )
            )
        return entries

    def _finish(self, items: Sequence[_Item], changed: Sequence[_Item], *, new: bool) -> None:
        """Write log and indexes, and see to the signals; the live rows of ``changed`` are others now."""
        write_log([entry for item in items for entry in self._written(item)])
        instances = [item.instance for item in changed]
        write_references(instances, coming=self._coming, new=new)
        write_search_entries(instances)
        _clear_site_roots(instances)
        groups: dict[type[Any], dict[Any, int | None]] = defaultdict(dict)
        for item in items:
            groups[type(item.instance)][item.instance.pk] = (
                item.revision_id if item.published else None
            )
        for model, revisions in groups.items():
            announce(model, revisions, created=new)

    def _write_singly(self, instance: Any, *, published: bool) -> None:
        write_singly(
            instance,
            action=self.action,
            user=self.user,
            data=self.log_data(instance),
            published=published,
        )


def _adopt(instance: Any) -> None:
    """Let every table of ``instance`` have its primary key, whichever field the caller has set."""
    top = tables_of(type(instance))[0]
    key = next(one for one in top.fields if one.primary_key)
    pk = instance.pk or getattr(instance, key.attname)
    setattr(instance, key.attname, pk)
    for link in instance._meta.parents.values():
        if link is not None:
            setattr(instance, link.attname, pk)


def _begin(instance: Any) -> None:
    """Make of ``instance`` the draft as which every new object begins."""
    instance.live = instance.has_unpublished_changes = False
    instance.latest_revision_id = instance.live_revision_id = None
    if isinstance(instance, base_page_model()):
        instance.draft_title = instance.title
        instance.latest_revision_created_at = None
    elif hasattr(instance, "_fill_slug"):
        instance._fill_slug()


def _settle(item: _Item) -> None:
    """Set on the object what its revision, and going live, mean for its row."""
    one = item.instance
    one.latest_revision_id = item.revision_id
    one.has_unpublished_changes = not item.published
    if isinstance(one, base_page_model()):
        one.latest_revision_created_at = item.at
        one.draft_title = one.title
    if item.published:
        one.live, one.expired = True, False
        one.live_revision_id = item.revision_id
        one.last_published_at = item.at
        one.first_published_at = one.first_published_at or item.at


_Ready = dict[int, dict[str, Any]]


def _ready(items: Sequence[_Item]) -> _Ready:
    """Return the texts of StreamFields, made for the revisions, by the id() of their object."""
    return {id(item.instance): stream_texts(type(item.instance), item.content) for item in items}


def _insert(instances: Sequence[Any], *, ready: _Ready | None = None) -> None:
    """Insert the rows of ``instances``: one statement for each table, parents' tables first."""
    by_table: dict[Any, list[Any]] = defaultdict(list)
    for instance in instances:
        for depth, table in enumerate(tables_of(type(instance))):
            by_table[depth, table].append(instance)
    for _, table in sorted(by_table, key=lambda place: place[0]):
        insert_rows(table, table.rows(by_table[_, table], add=True, ready=ready))
    for instance in instances:
        instance._state.adding = False


def _update(
    instances: Sequence[Any],
    *,
    only: frozenset[str] | None = None,
    ready: _Ready | None = None,
) -> None:
    by_table: dict[Any, list[Any]] = defaultdict(list)
    for instance in instances:
        for table in tables_of(type(instance)):
            by_table[table.only(only) if only else table].append(instance)
    for table, group in by_table.items():
        update_rows(table, table.rows(group, add=False, ready=ready))


def _remember_anchor(instance: Any) -> None:
    """Keep the anchor that readers know, as ``save()`` does when a change goes live."""
    if hasattr(instance, "_remember_anchor"):
        instance._remember_anchor()


def _clear_site_roots(instances: Sequence[Any]) -> None:
    """Forget the addresses of the sites if one of ``instances`` is their root, or its translation."""
    keys = [one.translation_key for one in instances if isinstance(one, base_page_model())]
    if keys and Site.objects.filter(root_page__translation_key__in=keys).exists():
        Site.clear_site_root_paths_cache()
