"""The spool of an import: data that were read and are not needed just now, on disk to save memory."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable
from typing import Any

__all__ = ["Spool"]


class Spool:
    """JSON values by kind and number, and tables that they are found by, in a private temporary file.

    The file is SQLite's own: nobody else sees it, and it is deleted when the spool is closed or forgotten, or the
    process ends, however that ends.
    """

    def __init__(self) -> None:
        # An empty name is a temporary database. A run may end in another thread than it began in.
        self._db = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE thing (kind TEXT, number INTEGER, value TEXT, PRIMARY KEY (kind, number)) WITHOUT ROWID"
        )
        self._end = weakref.finalize(self, self._db.close)

    def put(self, kind: str, number: int, value: Any) -> None:
        """Keep ``value``, which is JSON, in place of what was there."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._db.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?)", (kind, number, text))

    def get(self, kind: str, number: int) -> Any:
        """Return what was put there.

        Raises:
            KeyError: Nothing was.
        """
        row = self.one("SELECT value FROM thing WHERE kind = ? AND number = ?", kind, number)
        if row is None:
            raise KeyError((kind, number))
        return json.loads(row[0])

    def count(self, kind: str) -> int:
        """Return how many values of ``kind`` there are."""
        row = self.one("SELECT count(*) FROM thing WHERE kind = ?", kind)
        return int(row[0]) if row else 0

    def script(self, statements: str) -> None:
        """Make tables."""
        self._db.executescript(statements)

    def run(self, statement: str, *values: Any) -> None:
        """Carry out a statement of SQL."""
        self._db.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry out a statement once for each of ``rows``."""
        self._db.executemany(statement, rows)

    def one(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of ``query``, None if it has none."""
        found: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        return found

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of ``query``; it is to be one that has few."""
        return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        """Discard everything."""
        self._end()
