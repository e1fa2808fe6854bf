"""The functions of the public interface; see :mod:`hsec_wagtail.importer`, which exports them."""

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
    SourceError,
    UndoError,
)
from hsec_wagtail.importer.exporting.export import Export, choose_languages, export_section
from hsec_wagtail.importer.job import Job, Progress
from hsec_wagtail.importer.limits import Deadline
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.options import ImportOptions, ReadOptions
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.reading.files.bundle import Bounds, open_bundle
from hsec_wagtail.importer.reading.files.folder import read_path
from hsec_wagtail.importer.reading.files.packaged import load_profiles
from hsec_wagtail.importer.reading.readers import Readable, check_nothing_lost, read
from hsec_wagtail.importer.reading.website import read_site
from hsec_wagtail.importer.runs.link_rows import read_link_rows
from hsec_wagtail.importer.runs.link_targets import LinkReport, give_targets
from hsec_wagtail.importer.runs.open_links import OpenLink, find_open_links
from hsec_wagtail.importer.runs.report import Report
from hsec_wagtail.importer.runs.undo import UndoneItem, undo_items
from hsec_wagtail.importer.runs.verification import Verification
from hsec_wagtail.importer.runs.verify import verify as verify_runs
from hsec_wagtail.importer.text.file_names import readable_name
from hsec_wagtail.importer.text.languages import same_language
from hsec_wagtail.importer.writing.lock import hold_imports, mark_interrupted
from hsec_wagtail.importer.writing.media import settle_files
from hsec_wagtail.importer.writing.site_blocks import refuse_unknown_blocks
from hsec_wagtail.importer.writing.source_identity import identified
from hsec_wagtail.importer.writing.target import (
    check_may_add_links,
    check_may_hold,
    check_may_run,
    check_tree,
    choose_destinations,
    find_parent,
    may_publish,
)
from hsec_wagtail.models import ImportRun
from hsec_wagtail.record.keeping import at_end

__all__ = ["convert", "export", "open_links", "preview", "run", "set_links", "undo", "verify"]

Sources = str | Path | Sequence[str | Path]
OnWritten = Callable[[ImportRun, Report], None]


def convert(sources: Sources, *, options: ReadOptions | None = None) -> list[Readable]:
    """Return the readings of ``sources``; touches no database.

    Section documents and a single source give a reading each, several saved pages one together. Where there
    are several documents and ``options`` have a language, the one in that language is returned alone.

    Args:
        sources: Path, "-" for standard input, or name of packaged content; or several of these.
        options: How to read them.

    Raises:
        ImportContentError: One cannot be read; the text says where, and the remedy.
    """
    return _read(sources, options or ReadOptions())


def _read(
    sources: Sources, options: ReadOptions, *, deadline: Deadline | None = None
) -> list[Readable]:
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
        "profile": options.profile,
        "profiles": load_profiles(conf.get("HSEC_PROFILES")),
        "format": options.format,
        "language": options.language,
        "base_url": options.base_url,
    }
    with open_bundle(_several(sources), bounds=bounds, deadline=deadline) as bundle:
        if bundle.is_site:
            return [read_site(bundle, strict=options.strict, **how, **limits)]
        readings = [read(file.data, name=file.name, **how, **limits) for file in bundle]
    return _in_language(readings, options.language)


def _several(sources: Sources) -> list[str | Path]:
    return [sources] if isinstance(sources, str | Path) else list(sources)


def preview(
    sources: Sources,
    *,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    on_written: OnWritten | None = None,
) -> Report:
    """Return the report of an import that is rolled back.

    Args:
        sources: As for :func:`run`.
        options: As for :func:`run`.
        progress: As for :func:`run`.
        on_written: As for :func:`run`; the only time at which the run can be read.

    Raises:
        ImportContentError: The import would be refused; the text says why, and the remedy.
    """
    return _import(sources, options, dry_run=True, progress=progress, on_written=on_written)


def run(
    sources: Sources,
    *,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    on_written: OnWritten | None = None,
) -> Report:
    """Import ``sources`` below a page, all in one transaction, and return the report.

    Args:
        sources: Path, "-" for standard input, or name of packaged content; or several of these.
        options: Where and how to import.
        progress: Called, now and then, with the number of pages done and their total.
        on_written: Called with the run and the report when all is written, before the transaction ends.
            It is not called where there is nothing to write.

    Raises:
        ImportContentError: Nothing was written; the text says why, and the remedy.
    """
    return _import(sources, options, dry_run=False, progress=progress, on_written=on_written)


def _import(
    sources: Sources,
    options: ImportOptions | None,
    *,
    dry_run: bool,
    progress: Progress | None,
    on_written: OnWritten | None,
) -> Report:
    options = options or ImportOptions()
    with _refusals_of_the_database(ApplyError):
        check_may_run(options.user, error=PlanError)
    deadline = Deadline(conf.get("HSEC_MAX_SECONDS"))
    names = _several(sources)
    readings = _read(names, options, deadline=deadline)
    if not options.allow_loss:
        check_nothing_lost(readings)
    choice = OnConflict(options.on_conflict)
    recorded = {
        "draft": options.draft,
        "allow_loss": options.allow_loss,
        "on_conflict": choice.value,
        "sources": [readable_name(str(name)) for name in names],
    }
    with _refusals_of_the_database(ApplyError):
        job = replace(
            _prepare(readings, options),
            on_conflict=choice,
            progress=progress,
            deadline=deadline,
            on_written=on_written,
        )
        return job.carry_out(recorded, dry_run=dry_run)


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


