"""One measurement in a process of its own: ``python -m benchmarks.measure METHOD PAGES``.

Prints a JSON object of processor time and time by the clock in ms per page, statements, and the growth of
memory at its peak in MB. The database must be migrated and have no pages but Wagtail's first ones.
``BENCHMARK_ROWS`` names the file in which the way in bulk leaves its rows for the floor; ``BENCHMARK_RECORD=no`` leaves out
the register, the search and the history.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from wagtail.log_actions import LogContext, log  # noqa: E402
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision  # noqa: E402
from wagtail.search.models import IndexEntry  # noqa: E402

from benchmarks.clock import Clock, peak_memory  # noqa: E402
from benchmarks.content import forum_fields  # noqa: E402
from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator, writer  # noqa: E402
from hsec_wagtail.models import (  # noqa: E402
    ForumPage,
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
    PublishedVersion,
    SearchRow,
    SearchTerm,
    SectionPage,
)
from hsec_wagtail.models.table_rows import insert_rows, tables_of  # noqa: E402
from hsec_wagtail.record import signals as record_signals  # noqa: E402
from hsec_wagtail.record import versions  # noqa: E402

CHUNK = 1000
#: Of how many pages one is changed.
CHANGED = 100
DATA = {"run": 1, "source": "benchmark"}
#: What a way in bulk leaves behind, in an order in which it can be written again.
_TABLES = [
    tables_of(model)[-1]
    for model in (
        Revision,
        Page,
        ForumPage,
        PageLogEntry,
        ReferenceIndex,
        IndexEntry,
        Initiative,
        InitiativeDate,
        InitiativeYear,
        InitiativeTopic,
        Membership,
        SearchRow,
        SearchTerm,
        PublishedVersion,
    )
]


def naive(count: int, clock: Clock, parent: Any, owner: Any) -> int:
    """Write each page by Wagtail's own calls, each committed by itself."""
    for chunk in _chunks(count, parent, clock):
        for fields in chunk:
            page = ForumPage(owner=owner, live=False, **fields)
            with LogContext(user=owner):
                parent.add_child(instance=page)
                _publish(page, owner)
    return count


def bulk(count: int, clock: Clock, parent: Any, owner: Any) -> int:
    """Write the pages in bulk, in one transaction."""
    with transaction.atomic(), LogContext(user=owner):
        writer = BulkWriter(user=owner, log_data=lambda page: DATA)
        paths = PathAllocator()
        ids = iter(writer.reserve(Page, count))
        for chunk in _chunks(count, parent, clock):
            pages = [ForumPage(pk=next(ids), owner=owner, live=False, **one) for one in chunk]
            for page in pages:
                paths.place(page, parent.pk)
            writer.insert(pages, publish=lambda page: True)
            paths.flush()
    return count


def floor(count: int, clock: Clock, parent: Any, owner: Any) -> int:
    """Write the very rows that the way in bulk left, computing nothing."""
    with clock.stopped():
        kept = pickle.loads(_rows_file().read_bytes())  # noqa: S301 - our own
    with transaction.atomic():
        for table, rows in zip(_TABLES, kept, strict=True):
            insert_rows(table, rows)
        Page.objects.filter(pk=parent.pk).update(numchild=count)
    return count


def naive_update(count: int, clock: Clock, parent: Any, owner: Any) -> int:
    """Change one page of a hundred by Wagtail's own calls."""
    with clock.stopped():
        bulk(count, Clock(), parent, owner)
    pages = _pages_to_change(count)
    for pk in pages:
        with LogContext(user=owner):
            _publish(_changed(ForumPage.objects.get(pk=pk)), owner)
    return len(pages)


def bulk_update(count: int, clock: Clock, parent: Any, owner: Any) -> int:
    """Change one page of a hundred in bulk."""
    with clock.stopped():
        bulk(count, Clock(), parent, owner)
    pages = _pages_to_change(count)
    with transaction.atomic(), LogContext(user=owner):
        writer = BulkWriter(user=owner, log_data=lambda page: DATA)
        found = ForumPage.objects.in_bulk(pages)
        writer.update([_changed(page) for page in found.values()], publish=lambda page: True)
    return len(pages)


METHODS: dict[str, Callable[[int, Clock, Any, Any], int]] = {
    method.__name__: method for method in (naive, bulk, floor, naive_update, bulk_update)
}


def main(name: str, count: int) -> None:
    """Measure a method; it returns how many pages it wrote."""
    statements = 0
    if os.environ.get("BENCHMARK_RECORD") == "no":
        _keep_no_record()

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal statements
        statements += clock.running
        return execute(*arguments)

    parent, owner = _section(), _user()
    first = _last_ids()
    memory = peak_memory()
    clock = Clock()
    with connection.execute_wrapper(counted):
        written = METHODS[name](count, clock, parent, owner)
    processor, wall = clock.read()
    result = {
        "processor": 1000 * processor / written,
        "wall": 1000 * wall / written,
        "statements": statements,
        "memory": peak_memory() - memory,
    }
    if name == "bulk":
        _rows_file().write_bytes(pickle.dumps([_rows_after(*one) for one in first]))
    sys.stdout.write(json.dumps(result))


def _keep_no_record() -> None:
    """Leave out what the record keeps of pages, for all ways of writing alike."""
    for module in (record_signals, writer):
        vars(module)["register"] = lambda ids: None
    vars(versions)["mark_changed"] = lambda: None


def _rows_file() -> Path:
    return Path(os.environ["BENCHMARK_ROWS"])


def _section() -> Any:
    home = Page.objects.get(depth=2)
    return home.add_child(instance=SectionPage(title="Security", slug="security"))


def _user() -> Any:
    users = get_user_model()._default_manager
    return users.create(username="importer", is_superuser=True)


def _chunks(count: int, parent: Any, clock: Clock) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, count, CHUNK):
        with clock.stopped():
            numbers = range(start, min(start + CHUNK, count))
            chunk = list(forum_fields(numbers, targets=[parent.pk, parent.pk - 1]))
        yield chunk


def _publish(page: Any, owner: Any) -> None:
    revision = page.save_revision(user=owner, log_action=True)
    log(page, "hsec.import", user=owner, data=DATA, revision=revision)
    revision.publish(user=owner, skip_permission_checks=True)


def _pages_to_change(count: int) -> list[int]:
    ids = list(ForumPage.objects.order_by("pk").values_list("pk", flat=True))
    return ids[:: min(CHANGED, count)]


def _changed(page: Any) -> Any:
    page.title = f"{page.title}, renamed"
    blocks = list(page.body.raw_data)
    blocks[1]["value"] = "<p>Another text.</p>"
    page.body = json.dumps(blocks)
    return page


def _last_ids() -> list[tuple[Any, int]]:
    found = []
    for table in _TABLES:
        key = next(field.column for field in table.fields if field.primary_key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(MAX({key}), 0) FROM {table.name}")  # noqa: S608
            found.append((table, cursor.fetchone()[0]))
    return found


def _rows_after(table: Any, last: int) -> list[tuple[Any, ...]]:
    key = next(field.column for field in table.fields if field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in table.fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table.name} WHERE {key} > {last}")  # noqa: S608
        return [tuple(map(_as_stored, row)) for row in cursor.fetchall()]


def _as_stored(value: Any) -> Any:
    return str(value) if isinstance(value, date) and connection.vendor == "sqlite" else value


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
