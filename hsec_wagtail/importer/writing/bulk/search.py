"""Entries of Wagtail's search index for many objects at once.

Of the database backends of SQLite and PostgreSQL the rows are written here, in the transaction; other
databases get them by the backend's own call, and services such as Elasticsearch after the commit.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils.encoding import force_str

from wagtail.fields import RichTextField, StreamField
from wagtail.search.backends import get_search_backends_with_name
from wagtail.search.index import AutocompleteField, FilterField, SearchField, class_is_indexed

from hsec_wagtail.importer.writing.bulk.rows import per_model
from hsec_wagtail.importer.writing.bulk.search_rows import writer_for
from hsec_wagtail.importer.writing.bulk.stream_extraction import words_in
from hsec_wagtail.importer.writing.bulk.words import rich_text_words

__all__ = ["write_search_entries"]

logger = logging.getLogger(__name__)


def write_search_entries(instances: Sequence[Any]) -> None:
    """Index ``instances``, which are in the database, as saving each of them would."""
    groups: dict[type[Any], list[Any]] = defaultdict(list)
    for instance in instances:
        groups[type(instance)].append(instance)
    for model, group in groups.items():
        if not class_is_indexed(model) or not getattr(model, "search_auto_update", True):
            continue
        ids = {one.pk for one in group}
        there = set(model.get_indexed_objects().filter(pk__in=ids).values_list("pk", flat=True))
        indexed = [one for one in group if one.pk in there]
        if indexed:
            _index(model, indexed)


def _index(model: type[Any], instances: Sequence[Any]) -> None:
    for name, backend in get_search_backends_with_name(with_auto_update=True):
        index = backend.get_index_for_model(model)
        write = writer_for(index)
        readers = _readers(model)
        if write is not None and readers is not None:
            content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
            texts = [
                (force_str(one.pk), [_joined(read(one)) for _, read in readers])
                for one in instances
            ]
            write(backend, content_type.pk, [field for field, _ in readers], texts)
        elif type(index).__module__.startswith("modelsearch.backends.database."):
            backend.add_bulk(model, instances)
        else:
            ids = [one.pk for one in instances]
            transaction.on_commit(partial(_tell, name, backend, model, ids), robust=True)


def _tell(name: str, backend: Any, model: type[Any], ids: Sequence[Any]) -> None:
    """Tell the service behind ``backend`` what is in the database now."""
    try:
        backend.add_bulk(model, list(model.get_indexed_objects().filter(pk__in=ids)))
    except Exception:
        logger.exception("The search backend %r did not take %d objects.", name, len(ids))
        if not backend.catch_indexing_errors:
            raise


_Reader = Callable[[Any], Any]


@per_model
def _readers(model: type[Any]) -> tuple[tuple[Any, _Reader], ...] | None:
    """Return the fields of ``model`` with words, each with what reads them; None where only Wagtail can."""
    found: list[tuple[Any, _Reader]] = []
    for field in model.get_search_fields():
        if isinstance(field, SearchField | AutocompleteField):
            found.append((field, _reader(model, field)))
        elif not isinstance(field, FilterField):
            return None
    return tuple(found)


def _reader(model: type[Any], search_field: Any) -> _Reader:
    try:
        field = search_field.get_field(model)
    except FieldDoesNotExist:
        return search_field.get_value
    method = getattr(type(field), "get_searchable_content", None)
    if method is StreamField.get_searchable_content:
        words = words_in(field.stream_block)
        return lambda one: words(field.value_from_object(one).raw_data)
    if method is RichTextField.get_searchable_content:
        return lambda one: rich_text_words(force_str(field.value_from_object(one)))
    return search_field.get_value


def _joined(value: Any) -> str:
    """Return ``value`` as one text, put together as the index does it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(_joined(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(_joined(item) for item in value.values())
    return force_str(value)
