"""Keeping the register true: rows are written for pages, made afresh, and compared with the bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction
from django.db.models import CharField, Value

from wagtail.models import Locale, PageViewRestriction, ReferenceIndex

from hsec_wagtail.models.filing import Filing
from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.models.queries import ancestor_paths, page_content_types
from hsec_wagtail.models.register import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
    UnresolvedLink,
)
from hsec_wagtail.models.search_rows import SearchRow
from hsec_wagtail.models.table_rows import insert_values
from hsec_wagtail.page_models import base_page_model, page_models
from hsec_wagtail.record.history.noting import note_versions
from hsec_wagtail.record.rows import FIELDS, Place, Rows, Values, add_rows
from hsec_wagtail.record.search import rows as search_rows
from hsec_wagtail.record.topics import readable_topics
from hsec_wagtail.record.versions import mark_changed

__all__ = ["at_end", "filed_under", "find_untrue", "forget", "rebuild", "register"]

#: Pages whose bodies are in memory at once.
_CHUNK = 200

_waiting: ContextVar[dict[int, None] | None] = ContextVar("_waiting", default=None)


def register(ids: Iterable[int]) -> None:
    """Write afresh the rows of the pages ``ids``, and of those whose rows depend on them.

    The number of statements depends on that of the pages by the chunk of 200 only.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(dict.fromkeys(ids))
        return
    wanted: set[int] = set()
    for chunk in _chunks(sorted(set(ids))):
        wanted |= _affected(set(chunk))
    if not wanted:
        return
    for chunk in _chunks(sorted(wanted)):
        _write(chunk)
    # What is written in bulk sends no signals.
    mark_changed()


