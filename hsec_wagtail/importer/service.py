"""The one way in: convert, import, verify, undo, export. Commands, views and tests call this module and nothing below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, ProgrammingError, transaction
from django.utils import timezone

from wagtail.log_actions import LogContext

from hsec_wagtail import conf
from hsec_wagtail.importer.document.section import DocumentSection, Section
from hsec_wagtail.importer.errors import (
    ApplyError,
    ExportError,
    ImportContentError,
    PlanError,
    UndoError,
)
from hsec_wagtail.importer.exporting.export import Export, choose_languages, export_section
from hsec_wagtail.importer.job import Job, Progress
from hsec_wagtail.importer.limits import Deadline
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.reading.files.bundle import Bounds, open_bundle
from hsec_wagtail.importer.reading.readers import Readable, check_nothing_lost, read
from hsec_wagtail.importer.reading.website import read_site
from hsec_wagtail.importer.runs.report import Report
from hsec_wagtail.importer.runs.undo import UndoneItem, undo_items
from hsec_wagtail.importer.runs.verification import Verification
from hsec_wagtail.importer.runs.verify import verify as verify_runs
from hsec_wagtail.importer.writing.lock import hold_imports, mark_interrupted
from hsec_wagtail.importer.writing.media import settle_files
from hsec_wagtail.importer.writing.target import (
    check_may_add_links,
    check_may_hold,
    check_tree,
    choose_places,
    find_parent,
    may_publish,
)
from hsec_wagtail.models import ImportRun

__all__ = ["convert", "export", "in_language", "preview", "run", "undo", "verify"]

Sources = str | Path | Sequence[str | Path]
OnWritten = Callable[[ImportRun, Report], None]


def convert(
    *sources: str | Path,
    profile: str | None = None,
    format: str | None = None,
    language: str | None = None,
    base_url: str | None = None,
    deadline: Deadline | None = None,
) -> list[Readable]:
    """Return what ``sources`` say; touches no database.

    Section documents and a single source give a reading each, several saved pages one together.

    Raises:
        ImportContentError: One cannot be read; the text says where, and the remedy.
    """
    limits = {
        "max_bytes": conf.get("HSEC_MAX_SOURCE_BYTES"),
        "max_nodes": conf.get("HSEC_MAX_NODES"),
        "max_depth": conf.get("HSEC_MAX_DEPTH"),
    }
    bounds = Bounds(
        source_bytes=conf.get("HSEC_MAX_SOURCE_BYTES"),
        files=conf.get("HSEC_MAX_FILES"),
        total_bytes=conf.get("HSEC_MAX_TOTAL_BYTES"),
        expansion=conf.get("HSEC_MAX_EXPANSION"),
    )
    how: dict[str, Any] = {
        "profile": profile,
        "format": format,
        "language": language,
        "base_url": base_url,
    }
    with open_bundle(sources, bounds=bounds, deadline=deadline) as bundle:
        if bundle.is_site:
            return [read_site(bundle, **how, **limits)]
        return [read(file.data, name=file.name, **how, **limits) for file in bundle]


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
    on_conflict: OnConflict | str = OnConflict.KEEP,
    progress: Progress | None = None,
    on_written: OnWritten | None = None,
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
        on_conflict: What stands where the source and an editor changed the same part.
        progress: Told, now and then, how many pages are done of how many.
        on_written: Called with the run and the report when all is written, before the transaction ends;
            of a dry run this is the only time that the run can be read.

    Raises:
        ImportContentError: Nothing was written; the text says why, and the remedy.
    """
    names = [sources] if isinstance(sources, str | Path) else list(sources)
    deadline = Deadline(conf.get("HSEC_MAX_SECONDS"))
    readings = in_language(
        convert(
            *names,
            profile=profile,
            format=format,
            language=language,
            base_url=base_url,
            deadline=deadline,
        ),
        language,
    )
    if not allow_loss:
        check_nothing_lost(readings)
    choice = OnConflict(on_conflict)
    options = {
        "draft": draft,
        "allow_loss": allow_loss,
        "on_conflict": choice.value,
        "sources": [str(name) for name in names],
    }
    with _refusals_of_the_database(ApplyError):
        job = _prepare(readings, parent, user, draft=draft)
        job = replace(
            job, on_conflict=choice, progress=progress, deadline=deadline, on_written=on_written
        )
        return job.carry_out(options, dry_run=dry_run)


@contextmanager
def _refusals_of_the_database(kind: type[ImportContentError]) -> Iterator[None]:
    """Turn errors of the database into those of the importer."""
    try:
        yield
    except DatabaseError as error:
        said = str(error).strip()
        if isinstance(error, OperationalError) and "locked" in said:
            raise kind("busy") from error
        if "no such table" in said or isinstance(error, ProgrammingError):
            raise kind("database-without-tables", fault=said) from error
        raise kind("database-refused", fault=said) from error


