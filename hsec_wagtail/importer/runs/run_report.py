"""A run of the importer as the register shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.utils.text import capfirst

from wagtail.admin.admin_url_finder import AdminURLFinder

from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import ImportRun
from hsec_wagtail.models.labels import place_label

if TYPE_CHECKING:
    from hsec_wagtail.models.imports import ImportItem

__all__ = [
    "COLUMNS",
    "COUNT_FIELDS",
    "COUNT_LABELS",
    "describe_run",
    "in_words",
    "notes_of",
    "reason_of",
    "warnings_of",
]

#: What was done with items -> the field that counts them.
COUNT_FIELDS = {
    "create": "created_count",
    "update": "updated_count",
    "merge": "merged_count",
    "conflict": "conflict_count",
    "unchanged": "unchanged_count",
    "keep": "kept_count",
    "gone": "gone_count",
}
COUNT_LABELS: dict[str, Any] = {
    name: ImportRun._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # no relation
    for name in COUNT_FIELDS.values()
}
COLUMNS = ["source_name", "status", "started_at", "user", "parent", "language"]
FACTS = [
    *COLUMNS,
    *COUNT_LABELS,
    "finished_at",
    "undone_at",
    "reader",
    "profile",
    "source_sha256",
    "uuid",
    "message",
]
ITEMS_PER_PAGE = 100


def describe_run(run: ImportRun, *, user: Any, page_number: Any = 1) -> dict[str, Any]:
    """Return what the inspect view shows of ``run`` to ``user``.

    That is the ``facts``, ``options`` and ``warnings`` of the run, and one page of its ``items`` with
    links to where ``user`` may edit them. The queries grow with the kinds of objects, not with the items.
    """
    page = Paginator(run.items.select_related("content_type"), ITEMS_PER_PAGE).get_page(page_number)
    return {
        "pk": run.pk,
        "facts": [(_label(run, name), _value(run, name)) for name in FACTS],
        "options": sorted(run.options.items()),
        "warnings": [*warnings_of(run), *_source_warnings(run)],
        "items": _with_objects(page, AdminURLFinder(user)),
        "items_page": page,
    }


def _label(run: ImportRun, name: str) -> str:
    return capfirst(str(run._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no relation


def _value(run: ImportRun, name: str) -> Any:
    if name == "message":
        return reason_of(run)
    display = getattr(run, f"get_{name}_display", None)
    return display() if display else getattr(run, name)


def in_words(change: dict[str, Any]) -> dict[str, Any]:
    """Return a difference or a conflict, as a run keeps it, with its place in the reader's language."""
    return {**change, "label": place_label(change["label"])}


def notes_of(item: ImportItem) -> list[str]:
    """Return what a person should know of ``item``, in the reader's language."""
    notes: list[str] = said(item.notes)
    return notes


def reason_of(run: ImportRun) -> str:
    """Return why ``run`` failed, in the reader's language; "" if it did not."""
    return str(said(run.message)) if run.message else ""


def warnings_of(run: ImportRun) -> list[str]:
    """Return what the import warned of, in the reader's language."""
    warnings: list[str] = said(run.report.get("warnings") or [])
    return warnings


def _source_warnings(run: ImportRun) -> Iterator[str]:
    """Yield what was unclear in the sources."""
    for name, warnings in run.sources.values_list("name", "notes__warnings"):
        yield from (f"{name}: {one}" for one in said(warnings or []))


def _with_objects(page: Page[ImportItem], finder: AdminURLFinder) -> list[dict[str, Any]]:
    items = list(page.object_list)
    objects = _objects(items)
    return [
        {
            "item": item,
            "notes": notes_of(item),
            "url": finder.get_edit_url(found) if found is not None else None,
            "gone": found is None,
        }
        for item in items
        for found in [objects.get((item.content_type_id, item.object_id))]
    ]


def _objects(items: Sequence[ImportItem]) -> dict[tuple[int, str], Any]:
    ids: dict[int, list[str]] = {}
    for item in items:
        ids.setdefault(item.content_type_id, []).append(item.object_id)
    found = {}
    for type_id, object_ids in ids.items():
        # The type may be of an app that the site has taken out since.
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None:
            for one in model._default_manager.filter(pk__in=object_ids):
                found[type_id, str(one.pk)] = one
    return found