def _in_language(readings: Sequence[Readable], language: str | None) -> list[Readable]:
    """Return those in ``language``, all if it is None or there is only one.

    Raises:
        PlanError: There is none.
    """
    if language is None or len(readings) < 2:
        return list(readings)
    chosen = [one for one in readings if same_language(one.section.language, language)]
    if not chosen:
        known = sorted({reading.section.language for reading in readings})
        raise PlanError("language-of-no-document", language=language, known=known)
    return chosen


def _prepare(readings: Sequence[Readable], options: ImportOptions) -> Job:
    sections = {(r.section.source_key, r.section.top.key): r.name for r in readings}
    if len(sections) > 1:
        names = list(sections.values())
        raise PlanError("several-sections", count=len(sections), names=names)
    _check_one_each(readings)
    home = find_parent(options.parent)
    readings, others = identified(readings, parent=home)
    placement = choose_destinations(readings, parent=home, named=options.parent is not None)
    check_may_hold(placement.parent, placement.destinations[0].section.top.type)
    for destination in placement.destinations:
        check_tree(destination.section)
        if isinstance(destination.section, DocumentSection):
            refuse_unknown_blocks(destination.section.document.page.walk())
    live = may_publish(placement.parent, options.user)
    if any(_has_links(destination.section) for destination in placement.destinations):
        check_may_add_links(options.user)
    warnings = (*_losing(readings), *others, *placement.warnings)
    warnings += tuple(
        said
        for destination in placement.destinations
        if isinstance(destination.section, DocumentSection)
        for said in settle_files(destination.section.document)
    )
    if not live and not options.draft:
        parent = placement.parent.title
        warnings += (Message("may-not-publish", user=str(options.user), parent=parent),)
    return Job(
        readings=readings,
        destinations=placement.destinations,
        parent=placement.parent,
        user=options.user,
        publish=live and not options.draft,
        warnings=warnings,
    )


def _losing(readings: Sequence[Readable]) -> tuple[Message, ...]:
    """Return a warning that names the pages of which much was left out."""
    names = [
        record.name
        for reading in readings
        for record in reading.sources
        if any(warning.code == "much-left-out" for warning in record.warnings)
    ]
    return (Message("loses-much", pages=names),) if names else ()


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
    with _refusals_of_the_database(UndoError):
        check_may_run(user, error=UndoError)
    mark_interrupted()
    with (
        _refusals_of_the_database(UndoError),
        transaction.atomic(),
        LogContext(user=user),
        at_end(),
    ):
        hold_imports()
        # Locked, so that nobody else undoes it at the same time.
        pk = _number(run)
        record = ImportRun.objects.select_for_update().filter(pk=pk).first()
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


def open_links(page: Any) -> list[OpenLink]:
    """Return the labels without a target on a section, the pages below it and their quick links.

    Args:
        page: The section, its id or its path.

    Raises:
        ImportContentError: There is no such page.
    """
    with _refusals_of_the_database(PlanError):
        return find_open_links(find_parent(page))


def set_links(
    page: Any, file: str | Path, *, user: Any | None = None, dry_run: bool = False
) -> LinkReport:
    """Set the targets that ``file`` gives, as one run, and return what became of each label.

    Args:
        page: The section, its id or its path.
        file: The spreadsheet that ``hsec_links`` writes, with its column ``target`` filled.
        user: Who sets them, and whose permissions count; None for the system.
        dry_run: Do all of it, then roll it back.

    Raises:
        ImportContentError: Nothing was set; the text names file and row, and the remedy.
    """
    with _refusals_of_the_database(ApplyError):
        check_may_run(user, error=ApplyError)
        section = find_parent(page)
    name, most = readable_name(str(file)), conf.get("HSEC_MAX_SOURCE_BYTES")
    data = read_path(Path(file), most + 1)
    if len(data) > most:
        raise SourceError("links-too-large", name=name, most=most)
    mark_interrupted()
    with _refusals_of_the_database(ApplyError), transaction.atomic(), LogContext(user=user):
        hold_imports()
        rows = read_link_rows(data, name=name)
        report = give_targets(section, rows, data=data, name=name, user=user)
        transaction.set_rollback(dry_run)
    return replace(report, run=None) if dry_run else report


def verify(
    run: ImportRun | int | None = None,
    *,
    sources: Sources = (),
    options: ReadOptions | None = None,
    draft: bool = False,
) -> Verification:
    """Return which words of what was imported are on the site now.

    Args:
        run: A run or its number; by default the newest one of each section.
        sources: Sources that are read again, as :func:`convert` does, in place of what the run kept.
        options: How to read them.
        draft: Compare with the newest drafts, not with what is published.

    Raises:
        ImportContentError: There is no such run, or a source cannot be read.
    """
    readings = convert(sources, options=options) if sources else []
    number = None if run is None else _number(run)
    return verify_runs(number, draft=draft, readings=readings)


def _number(run: ImportRun | int) -> int:
    return run.pk if isinstance(run, ImportRun) else run