@contextmanager
def at_end() -> Iterator[None]:
    """Hold back what is to be registered until the block ends: then each page is registered once, many together.

    The caller holds the transaction; where that will be rolled back nothing is registered.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[int, None] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if transaction.get_rollback(using=_alias()):
        return
    register(waiting)
    if not waiting:
        # Something else may have been written in bulk.
        mark_changed()


def rebuild() -> int:
    """Make the whole register afresh, and return how many initiatives and memberships it has.

    The rows of a chunk of pages are exchanged at a time, so that readers miss none and memory is bounded.
    """
    known = _all_ids()
    for chunk in (*_chunks(known), *_chunks(_of_no_page(known))):
        _write(chunk, afresh=True)
    mark_changed()
    counted: tuple[Any, ...] = (Initiative, Membership)
    return sum(model._default_manager.using(_alias()).count() for model in counted)


def _write(ids: Sequence[int], *, afresh: bool = False) -> None:
    """Exchange the rows of the pages ``ids`` for those that their bodies give; ``afresh`` those of the search, too."""
    with transaction.atomic(using=_alias()):
        # Two that write the same page do so one after the other; the order of the locks is that of the ids.
        pages = list(_locked(_pages()).filter(pk__in=ids).order_by("pk"))
        private = _private_paths()
        rows = _expected(ids, private)
        _remove(ids)
        places = _insert(rows)
        search_rows.exchange(ids, rows.searchables, places, using=_alias(), afresh=afresh)
        note_versions(pages, private)


def find_untrue() -> Iterator[int]:
    """Yield the ids of the pages whose rows are not those that their bodies give."""
    known = _all_ids()
    for chunk in _chunks(known):
        rows = _expected(chunk, _private_paths())
        expected, stored = _by_page(rows), _by_page(_stored(chunk))
        untrue = search_rows.find_untrue(chunk, rows.searchables, using=_alias())
        untrue |= {pk for pk in chunk if expected.get(pk) != stored.get(pk)}
        yield from (pk for pk in chunk if pk in untrue)
    yield from _of_no_page(known)


def _of_no_page(known: Iterable[int]) -> list[int]:
    """Return the ids of the pages that have rows although they are not among ``known``, our pages."""
    listed: set[int] = set()
    for rows in (*_parents(), SearchRow._default_manager.using(_alias())):
        listed.update(rows.values_list("page_id", flat=True).distinct().order_by())
    return sorted(listed.difference(known))


def _parents() -> tuple[Any, ...]:
    """Return the rows that stand by themselves."""
    models: tuple[Any, ...] = (Initiative, Membership, UnresolvedLink)
    return tuple(model._default_manager.using(_alias()) for model in models)


def forget(ids: Iterable[int]) -> None:
    """Delete the rows of the pages ``ids``, and the rows that file something under them."""
    for chunk in _chunks(sorted(ids)):
        _remove(chunk)
        search_rows.forget(chunk, using=_alias())
        InitiativeTopic._default_manager.using(_alias()).filter(topic__in=chunk).delete()


def _locked(pages: Any) -> Any:
    # Only PostgreSQL knows the weaker lock; the others refuse the word.
    no_key = connections[_alias()].features.has_select_for_no_key_update
    return pages.select_for_update(no_key=no_key)


def _alias() -> str:
    """Return the database that is written; what was just written is read there, too."""
    return str(router.db_for_write(Initiative))


def _pages() -> Any:
    return base_page_model()._default_manager.using(_alias())


def _all_ids() -> list[int]:
    ours = _pages().filter(content_type__in=page_content_types())
    return list(ours.order_by("pk").values_list("pk", flat=True))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _affected(ids: set[int]) -> set[int]:
    """Return ``ids`` with those of their aliases, and of the pages that file initiatives under one of them."""
    if not ids:
        return ids
    aliases = _pages().filter(alias_of__in=ids).values_list("pk", flat=True)
    return ids.union(aliases, filed_under(ids))


def filed_under(ids: Iterable[int]) -> set[int]:
    """Return the pages that name or mean one of those of the pages ``ids`` that are topics."""
    kinds = [pk for pk, kind in page_content_types().items() if kind == "topic"]
    topics = list(_pages().filter(pk__in=ids, content_type__in=kinds).values_list("pk", flat=True))
    if not topics:
        return set()
    filing = Filing(using=_alias())
    family = {pk for topic in topics for pk in filing.namesakes(topic)}
    page_type = ContentType.objects.get_for_model(base_page_model())
    references = ReferenceIndex.objects.using(_alias()).filter(
        to_object_id__in=[str(pk) for pk in family],
        to_content_type=page_type,
        base_content_type=page_type,
    )
    # Rows that name a topic must go with it even where the index of references lags behind.
    listed = Initiative.objects.using(_alias()).filter(topics__topic__in=family)
    return {
        *map(int, references.values_list("object_id", flat=True)),
        *listed.values_list("page_id", flat=True),
    }


def _expected(ids: Sequence[int], private: tuple[str, ...]) -> Rows:
    """Return the rows that the bodies of the pages ``ids`` give; nothing of those at or below ``private`` paths."""
    rows = Rows()
    pages = _listed(ids, private)
    places = _places(pages)
    for page in pages:
        add_rows(rows, page, places[page.pk])
    rows.searchables = search_rows.searchables(pages, places, rows)
    rows.topics = readable_topics(rows.topics, pages, private=private, using=_alias())
    return rows


def _private_paths() -> tuple[str, ...]:
    restrictions = PageViewRestriction.objects.using(_alias())
    return tuple(restrictions.values_list("page__path", flat=True))


@dataclass(slots=True)
class _Listed:
    """As much of a page as its rows are made of: an import has many."""

    pk: int
    path: str
    locale_id: int
    content_type_id: int
    title: str
    short_name: str
    lead: str
    status: str
    changed: date | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    body: Any
    locale: Any = None


def _listed(ids: Sequence[int], private: tuple[str, ...]) -> list[_Listed]:
    """Return those of the pages ``ids`` that everybody may read, with their bodies, in the order of the tree.

    An alias in the language of a page that is listed repeats it, and is left out.
    """
    ours = _pages().filter(pk__in=ids, live=True, content_type__in=page_content_types())
    original = (f"alias_of__{name}" for name in ("live", "locale_id", "path"))
    listed = [
        pk
        for pk, path, locale, is_live, its_locale, its_path in ours.values_list(
            "pk", "path", "locale_id", *original
        )
        if not path.startswith(private)
        and not (is_live and its_locale == locale and not its_path.startswith(private))
    ]
    # Not specific(), which asks the database that is read: what was just written may not be there yet.
    pages = [
        _Listed(*row)
        for model in page_models().values()
        for row in model._default_manager.using(_alias())
        .filter(pk__in=listed)
        .values_list(*_columns(model))
    ]
    locales = Locale.objects.using(_alias()).in_bulk({page.locale_id for page in pages})
    for page in pages:
        page.locale = locales[page.locale_id]
    return sorted(pages, key=lambda page: page.path)


def _columns(model: type[Any]) -> list[Any]:
    """Return what fills a ``_Listed`` of a page of ``model``: only forums have a short name."""
    known = {"pk", *(field.attname for field in model._meta.concrete_fields)}
    names = (name for name in _Listed.__dataclass_fields__ if name != "locale")
    return [name if name in known else Value("", output_field=CharField()) for name in names]


def _places(pages: Sequence[_Listed]) -> dict[int, Place]:
    """Return where ``pages`` stand, by their ids; four queries."""
    types = page_content_types()
    lines = {page.pk: ancestor_paths(page.path) for page in pages}
    above = _pages().filter(
        path__in={path for line in lines.values() for path in line},
        content_type__in=[pk for pk, kind in types.items() if kind in ("section", "forum")],
    )
    found: dict[str, dict[str, int]] = {"section": {}, "forum": {}}
    for path, pk, content_type in above.values_list("path", "pk", "content_type_id"):
        found[types[content_type]][path] = pk
    languages = content_languages(pages, using=_alias())
    return {
        page.pk: Place(
            section=_nearest(found["section"], lines[page.pk]),
            forum=_nearest(found["forum"], lines[page.pk]),
            language=languages[page.pk],
        )
        for page in pages
    }


def _nearest(found: dict[str, int], line: Sequence[str]) -> int | None:
    return next((found[path] for path in reversed(line) if path in found), None)


def _remove(ids: Sequence[int]) -> None:
    for model in (InitiativeDate, InitiativeYear, InitiativeTopic):
        model._default_manager.using(_alias()).filter(initiative__page__in=ids).delete()
    for rows in _parents():
        rows.filter(page__in=ids).delete()


def _insert(rows: Rows) -> dict[Values, int]:
    """Write ``rows``, and return the ids of the initiatives by their page and position."""
    using = _alias()
    insert_values(Initiative, FIELDS["Initiative"], rows.initiatives, using=using)
    for model, group in _standing(rows)[1:]:
        insert_values(model, FIELDS[model.__name__], group, using=using)
    written = Initiative.objects.using(using).filter(page__in={row[0] for row in rows.initiatives})
    ids = {tuple(place): pk for pk, *place in written.values_list("pk", "page", "position")}
    for model, group in _parts(rows):
        values = [(ids[row[:2]], *row[2:]) for row in group]
        insert_values(model, ("initiative", *FIELDS[model.__name__]), values, using=using)
    return ids


def _stored(ids: Sequence[int]) -> Rows:
    """Return the rows of the pages ``ids`` as the database has them."""
    rows = Rows()
    for model, group in _standing(rows):
        found: Any = model._default_manager.using(_alias()).filter(page__in=ids)
        group += found.values_list(*FIELDS[model.__name__])
    for model, group in _parts(rows):
        found = model._default_manager.using(_alias()).filter(initiative__page__in=ids)
        place = ("initiative__page", "initiative__position")
        group += found.values_list(*place, *FIELDS[model.__name__])
    return rows


def _standing(rows: Rows) -> tuple[tuple[type[Any], list[Any]], ...]:
    """Return the models of rows that stand by themselves, each with its rows; initiatives first."""
    return (
        (Initiative, rows.initiatives),
        (Membership, rows.memberships),
        (UnresolvedLink, rows.unresolved),
    )


def _parts(rows: Rows) -> tuple[tuple[type[Any], list[Any]], ...]:
    """Return the models of parts of initiatives, each with its rows."""
    return (
        (InitiativeDate, rows.dates),
        (InitiativeYear, rows.years),
        (InitiativeTopic, rows.topics),
    )


def _by_page(rows: Rows) -> dict[int, Counter[Any]]:
    """Return what ``rows`` say by the ids of their pages, to be compared."""
    said: dict[int, Counter[Any]] = defaultdict(Counter)
    for model, group in (*_standing(rows), *_parts(rows)):
        for row in group:
            said[row[0]][model, *row] += 1
    return said
