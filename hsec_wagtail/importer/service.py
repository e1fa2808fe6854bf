"""The one way in: convert, import, undo. Commands, views and tests call this module and nothing below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from wagtail.log_actions import LogContext

from hsec_wagtail import conf
from hsec_wagtail.importer.bundle import open_source
from hsec_wagtail.importer.document import Document
from hsec_wagtail.importer.errors import (
    ApplyError,
    ImportContentError,
    PlanError,
    UndoError,
)
from hsec_wagtail.importer.job import Job
from hsec_wagtail.importer.keys import key_from
from hsec_wagtail.importer.place import (
    check_may_add_links,
    check_may_hold,
    check_tree,
    choose_places,
    find_parent,
    may_publish,
)
from hsec_wagtail.importer.readers import Reading, check_nothing_lost, read
from hsec_wagtail.importer.report import Report
from hsec_wagtail.importer.undo import UndoneItem, undo_items
from hsec_wagtail.models import ImportRun

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
) -> Job:
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
    return Job(readings, placement.places, placement.parent, user, live and not draft, warnings)


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
