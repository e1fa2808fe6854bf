"""One import on its way: planned, written in one transaction, recorded, reported."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from treebeard.exceptions import PathOverflow

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from wagtail.log_actions import LogContext

from hsec_wagtail.importer.apply import Tree, apply_plan, translate_parent
from hsec_wagtail.importer.errors import ApplyError
from hsec_wagtail.importer.place import Place, may_publish, may_publish_links
from hsec_wagtail.importer.plan import Branch, Plan, build_plan
from hsec_wagtail.importer.readers import Reading
from hsec_wagtail.importer.report import ItemReport, Report, SourceReport
from hsec_wagtail.importer.snapshot import take_snapshot
from hsec_wagtail.models import ImportRun
from hsec_wagtail.swapping import base_page_model

__all__ = ["Job"]


@dataclass(frozen=True, slots=True)
class Job:
    """An import that is ready to be planned and carried out."""

    readings: Sequence[Reading]
    places: Sequence[Place]
    parent: Any
    user: Any | None
    publish: bool
    warnings: tuple[str, ...]

    def carry_out(self, options: dict[str, Any], *, dry_run: bool) -> Report:
        """Plan and apply; where the plan has nothing to write, write nothing at all."""
        try:
            return self._carry_out(options, dry_run=dry_run)
        except ValidationError as error:
            raise ApplyError(
                f"The site refused a page: {_said(error)} Nothing was written."
            ) from error
        except PathOverflow as error:
            raise ApplyError(
                "The pages of the source are nested deeper than the tree of this site can be below"
                f" {self.parent.title!r}; import them higher up. Nothing was written."
            ) from error

    def _carry_out(self, options: dict[str, Any], *, dry_run: bool) -> Report:
        plan = self._plan()
        if not plan.writes:
            return self._report(plan, run=None, dry_run=dry_run)
        if dry_run:
            return self._rehearse(options)
        record = self._record(options)
        try:
            with transaction.atomic(), LogContext(user=self.user):
                plan = self._apply(record)
                report = self._report(plan, run=record, dry_run=False)
                self._close(record, report)
        except BaseException as error:  # Ctrl-C and a stopped worker, too.
            self._fail(record, error)
            raise
        return report

    def _rehearse(self, options: dict[str, Any]) -> Report:
        with transaction.atomic(), LogContext(user=self.user):
            record = self._record(options)
            plan = self._apply(record)
            report = self._report(plan, run=record, dry_run=True)
            transaction.set_rollback(True)
        return report

    def _plan(self) -> Plan:
        branches = [
            Branch(
                place.document,
                place.locale.language_code,
                place.parent.pk if place.parent else None,
            )
            for place in self.places
        ]
        return build_plan(branches, take_snapshot(branches, parent=self.parent, user=self.user))

    def _apply(self, record: ImportRun) -> Plan:
        """Write the plan, made anew under the lock of the parent: the site may have changed since."""
        base_page_model()._default_manager.select_for_update().get(pk=self.parent.pk)
        plan = self._plan()
        apply_plan(
            plan,
            run=record,
            trees=self._trees(),
            user=self.user,
            source_key=self.places[0].document.source_key,
        )
        return plan

    def _trees(self) -> dict[str, Tree]:
        trees: dict[str, Tree] = {}
        for place in self.places:
            parent, made = place.parent, ()
            if parent is None:
                parent, made = translate_parent(self.parent, place.locale, live=self.publish)
            # Path and number of children must be as the database has them.
            parent = base_page_model()._default_manager.get(pk=parent.pk).specific
            publish = self.publish and may_publish(parent, self.user)
            links = self.publish and may_publish_links(self.user)
            trees[place.locale.language_code] = Tree(place.locale, parent, publish, links, made)
        return trees

    def _record(self, options: dict[str, Any]) -> ImportRun:
        first = self.readings[0]
        return ImportRun.objects.create(
            user=self.user,
            parent_id=self.parent.pk,
            source_name=", ".join(reading.source.name for reading in self.readings)[:255],
            source_sha256=first.source.sha256,
            reader=first.format,
            profile=first.profile,
            language=", ".join(place.locale.language_code for place in self.places)[:100],
            options=options,
        )

    @staticmethod
    def _close(record: ImportRun, report: Report) -> None:
        counts = report.counts
        record.status = ImportRun.Status.DONE
        record.finished_at = timezone.now()
        record.created_count = counts["create"]
        record.updated_count = counts["update"]
        record.unchanged_count = counts["unchanged"]
        record.kept_count = counts["keep"]
        record.report = report.as_json()
        record.save()

    @staticmethod
    def _fail(record: ImportRun, error: BaseException) -> None:
        record.status = ImportRun.Status.FAILED
        record.finished_at = timezone.now()
        record.message = str(error) or type(error).__name__
        # If the database is what failed, the run shows as running, which nothing is: as interrupted.
        with suppress(DatabaseError):
            record.save()

    def _report(self, plan: Plan, *, run: ImportRun | None, dry_run: bool) -> Report:
        objects = _written(run) if run else {}
        # Pages that had to be made as parents of a translation are of no source.
        parents = run.items.filter(source_key="").order_by("position") if run else ()
        items = [ItemReport.of_parent(item.title, item.language) for item in parents]
        counts = plan.counts()
        counts["create"] += len(items)
        for step in plan.steps:
            pk, live = objects.get(step.identity, (None, None))
            known = step.existing.pk if step.existing else None
            items.append(ItemReport.of(step, pk=known if dry_run or pk is None else pk, live=live))
        return Report(
            sources=tuple(SourceReport.of(reading) for reading in self.readings),
            items=tuple(items),
            dry_run=dry_run,
            run=run.pk if run and not dry_run else None,
            parent=f"{self.parent.title} ({self.parent.pk})",
            warnings=self.warnings,
            counts=counts,
        )


def _written(run: ImportRun) -> dict[tuple[str, str], tuple[int, bool]]:
    """Return (id, live) of what ``run`` wrote, by language and key; a query for each type."""
    found: dict[tuple[str, str], tuple[int, bool]] = {}
    items = list(run.items.exclude(revision_after=None).select_related("content_type"))
    for content_type in {item.content_type for item in items}:
        mine = {item.object_id: item for item in items if item.content_type == content_type}
        model: Any = content_type.model_class()
        for pk, live in model._default_manager.filter(pk__in=mine).values_list("pk", "live"):
            item = mine[str(pk)]
            found[(item.language, item.key)] = (pk, live)
    return found


def _said(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return " ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return " ".join(error.messages)
