"""The record of a run: its items, with what was written and from where, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError
from django.utils import timezone

from hsec_wagtail.importer.errors import ImportContentError
from hsec_wagtail.importer.messages import Message, stored
from hsec_wagtail.importer.planning.steps import Action, Identity, ItemKind, Step
from hsec_wagtail.importer.reading.readers import Readable
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.runs.report import Report
from hsec_wagtail.importer.runs.run_report import COUNT_FIELDS
from hsec_wagtail.importer.writing.apply import Written
from hsec_wagtail.importer.writing.bulk import on_primary
from hsec_wagtail.importer.writing.redirects import redirect_model
from hsec_wagtail.models import ImportItem, ImportRun, ImportSource, QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model, page_model

__all__ = ["RunRecorder", "close", "fail"]

#: The longest title and source name that are kept.
_LONGEST = 255


class RunRecorder:
    """Records the items and sources of a run, chunk by chunk."""

    def __init__(self, run: ImportRun, records: Mapping[str, Readable], *, source_key: str) -> None:
        self._run = run
        self._records = records
        self._source_key = source_key
        self._position = 0
        #: Language and number -> id of a source that is kept.
        self._sources: dict[tuple[str, int], int] = {}

    def note_parents(self, pages: Iterable[Any]) -> None:
        """Record the pages that were made as parents; without a source key, as no source names them."""
        ImportItem.objects.bulk_create([self._parent_item(page) for page in pages])

    def note(
        self,
        steps: Sequence[Step],
        written: Iterable[Written],
        comments: Mapping[Identity, Sequence[int]],
    ) -> None:
        """Record ``steps``; those that change nothing are only counted, elsewhere.

        ``comments`` holds the ids of the comments that name the conflicts of an item, in their order.
        """
        done = {item.step.identity: item for item in written}
        worth = [step for step in steps if step.writes or step.action in {Action.KEEP, Action.GONE}]
        self._keep_sources(step for step in worth if step.writes)
        ImportItem.objects.bulk_create(
            [
                self._item(step, done.get(step.identity), comments.get(step.identity, ()))
                for step in worth
            ],
            batch_size=500,
        )

    def _keep_sources(self, steps: Iterable[Step]) -> None:
        wanted = dict.fromkeys((step.language, step.source) for step in steps)
        new = [key for key in wanted if key not in self._sources]
        first = len(self._sources) + 1
        ImportSource.objects.bulk_create(
            [
                self._source(self._records[language].record(number), position)
                for position, (language, number) in enumerate(new, first)
            ],
            batch_size=100,
        )
        # Asked for, since MySQL does not say which ids it gave; not of a replica, which does not have them yet.
        rows = on_primary(ImportSource.objects).filter(run=self._run, position__gte=first)
        rows = rows.order_by("position")
        self._sources |= dict(zip(new, rows.values_list("pk", flat=True), strict=True))

    def _source(self, record: SourceRecord, position: int) -> ImportSource:
        return ImportSource(
            run=self._run,
            position=position,
            name=record.name[-_LONGEST:],
            url=record.url,
            sha256=record.sha256,
            format=record.format,
            profile=record.profile[:_LONGEST],
            language=record.language,
            text=record.text.replace("\0", "\ufffd"),
            chrome=stored(record.chrome),
            ledger=stored(record.ledger),
            notes={
                "warnings": stored(record.warnings),
                "dates": list(record.dates),
                "unresolved": list(record.unresolved),
                "dead_links": list(record.dead_links),
                "images": list(record.images),
                "origin": record.origin,
                "trail": list(record.trail),
            },
        )

    def _parent_item(self, page: Any) -> ImportItem:
        self._position += 1
        return ImportItem(
            run=self._run,
            position=self._position,
            action=ImportItem.Action.CREATE,
            content_type=ContentType.objects.get_for_model(type(page)),
            object_id=str(page.pk),
            language=page.locale.language_code,
            parent_id=str(self._run.parent_id),
            title=page.title,
            revision_after=page.latest_revision_id,
        )

    def _item(self, step: Step, written: Written | None, comments: Sequence[int]) -> ImportItem:
        self._position += 1
        return ImportItem(
            run=self._run,
            position=self._position,
            action=step.action.value,
            content_type=self._content_type(step, written),
            object_id=str(written.instance.pk if written else step.pk or ""),
            source_key=self._source_key,
            key=step.key,
            language=step.language,
            parent_id=str(self._run.parent_id),
            title=step.title[:_LONGEST],
            source_id=self._sources.get((step.language, step.source)) if step.writes else None,
            spans={path: list(span) for path, span in step.spans.items()},
            fields_sha256=step.sha256 if step.writes else "",
            differences=[one.as_json() for one in step.differences],
            conflicts=[
                {**one.as_json(), "comment": comment}
                for one, comment in zip_longest(step.conflicts, comments)
            ],
            written=self._base(step, written),
            revision_before=written.before if written else None,
            revision_after=getattr(written.instance, "latest_revision_id", None)
            if written
            else None,
            notes=stored(step.notes),
        )

    @staticmethod
    def _base(step: Step, written: Written | None) -> Mapping[str, Any]:
        """Return what the next run compares with; of a redirect, which has no revision, what undo does."""
        if written and step.kind is ItemKind.REDIRECT:
            names = ("old_path", "redirect_page_id", "redirect_link")
            return {name: getattr(written.instance, name) for name in names}
        return step.base if step.writes else {}

    @staticmethod
    def _content_type(step: Step, written: Written | None) -> ContentType:
        if written:
            return ContentType.objects.get_for_model(type(written.instance))
        model: Any
        match step.kind:
            case ItemKind.LINKS:
                model = QuickLinksSnippet
            case ItemKind.REDIRECT:
                model = redirect_model()
            case ItemKind.PAGE:
                gone = step.action is Action.GONE
                model = base_page_model() if gone else page_model(step.type)
        return ContentType.objects.get_for_model(model)


def close(run: ImportRun, report: Report) -> None:
    """Store ``report`` with the run, which is done."""
    run.status = ImportRun.Status.DONE
    run.finished_at = timezone.now()
    for action, count in report.counts.items():
        setattr(run, COUNT_FIELDS[action], count)
    run.report = report.as_stored()
    run.save()


def fail(run: ImportRun, error: BaseException) -> None:
    """Store with the run why it failed.

    A run that was committed stays done: what failed then, such as a hook of the site, came after it.
    """
    unfinished = ImportRun.objects.filter(
        pk=run.pk, status__in=[ImportRun.Status.RUNNING, ImportRun.Status.INTERRUPTED]
    )
    # If the database is what failed, the run shows as running, which nothing is: as interrupted.
    with suppress(DatabaseError):
        unfinished.update(
            status=ImportRun.Status.FAILED,
            finished_at=timezone.now(),
            message=_reason(error).as_json(),
        )


def _reason(error: BaseException) -> Message:
    if isinstance(error, ImportContentError):
        return error.message
    return Message("ended-unexpectedly", error=str(error) or type(error).__name__)
