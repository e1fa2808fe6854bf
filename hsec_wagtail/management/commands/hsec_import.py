"""Import a section below a page."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from tqdm import tqdm

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext

from hsec_wagtail.importer import service
from hsec_wagtail.importer.job import Progress
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.runs.report import Report
from hsec_wagtail.importer.runs.report_html.page import report_page
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    find_user,
    reading_options,
    refusals,
    write_file,
)
from hsec_wagtail.models import ImportRun


class Command(BaseCommand):
    """``hsec_import SOURCE…``."""

    help = (
        "Imports a section below a page, in one transaction. Exit status: 0 done, 1 refused or words"
        " would be lost, 2 usage, 3 done but conflicts are left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the sources and the options."""
        parser.add_argument("source", nargs="+", help=SOURCE_HELP)
        parser.add_argument(
            "--parent",
            help="Page to import below: id or path. Default: the default site's root page.",
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
        user = find_user(options["user"])
        path = options["report"]
        page = _HtmlReport(path) if path and path.suffix.lower() in {".html", ".htm"} else None
        with refusals(), self._progress(quiet=options["json"] or options["verbosity"] == 0) as tell:
            report = service.run(
                source,
                parent=options["parent"],
                user=user,
                draft=options["draft"],
                dry_run=options["dry_run"],
                allow_loss=options["allow_loss"],
                on_conflict=options["on_conflict"],
                progress=tell,
                on_written=page.write if page else None,
                **reading_options(options),
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

    @contextmanager
    def _progress(self, *, quiet: bool) -> Iterator[Progress]:
        """Give what shows the progress: a bar on a terminal, a line now and then elsewhere."""
        terminal = sys.stderr.isatty()
        with tqdm(unit="page", disable=quiet or not terminal, leave=False) as bar:
            told = monotonic()

            def tell(done: int, total: int) -> None:
                nonlocal told
                bar.total = total
                bar.update(done - bar.n)
                if not (quiet or terminal) and monotonic() - told > _SECONDS:
                    told = monotonic()
                    said = gettext("%(done)d of %(total)d pages")
                    self.stderr.write(said % {"done": done, "total": total})

            yield tell


#: Between two lines of progress where there is no terminal.
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
