"""Processor time of this process and of the PostgreSQL process that serves it, with breaks."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

__all__ = ["Clock", "peak_memory"]


def peak_memory() -> float:
    """Return the most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """Runs from its making on, but for what is done while it is stopped."""

    def __init__(self) -> None:
        self._server = _server_process()
        self.running = True
        self._processor, self._wall = self._now()

    def read(self) -> tuple[float, float]:
        """Return the seconds of processor time, and those of the clock on the wall."""
        processor, wall = self._now()
        return processor - self._processor, wall - self._wall

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Leave out what is done inside."""
        before, self.running = self._now(), False
        yield
        after, self.running = self._now(), True
        self._processor += after[0] - before[0]
        self._wall += after[1] - before[1]

    def _now(self) -> tuple[float, float]:
        return time.process_time() + _seconds_of(self._server), time.perf_counter()


def _server_process() -> int | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _seconds_of(process: int | None) -> float:
    if process is None:
        return 0.0
    # proc(5): after the name in brackets, utime and stime are the 12th and 13th.
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
