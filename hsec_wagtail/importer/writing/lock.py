"""The lock that allows one import at a time, and the detection of interrupted runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction

from hsec_wagtail.importer.errors import ApplyError
from hsec_wagtail.models import ImportRun

__all__ = ["hold_imports", "mark_interrupted"]


def hold_imports() -> None:
    """Wait until no other import or undo is being written, and keep others waiting until the commit.

    Must be the first statement of the transaction, and :func:`mark_interrupted` called before it: on SQLite it is the write that takes the lock of the
    database, and a transaction that has read before may not wait for it.

    Raises:
        ApplyError: The other one takes longer than the database lets a writer wait.
    """
    try:
        _take()
    except OperationalError as error:
        raise ApplyError("busy") from error


def _take(*, wait: bool = True) -> bool:
    """Take the lock of imports; return False where somebody else has it and ``wait`` is not set."""
    kind = ContentType.objects.get_for_model(ImportRun)
    rows = ContentType.objects.filter(pk=kind.pk)
    if not connection.features.has_select_for_update:
        # SQLite: the first write of a transaction locks the database.
        rows.update(model=kind.model)
        return True
    # This row stands for the right to import: nothing else writes it. Rows that refer to it may be written.
    locked = rows.select_for_update(
        skip_locked=not wait, no_key=connection.features.has_select_for_no_key_update
    )
    return locked.first() is not None


def mark_interrupted() -> int:
    """Mark the runs that are recorded as running and are not, and return how many there were.

    A run that is being written holds the lock of imports; while it does, nothing is marked.
    """
    # Read before any transaction that begins with the lock.
    ContentType.objects.get_for_model(ImportRun)
    running = ImportRun.objects.filter(status=ImportRun.Status.RUNNING)
    if not running.exists():
        return 0
    try:
        with _briefly(), transaction.atomic():
            if not _take(wait=False):
                return 0
            return running.update(status=ImportRun.Status.INTERRUPTED)
    except OperationalError:
        return 0


@contextmanager
def _briefly() -> Iterator[None]:
    """Wait for the lock of an SQLite database no longer than a person waits for a list."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 200")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
