"""Keeping the public history: what everybody can read of a page is noted whenever it may have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import router
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wagtail.models import PageViewRestriction

from hsec_wagtail.models.queries import ancestor_paths, page_content_types
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.page_models import base_page_model, page_models
from hsec_wagtail.record.history.fields import content_of, digest_of

__all__ = ["hide_gone_below", "note_deleted", "note_versions"]

_KIND = PublishedVersion.Kind
#: Kinds that a page has in lists as long as everybody may read it.
_OF_READABLE = (_KIND.PUBLISHED, _KIND.CHANGED)


@dataclass(slots=True)
class _Notes:
    """All that is to be written about a number of pages."""

    now: datetime
    new: list[PublishedVersion] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    moved: dict[int, int | None] = field(default_factory=dict)
    renoted: list[PublishedVersion] = field(default_factory=list)


def note_versions(locked: Iterable[Any], private: tuple[str, ...]) -> None:
    """Note the public state of pages where it is another than the last one that was noted.

    The number of statements does not depend on that of the pages.

    Args:
        locked: The pages as the caller has just locked and read them, of any type.
        private: Tree paths of private pages.
    """
    types = page_content_types()
    pages = [page for page in locked if page.content_type_id in types]
    last = _last_of(page.pk for page in pages)
    readable = {page.pk for page in pages if page.live and not page.path.startswith(private)}
    whole = _whole(readable)
    places = _places(pages)
    notes = _Notes(timezone.now())
    for page in pages:
        row = last.get(page.pk)
        if page.pk in whole:
            _note_readable(notes, whole[page.pk], row, places[page.pk])
        elif row is not None:
            _note_withdrawn(notes, row, private=page.path.startswith(private))
    _write(notes, last)


def note_deleted(pages: Iterable[Any]) -> None:
    """Note that ``pages`` were deleted, after they and all that were deleted with them are gone.

    Of what they said nothing is left but the titles that they had last, if everybody could read them then. The number
    of statements depends on that of the places where they were, and on that of the pages by the chunk of 200 only.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        groups[page.path].append(page.pk)
    by_place: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for path, place in _nearest_left(groups).items():
        by_place[place] += groups[path]
    for (section, above), ids in by_place.items():
        for start in range(0, len(ids), 200):
            _note_gone(ids[start : start + 200], section, above)


def _note_gone(ids: Sequence[int], section: int | None, above: int | None) -> None:
    now = timezone.now()
    rows = _versions().filter(page__in=ids)
    last = list(rows.filter(until=None).defer("content"))
    listed = set(rows.filter(listed=True).values_list("page_id", flat=True))
    shown = [row for row in last if row.is_shown]
    rows.filter(pk__in=[row.pk for row in shown]).update(until=now)
    said = rows.exclude(pk__in=[row.pk for row in last if not row.is_shown])
    said.update(content=None, digest="", title="", note="", changed=None, listed=False)
    new = [_withdrawal(row, now, listed=row.page_id in listed) for row in shown]
    _versions().bulk_create(new)
    _of_gone().filter(parent__in=ids).update(parent=above)
    rows.update(section=section, parent=above)
    _versions().filter(section__in=ids).update(section=section)


def hide_gone_below(page: Any) -> None:
    """Name no page that was deleted below ``page`` any more if ``page`` is private now; three queries.

    The rows of a deleted page have the nearest page above it that is left as their parent, wherever that moves.
    """
    restrictions = PageViewRestriction.objects.using(_alias())
    private = tuple(restrictions.values_list("page__path", flat=True))
    # Of the row, as the path of the object may be older than a move.
    path = _pages().filter(pk=page.pk).values_list("path", flat=True).first()
    if path is None or not path.startswith(private):
        return
    below = _pages().filter(path__startswith=path).values("pk")
    gone = _of_gone().filter(parent__in=below, kind=_KIND.WITHDRAWN)
    gone.update(listed=False, title="")


def _note_readable(
    notes: _Notes, page: Any, row: PublishedVersion | None, place: tuple[int | None, int | None]
) -> None:
    parent, section = place
    content = content_of(page)
    digest = digest_of(content)
    if row is not None and row.section_id != section:
        notes.moved[page.pk] = section
    if row is not None and row.is_shown and (row.digest, row.parent_id) == (digest, parent):
        return
    version = PublishedVersion(
        page_id=page.pk,
        parent_id=parent,
        section_id=section,
        at=notes.now,
        kind=_kind(page, row),
        title=page.title,
        changed=page.changed,
        note=page.change_note,
        content=content,
        digest=digest,
    )
    # An alias repeats its original.
    version.listed = version.kind != _KIND.MINOR and not page.alias_of_id
    notes.new.append(version)
    if row is not None and not row.is_shown:
        notes.back.add(page.pk)
    elif row is not None and version.kind == _KIND.MINOR and row.note != version.note:
        notes.renoted.append(version)


def _kind(page: Any, row: PublishedVersion | None) -> str:
    if row is None or not row.is_shown:
        return _KIND.PUBLISHED
    # Another note for the same day corrects the note.
    changed = page.changed is not None and page.changed != row.changed
    return _KIND.CHANGED if changed else _KIND.MINOR