def in_language(readings: Sequence[Readable], language: str | None) -> list[Readable]:
    """Return those in ``language``, all if it is None.

    Raises:
        PlanError: None is.
    """
    if language is None or len(readings) < 2:
        return list(readings)
    chosen = [
        r for r in readings if r.section.language.partition("-")[0] == language.partition("-")[0]
    ]
    if not chosen:
        known = sorted({reading.section.language for reading in readings})
        raise PlanError("language-of-no-document", language=language, known=known)
    return chosen


def _prepare(
    readings: Sequence[Readable], parent: Any | None, user: Any | None, *, draft: bool
) -> Job:
    sections = {(r.section.source_key, r.section.top.key): r.name for r in readings}
    if len(sections) > 1:
        names = list(sections.values())
        raise PlanError("several-sections", count=len(sections), names=names)
    _check_one_each(readings)
    home = find_parent(parent)
    placement = choose_places(readings, parent=home, named=parent is not None)
    check_may_hold(placement.parent, placement.places[0].section.top.type)
    for place in placement.places:
        check_tree(place.section)
    live = may_publish(placement.parent, user)
    if any(_has_links(place.section) for place in placement.places):
        check_may_add_links(user)
    warnings = placement.warnings
    warnings += tuple(
        said
        for place in placement.places
        if isinstance(place.section, DocumentSection)
        for said in settle_files(place.section.document)
    )
    if not live and not draft:
        warnings += (Message("may-not-publish", user=str(user), parent=placement.parent.title),)
    return Job(
        readings=readings,
        places=placement.places,
        parent=placement.parent,
        user=user,
        publish=live and not draft,
        warnings=warnings,
    )


def _has_links(section: Section) -> bool:
    return bool(section.navigation) or any(page.has_links for page in section.outlines())


def _check_one_each(readings: Sequence[Readable]) -> None:
    seen: dict[str, str] = {}
    for reading in readings:
        language = reading.section.language
        if language in seen:
            raise PlanError(
                "same-section-twice", one=seen[language], other=reading.name, language=language
            )
        seen[language] = reading.name


def export(
    page: Any, *, language: str | None = None, all_languages: bool = False, draft: bool = False
) -> list[Export]:
    """Return a section of the site as documents, one for each language that was asked for.

    Args:
        page: The page at the top, its id or its path.
        language: That of the translation to export; by default the page itself is.
        all_languages: Export the page and its translations.
        draft: Export the newest drafts, and pages that are not public, too.

    Raises:
        ImportContentError: There is no such page, or it cannot be exported; the text says why.
    """
    with _refusals_of_the_database(ExportError):
        pages = choose_languages(find_parent(page), language=language, every=all_languages)
        return [export_section(one, draft=draft) for one in pages]


def undo(run: ImportRun | int, *, user: Any | None = None) -> list[UndoneItem]:
    """Undo a run and return what became of each of its items, the last first.

    Raises:
        UndoError: There is no such run, or nothing to undo, or the user may not. Nothing was changed.
    """
    mark_interrupted()
    with _refusals_of_the_database(UndoError), transaction.atomic(), LogContext(user=user):
        hold_imports()
        # Locked, so that nobody else undoes it at the same time.
        pk = run.pk if isinstance(run, ImportRun) else run
        record = ImportRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if record is None:
            raise UndoError("no-such-run", run=pk)
        if record.status not in {ImportRun.Status.DONE, ImportRun.Status.PARTLY_UNDONE}:
            status = record.get_status_display()
            raise UndoError("nothing-to-undo", run=record.pk, status=status)
        outcomes = list(undo_items(record, user=user))
        kept = any(outcome.outcome == "kept" for outcome in outcomes)
        record.status = ImportRun.Status.PARTLY_UNDONE if kept else ImportRun.Status.UNDONE
        record.undone_at = timezone.now()
        record.save(update_fields=["status", "undone_at"])
    return outcomes


def verify(
    run: int | None = None,
    *,
    sources: Sequence[str | Path] = (),
    draft: bool = False,
    language: str | None = None,
    **reading: Any,
) -> Verification:
    """Return which words of what was imported are on the site now.

    Args:
        run: Number of a run; by default the newest one of each section.
        sources: Sources that are read again, as :func:`convert` does, in place of what the run kept.
        draft: Compare with the newest drafts, not with what is published.
        language: As for :func:`run`.
        reading: Profile, format and base_url for the sources.

    Raises:
        ImportContentError: There is no such run, or a source cannot be read.
    """
    readings = convert(*sources, language=language, **reading) if sources else []
    return verify_runs(run, draft=draft, readings=in_language(readings, language))
