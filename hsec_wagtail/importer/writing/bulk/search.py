"""Entries of Wagtail's search index for many objects at once, written by the backends' own ``add_items()``.

They read every text of an object three to five times. Here each is read once, and what the backends get
stands for the object and gives them what was read.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils.encoding import force_str

from wagtail.fields import RichTextField
from wagtail.search.backends import get_search_backends_with_name
from wagtail.search.index import FilterField, class_is_indexed

from hsec_wagtail.importer.writing.bulk.extraction import FoundInStreams, rich_text_words
from hsec_wagtail.models.table_rows import on_primary, per_model

__all__ = ["write_search_entries"]

logger = logging.getLogger(__name__)


def write_search_entries(
    instances: Sequence[Any], found: Mapping[int, Mapping[str, FoundInStreams]]
) -> None:
    """Index ``instances``, which are in the database, as saving each of them would.

    Databases are written to at once, services such as Elasticsearch after the commit.

    Args:
        instances: Objects of any models; those that are not indexed are left out.
        found: What their StreamFields hold, from ``find_in_streams()``.
    """
    groups: dict[type[Any], list[Any]] = defaultdict(list)
    for instance in instances:
        groups[type(instance)].append(instance)
    for model, group in groups.items():
        if not class_is_indexed(model) or not getattr(model, "search_auto_update", True):
            continue
        ids = {one.pk for one in group}
        indexed = on_primary(model.get_indexed_objects())
        there = set(indexed.filter(pk__in=ids).values_list("pk", flat=True))
        if not there:
            continue
        texts = [_Texts(one, found[id(one)]) for one in group if one.pk in there]
        for name, backend in get_search_backends_with_name(with_auto_update=True):
            index = backend.get_index_for_model(model)
            if type(index).__module__.startswith("modelsearch.backends.database."):
                index.add_items(model, texts)
            else:
                tell = partial(_tell, name, backend, model, sorted(there))
                transaction.on_commit(tell, robust=True)


def _tell(name: str, backend: Any, model: type[Any], ids: Sequence[Any]) -> None:
    """Tell the service behind ``backend`` what is in the database now."""
    try:
        backend.add_bulk(model, list(on_primary(model.get_indexed_objects()).filter(pk__in=ids)))
    except Exception:
        logger.exception("The search backend %r did not take %d objects.", name, len(ids))
        if not backend.catch_indexing_errors:
            raise


class _Texts:
    """Stands for an object in ``add_items()``."""

    def __init__(self, instance: Any, found: Mapping[str, FoundInStreams]) -> None:
        self.pk = instance.pk
        self._fields, readers = _search_fields(type(instance))
        self.values = [read(instance, found) for read in readers]

    def get_search_fields(self) -> list[Any]:
        """Return the search fields of the object's model, which read it here."""
        return self._fields


_Reader = Callable[[Any, Mapping[str, FoundInStreams]], Any]


@per_model
def _search_fields(model: type[Any]) -> tuple[list[Any], list[_Reader]]:
    """Return the search fields of ``model`` as they read a ``_Texts``, and what reads an object for them."""
    fields: list[Any] = []
    readers: list[_Reader] = []
    for field in model.get_search_fields():
        if not isinstance(field, FilterField):
            reading = copy(field)
            reading.get_value = partial(_value, len(fields))
            fields.append(reading)
            readers.append(_reader(model, field))
    return fields, readers


def _value(number: int, texts: _Texts) -> Any:
    return texts.values[number]


def _reader(model: type[Any], search_field: Any) -> _Reader:
    name = search_field.field_name
    try:
        field = search_field.get_field(model)
    except FieldDoesNotExist:
        field = None
    method = getattr(type(field), "get_searchable_content", None)
    if method is RichTextField.get_searchable_content:
        return lambda one, _: [rich_text_words(force_str(field.value_from_object(one)))]
    return lambda one, found: found[name].words if name in found else search_field.get_value(one)
