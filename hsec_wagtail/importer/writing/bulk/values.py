"""Values as the database takes them: Django's own preparation, left out where it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection, models

from wagtail.fields import RichTextField

__all__ = ["plain_type", "preparer"]

#: Fields that hand a value of this type to the database as it is. Classes made from them do not count.
_PLAIN: dict[type[Any], type[Any]] = {
    models.AutoField: int,
    models.BigAutoField: int,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.SlugField: str,
    models.TextField: str,
    RichTextField: str,
}


def plain_type(field: Any) -> type[Any] | None:
    """Return the type of the values that ``field`` takes and gives unchanged; None where there is none."""
    while field.remote_field is not None:
        field = field.target_field
    return _PLAIN.get(type(field))


@cache
def preparer(field: Any) -> Callable[[Any], Any]:
    """Return the function that prepares a value of ``field``, as ``get_db_prep_save()`` does."""
    plain = plain_type(field)

    def prepare(value: Any) -> Any:
        if plain is not None and (value is None or type(value) is plain):
            return value
        return field.get_db_prep_save(value, connection)

    return prepare
