"""List the runs of the importer, or show one."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.report_html.page import report_page
from hsec_wagtail.importer.runs.run_report import notes_of, reason_of
from hsec_wagtail.importer.runs.serialize import (
    item_rows,
    run_data,
    run_rows,
    run_summary,
)
from hsec_wagtail.importer.writing.lock import mark_interrupted
from hsec_wagtail.management.commands._options import write_file
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.record.csv_lines import csv_lines


def _since(text: str) -> datetime:
    """Return the moment that ``text`` names: a day, or a day and a time, here."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        said = gettext("'%(text)s' is no day; write for example 2031-05-24.")
        raise ArgumentTypeError(said % {"text": text}) from error
    if settings.USE_TZ and timezone.is_naive(moment):
        return timezone.make_aware(moment)
    return moment


class Command(BaseCommand):
    """``hsec_runs [RUN]``."""

    help = "Lists the import runs, the newest first; with the number of a run, shows what it did."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the run and the options."""
        parser.add_argument("run", nargs="?", type=int, help="Number of a run.")
        parser.add_argument(
            "--status", choices=ImportRun.Status.values, help="List runs in this state only."
        )
        parser.add_argument("--source", help="List runs only whose source's name holds this.")
        parser.add_argument(
            "--since", type=_since, help="List runs only that began on this day or later."
        )
        parser.add_argument("--limit", type=int, default=20, help="How many to list. Default: 20.")
        parser.add_argument("--json", action="store_true", help="Print JSON: of a run, all of it.")
        parser.add_argument(
            "--csv", type=Path, help="Write the list, or the items of the run, to this file."
        )
        parser.add_argument(
            "--html", type=Path, help="Write the report of the run to this file, as one HTML page."
        )

    def handle(self, *, run: int | None, **options: Any) -> None:
        """Print or write the list or the run."""
        mark_interrupted()
        if run is not None:
            self._show(run, options)
        elif options["html"]:
            said = gettext("--html takes the number of a run: hsec_runs RUN --html FILE")
            raise CommandError(said, returncode=2)
        else:
            self._list(_chosen(options), options)

    def _list(self, runs: QuerySet[ImportRun], options: dict[str, Any]) -> None:
        runs = runs[: max(options["limit"], 0)]
        if options["csv"]:
            write_file(options["csv"], csv_lines(run_rows(runs)))
        elif options["json"]:
            self._print_json([run_summary(run) for run in runs])
        elif runs:
            for run in runs:
                self.stdout.write(_line(run))
        else:
            self.stdout.write(
                gettext("There is no such run.")
                if ImportRun.objects.exists()
                else gettext("No import was run yet.")
            )

    def _show(self, pk: int, options: dict[str, Any]) -> None:
        run = ImportRun.objects.select_related("user", "parent").filter(pk=pk).first()
        if run is None:
            raise CommandError(str(Message("no-such-run", run=pk)), returncode=2)
        items = run.items.select_related("content_type").defer("written", "spans")
        if options["html"]:
            write_file(options["html"], report_page(run))
        if options["csv"]:
            write_file(options["csv"], csv_lines(item_rows(items.iterator(chunk_size=500))))
        if options["json"]:
            self._print_json(run_data(run))
        elif not (options["html"] or options["csv"]):
            self._print(run, items.iterator(chunk_size=500))

    def _print(self, run: ImportRun, items: Iterable[ImportItem]) -> None:
        self.stdout.write(_line(run))
        for item in items:
            undone = " (" + gettext("undone") + ")" if item.undone else ""
            self.stdout.write(
                f"  {item.get_action_display():<15} {item.language}  {item.content_type.model}"
                f" {item.object_id}  {item.title}{undone}"
            )
            for note in notes_of(item):
                self.stdout.write(f"  {'':<15} ! {note}")
        if reason := reason_of(run):
            self.stdout.write(f"  ! {reason}")

    def _print_json(self, data: Any) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _chosen(options: dict[str, Any]) -> QuerySet[ImportRun]:
    runs = ImportRun.objects.select_related("user", "parent")
    if options["status"]:
        runs = runs.filter(status=options["status"])
    if options["source"]:
        runs = runs.filter(source_name__icontains=options["source"])
    if options["since"]:
        runs = runs.filter(started_at__gte=options["since"])
    return runs


def _line(run: ImportRun) -> str:
    started = (
        timezone.localtime(run.started_at) if timezone.is_aware(run.started_at) else run.started_at
    )
    where = gettext("parent deleted")
    if run.parent:
        where = gettext("below %(page)s") % {"page": f"{run.parent.title} ({run.parent_id})"}
    rest = gettext("%(source)s %(where)s, by %(user)s: %(counts)s") % {
        "source": run.source_name,
        "where": where,
        "user": run.user.get_username() if run.user else gettext("the system"),
        "counts": run.result() or gettext("nothing"),
    }
    return f"{run.pk:>5}  {started:%Y-%m-%d %H:%M}  {run.get_status_display():<13} {rest}"
