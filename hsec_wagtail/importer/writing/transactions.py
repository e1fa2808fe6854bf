"""One transaction for all that is written together, and errors of the database as those of the importer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, OperationalError, ProgrammingError, transaction

from wagtail.log_actions import LogContext

from hsec_wagtail.importer.errors import ImportContentError
from hsec_wagtail.record.keeping import at_end

__all__ = ["refusals_of_the_database", "written_together"]


@contextmanager
def written_together(user: Any | None) -> Iterator[None]:
    """Write all or nothing of what is written inside, log it as by ``user``, and register the pages at the end."""
    with transaction.atomic(), LogContext(user=user), at_end():
        yield


@contextmanager
def refusals_of_the_database(kind: type[ImportContentError]) -> Iterator[None]:
    """Turn errors of the database into errors of ``kind``."""
    try:
        yield
    except DatabaseError as error:
        said = str(error).strip()
        if isinstance(error, OperationalError) and "locked" in said:
            raise kind("busy") from error
        if "no such table" in said or isinstance(error, ProgrammingError):
            raise kind("database-without-tables", fault=said) from error
        raise kind("database-refused", fault=said) from error
