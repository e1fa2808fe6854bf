"""One import on its way: planned, written in one transaction, recorded, reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from treebeard.exceptions import PathOverflow

from django.core.exceptions import ValidationError
from django.db import transaction

from wagtail.log_actions import LogContext

from hsec_wagtail.importer.errors import ApplyError
from hsec_wagtail.importer.limits import Deadline
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.planning.plan import plan_steps
from hsec_wagtail.importer.planning.steps import Action, Branch, ItemKind, Step
from hsec_wagtail.importer.reading.readers import Readable
from hsec_wagtail.importer.runs.recorder import RunRecorder, close, fail
from hsec_wagtail.importer.runs.report import ItemReport, Report, SourceReports
from hsec_wagtail.importer.writing.apply import SiteWriter, Tree, Written
from hsec_wagtail.importer.writing.bulk import on_primary
from hsec_wagtail.importer.writing.conflict_comments import comment_on
from hsec_wagtail.importer.writing.lock import hold_imports, mark_interrupted
from hsec_wagtail.importer.writing.snapshot import Survey
from hsec_wagtail.importer.writing.target import Destination, may_publish, may_publish_links
from hsec_wagtail.importer.writing.translations import translate_parent
from hsec_wagtail.models import ImportRun
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.keeping import at_end

__all__ = ["Job", "Progress"]

#: Called with the number of pages done, and their total.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """An import that is ready to be planned and carried out.

    ``readings`` are all that were read; those of ``destinations`` are imported.
    """

    readings: Sequence[Readable]
    destinations: Sequence[Destination]
    parent: Any
    user: Any | None
    publish: bool
    warnings: tuple[Message, ...]
    on_conflict: OnConflict = OnConflict.KEEP
    progress: Progress | None = None
    deadline: Deadline = field(default_factory=lambda: Deadline(None))
    #: Called with the run and the report when all is written, before it is committed or rolled back.
    on_written: Callable[[ImportRun, Report], None] | None = None

    def carry_out(self, options: dict[str, Any], *, dry_run: bool) -> Report:
        """Plan and apply; where the plan has nothing to write, write nothing at all."""
        mark_interrupted()
        try:
            return self._carry_out(options, dry_run=dry_run)
        except ValidationError as error:
            raise ApplyError("page-refused", fault=_fault_text(error)) from error
        except PathOverflow as error:
            raise ApplyError("tree-too-deep", parent=self.parent.title) from error

    def _carry_out(self, options: dict[str, Any], *, dry_run: bool) -> Report:
        if unchanged := self._nothing_to_write(dry_run=dry_run):
            return unchanged
        if dry_run:
            with transaction.atomic(), LogContext(user=self.user), at_end():
                report = self._apply(self._record(options), dry_run=True)
                transaction.set_rollback(True)
            return report
        run = self._record(options)
        try:
            with transaction.atomic(), LogContext(user=self.user), at_end():
                report = self._apply(run, dry_run=False)
                transaction.set_rollback(report.run is None)
        except BaseException as error:  # Ctrl-C and a stopped worker, too.
            fail(run, error)
            raise
        if report.run is None:
            run.delete()
        return report

    def _nothing_to_write(self, *, dry_run: bool) -> Report | None:
        """Return the report if there is nothing to write, else None."""
        outcome = _Outcome()
        survey = Survey(self._branches(), parent=self.parent, user=self.user)
        for steps in self._steps(survey):
            if any(step.writes for step in steps):
                return None
            outcome.note(steps, ())
        return self._report(outcome, run=None, dry_run=dry_run)

    def _branches(self) -> list[Branch]:
        return [
            Branch(
                destination.section,
                destination.locale.language_code,
                destination.parent.pk if destination.parent else None,
            )
            for destination in self.destinations
        ]

    def _steps(self, survey: Survey) -> Iterator[list[Step]]:
        return plan_steps(self._branches(), survey.snapshot, on_conflict=self.on_conflict)

    def _apply(self, run: ImportRun, *, dry_run: bool) -> Report:
        """Write the plan, made anew under the lock: the site may have changed since.

        The report names no run where another import wrote the same while this one waited.
        """
        hold_imports()
        # It may have been taken for dead while it waited.
        ImportRun.objects.filter(pk=run.pk).update(status=ImportRun.Status.RUNNING)
        parents = base_page_model()._default_manager.select_for_update()
        if parents.filter(pk=self.parent.pk).first() is None:
            raise ApplyError("parent-deleted", parent=self.parent.title, pk=self.parent.pk)
        survey = Survey(self._branches(), parent=self.parent, user=self.user, lock=True)
        trees = self._trees()
        writer = SiteWriter(
            self._branches(),
            survey.snapshot,
            trees,
            run=run,
            user=self.user,
            rehearsing=dry_run,
        )
        book = RunRecorder(run, self._records(), source_key=self.destinations[0].section.source_key)
        outcome = _Outcome()
        made = [page for tree in trees.values() for page in tree.made]
        book.note_parents(made)
        outcome.note_parents(made)
        total = sum(1 for destination in self.destinations for _ in destination.section.outlines())
        for steps in self._steps(survey):
            written = writer.write(steps)
            book.note(steps, written, comment_on(steps, user=self.user))
            outcome.note(steps, written)
            if self.progress:
                self.progress(outcome.pages, total)
            done = Message("pages-done", done=outcome.pages, total=total)
            self.deadline.check(ApplyError, done)
        if not outcome.writes:
            return self._report(outcome, run=None, dry_run=dry_run)
        writer.finish()
        report = self._report(outcome, run=run, dry_run=dry_run)
        close(run, report)
        if self.on_written:
            self.on_written(run, report)
        return report

    def _records(self) -> dict[str, Readable]:
        return {
            destination.locale.language_code: destination.reading
            for destination in self.destinations
        }

    def _trees(self) -> dict[str, Tree]:
        trees: dict[str, Tree] = {}
        for destination in self.destinations:
            parent, made = destination.parent, ()
            if parent is None:
                parent, made = translate_parent(self.parent, destination.locale, live=self.publish)
            # Path and number of children must be as the database has them.
            parent = on_primary(base_page_model()._default_manager).get(pk=parent.pk).specific
            publish = self.publish and may_publish(parent, self.user)
            links = self.publish and may_publish_links(self.user)
            trees[destination.locale.language_code] = Tree(
                destination.locale, parent, publish, links, made
            )
        return trees

    def _record(self, options: dict[str, Any]) -> ImportRun:
        sources = [record for reading in self.readings for record in islice(reading.sources, 1)]
        names = ", ".join(reading.name for reading in self.readings)
        return ImportRun.objects.create(
            user=self.user,
            parent_id=self.parent.pk,
            source_name=names[:255],
            source_sha256=sources[0].sha256,
            reader=sources[0].format,
            profile=sources[0].profile,
            language=", ".join(
                destination.locale.language_code for destination in self.destinations
            )[:100],
            options=options,
        )

    def _report(self, outcome: _Outcome, *, run: ImportRun | None, dry_run: bool) -> Report:
        return Report(
            sources=SourceReports(self.readings),
            items=tuple(outcome.items),
            dry_run=dry_run,
            run=run.pk if run and not dry_run else None,
            parent=f"{self.parent.title} ({self.parent.pk})",
            warnings=self.warnings,
            counts={action.value: outcome.counts[action.value] for action in Action},
        )


@dataclass(slots=True)
class _Outcome:
    """The items reported and counted so far."""

    items: list[ItemReport] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    #: Whether anything of it was to be written.
    writes: bool = False

    def note_parents(self, pages: Sequence[Any]) -> None:
        """Note pages that had to be made as parents of a translation; they are of no source."""
        for page in pages:
            self.writes = True
            self.items.append(ItemReport.of_parent(page.title, page.locale.language_code))
            self.counts[Action.CREATE.value] += 1

    def note(self, steps: Sequence[Step], written: Sequence[Written]) -> None:
        """Report and count ``steps``."""
        done = {item.step.identity: item.instance for item in written}
        for step in steps:
            instance = done.get(step.identity)
            self.items.append(
                ItemReport.of(
                    step,
                    pk=instance.pk if instance else step.pk,
                    live=getattr(instance, "live", None),
                )
            )
            self.counts[step.action.value] += 1
            self.pages += step.kind is ItemKind.PAGE
            self.writes = self.writes or step.writes


def _fault_text(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return " ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return " ".join(error.messages)