def _note_withdrawn(notes: _Notes, row: PublishedVersion, *, private: bool) -> None:
    if private and row.kind != _KIND.PRIVATE:
        notes.private.add(row.page_id)
    if row.is_shown:
        version = _withdrawal(row, notes.now, listed=True)
        if private:
            version.kind, version.title = _KIND.PRIVATE, ""
        notes.new.append(version)
        notes.withdrawn.add(row.page_id)
    elif private and row.kind == _KIND.WITHDRAWN:
        notes.hidden.add(row.pk)


def _withdrawal(row: PublishedVersion, now: datetime, *, listed: bool) -> PublishedVersion:
    return PublishedVersion(
        page_id=row.page_id,
        parent_id=row.parent_id,
        section_id=row.section_id,
        at=now,
        kind=_KIND.WITHDRAWN,
        title=row.title,
        listed=listed,
    )


def _write(notes: _Notes, last: Mapping[int, PublishedVersion]) -> None:
    rows = _versions()
    replaced = [last[new.page_id].pk for new in notes.new if new.page_id in last]
    if replaced:
        rows.filter(pk__in=replaced).update(until=notes.now)
    if notes.withdrawn:
        _keep_unlisted(notes)
        rows.filter(page__in=notes.withdrawn, kind__in=_OF_READABLE).update(listed=False)
    if notes.back:
        aliases = _pages().filter(pk__in=notes.back, alias_of__isnull=False).values("pk")
        back = rows.filter(page__in=notes.back)
        back.filter(kind__in=_OF_READABLE).exclude(page__in=aliases).update(listed=True)
        # Nothing is left to be said of the time when it had no name.
        back.filter(kind=_KIND.PRIVATE).update(listed=False)
    if notes.hidden:
        rows.filter(pk__in=notes.hidden).update(kind=_KIND.PRIVATE, title="")
    if notes.private:
        # Earlier withdrawals, which would still say the name.
        rows.filter(page__in=notes.private, kind=_KIND.WITHDRAWN).update(listed=False, title="")
    for section in set(notes.moved.values()):
        moved = [pk for pk, to in notes.moved.items() if to == section]
        rows.filter(page__in=moved).update(section=section)
    for new in notes.renoted:
        same_day = rows.filter(page=new.page_id, changed=new.changed, kind__in=_OF_READABLE)
        same_day.update(note=new.note)
    if notes.new:
        rows.bulk_create(notes.new, batch_size=200)


def _keep_unlisted(notes: _Notes) -> None:
    """List no withdrawal of a page of which nothing was listed, as an alias."""
    listed = set(
        _versions().filter(page__in=notes.withdrawn, listed=True).values_list("page_id", flat=True)
    )
    for new in notes.new:
        if new.page_id in notes.withdrawn:
            new.listed = new.page_id in listed


def _last_of(ids: Iterable[int]) -> dict[int, PublishedVersion]:
    rows = _versions().filter(page__in=list(ids), until=None).defer("content")
    return {row.page_id: row for row in rows.order_by("pk")}


def _whole(ids: Iterable[int]) -> dict[int, Any]:
    """Return the pages ``ids`` with the fields of their types; a query for each type."""
    wanted = sorted(ids)
    found: dict[int, Any] = {}
    for model in page_models().values() if wanted else ():
        found |= model._default_manager.using(_alias()).in_bulk(wanted)
    return found


def _places(pages: Sequence[Any]) -> dict[int, tuple[int | None, int | None]]:
    """Return the page above each of ``pages``, and the nearest section at or above it; one query."""
    types = page_content_types()
    lines = {page.pk: ancestor_paths(page.path) for page in pages}
    paths = {path for line in lines.values() for path in line}
    ids: dict[str, int] = {}
    sections: dict[str, int] = {}
    found = _pages().filter(path__in=paths).values_list("path", "pk", "content_type_id")
    for path, pk, content_type in found:
        ids[path] = pk
        if types.get(content_type) == "section":
            sections[path] = pk
    return {
        pk: (
            ids.get(line[-2]) if len(line) > 1 else None,
            next((sections[path] for path in reversed(line) if path in sections), None),
        )
        for pk, line in lines.items()
    }


def _nearest_left(paths: Iterable[str]) -> dict[str, tuple[int | None, int | None]]:
    """Return the nearest section and the nearest page of any type above each of ``paths``; one query for a chunk."""
    lines = {path: ancestor_paths(path, inclusive=False) for path in paths}
    wanted = sorted({path for line in lines.values() for path in line})
    types = page_content_types()
    left: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), 200):
        found = _pages().filter(path__in=wanted[start : start + 200])
        for path, pk, content_type in found.values_list("path", "pk", "content_type_id"):
            left[path] = (pk, types.get(content_type, ""))
    places = {}
    for path, line in lines.items():
        above = [left[one] for one in reversed(line) if one in left]
        section = next((pk for pk, kind in above if kind == "section"), None)
        places[path] = (section, above[0][0] if above else None)
    return places


def _alias() -> str:
    """Return the database that is written; what was just written is read there, too."""
    return str(router.db_for_write(PublishedVersion))


def _versions() -> Any:
    return PublishedVersion._default_manager.using(_alias())


def _of_gone() -> Any:
    """Return the versions of pages that were deleted."""
    return _versions().filter(~Exists(_pages().filter(pk=OuterRef("page"))))


def _pages() -> Any:
    return base_page_model()._default_manager.using(_alias())
