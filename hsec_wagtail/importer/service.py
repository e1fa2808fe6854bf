"""The one way in: convert, import, undo. Commands, views and tests call this module and nothing below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treebeard.exceptions import PathOverflow

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from wagtail.log_actions import LogContext

from hsec_wagtail import conf
from hsec_wagtail.importer.apply import Tree, apply_plan, translate_parent
from hsec_wagtail.importer.bundle import open_source
from hsec_wagtail.importer.document import Document
from hsec_wagtail.importer.errors import (
    ApplyError,
    ImportContentError,
    PlanError,
    UndoError,
)
from hsec_wagtail.importer.keys import key_from
from hsec_wagtail.importer.place import (
    Place,
    check_may_add_links,
    check_may_hold,
    check_tree,
    choose_places,
    find_parent,
    may_publish,
    may_publish_links,
)
from hsec_wagtail.importer.plan import Branch, Plan, build_plan
from hsec_wagtail.importer.readers import Reading, check_nothing_lost, read
from hsec_wagtail.importer.report import ItemReport, Report, SourceReport
from hsec_wagtail.importer.snapshot import take_snapshot
from hsec_wagtail.importer.undo import UndoneItem, undo_items
from hsec_wagtail.models import ImportRun
from hsec_wagtail.swapping import base_page_model

__all__ = ["convert", "in_language", "preview", "run", "undo"]

Sources = str | Path | Sequence[str | Path]


def convert(
    source: str | Path,
    *,
    profile: str | None = None,
    format: str | None = None,
    language: str | None = None,
    base_url: str | None = None,
) -> list[Reading]:
    """Return what ``source`` says, a reading for each file it names; touches no database.

    Raises:
        ImportContentError: It cannot be read; the text says where and the way out.
    """
    limit = conf.get("HSEC_MAX_SOURCE_BYTES")
    return [
        read(
            file.data,
            name=file.name,
            format=format,
            profile=profile,
            language=language,
            base_url=base_url,
            max_bytes=limit,
        )
        for file in open_source(source, max_bytes=limit)
    ]


def preview(sources: Sources, **options: Any) -> Report:
    """Return the report of an import that is rolled back; takes what :func:`run` takes."""
    return run(sources, **options, dry_run=True)


def run(
    sources: Sources,
    *,
    parent: Any | None = None,
    user: Any | None = None,
    profile: str | None = None,
    format: str | None = None,
    language: str | None = None,
    base_url: str | None = None,
    draft: bool = False,
    dry_run: bool = False,
    allow_loss: bool = False,
) -> Report:
    """Import ``sources`` below a page, all in one transaction, and return the report.

    Args:
        sources: Path, "-", or name of packaged content; or several of these.
        parent: Page, id or path; by default the root page of the default site.
        user: Whose the revisions are, and whose permissions count; None for the system.
        profile: Name or path of a reader profile.
        format: Of the sources, where it cannot be told from them.
        language: Of the sources, where it cannot be told from them; of several documents the one to
            import alone.
        base_url: Address the source was saved from.
        draft: Publish nothing.
        dry_run: Do everything, then roll it back.
        allow_loss: Import although words of a source are claimed by nobody.

    Raises:
        ImportContentError: Nothing was written; the text says why and the way out.
    """
    names = [sources] if isinstance(sources, str | Path) else list(sources)
    how = {"profile": profile, "format": format, "base_url": base_url}
    readings = [reading for name in names for reading in convert(name, language=language, **how)]
    readings = in_language(readings, language)
    if not allow_loss:
        check_nothing_lost(readings)
    options = {"draft": draft, "allow_loss": allow_loss, "sources": [str(name) for name in names]}
    with _refusals_of_the_database(ApplyError):
        job = _prepare(readings, parent, user, draft=draft)
        return job.carry_out(options, dry_run=dry_run)


@contextmanager
def _refusals_of_the_database(kind: type[ImportContentError]) -> Iterator[None]:
    """Turn errors of the database into those of the importer."""
    try:
        yield
    except DatabaseError as error:
        said = str(error).strip()
        missing = "no such table" in said or isinstance(error, ProgrammingError)
        way_out = (
            "Run manage.py migrate first."
            if missing
            else "Mend what it says, or try again if it was busy."
        )
        raise kind(f"The database refused: {said}. Nothing was written. {way_out}") from error


def in_language(readings: list[Reading], language: str | None) -> list[Reading]:
    """Return those in ``language``, all if it is None.

    Raises:
        PlanError: None is.
    """
    if language is None or len(readings) < 2:
        return readings
    chosen = [
        r for r in readings if r.document.language.partition("-")[0] == language.partition("-")[0]
    ]
    if not chosen:
        known = ", ".join(sorted({reading.document.language for reading in readings}))
        raise PlanError(f"None of the documents is in {language!r}; they are in: {known}.")
    return chosen


def _prepare(
    readings: Sequence[Reading], parent: Any | None, user: Any | None, *, draft: bool
) -> _Job:
    sections = {(r.document.source_key, r.document.page.key): r.source.name for r in readings}
    if len(sections) > 1:
        raise PlanError(
            f"The sources hold {len(sections)} sections ({', '.join(sections.values())}); import them one by one."
        )
    _check_one_each(readings)
    _spell_slugs(readings)
    home = find_parent(parent)
    documents = [reading.document for reading in readings]
    placement = choose_places(documents, parent=home, named=parent is not None)
    check_may_hold(placement.parent, placement.places[0].document.page.type)
    for place in placement.places:
        check_tree(place.document)
    live = may_publish(placement.parent, user)
    if any(document.navigation or _has_links(document) for document in documents):
        check_may_add_links(user)
    warnings = placement.warnings
    if not live and not draft:
        warnings += (f"{user} may not publish below {placement.parent.title!r}: drafts are made.",)
    return _Job(readings, placement.places, placement.parent, user, live and not draft, warnings)


def _spell_slugs(readings: Sequence[Reading]) -> None:
    """Spell slugs in ASCII where the site's editor takes no others."""
    if getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True):
        return
    for reading in readings:
        for page in reading.document.page.walk():
            page.slug = key_from(page.slug) if page.slug else ""


