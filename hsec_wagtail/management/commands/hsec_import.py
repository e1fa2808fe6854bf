"""Import a section below a page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from hsec_wagtail.importer import service
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    find_user,
    reading_options,
    refusals,
    write_file,
)


class Command(BaseCommand):
    """``hsec_import SOURCE…``."""

    help = (
        "Imports a section below a page, in one transaction. Exit status: 0 done, 1 refused or words"
        " would be lost, 2 usage."
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
            "--allow-loss",
            action="store_true",
            help="Import although words of the source would be lost.",
        )
        parser.add_argument("--report", type=Path, help="Write the report to this file, as JSON.")
        parser.add_argument(
            "--json", action="store_true", help="Print the report as one JSON object."
        )

    def handle(self, *, source: list[str], **options: Any) -> None:
        """Import and print the report."""
        user = find_user(options["user"])
        with refusals():
            report = service.run(
                source,
                parent=options["parent"],
                user=user,
                draft=options["draft"],
                dry_run=options["dry_run"],
                allow_loss=options["allow_loss"],
                **reading_options(options),
            )
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        if options["report"]:
            write_file(options["report"], text + "\n")
        if options["json"]:
            self.stdout.write(text)
        elif options["verbosity"] > 0:
            for line in report.lines():
                self.stdout.write(line)
