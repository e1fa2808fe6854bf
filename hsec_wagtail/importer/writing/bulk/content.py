"""The content of revisions, the validation of objects, and the models that may be written in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_field_value,
)
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from hsec_wagtail.importer.writing.bulk.rows import per_model
from hsec_wagtail.importer.writing.bulk.values import plain_type

__all__ = [
    "base_content_type",
    "content_of",
    "has_children_of_its_own",
    "is_ordinary",
    "stream_texts",
    "validate",
]

#: What the bulk way does not call; a site's own version of one must not be passed over.
_PASSED_OVER = (
    "save", "clean", "full_clean", "minimal_clean", "save_revision", "publish", "serializable_data",
    "with_content_json", "get_indexed_instance",
)  # fmt: skip
_KNOWN = ("wagtail.", "modelcluster.", "modelsearch.", "treebeard.", "django.", "hsec_wagtail.")


def is_ordinary(model: type[Any]) -> bool:
    """Tell whether saving an object of ``model`` does nothing but what Wagtail and this app do."""
    return all(
        f"{method.__module__}.".startswith(_KNOWN)
        for method in (getattr(model, name, None) for name in _PASSED_OVER)
        if method is not None
    )


def base_content_type(model: type[Any]) -> ContentType:
    """Return the content type under which Wagtail files what it keeps of any type of page, or of ``model``."""
    top = [model, *model._meta.get_parent_list()][-1]
    return ContentType.objects.get_for_model(top, for_concrete_model=False)


def content_of(instance: Any) -> dict[str, Any]:
    """Return what ``instance.serializable_data()`` returns for an object that has no child objects."""
    data: dict[str, Any] = {"pk": instance.pk}
    for field, plain in _serialized_fields(type(instance)):
        value = getattr(instance, field.attname)
        as_it_is = value is None or type(value) is plain
        data[field.name] = value if as_it_is else get_field_value(field, instance)
    data.update((name, []) for name in _relations(type(instance)))
    return data


@per_model
def _serialized_fields(model: type[Any]) -> tuple[tuple[Any, type[Any] | None], ...]:
    """Return the fields that a revision keeps, each with the type of the values it keeps as they are."""
    return tuple(
        (field, plain_type(field) if type(field).pre_save is models.Field.pre_save else None)
        for field in model._meta.fields
        if field.serialize
    )


def stream_texts(model: type[Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts of the StreamFields in ``content``: a revision has them as their columns do."""
    return {name: content[name] for name in _stream_names(model)}


@per_model
def _stream_names(model: type[Any]) -> tuple[str, ...]:
    """Return the StreamFields whose column takes the text that a revision keeps."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, StreamField)
        and type(field).value_to_string is StreamField.value_to_string
        and type(field).get_db_prep_value is StreamField.get_db_prep_value
    )


@per_model
def _relations(model: type[Any]) -> tuple[str, ...]:
    if not issubclass(model, ClusterableModel):
        return ()
    many = [field.name for field in get_all_child_m2m_relations(model) if field.serialize]
    return (*(one.get_accessor_name() for one in get_all_child_relations(model)), *many)


def has_children_of_its_own(model: type[Any]) -> bool:
    """Tell whether objects of ``model`` have child objects besides comments, as inline panels make them."""
    return bool({*_relations(model)} - {COMMENTS_RELATION_NAME})


def validate(instance: Any) -> None:
    """Raise ValidationError, which names object and field, where a value does not fit its field.

    Every field is cleaned as ``full_clean()`` does it, but for those the database checks by itself, and
    StreamFields: their blocks are checked when the document is read.
    """
    for field in _cleaned_fields(type(instance)):
        value = getattr(instance, field.attname)
        if field.blank and value in field.empty_values:
            continue
        try:
            setattr(instance, field.attname, field.clean(value, instance))
        except ValidationError as error:
            name = getattr(instance, "title", "") or str(instance)
            raise ValidationError(
                {field.name: [f"{name!r}: {message}" for message in error.messages]}
            ) from error


@per_model
def _cleaned_fields(model: type[Any]) -> tuple[Any, ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(
            field, models.ForeignKey | StreamField | models.JSONField | models.AutoField
        )
        and not isinstance(field, models.BooleanField | models.DateField | models.UUIDField)
    )
