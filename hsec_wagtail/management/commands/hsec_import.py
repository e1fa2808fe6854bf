"""Import a section below a page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext

from hsec_wagtail import importer
from hsec_wagtail.importer import OnConflict, Report
from hsec_wagtail.importer.job import Progress
from hsec_wagtail.importer.runs.report_html.page import report_page
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    import_options,
    refusals,
    refuse_much_left_out,
    write_file,
)
from hsec_wagtail.models import ImportRun


class Command(BaseCommand):
    """``hsec_import SOURCE…``."""

    help = (
        "Imports a section below a page, in one transaction. Exit status: 0 done, 1 refused or words"
        " would be lost, 2 usage, 3 done but conflicts are left or much of a page was left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the sources and the options."""
        parser.add_argument("source", nargs="+", help=SOURCE_HELP)
        parser.add_argument(
            "--parent",
            help="Page to import below: id or address, such as /about/. Default: the default site's root page.",
        )
        parser.add_argument("--user", help="Whose the revisions are, and whose permissions count.")
        add_reading_options(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="Do everything, then roll it back."
        )
        parser.add_argument("--draft", action="store_true", help="Publish nothing.")
        parser.add_argument(
            "--on-conflict",
            choices=[choice.value for choice in OnConflict],
            default=OnConflict.KEEP.value,
            help="What stands where the source and an editor changed the same part: the editor's (keep),"
            " the source's (theirs), or the source's in a draft (draft). Default: keep.",
        )
        parser.add_argument(
            "--allow-loss",
            action="store_true",
            help="Import although words of the source would be lost.",
        )
        parser.add_argument(
            "--report",
            type=Path,
            help="Write the report to this file: as one HTML page if its name ends so, else as JSON.",
        )
        parser.add_argument(
            "--json", action="store_true", help="Print the report as one JSON object."
        )

    def handle(self, *, source: list[str], **options: Any) -> None:
        """Import and print the report."""
        path = options["report"]
        page = _HtmlReport(path) if path and path.suffix.lower() in {".html", ".htm"} else None
        quiet = options["json"] or options["verbosity"] == 0
        perform = importer.preview if options["dry_run"] else importer.run
        with refusals():
            report = perform(
                source,
                options=import_options(options),
                progress=None if quiet else self._progress(),
                on_written=page.write if page else None,
            )
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        if page:
            page.finish(report)
        elif options["report"]:
            write_file(options["report"], text + "\n")
        if options["json"]:
            self.stdout.write(text)
        elif options["verbosity"] > 0:
            for line in report.lines():
                self.stdout.write(line)
        if report.conflicts:
            said = gettext(
                "Conflicts are left in %(count)d of the items above: both the source and an editor changed"
                " them. Settle them on the site, where drafts and comments show them, or run again with"
                " --on-conflict theirs."
            )
            raise CommandError(said % {"count": report.conflicts}, returncode=3)
        if report.loses_much:
            refuse_much_left_out()

    def _progress(self) -> Progress:
        """Return a function that writes a line of progress every few seconds."""
        told = monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told
            if monotonic() - told > _SECONDS:
                told = monotonic()
                # Plain: by itself the stream is red, as for errors.
                said = gettext("%(done)d of %(total)d pages") % {"done": done, "total": total}
                self.stderr.write(said, style_func=str)

        return tell


#: Between two lines of progress.
_SECONDS = 5.0


class _HtmlReport:
    """The report as a page; of a dry run it must be written before all is rolled back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = False

    def write(self, run: ImportRun | None, report: Report) -> None:
        """Write the page."""
        write_file(self._path, report_page(run, report))
        self._written = True

    def finish(self, report: Report) -> None:
        """Write the page if the import had nothing to write."""
        if not self._written:
            self.write(None, report)
