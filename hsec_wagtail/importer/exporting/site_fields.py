"""A site's own fields and lists on pages, which a section document cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model

from modelcluster.models import get_all_child_relations
from wagtail.models import Comment, Page

from hsec_wagtail.importer.exporting.load import StoredPage
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.models import (
    ForumPageMixin,
    PolicyPageMixin,
    SectionPageMixin,
    TopicPageMixin,
)

__all__ = ["site_field_notes"]

_MIXINS = (SectionPageMixin, ForumPageMixin, TopicPageMixin, PolicyPageMixin)
# Wagtail's, but content of the site all the same, which a document cannot hold.
_SCHEDULE = frozenset({"go_live_at", "expire_at"})
# Ours, but a matter between the editors of one site.
_OF_EDITORS = frozenset({"review_on"})


def site_field_notes(pages: Sequence[StoredPage]) -> Iterator[Message]:
    """Yield a message for each of the site's own fields and lists that is not empty on a page.

    A query for each relation of a page type that has some.
    """
    of_model: dict[type[Any], list[StoredPage]] = {}
    for page in pages:
        of_model.setdefault(type(page.row), []).append(page)
        for field in _own_fields(type(page.row)):
            value = getattr(page.row, field.attname)
            if value not in field.empty_values and value != field.get_default():
                text = str(value)[:80]
                yield Message("export-own-field", page=page.name, field=field.name, value=text)
    for model, found in of_model.items():
        yield from _related(model, found)


def _own_fields(model: type[Model]) -> list[Any]:
    known = {field.name for field in Page._meta.concrete_fields} - _SCHEDULE
    known |= {field.name for mixin in _MIXINS for field in mixin._meta.local_fields} - _OF_EDITORS
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in known and not (field.remote_field and field.remote_field.parent_link)
    ]


def _related(model: type[Model], pages: Sequence[StoredPage]) -> Iterator[Message]:
    names = {page.row.pk: page.name for page in pages}
    for relation in get_all_child_relations(model):
        if not issubclass(relation.related_model, Comment):
            column = relation.field.attname
            yield from _page_notes(
                relation.related_model, column, relation.get_accessor_name(), names
            )
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        if through._meta.auto_created:
            yield from _page_notes(through, f"{field.m2m_field_name()}_id", field.name, names)


def _page_notes(model: Any, column: str, name: str, names: dict[int, Message]) -> Iterator[Message]:
    """Yield a message for each page that rows of ``model`` belong to."""
    owners = model._default_manager.values_list(column, flat=True).distinct().order_by(column)
    for pk in owners:
        if pk in names:
            yield Message("export-own-list", page=names[pk], list=name)
