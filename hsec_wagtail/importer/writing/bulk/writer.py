"""The writer: pages and quick links in, many at a time, and all that Wagtail keeps about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Revision, Site

from hsec_wagtail.importer.writing.bulk.aliases import mirror
from hsec_wagtail.importer.writing.bulk.anchors import AnchorBook
from hsec_wagtail.importer.writing.bulk.content import content_of, is_ordinary, validate
from hsec_wagtail.importer.writing.bulk.extraction import FoundInStreams, find_in_streams
from hsec_wagtail.importer.writing.bulk.references import find_references
from hsec_wagtail.importer.writing.bulk.search import write_search_entries
from hsec_wagtail.importer.writing.bulk.signals import announce, announce_before
from hsec_wagtail.importer.writing.bulk.singly import write_singly
from hsec_wagtail.importer.writing.bulk.stored import Stored
from hsec_wagtail.importer.writing.bulk.wagtail_tables import (
    CHANGED_BY_DRAFTS,
    Entry,
    NewRevision,
    begin,
    keep,
    settle,
    write_log,
    write_references,
    write_revisions,
)
from hsec_wagtail.models.mixins import HsecPageMixin
from hsec_wagtail.models.table_rows import (
    ModelTable,
    insert_rows,
    reserve_ids,
    tables_of,
    update_rows,
)
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.keeping import register

__all__ = ["BulkWriter"]


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
        for instance in instances:
            _adopt(instance)
        pages = [one for one in instances if isinstance(one, base_page_model())]
        self._anchors.fill(pages)
        announce_before(instances)
        for instance in instances:
            begin(instance)
            if hasattr(instance, "_fill_slug"):
                instance._fill_slug()
            validate(instance)
        ordinary = [one for one in instances if is_ordinary(type(one))]
        others = [one for one in instances if not is_ordinary(type(one))]
        revisions = self._make_revisions(ordinary, publish=publish)
        _insert(ordinary, contents=_contents(revisions))
        _insert(others)
        self._coming.difference_update(page.pk for page in pages)
        write_log(self._made(page) for page in pages)
        self._finish(revisions, ordinary, new=True)
        for instance in others:
            self._write_singly(instance, published=publish(instance))
        mirror(page.pk for page in pages)

    def insert_plain(self, instances: Sequence[Any]) -> None:
        """Write new objects that have neither drafts nor revisions, such as redirects."""
        announce_before(instances)
        _insert(instances)
        now, user_id = timezone.now(), self.user and self.user.pk
        write_log(
            Entry(one, self.action, now, user_id, content_changed=True, data=self.log_data(one))
            for one in instances
        )
        self._refer(instances, find_in_streams(instances), new=True)
        announce([(one, None) for one in instances], created=True)

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
                keep(instance, stored.row(instance))
                validate(instance)
                ordinary.append(instance)
            else:
                self._write_singly(instance, published=publish(instance))
        revisions = self._make_revisions(ordinary, publish=publish, stored=stored)
        live = [new.instance for new in revisions if new.published]
        for instance in live:
            if isinstance(instance, HsecPageMixin):
                instance.remember_anchor(stored.row(instance))
        _update(live, contents=_contents(revisions))
        _update([new.instance for new in revisions if not new.published], only=CHANGED_BY_DRAFTS)
        self._finish(revisions, live, new=False)

    def _make_revisions(
        self,
        instances: Sequence[Any],
        *,
        publish: Callable[[Any], bool],
        stored: Stored | None = None,
    ) -> list[NewRevision]:
        """Write a revision of each of ``instances``, and set on these what it means for them."""
        now = timezone.now()
        ids = reserve_ids(Revision, len(instances))
        # A moment for each, so that lists by date have the order of the tree.
        moments = (now + timedelta(microseconds=n) for n in range(len(ids)))
        revisions = [
            NewRevision(
                one, pk, at, publish(one), content_of(one), stored.row(one) if stored else None
            )
            for one, pk, at in zip(instances, ids, moments, strict=True)
        ]
        write_revisions(revisions, user_id=self.user and self.user.pk)
        for new in revisions:
            settle(new)
        return revisions

    def _made(self, page: Any) -> Entry:
        user_id = (self.user and self.user.pk) or page.owner_id
        return Entry(page, "wagtail.create", timezone.now(), user_id, content_changed=True)

    def _written(self, new: NewRevision) -> Iterator[Entry]:
        """Yield the entries of ``save_revision()``, of the import, and of publishing."""
        one = new.instance
        which = (new.at, self.user and self.user.pk, new.pk)
        yield Entry(one, "wagtail.edit", *which, content_changed=True)
        yield Entry(one, self.action, *which, data=self.log_data(one))
        if new.published:
            renamed = _renamed(new)
            if renamed:
                yield Entry(one, "wagtail.rename", *which, data=renamed)
            yield Entry(one, "wagtail.publish", *which, content_changed=True, data=renamed)

    def _finish(
        self, revisions: Sequence[NewRevision], changed: Sequence[Any], *, new: bool
    ) -> None:
        """Write log and indexes, and see to the signals; the live rows of ``changed`` are others now."""
        write_log(entry for one in revisions for entry in self._written(one))
        found = find_in_streams(changed)
        self._refer(changed, found, new=new)
        write_search_entries(changed, found)
        _clear_site_roots(changed)
        register(one.pk for one in changed if isinstance(one, HsecPageMixin))
        announce(
            [(one.instance, one.pk if one.published else None) for one in revisions], created=new
        )

    def _refer(
        self,
        instances: Sequence[Any],
        found: Mapping[int, Mapping[str, FoundInStreams]],
        *,
        new: bool,
    ) -> None:
        references = find_references(instances, found, coming=self._coming)
        write_references(references, new=new)

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


_Contents = Mapping[int, Mapping[str, Any]]


def _contents(revisions: Iterable[NewRevision]) -> _Contents:
    """Return what ``revisions`` keep, by the id() of their object."""
    return {id(new.instance): new.content for new in revisions}


def _renamed(new: NewRevision) -> dict[str, Any]:
    if new.stored is None or not new.stored.latest_revision_id:
        return {}
    titles = {"old": str(new.stored), "new": str(new.instance)}
    return {"title": titles} if titles["old"] != titles["new"] else {}


def _insert(instances: Sequence[Any], *, contents: _Contents | None = None) -> None:
    """Insert the rows of ``instances``: one statement for each table."""
    for table, group in _by_table(instances).items():
        insert_rows(table, table.rows(group, add=True, contents=contents))
    for instance in instances:
        instance._state.adding = False


def _update(
    instances: Sequence[Any],
    *,
    only: frozenset[str] | None = None,
    contents: _Contents | None = None,
) -> None:
    for table, group in _by_table(instances).items():
        columns = table.only(only) if only else table
        update_rows(columns, columns.rows(group, add=False, contents=contents))


def _by_table(instances: Sequence[Any]) -> dict[ModelTable, list[Any]]:
    """Return ``instances`` by the tables that they have rows in, those of parents first."""
    groups: dict[ModelTable, list[Any]] = defaultdict(list)
    for instance in instances:
        for table in tables_of(type(instance)):
            groups[table].append(instance)
    return groups


def _clear_site_roots(instances: Sequence[Any]) -> None:
    """Forget the addresses of the sites if one of ``instances`` is their root, or its translation."""
    keys = [one.translation_key for one in instances if isinstance(one, base_page_model())]
    if keys and Site.objects.filter(root_page__translation_key__in=keys).exists():
        Site.clear_site_root_paths_cache()
