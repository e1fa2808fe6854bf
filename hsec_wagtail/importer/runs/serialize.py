"""Runs as data: for JSON, with plan, base and report; as rows for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.runs.run_report import COUNT_FIELDS, in_words, notes_of, reason_of
from hsec_wagtail.models import ImportItem, ImportRun, ImportSource

__all__ = ["item_rows", "run_data", "run_rows", "run_summary"]


def run_summary(run: ImportRun) -> dict[str, Any]:
    """Return what a list of runs says of ``run``."""
    return {
        "run": run.pk,
        "status": run.status,
        "started": run.started_at.isoformat(),
        "finished": run.finished_at.isoformat() if run.finished_at else None,
        "user": run.user.get_username() if run.user else None,
        "parent": run.parent_id,
        "source": run.source_name,
        "sha256": run.source_sha256,
        "counts": {action: getattr(run, name) for action, name in COUNT_FIELDS.items()},
        "message": reason_of(run),
    }


def run_data(run: ImportRun) -> dict[str, Any]:
    """Return all that is kept of ``run``, except the texts of its sources; messages in the reader's language.

    An item's ``differences`` and ``conflicts`` are the plan as it was carried out, ``base`` what the next run
    compares with.
    """
    return {
        **run_summary(run),
        "record_format": run.record_format,
        "options": run.options,
        "report": said(run.report),
        "sources": [_source(source) for source in run.sources.defer("text")],
        "items": [
            _item(item) for item in run.items.select_related("content_type").order_by("position")
        ],
    }


def _source(source: ImportSource) -> dict[str, Any]:
    names = ("name", "url", "sha256", "format", "profile", "language", "ledger", "notes", "chrome")
    return {name: said(getattr(source, name)) for name in names}


def _item(item: ImportItem) -> dict[str, Any]:
    return {
        "action": item.action,
        "type": item.content_type.model,
        "id": item.object_id,
        "key": item.key,
        "language": item.language,
        "title": item.title,
        "undone": item.undone,
        "message": "\n".join(notes_of(item)),
        "differences": [in_words(one) for one in item.differences],
        "conflicts": [in_words(one) for one in item.conflicts],
        "spans": item.spans,
        "base": item.written,
        "revision_before": item.revision_before,
        "revision_after": item.revision_after,
    }


def run_rows(runs: Iterable[ImportRun]) -> Iterator[list[str]]:
    """Yield a heading and a row for each of ``runs``."""
    yield [
        "run",
        "status",
        "started",
        "finished",
        "user",
        "parent",
        "source",
        *COUNT_FIELDS,
        "message",
    ]
    for run in runs:
        yield [
            str(run.pk),
            run.status,
            _moment(run.started_at),
            _moment(run.finished_at),
            run.user.get_username() if run.user else "",
            str(run.parent_id or ""),
            run.source_name,
            *(str(getattr(run, name)) for name in COUNT_FIELDS.values()),
            reason_of(run),
        ]


def item_rows(items: Iterable[ImportItem]) -> Iterator[list[str]]:
    """Yield a heading and a row for each of ``items``."""
    yield [
        "action",
        "type",
        "id",
        "language",
        "key",
        "title",
        "changes",
        "conflicts",
        "undone",
        "message",
    ]
    for item in items:
        yield [
            item.action,
            item.content_type.model,
            item.object_id,
            item.language,
            item.key,
            item.title,
            str(len(item.differences)),
            str(len(item.conflicts)),
            "yes" if item.undone else "no",
            "\n".join(notes_of(item)),
        ]


def _moment(moment: Any) -> str:
    if moment is None:
        return ""
    return str((timezone.localtime(moment) if timezone.is_aware(moment) else moment).isoformat())
