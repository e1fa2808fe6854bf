"""The fields of an object in the form that plans compare: read from its row or a revision, and set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from hsec_wagtail.importer.document.to_fields import Fields

__all__ = ["fields_of_revision", "fields_of_row", "set_fields"]


def fields_of_row(instance: Model, names: Iterable[str]) -> Fields:
    """Return the fields ``names`` of ``instance`` itself; None where it has no such field."""
    return {name: _plain(getattr(instance, name, None)) for name in names}


def fields_of_revision(
    model: type[Model], content: Mapping[str, Any], names: Iterable[str]
) -> Fields:
    """Return the fields ``names`` of the ``content`` that a revision has of an object of ``model``.

    What it does not have is None, or no blocks.
    """
    streams = {
        field.name for field in model._meta.concrete_fields if isinstance(field, StreamField)
    }
    return {
        # A revision keeps them as JSON text.
        name: json.loads(content.get(name) or "[]") if name in streams else content.get(name)
        for name in names
    }


def set_fields(instance: Any, fields: Fields) -> None:
    """Set ``fields`` on ``instance``; StreamFields from their raw data."""
    for name, value in fields.items():
        model_field = instance._meta.get_field(name)
        if isinstance(model_field, StreamField):
            setattr(instance, name, json.dumps(value))
        else:
            setattr(instance, name, model_field.to_python(value))


def _plain(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return list(value.raw_data)
    return value.isoformat() if isinstance(value, date) else value
