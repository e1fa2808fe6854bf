"""What the plan must know of the site, read in a constant number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from wagtail.fields import StreamField
from wagtail.models import Revision, WorkflowState

from hsec_wagtail.importer.plan import Branch, Existing, Identity, SiteSnapshot
from hsec_wagtail.importer.streamfield import Fields, fingerprint, unresolve
from hsec_wagtail.models import ImportItem, QuickLinksSnippet
from hsec_wagtail.swapping import base_page_model, page_models

__all__ = ["page_keys", "read_fields", "stored_fingerprint", "take_snapshot"]


def take_snapshot(branches: Sequence[Branch], *, parent: Any, user: Any | None) -> SiteSnapshot:
    """Return what earlier runs below ``parent`` wrote and what it is now, and the slugs in use.

    What ``user`` may not edit, what is locked and what is in moderation is marked as such.
    """
    source_key = branches[0].document.source_key
    items = _written_items(parent.pk, source_key, {branch.language for branch in branches})
    objects = _Objects(items.values(), user)
    keys = page_keys(items.values())
    existing = {
        identity: _existing(item, objects.get(item), keys, objects.barrier(item))
        for identity, item in items.items()
    }
    return SiteSnapshot(
        existing=existing,
        page_slugs=_page_slugs(_parents(branches, existing)),
        group_slugs=_group_slugs(branch.language for branch in branches),
    )


def _parents(branches: Iterable[Branch], existing: Mapping[Identity, Existing]) -> set[int]:
    """Return the ids of the pages below which the documents have pages."""
    found: set[int] = set()
    for branch in branches:
        found |= {branch.parent} if branch.parent else set()
        for page in branch.document.page.walk():
            above = existing.get((branch.language, page.key))
            if above and page.children:
                found.add(above.pk)
    return found


def page_keys(items: Iterable[ImportItem]) -> dict[int, str]:
    """Return the keys of imported pages by their ids."""
    links = ContentType.objects.get_for_model(QuickLinksSnippet).pk
    return {int(item.object_id): item.key for item in items if item.content_type_id != links}


def _written_items(
    parent_pk: int, source_key: str, languages: set[str]
) -> dict[Identity, ImportItem]:
    """Return the last item that wrote each identity below the parent and was not undone."""
    rows = ImportItem.objects.filter(
        parent_id=str(parent_pk),
        source_key=source_key,
        language__in=languages,
        undone=False,
        action__in=[ImportItem.Action.CREATE, ImportItem.Action.UPDATE],
    ).order_by("pk")
    return {(item.language, item.key): item for item in rows}


class _Objects:
    """The pages and groups of links that items name, with the content of their newest drafts."""

    def __init__(self, items: Iterable[ImportItem], user: Any | None) -> None:
        links = ContentType.objects.get_for_model(QuickLinksSnippet)
        groups = [item.object_id for item in items if item.content_type_id == links.pk]
        pages = [item.object_id for item in items if item.content_type_id != links.pk]
        self._links = links.pk
        self._rows = {
            True: _rows(QuickLinksSnippet, groups),
            False: _rows(base_page_model(), pages),
        }
        revisions = [
            row["latest_revision_id"] for rows in self._rows.values() for row in rows.values()
        ]
        self._contents = dict(
            Revision.objects.filter(pk__in=[pk for pk in revisions if pk]).values_list(
                "pk", "content"
            )
        )

        self._barriers = _barriers(items, self._rows, user)

    def barrier(self, item: ImportItem) -> str:
        """Return why the object may not be written now, or ""."""
        return self._barriers.get((item.content_type_id == self._links, item.object_id), "")

    def get(self, item: ImportItem) -> tuple[dict[str, Any], Mapping[str, Any]] | None:
        """Return the row and the content, or None if the object is gone."""
        row = self._rows[item.content_type_id == self._links].get(item.object_id)
        if row is None:
            return None
        content = self._contents.get(row["latest_revision_id"])
        if content is None:
            found: Any = item.get_object()
            content = found.serializable_data()
        return row, content


def _rows(model: type[Model], pks: Sequence[str]) -> dict[str, dict[str, Any]]:
    values = model._default_manager.filter(pk__in=pks).values(
        "pk", "slug", "latest_revision_id", "live", "has_unpublished_changes", "locked"
    )
    return {str(row["pk"]): row for row in values}


def _barriers(
    items: Iterable[ImportItem], rows: Mapping[bool, dict[str, dict[str, Any]]], user: Any | None
) -> dict[tuple[bool, str], str]:
    """Return why objects may not be written now, by whether they are links and their ids."""
    found = {
        (links, pk): "It is locked."
        for links, objects in rows.items()
        for pk, row in objects.items()
        if row["locked"]
    }
    group = ContentType.objects.get_for_model(QuickLinksSnippet).pk
    states = WorkflowState.objects.filter(
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
        object_id__in=[item.object_id for item in items],
    ).values_list("content_type_id", "object_id")
    for content_type, pk in states:
        found[(content_type == group, pk)] = "It is in moderation."
    if user is not None and not user.is_superuser:
        pages = base_page_model()._default_manager.filter(pk__in=rows[False])
        for page in pages:
            if not page.permissions_for_user(user).can_edit():
                found[(False, str(page.pk))] = f"{user} may not edit it."
    return found


def _existing(
    item: ImportItem,
    found: tuple[dict[str, Any], Mapping[str, Any]] | None,
    keys: Mapping[int, str],
    barrier: str,
) -> Existing:
    if found is None:
        return Existing(pk=int(item.object_id), slug="", written=item.written, current=None)
    row, content = found
    current = read_fields(content, item.written)
    # A draft of a live page may hold what no source writes, such as its address: not ours to publish.
    has_draft = row["live"] and row["has_unpublished_changes"]
    return Existing(
        pk=int(item.object_id),
        slug=row["slug"],
        written=item.written,
        current=unresolve(current, keys),
        edited=fingerprint(current) != item.written_sha256
        or (has_draft and row["latest_revision_id"] != item.revision_after),
        type=_page_type(item),
        barrier=barrier,
    )


def _page_type(item: ImportItem) -> str:
    # From the cache of content types, not by a query for each item.
    model = ContentType.objects.get_for_id(item.content_type_id).model_class()
    return next((kind for kind, ours in page_models().items() if model is ours), "")


def read_fields(content: Mapping[str, Any], names: Iterable[str]) -> Fields:
    """Return the fields ``names`` of a revision's content; StreamFields are JSON text there."""
    fields: Fields = {}
    for name in names:
        value = content.get(name)
        if isinstance(value, str) and name in {"body", "links"}:
            value = json.loads(value)
        fields[name] = value
    return fields


