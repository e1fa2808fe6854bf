"""The rows of the search index in SQLite and PostgreSQL: private tables of Wagtail's, written directly.

The database backends read every text of an object three to five times, and after each call they look at
all titles of the site. Here each text is read once, and the norm of the titles is found with the insert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection

from wagtail.search.index import AutocompleteField
from wagtail.search.models import IndexEntry

__all__ = ["Texts", "writer_for"]

#: Id of an object and its texts, in the order of the search fields.
Texts = Sequence[tuple[str, Sequence[str]]]
_Writer = Callable[[Any, int, Sequence[Any], Texts], None]


def writer_for(index: Any) -> _Writer | None:
    """Return what writes into ``index``: (backend, content type, search fields, texts); None for others."""
    kind = type(index)
    return _WRITERS.get(f"{kind.__module__}.{kind.__qualname__}")


def _parts(fields: Sequence[Any]) -> tuple[list[int], list[int], list[int]]:
    """Return the places of the fields that make up title, autocomplete and body of an entry."""
    words = [n for n, field in enumerate(fields) if not isinstance(field, AutocompleteField)]
    return (
        [n for n in words if fields[n].field_name == "title"],
        [n for n, field in enumerate(fields) if isinstance(field, AutocompleteField)],
        [n for n in words if fields[n].field_name != "title"],
    )


def _write_sqlite(backend: Any, content_type: int, fields: Sequence[Any], texts: Texts) -> None:
    table = connection.ops.quote_name(IndexEntry._meta.db_table)
    parts = _parts(fields)
    rows = [
        (object_id, *(" ".join(values[n] for n in part) for part in parts))
        for object_id, values in texts
    ]
    lengths = [len(title) for _, title, *_ in rows if title]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), COALESCE(SUM(LENGTH(title)), 0) FROM {table} WHERE LENGTH(title) > 0"  # noqa: S608 - name of a table
        )
        count, total = cursor.fetchone()
        average = (total + sum(lengths)) / ((count + len(lengths)) or 1)
        # An update keeps its norm, as with Wagtail.
        cursor.executemany(
            f"INSERT INTO {table} (content_type_id, object_id, title, autocomplete, body, title_norm)"  # noqa: S608 - name of a table
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (content_type_id, object_id) DO UPDATE SET"
            " title = excluded.title, autocomplete = excluded.autocomplete, body = excluded.body",
            [
                (content_type, *row, average / len(row[1]) if row[1] else 1.0)
                for row in rows
            ],
        )  # fmt: skip


# long: one statement, with the values of its places in their order.
def _write_postgresql(backend: Any, content_type: int, fields: Sequence[Any], texts: Texts) -> None:
    from modelsearch.backends.database.postgres.weights import get_weight  # noqa: PLC0415 - only there

    # Text by text as Wagtail has it: stripped, then weighed, then strung together.
    title, autocomplete, body = _parts(fields)
    weights = {n: get_weight(fields[n].boost) for n in (*title, *body)}
    weights.update(dict.fromkeys(autocomplete, "D"))

    def vector(part: Iterable[int], config: str | None) -> tuple[str, list[str]]:
        parameters: list[str] = []
        terms = []
        for n in part:
            parameters.extend([config] if config else [])
            cast = "%s::regconfig, " if config else ""
            terms.append(f"setweight(to_tsvector({cast}f{n}), '{weights[n]}')")
        return " || ".join(terms) or "to_tsvector('')", parameters

    vectors = (
        vector(title, backend.config),
        vector(autocomplete, backend.autocomplete_config),
        vector(body, backend.config),
    )
    columns: list[list[str]] = [[object_id for object_id, _ in texts]]
    columns += [[values[n].strip() for _, values in texts] for n in range(len(fields))]
    for part in (title, body):
        columns.append(
            [" ".join(filter(None, (values[n].strip() for n in part))) for _, values in texts]
        )
    names = ", ".join(
        ["object_id", *(f"f{n}" for n in range(len(fields))), "title_text", "body_text"]
    )
    places = ", ".join(["%s::text[]"] * len(columns))
    (title_sql, _), (autocomplete_sql, _), (body_sql, _) = vectors
    table = connection.ops.quote_name(IndexEntry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH new AS MATERIALIZED (
                SELECT object_id, {title_sql} AS title, {autocomplete_sql} AS autocomplete,
                    {body_sql} AS body, title_text, body_text
                FROM unnest({places}) AS given ({names})
            ), titles AS (
                SELECT AVG(words) AS average FROM (
                    SELECT LENGTH(title) AS words FROM {table}
                    UNION ALL SELECT LENGTH(title) FROM new
                ) AS lengths WHERE words > 0
            )
            INSERT INTO {table} AS entry (content_type_id, object_id, title, autocomplete, body,
                title_norm, title_text, body_text)
            SELECT %s, object_id, title, autocomplete, body,
                COALESCE(titles.average / NULLIF(LENGTH(title), 0), 1.0), title_text, body_text
            FROM new, titles
            ON CONFLICT (content_type_id, object_id) DO UPDATE SET title = EXCLUDED.title,
                title_norm = EXCLUDED.title_norm, autocomplete = EXCLUDED.autocomplete,
                body = EXCLUDED.body, title_text = EXCLUDED.title_text, body_text = EXCLUDED.body_text
            """,  # noqa: S608 - names of tables and columns
            [*(one for _, parameters in vectors for one in parameters), *columns, content_type],
        )


_WRITERS: dict[str, _Writer] = {
    "modelsearch.backends.database.sqlite.sqlite.SQLiteIndex": _write_sqlite,
    "modelsearch.backends.database.postgres.postgres.PostgresIndex": _write_postgresql,
}
