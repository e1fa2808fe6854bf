"""The report of a run as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models.functions import Length
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext

from hsec_wagtail.importer.runs.report import ItemReport, Report
from hsec_wagtail.importer.runs.report_html.labels import changed_words, outcome
from hsec_wagtail.importer.runs.report_html.segments import display_text
from hsec_wagtail.importer.runs.report_html.source import present_read, present_stored
from hsec_wagtail.importer.runs.run_report import COUNT_FIELDS, notes_of, reason_of, warnings_of
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.models.labels import place_label

__all__ = ["MOST_TEXT", "report_page"]

#: How many characters of sources, and of changes, a report holds: browsers open some megabytes at ease.
MOST_TEXT = 2_000_000
_CHUNK = 200
# No text of a source comes out like these: it is escaped.
_MARKERS = (SafeString("<!-- items -->"), SafeString("<!-- sources -->"))


def report_page(
    run: ImportRun | None, report: Report | None = None, *, most_text: int = MOST_TEXT
) -> Iterator[str]:
    """Yield the report of ``run`` as HTML, piece by piece.

    Args:
        run: The run with its sources and items; None where nothing was written.
        report: What the import said, where it was just done; it knows whether it was a dry run.
        most_text: How many characters of sources, and of changes, are shown.
    """
    shown = _shown_sources(run, most_text) if run else {}
    frame = render_to_string("hsec_wagtail/report/page.html", _frame(run, report))
    head, rest = frame.split(_MARKERS[0])
    between, end = rest.split(_MARKERS[1])
    yield head
    for item in _items(run, report, shown, most_text):
        yield render_to_string("hsec_wagtail/report/item.html", {"item": item})
    yield between
    for source in _sources(run, report, shown):
        yield render_to_string("hsec_wagtail/report/source.html", {"source": source})
    yield end


def _shown_sources(run: ImportRun, most_text: int) -> dict[int, bool]:
    """Return the ids of the sources that have a text, and whether it is shown: the first are."""
    found: dict[int, bool] = {}
    length = 0
    rows = run.sources.annotate(length=Length("text")).order_by("position")
    for pk, size in rows.values_list("pk", "length"):
        if size:
            length += size
            found[pk] = length <= most_text
    return found


def _frame(run: ImportRun | None, report: Report | None) -> dict[str, Any]:
    if run is None or _is_dry(report):
        title = gettext("Import report")
    else:
        title = gettext("Report of import run %(number)d") % {"number": run.pk}
    messages: Iterable[Any] = report.warnings if report else warnings_of(run) if run else ()
    return {
        "title": title,
        "dry_run": _is_dry(report),
        "facts": list(_facts(run, report)),
        "counts": list(_counts(run, report)),
        "messages": list(messages),
        "items": _MARKERS[0],
        "sources": _MARKERS[1],
    }


def _is_dry(report: Report | None) -> bool:
    return report is not None and report.dry_run


def _facts(run: ImportRun | None, report: Report | None) -> Iterator[tuple[str, Any]]:
    if report:
        yield gettext("Below the page"), report.parent
    if run is None:
        return
    yield gettext("Source"), run.source_name
    if not _is_dry(report):
        yield gettext("Status"), run.get_status_display()
    if not report and run.parent:
        yield gettext("Below the page"), f"{run.parent.title} ({run.parent_id})"
    yield gettext("By"), run.user.get_username() if run.user else gettext("the system")
    yield gettext("Started"), _moment(run.started_at)
    if run.finished_at:
        yield gettext("Finished"), _moment(run.finished_at)
    yield gettext("Language"), run.language
    if run.message:
        yield gettext("Message"), reason_of(run)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment) if is_aware(moment) else moment, "DATETIME_FORMAT")


def _counts(run: ImportRun | None, report: Report | None) -> Iterator[dict[str, Any]]:
    for action, name in COUNT_FIELDS.items():
        number = getattr(run, name) if run else report.counts.get(action, 0) if report else 0
        if number:
            yield {"number": number, "label": outcome(action, planned=_is_dry(report))}


def _items(
    run: ImportRun | None, report: Report | None, shown: dict[int, bool], most_text: int
) -> Iterator[dict[str, Any]]:
    room = most_text
    found: Iterable[dict[str, Any]]
    if run:
        rows = run.items.select_related("content_type").defer("written", "spans")
        found = (
            _of_row(row, shown, planned=_is_dry(report)) for row in rows.iterator(chunk_size=_CHUNK)
        )
    else:
        items = report.items if report else ()
        found = (_of_report(item, planned=_is_dry(report)) for item in items)
    for item in found:
        size = sum(len(one["before"]) + len(one["after"]) for one in item["differences"])
        room -= size
        item["left_out"] = room < 0 < size
        if not item["left_out"]:
            item["differences"] = [_difference(one) for one in item["differences"]]
        item["conflicts"] = [_conflict(one) for one in item["conflicts"]]
        yield item


def _of_row(row: ImportItem, shown: dict[int, bool], *, planned: bool) -> dict[str, Any]:
    return {
        "action": row.action,
        "action_label": outcome(row.action, planned=planned),
        "title": row.title,
        "type": row.content_type.name,
        "object_id": row.object_id,
        "language": row.language,
        "undone": row.undone,
        "notes": notes_of(row),
        "differences": row.differences,
        "conflicts": row.conflicts,
        "place": f"item-{row.position}" if shown.get(row.source_id or 0) else "",
    }


def _of_report(item: ItemReport, *, planned: bool) -> dict[str, Any]:
    return {
        "action": item.action,
        "action_label": outcome(item.action, planned=planned),
        "title": item.title,
        "type": item.type,
        "object_id": item.id or "",
        "language": item.language,
        "notes": item.notes,
        "differences": [],
        "conflicts": [],
    }


def _difference(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": capfirst(outcome(one["kind"])),
        "label": place_label(one["label"]),
        "words": changed_words(one["words"]),
    }


def _conflict(one: dict[str, Any]) -> dict[str, Any]:
    taken = (
        gettext("The source's was taken.") if one.get("taken") else gettext("The editor's stays.")
    )
    return {
        "label": place_label(one["label"]),
        "outcome": f"{capfirst(outcome(one['kind']))}. {taken}",
        "sides": [
            (gettext("Before, at the last import"), display_text(one["base"])),
            (gettext("In the source now"), display_text(one["theirs"])),
            (gettext("On the site, by an editor"), display_text(one["ours"])),
        ],
    }


def _sources(
    run: ImportRun | None, report: Report | None, shown: dict[int, bool]
) -> Iterator[dict[str, Any]]:
    if run is None:
        yield from (present_read(source) for source in (report.sources if report else ()))
        return
    for source in run.sources.order_by("position").iterator(chunk_size=10):
        yield present_stored(source, shown=shown.get(source.pk, False))