def stored_fingerprint(instance: Any, names: Iterable[str]) -> str:
    """Return the fingerprint of the fields ``names`` as ``instance`` would store them now."""
    model_fields = {name: instance._meta.get_field(name) for name in names}
    content = {
        name: field.value_to_string(instance)
        if isinstance(field, StreamField)
        else instance.serializable_data().get(name)
        for name, field in model_fields.items()
    }
    # As JSON, like the content of a revision: a day is text there.
    stored = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return fingerprint(read_fields(stored, names))


def _page_slugs(parents: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the slugs of the children of each of ``parents``."""
    model = base_page_model()
    places = dict(model._default_manager.filter(pk__in=parents).values_list("path", "pk"))
    slugs: dict[int, set[str]] = {pk: set() for pk in places.values()}
    for paths in _batched(places):
        below = Q()
        for path in paths:
            below |= Q(path__startswith=path, depth=len(path) // model.steplen + 1)
        for path, slug in model._default_manager.filter(below).values_list("path", "slug"):
            slugs[places[path[: -model.steplen]]].add(slug)
    return {pk: frozenset(taken) for pk, taken in slugs.items()}


def _batched(paths: Iterable[str], size: int = 100) -> Iterator[list[str]]:
    """Yield lists of ``size``, so that no query grows with the section."""
    rest = iter(paths)
    while batch := list(islice(rest, size)):
        yield batch


def _group_slugs(languages: Iterable[str]) -> dict[str, frozenset[str]]:
    taken: dict[str, set[str]] = {language: set() for language in languages}
    rows = QuickLinksSnippet.objects.filter(locale__language_code__in=taken).values_list(
        "locale__language_code", "slug"
    )
    for language, slug in rows:
        taken[language].add(slug)
    return {language: frozenset(slugs) for language, slugs in taken.items()}
