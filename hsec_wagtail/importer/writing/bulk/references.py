"""Rows of Wagtail's reference index for many objects at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRel
from django.contrib.contenttypes.models import ContentType
from django.db import models

from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex

from hsec_wagtail.importer.writing.bulk.rows import insert_values, per_model
from hsec_wagtail.importer.writing.bulk.stream_extraction import Reference, references_in
from hsec_wagtail.page_models import base_page_model

__all__ = ["write_references"]

#: A reference as the index tells one from another: content type, id, model path, content path.
_Key = tuple[int, str, str, str]
_COLUMNS = (
    "content_type", "base_content_type", "object_id", "to_content_type", "to_object_id",
    "model_path", "content_path", "content_path_hash",
)  # fmt: skip


def write_references(instances: Sequence[Any], *, coming: Collection[int], new: bool) -> None:
    """Make the reference index tell what ``instances`` refer to, as saving each of them would.

    Args:
        instances: Objects in the database; those whose model is not indexed are left out.
        coming: Ids of pages that will be written before the transaction ends.
        new: Whether the index knows nothing of them yet.
    """
    indexed = [one for one in instances if ReferenceIndex.is_indexed(type(one))]
    found = {id(one): _references_of(one) for one in indexed}
    targets = _Targets.of(found.values(), coming=coming)
    wanted = {
        id(one): {targets.key(reference) for reference in found[id(one)] if targets.has(reference)}
        for one in indexed
    }
    by_base: dict[int, list[Any]] = defaultdict(list)
    for one in indexed:
        by_base[_base_id(type(one))].append(one)
    for base_id, group in by_base.items():
        if not new:
            _drop_known(base_id, group, wanted)
        insert_values(ReferenceIndex, _COLUMNS, _rows(base_id, group, wanted))


def _drop_known(base_id: int, group: Sequence[Any], wanted: dict[int, set[_Key]]) -> None:
    """Take from ``wanted`` what the index has, and from the index what is wanted no more."""
    places = {str(one.pk): one for one in group}
    rows = ReferenceIndex.objects.filter(base_content_type_id=base_id, object_id__in=places)
    gone = []
    for pk, object_id, content_type_id, *key in rows.values_list(
        "pk", "object_id", "content_type_id",
        "to_content_type_id", "to_object_id", "model_path", "content_path",
    ):  # fmt: skip
        one = places[object_id]
        if tuple(key) in wanted[id(one)]:
            wanted[id(one)].remove((key[0], key[1], key[2], key[3]))
        elif content_type_id in _lineage(type(one)):
            gone.append(pk)
    if gone:
        ReferenceIndex.objects.filter(pk__in=gone).delete()


def _rows(
    base_id: int, group: Iterable[Any], wanted: dict[int, set[_Key]]
) -> Iterator[tuple[Any, ...]]:
    for one in group:
        type_id = _lineage(type(one))[0]
        for to_type, to_id, model_path, content_path in wanted[id(one)]:
            digest = ReferenceIndex._get_content_path_hash(content_path)
            yield (
                type_id, base_id, str(one.pk), to_type, to_id, model_path, content_path, digest,
            )  # fmt: skip


def _lineage(model: type[Any]) -> list[int]:
    """Return the ids of the content types of ``model`` and its parents, the nearest first."""
    kinds = (model, *model._meta.get_parent_list())
    return [ContentType.objects.get_for_model(kind, for_concrete_model=False).pk for kind in kinds]


def _base_id(model: type[Any]) -> int:
    return int(ReferenceIndex._get_base_content_type(model).pk)


class _Targets:
    """Which of the objects that were chosen exist: Wagtail forgets a choice whose object is gone."""

    def __init__(self, known: dict[type[Any], Collection[Any]]) -> None:
        self._known = known
        self._types: dict[type[Any], int] = {}

    @classmethod
    def of(cls, found: Iterable[Iterable[Reference]], *, coming: Collection[int]) -> _Targets:
        """Ask the database for all that was chosen; a query for each kind."""
        asked: dict[type[Any], set[Any]] = defaultdict(set)
        for references in found:
            for one in references:
                if one.chosen:
                    asked[one.model].add(one.object_id)
        known: dict[type[Any], Collection[Any]] = {}
        for model, ids in asked.items():
            ahead = ids.intersection(coming) if issubclass(model, base_page_model()) else set()
            manager: Any = model
            there = manager.objects.filter(pk__in=ids - ahead).values_list("pk", flat=True)
            known[model] = ahead.union(there) if ids - ahead else ahead
        return cls(known)

    def has(self, reference: Reference) -> bool:
        return not reference.chosen or reference.object_id in self._known[reference.model]

    def key(self, reference: Reference) -> _Key:
        model = reference.model
        if model not in self._types:
            self._types[model] = _base_id(model)
        return (
            self._types[model],
            str(reference.object_id),
            reference.model_path,
            reference.content_path,
        )


def _references_of(instance: Any) -> list[Reference]:
    finders = _finders(type(instance))
    if finders is None:
        return [
            Reference(_model(type_id), object_id, model_path, content_path)
            for type_id, object_id, model_path, content_path in (
                ReferenceIndex._extract_references_from_object(instance)
            )
        ]
    return [reference for find in finders for reference in find(instance)]


def _model(content_type_id: int) -> type[Any]:
    model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
    return model


_Finder = Callable[[Any], Iterable[Reference]]


@per_model
def _finders(model: type[Any]) -> tuple[_Finder, ...] | None:
    """Return what finds the references in an object of ``model``; None where only Wagtail can.

    The rules are those of ``ReferenceIndex._extract_references_from_object()``. Comments are left out:
    what has some is not written in bulk.
    """
    relations = get_all_child_relations(model) if issubclass(model, ClusterableModel) else []
    if any(relation.get_accessor_name() != COMMENTS_RELATION_NAME for relation in relations):
        return None
    found: list[_Finder] = []
    for field in model._meta.get_fields():
        if field.is_relation and field.many_to_one and not _is_ignored(field):
            if isinstance(field, GenericForeignKey):
                return None
            found.append(_foreign_key(field))
        if isinstance(field, StreamField):
            found.append(_stream(field))
        elif hasattr(field, "extract_references"):
            found.append(_other(field))
    return tuple(found)


def _is_ignored(field: Any) -> bool:
    return (
        getattr(field, "wagtail_reference_index_ignore", False)
        or getattr(field.related_model, "wagtail_reference_index_ignore", False)
        or isinstance(field, GenericRel)
    )


def _foreign_key(field: models.ForeignKey) -> _Finder:
    def find(instance: Any) -> tuple[Reference, ...]:
        value = field.value_from_object(instance)
        if value is None:
            return ()
        return (Reference(field.related_model, value, field.name, field.name),)

    return find


def _stream(field: StreamField) -> _Finder:
    if type(field).extract_references is not StreamField.extract_references:
        return _other(field)

    find_in = references_in(field.stream_block)

    def find(instance: Any) -> Iterator[Reference]:
        for found in find_in(field.value_from_object(instance).raw_data):
            yield _in_field(field, found)

    return find


def _other(field: Any) -> _Finder:
    plain = type(field).extract_references is RichTextField.extract_references

    def find(instance: Any) -> Iterator[Reference]:
        value = field.value_from_object(instance)
        if value is None or (plain and "<" not in value):
            return
        for found in field.extract_references(value):
            yield _in_field(field, Reference(*found))

    return find


def _in_field(field: Any, found: Reference) -> Reference:
    return found._replace(
        model_path=f"{field.name}.{found.model_path}",
        content_path=f"{field.name}.{found.content_path}",
    )
