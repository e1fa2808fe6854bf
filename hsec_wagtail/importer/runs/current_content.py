"""The current content of imported pages and groups of links: published, or the newest draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, TextField

from wagtail.fields import StreamField
from wagtail.models import Revision

from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.writing.object_fields import fields_of_revision, fields_of_row
from hsec_wagtail.models import ImportItem, QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model

__all__ = ["Current", "load_current"]


@dataclass(frozen=True, slots=True)
class Current:
    """The fields of an object that hold text, and its state: "live", "draft", "unpublished" or "deleted"."""

    state: str
    fields: Fields


def load_current(items: Iterable[ImportItem], *, draft: bool = False) -> dict[int, Current]:
    """Return the current content of ``items``, by their ids; the queries grow with the types, not with the items.

    With ``draft`` the newest drafts are read, else what is published; of what is not published, the
    newest draft always.
    """
    by_type: dict[int, list[ImportItem]] = {}
    for item in items:
        by_type.setdefault(item.content_type_id, []).append(item)
    found: dict[int, Current] = {}
    for type_id, some in by_type.items():
        # The type may be of an app that the site has taken out since.
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        known: dict[str, Current] = {}
        if model is not None and issubclass(model, (base_page_model(), QuickLinksSnippet)):
            known = dict(_of_model(model, [item.object_id for item in some], draft=draft))
        found |= {item.pk: known.get(item.object_id, Current("deleted", {})) for item in some}
    return found


def _of_model(model: Any, ids: list[str], *, draft: bool) -> Iterator[tuple[str, Current]]:
    instances = list(model._default_manager.filter(pk__in=ids))
    names = _text_fields(model)
    drafts = [one.latest_revision_id for one in instances if draft or not one.live]
    contents = dict(Revision.objects.filter(pk__in=drafts).values_list("pk", "content"))
    for instance in instances:
        if instance.live:
            state = "live"
        else:
            state = "unpublished" if instance.first_published_at else "draft"
        content = contents.get(instance.latest_revision_id)
        if content:
            fields = fields_of_revision(model, content, [name for name in names if name in content])
        else:
            fields = fields_of_row(instance, names)
        yield str(instance.pk), Current(state, fields)


def _text_fields(model: Any) -> list[str]:
    """Return the names of fields that may hold text of a source.

    Of what every page has only the title is among them.
    """
    base = base_page_model()
    common = {field.name for field in base._meta.get_fields()} if issubclass(model, base) else set()
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | StreamField)
        and (field.name == "title" or field.name not in common)
    ]
