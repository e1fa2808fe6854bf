"""The content of revisions, the validation of objects, and the models that may be written in bulk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from hsec_wagtail.models.table_rows import per_model

__all__ = [
    "content_of",
    "has_children_of_its_own",
    "is_ordinary",
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


def content_of(instance: Any) -> dict[str, Any]:
    """Return what ``instance.serializable_data()`` returns for an object that has no child objects."""
    data: dict[str, Any] = get_serializable_data_for_fields(instance)
    data.update((name, []) for name in _relations(type(instance)))
    return data


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