def _has_links(document: Document) -> bool:
    return any(page.quick_links for page in document.page.walk())


def _check_one_each(readings: Sequence[Reading]) -> None:
    seen: dict[str, str] = {}
    for reading in readings:
        language = reading.document.language
        if language in seen:
            raise PlanError(
                f"{seen[language]} and {reading.source.name} are the same section in the same language"
                f" ({language}); import one of them."
            )
        seen[language] = reading.source.name


@dataclass(frozen=True, slots=True)
class _Job:
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


def undo(run: ImportRun | int, *, user: Any | None = None) -> list[UndoneItem]:
    """Take a run back and return what became of each of its items, the last first.

    Raises:
        UndoError: There is no such run, or there is nothing to take back. Nothing was changed.
    """
    with _refusals_of_the_database(UndoError), transaction.atomic(), LogContext(user=user):
        # Locked, so that nobody takes it back at the same time.
        pk = run.pk if isinstance(run, ImportRun) else run
        record = ImportRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if record is None:
            raise UndoError(f"There is no run {pk}. See them with: hsec_runs")
        if record.status not in {ImportRun.Status.DONE, ImportRun.Status.PARTLY_UNDONE}:
            raise UndoError(
                f"Run {record.pk} is {record.get_status_display()}; there is nothing to take back."
            )
        try:
            outcomes = list(undo_items(record, user=user))
        except PermissionDenied as error:
            raise UndoError(
                f"{user} may not take this back: {error} Nothing was changed."
            ) from error
        kept = any(outcome.outcome == "kept" for outcome in outcomes)
        record.status = ImportRun.Status.PARTLY_UNDONE if kept else ImportRun.Status.UNDONE
        record.undone_at = timezone.now()
        record.save(update_fields=["status", "undone_at"])
    return outcomes
