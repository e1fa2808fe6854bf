"""Work on a connection of its own, beside that of the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction


class Elsewhere:
    """Begins ``work`` in a transaction of its own, and goes on once that is done or waits for a lock.

    Only on PostgreSQL, which says who waits.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._faults: list[Exception] = []
        self._thread = Thread(target=self._act)
        self._thread.start()
        while self._thread.is_alive() and not _somebody_waits():
            time.sleep(0.02)

    def end(self) -> list[Exception]:
        """Wait for the end of the work, and return what it failed with."""
        self._thread.join()
        return self._faults

    def _act(self) -> None:
        try:
            with transaction.atomic():
                self._work()
        except (DatabaseError, ObjectDoesNotExist) as error:
            self._faults.append(error)
        finally:
            connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        # Else a transaction sees what it saw when it asked first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])
