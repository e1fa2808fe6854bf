"""The fields of our own: the StreamField of bodies, and what checks a date."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from hsec_wagtail.dates import EDTF, DateError

__all__ = ["BodyField", "validate_edtf"]


def validate_edtf(value: str) -> None:
    """Raise ValidationError unless ``value`` is a date as EDTF writes it."""
    try:
        EDTF.parse(value)
    except DateError as error:
        raise ValidationError(str(error), code="edtf") from error


class BodyField(StreamField):
    """A StreamField that keeps its blocks out of migrations.

    A change of the blocks, ours or a site's, makes no migration, so that no site's ``makemigrations``
    writes into this package.

    A migration then knows no blocks. Wagtail would read every body there as empty, and a ``save()`` in
    a data migration would write that back; here the raw data stay as they are.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return what a migration needs to make the field: everything but the blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> StreamValue:
        """Return the value; without known blocks, one that keeps the raw data."""
        if isinstance(value, StreamValue) or not value or self.stream_block.child_blocks:
            return super().to_python(value)
        try:
            raw = json.loads(value) if isinstance(value, str) else list(value)
        except ValueError:
            return super().to_python(value)
        kept = StreamValue(self.stream_block, raw, is_lazy=True)
        kept._stream_field = self
        return kept
