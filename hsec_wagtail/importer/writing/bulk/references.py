"""References of many objects, found by Wagtail's own extraction, but for StreamFields, which are read already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from wagtail.models import ReferenceIndex

from hsec_wagtail.importer.writing.bulk.content import has_children_of_its_own
from hsec_wagtail.importer.writing.bulk.extraction import FoundInStreams, Reference
from hsec_wagtail.importer.writing.bulk.wagtail_tables import ReferenceKey
from hsec_wagtail.models.table_rows import is_stream, on_primary, per_model
from hsec_wagtail.page_models import base_page_model

__all__ = ["find_references"]


def find_references(
    instances: Sequence[Any],
    found: Mapping[int, Mapping[str, FoundInStreams]],
    *,
    coming: Collection[int],
) -> list[tuple[Any, set[ReferenceKey]]]:
    """Return the references of each of ``instances`` whose model is indexed.

    Args:
        instances: Objects in the database.
        found: What their StreamFields hold, from ``find_in_streams()``.
        coming: Ids of pages that will be written before the transaction ends.
    """
    indexed = [one for one in instances if ReferenceIndex.is_indexed(type(one))]
    there = _existing(
        (
            choice
            for one in indexed
            for field in found[id(one)].values()
            for choice in field.choices
        ),
        coming=coming,
    )
    return [
        (
            one,
            set(
                ReferenceIndex._extract_references_from_object(_source(one, found[id(one)], there))
            ),
        )
        for one in indexed
    ]


_Targets = set[tuple[type[Any], Any]]


def _existing(choices: Iterable[Reference], *, coming: Collection[int]) -> _Targets:
    """Return the targets of ``choices`` that exist: to Wagtail a choice whose object is gone is none."""
    asked: dict[type[Any], set[Any]] = defaultdict(set)
    for model, pk, _, _ in choices:
        asked[model].add(pk)
    there: _Targets = set()
    for model, pks in asked.items():
        ahead = pks.intersection(coming) if issubclass(model, base_page_model()) else set()
        there.update((model, pk) for pk in ahead)
        if pks - ahead:
            manager: Any = model
            known = (
                on_primary(manager.objects).filter(pk__in=pks - ahead).values_list("pk", flat=True)
            )
            there.update((model, pk) for pk in known)
    return there


def _source(instance: Any, found: Mapping[str, FoundInStreams], there: _Targets) -> Any:
    """Return what Wagtail shall extract the references of ``instance`` from."""
    if has_children_of_its_own(type(instance)):
        return instance
    references = {
        name: [*field.references, *(one for one in field.choices if one[:2] in there)]
        for name, field in found.items()
    }

    return _ReferringObject(instance, references)


class _ReferringObject:
    """Stands for an object; its StreamFields give the references that were found in them."""

    def __init__(self, instance: Any, references: Mapping[str, list[Reference]]) -> None:
        self._instance = instance
        self.references = references
        self._meta = _options(type(instance))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._instance, name)


class _Options:
    """The part of a model's options that the extraction asks for."""

    def __init__(self, model: type[Any]) -> None:
        self.get_field = model._meta.get_field
        self._fields = [
            _Stream(field.name) if is_stream(field) else field for field in model._meta.get_fields()
        ]

    def get_fields(self) -> list[Any]:
        return self._fields


_options = per_model(_Options)


class _Stream:
    """Stands for a StreamField in the extraction."""

    is_relation = False

    def __init__(self, name: str) -> None:
        self.name = name

    def value_from_object(self, source: _ReferringObject) -> list[Reference]:
        return source.references[self.name]

    def extract_references(self, value: list[Reference]) -> list[Reference]:
        return [(model, str(pk), place, content) for model, pk, place, content in value]
