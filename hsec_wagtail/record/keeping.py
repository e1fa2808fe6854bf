"""Keeping the register true: rows are written for pages, made afresh, and compared with the bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction

from wagtail.models import PageViewRestriction, ReferenceIndex

from hsec_wagtail.models.filing import Filing
from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.models.queries import ancestor_paths, page_content_types
from hsec_wagtail.models.register import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
)
from hsec_wagtail.models.search_rows import SearchRow
from hsec_wagtail.page_models import base_page_model, page_models
from hsec_wagtail.record.rows import Place, Rows, add_rows
from hsec_wagtail.record.search import rows as search_rows
from hsec_wagtail.record.topics import readable_topics

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
    for chunk in _chunks(sorted(wanted)):
        _write(chunk)


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
    if not transaction.get_rollback(using=_alias()):
        register(waiting)


def rebuild() -> int:
    """Make the whole register afresh, and return how many initiatives and memberships it has.

    The rows of a chunk of pages are exchanged at a time, so that readers miss none and memory is bounded.
    """
    known = _all_ids()
    for chunk in (*_chunks(known), *_chunks(_of_no_page(known))):
        _write(chunk, afresh=True)
    return sum(rows.count() for rows in _parents())


def _write(ids: Sequence[int], *, afresh: bool = False) -> None:
    """Exchange the rows of the pages ``ids`` for those that their bodies give; ``afresh`` those of the search, too."""
    with transaction.atomic(using=_alias()):
        # Two that write the same page do so one after the other; the order of the locks is that of the ids.
        list(_locked(_pages()).filter(pk__in=ids).order_by("pk"))
        rows = _expected(ids)
        _remove(ids)
        _insert(rows)
        search_rows.exchange(ids, rows.searchables, using=_alias(), afresh=afresh)


def find_untrue() -> Iterator[int]:
    """Yield the ids of the pages whose rows are not those that their bodies give."""
    known = _all_ids()
    for chunk in _chunks(known):
        rows = _expected(chunk)
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
    models: tuple[Any, ...] = (Initiative, Membership)
    return tuple(model._default_manager.using(_alias()) for model in models)


def forget(pk: int) -> None:
    """Delete the rows of the page ``pk``, and the rows that file something under it."""
    for rows in _parents():
        rows.filter(page=pk).delete()
    search_rows.forget(pk, using=_alias())
    InitiativeTopic._default_manager.using(_alias()).filter(topic=pk).delete()


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


def _expected(ids: Sequence[int]) -> Rows:
    """Return the rows that the bodies of the pages ``ids`` give."""
    rows = Rows()
    private = _private_paths()
    pages = _listed(ids, private)
    places = _places(pages)
    for page in pages:
        add_rows(rows, page, places[page.pk])
    rows.searchables = search_rows.searchables(pages, places, rows.initiatives, rows.dates)
    rows.topics = readable_topics(rows.topics, pages, private=private, using=_alias())
    return rows


def _private_paths() -> tuple[str, ...]:
    restrictions = PageViewRestriction.objects.using(_alias())
    return tuple(restrictions.values_list("page__path", flat=True))


def _listed(ids: Sequence[int], private: tuple[str, ...]) -> list[Any]:
    """Return those of the pages ``ids`` that everybody may read, with their bodies, in the order of the tree.

    An alias in the language of a page that is listed repeats it, and is left out.
    """
    ours = _pages().filter(pk__in=ids, live=True, content_type__in=page_content_types())
    pages = [page for page in ours.select_related("alias_of") if not page.path.startswith(private)]
    listed = [page.pk for page in pages if not _repeats(page, private)]
    whole: dict[int, Any] = {}
    # Not specific(), which asks the database that is read: what was just written may not be there yet.
    for model in page_models().values():
        whole |= model._default_manager.using(_alias()).in_bulk(listed)
    return sorted(whole.values(), key=lambda page: page.path)


def _repeats(page: Any, private: tuple[str, ...]) -> bool:
    original = page.alias_of
    return bool(
        original
        and original.live
        and original.locale_id == page.locale_id
        and not original.path.startswith(private)
    )


def _places(pages: Sequence[Any]) -> dict[int, Place]:
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


def _insert(rows: Rows) -> None:
    for group in (rows.initiatives, rows.dates, rows.years, rows.topics, rows.memberships):
        if group:
            model: Any = type(group[0])
            model._default_manager.using(_alias()).bulk_create(group, batch_size=1000)


def _stored(ids: Sequence[int]) -> Rows:
    """Return the rows of the pages ``ids`` as the database has them."""
    initiatives = Initiative.objects.using(_alias()).filter(page__in=ids)
    rows = Rows(initiatives=list(initiatives.order_by("page", "position")))
    by_id = {row.pk: row for row in rows.initiatives}
    for model, group, order in (
        (InitiativeDate, rows.dates, "position"),
        (InitiativeYear, rows.years, "year"),
        (InitiativeTopic, rows.topics, "topic"),
    ):
        found: Any = model._default_manager.using(_alias()).filter(initiative__page__in=ids)
        for part in found.order_by("initiative", order):
            part.initiative = by_id[part.initiative_id]
            group.append(part)
    rows.memberships.extend(
        Membership.objects.using(_alias()).filter(page__in=ids).order_by("page", "position")
    )
    return rows


def _by_page(rows: Rows) -> dict[int, Counter[Any]]:
    """Return what ``rows`` say by the ids of their pages, to be compared."""
    said: dict[int, Counter[Any]] = defaultdict(Counter)
    for row in (*rows.initiatives, *rows.memberships):
        said[row.page_id][_values(row, without={"id"})] += 1
    parts: list[Any] = [*rows.dates, *rows.years, *rows.topics]
    for part in parts:
        values = _values(part, without={"id", "initiative_id"})
        said[part.initiative.page_id][part.initiative.position, values] += 1
    return said


def _values(row: Any, *, without: set[str]) -> tuple[Any, ...]:
    names = [field.attname for field in row._meta.concrete_fields]
    return (type(row).__name__, *(getattr(row, name) for name in names if name not in without))
