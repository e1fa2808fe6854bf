"""Rows of models as the database takes them: many in one statement, ids reserved beforehand.

``bulk_create()`` refuses models with a parent table, as all pages have, so the rows are written here,
with the values that Django's own fields prepare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, router

from wagtail.fields import RichTextField, StreamField

__all__ = [
    "ModelTable",
    "insert_rows",
    "insert_values",
    "is_stream",
    "on_primary",
    "per_model",
    "reserve_ids",
    "tables_of",
    "update_rows",
]

T = TypeVar("T")

#: Fields whose get_db_prep_save() gives back a value of this type as it is. Subclasses do not count.
_UNCHANGED: dict[type[Any], type[Any]] = {
    models.AutoField: int,
    models.BigAutoField: int,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.SlugField: str,
    models.TextField: str,
    RichTextField: str,
}


def on_primary(rows: Any) -> Any:
    """Return ``rows``, a manager or a queryset, on the database that is written: a replica lacks what was just written."""
    return rows.using(router.db_for_write(rows.model))


def per_model(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """Return ``function``, asked once for each model."""
    # To mypy a model is not hashable.
    remembering: Any = cache(function)
    return remembering


@dataclass(frozen=True, slots=True)
class ModelTable:
    """One table of a model, with the fields that are its columns."""

    name: str
    fields: tuple[Any, ...]

    def only(self, names: Iterable[str]) -> ModelTable:
        """Return the table with no more than the key and the fields of ``names``."""
        wanted = set(names)
        return ModelTable(
            self.name, tuple(one for one in self.fields if one.primary_key or one.name in wanted)
        )

    def rows(
        self,
        instances: Sequence[Any],
        *,
        add: bool,
        contents: Mapping[int, Mapping[str, Any]] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return the values of ``instances``, prepared for the database, in the order of the fields.

        Args:
            instances: Objects of the table's model, or of models below it.
            add: Whether they are new.
            contents: What their revisions keep, by the id() of the object: StreamFields are taken from it,
                since a revision has them as their column does.
        """
        columns: list[Sequence[Any]] = []
        for field in self.fields:
            if contents is not None and is_stream(field):
                columns.append([contents[id(one)][field.name] for one in instances])
            else:
                columns.append(_prepared(field, [field.pre_save(one, add) for one in instances]))
        return list(zip(*columns, strict=True))


@per_model
def tables_of(model: type[Any]) -> tuple[ModelTable, ...]:
    """Return the tables that a row of ``model`` has a part in, that of the topmost parent first."""
    return tuple(
        ModelTable(one._meta.db_table, tuple(one._meta.local_concrete_fields))
        for one in (*reversed(model._meta.get_parent_list()), model)
    )


def insert_rows(
    table: ModelTable, rows: Sequence[Sequence[Any]], *, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Insert ``rows``, whose values are prepared: by COPY where there is one, else in one call."""
    connection = connections[using]
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in table.fields)
    with connection.cursor() as cursor:
        # psycopg 3 has it, psycopg 2 spells it otherwise.
        if connection.vendor == "postgresql" and hasattr(cursor, "copy"):
            # Django wraps the errors of execute() only.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(table.fields))
        cursor.executemany(
            f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})",  # noqa: S608 - names of tables
            rows,
        )


def update_rows(table: ModelTable, rows: Iterable[Sequence[Any]]) -> None:
    """Write ``rows`` of ``table`` over those that have their keys; their values are prepared."""
    quote = connection.ops.quote_name
    (key,) = (place for place, field in enumerate(table.fields) if field.primary_key)
    settings = ", ".join(
        f"{quote(field.column)} = %s" for field in table.fields if not field.primary_key
    )
    if not settings:
        return
    where = f"{quote(table.fields[key].column)} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(table.name)} SET {settings} WHERE {where}",  # noqa: S608 - names of tables
            [(*row[:key], *row[key + 1 :], row[key]) for row in rows],
        )


def insert_values(
    model: type[Any],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Insert rows of ``model``, which has one table, by the values of the fields ``names``."""
    fields = tuple(model._meta.get_field(name) for name in names)
    # Not strict: there may be no rows.
    columns = [
        _prepared(field, values)
        for field, values in zip(fields, zip(*rows, strict=True), strict=False)
    ]
    insert_rows(
        ModelTable(model._meta.db_table, fields), list(zip(*columns, strict=True)), using=using
    )


@cache
def is_stream(field: Any) -> bool:
    """Tell whether ``field`` is a StreamField that reads and stores its value as Wagtail's class does."""
    return isinstance(field, StreamField) and all(
        getattr(type(field), name) is getattr(StreamField, name) for name in _OF_STREAMS
    )


_OF_STREAMS = (
    "value_to_string", "get_prep_value", "get_db_prep_value", "get_searchable_content",
    "extract_references",
)  # fmt: skip


def _prepared(field: Any, values: Sequence[Any]) -> Sequence[Any]:
    """Return ``values`` as ``get_db_prep_save()`` of ``field`` prepares them."""
    target = field
    while target.remote_field is not None:
        target = target.target_field
    unchanged = _UNCHANGED.get(type(target))
    if unchanged is not None and {*map(type, values)} <= {unchanged, NoneType}:
        return values
    # Many rows hold the very same object.
    done: dict[int, Any] = {}
    for value in values:
        if id(value) not in done:
            done[id(value)] = field.get_db_prep_save(value, connection)
    return [done[id(value)] for value in values]


def reserve_ids(model: type[Any], count: int) -> list[int]:
    """Return ``count`` primary keys for rows of ``model`` that nobody else will get, in order.

    To be called within a transaction. On SQLite it takes the write lock; ids of deleted rows are not
    used again, for log entries still name them. MySQL has nothing to reserve with: there two writers
    at once may get the same ids, and the second fails as it commits nothing.
    """
    if count <= 0:
        return []
    top = tables_of(model)[0]
    (field,) = (field for field in top.fields if field.primary_key)
    return _RESERVERS.get(connection.vendor, _reserve_by_maximum)(top.name, field.column, count)


def _reserve_in_sqlite(table: str, column: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count]
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return list(range(last - count + 1, last + 1))


def _reserve_in_postgresql(table: str, column: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(table), column, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _reserve_by_maximum(table: str, column: str, count: int) -> list[int]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX({quote(column)}) FROM {quote(table)}")  # noqa: S608 - names of tables
        last = cursor.fetchone()[0] or 0
    return list(range(last + 1, last + count + 1))


_RESERVERS: dict[str, Callable[[str, str, int], list[int]]] = {
    "sqlite": _reserve_in_sqlite,
    "postgresql": _reserve_in_postgresql,
}
