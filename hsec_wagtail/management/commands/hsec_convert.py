"""Convert a source to a section document."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from hsec_wagtail.importer import service
from hsec_wagtail.importer.document import dump_document
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    reading_options,
    refusals,
    write_file,
)


class Command(BaseCommand):
    """``hsec_convert SOURCE``."""

    help = (
        "Reads a source and prints the section document, to look at and correct before importing it."
        " Touches no database. Exit status: 0 done, 1 refused or words unclaimed, 2 usage."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the source and the options."""
        parser.add_argument("source", help=SOURCE_HELP)
        add_reading_options(parser)
        parser.add_argument("-o", "--output", type=Path, help="Write the document to this file.")
        parser.add_argument(
            "--ledger", type=Path, help="Write the ledger of words to this file, as JSON."
        )
        parser.add_argument(
            "--allow-loss", action="store_true", help="Exit with 0 although words are unclaimed."
        )

    def handle(self, *, source: str, **options: Any) -> None:
        """Print the document; warnings go to standard error."""
        with refusals():
            readings = service.convert(source, **reading_options(options))
            readings = service.in_language(readings, options["language"])
        if len(readings) > 1:
            known = ", ".join(reading.document.language for reading in readings)
            raise CommandError(
                f"{source} holds several documents; choose one with --language: {known}.",
                returncode=2,
            )
        reading = readings[0]
        document = dump_document(reading.document)
        if options["ledger"]:
            ledger = json.dumps(reading.ledger.as_json(), ensure_ascii=False, indent=2)
            write_file(options["ledger"], ledger + "\n")
        if options["output"]:
            write_file(options["output"], document)
        else:
            self.stdout.write(document, ending="")
        for warning in reading.warnings:
            self.stderr.write(f"{reading.source.name}: {warning}")
        unclaimed = reading.ledger.unclaimed
        if unclaimed and not options["allow_loss"]:
            said = "\n".join(
                f"  line {reading.source.line_of(run.span[0])}: {run.text!r}"
                for run in unclaimed[:10]
            )
            raise CommandError(
                f"{len(unclaimed)} stretches of words are claimed by nobody:\n{said}"
            )
