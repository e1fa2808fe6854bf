"""Convert a source to a section document."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from hsec_wagtail import importer
from hsec_wagtail.importer.document.schema import dump_document
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.readers.base import place_of
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    read_options,
    refusals,
    refuse_much_left_out,
    write_file,
)


class Command(BaseCommand):
    """``hsec_convert SOURCE…``."""

    help = (
        "Reads a source and prints the section document, to look at and correct before importing it."
        " Touches no database. Exit status: 0 done, 1 refused or words unclaimed, 2 usage,"
        " 3 done but much of a page was left out."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the source and the options."""
        parser.add_argument("source", nargs="+", help=SOURCE_HELP)
        add_reading_options(parser)
        parser.add_argument("-o", "--output", type=Path, help="Write the document to this file.")
        parser.add_argument(
            "--ledger", type=Path, help="Write the ledger of words to this file, as JSON."
        )
        parser.add_argument(
            "--allow-loss", action="store_true", help="Exit with 0 although words are unclaimed."
        )

    def handle(self, *, source: list[str], **options: Any) -> None:
        """Print the document; warnings go to standard error."""
        with refusals():
            readings = importer.convert(source, options=read_options(options))
        if len(readings) > 1:
            known = ", ".join(reading.section.language for reading in readings)
            refusal = gettext(
                "%(source)s holds several documents; choose one with --language: %(known)s."
            )
            raise CommandError(
                refusal % {"source": ", ".join(source), "known": known}, returncode=2
            )
        reading = readings[0]
        document = dump_document(reading.document)
        records = list(reading.sources)
        if options["ledger"]:
            ledger = json.dumps(said(_ledger(records)), ensure_ascii=False, indent=2)
            write_file(options["ledger"], ledger + "\n")
        if options["output"]:
            write_file(options["output"], document)
        else:
            self.stdout.write(document, ending="")
        losing = [record for record in records if _loses_much(record)]
        for record in [*losing, *(record for record in records if record not in losing)]:
            for warning in record.warnings:
                self.stderr.write(f"{record.name}: {warning}")
        if not options["allow_loss"]:
            _check(records)
        if losing:
            refuse_much_left_out()


def _ledger(records: Sequence[SourceRecord]) -> dict[str, Any]:
    """Return the ledger of one source, or those of several by their names."""
    if len(records) == 1:
        return records[0].ledger
    return {"sources": [{"name": record.name, **record.ledger} for record in records]}


def _loses_much(record: SourceRecord) -> bool:
    return any(warning.code == "much-left-out" for warning in record.warnings)


def _check(records: Iterable[SourceRecord]) -> None:
    lost = [(record, run) for record in records for run in record.ledger["unclaimed"]]
    if lost:
        places = "\n".join(f"  {place_of(record, run)}" for record, run in lost[:10])
        refusal = ngettext(
            "%(count)d stretch of words is claimed by nobody. Correct the profile, or add it to the document:",
            "%(count)d stretches of words are claimed by nobody. Correct the profile, or add them to the"
            " document:",
            len(lost),
        ) % {"count": len(lost)}
        raise CommandError(f"{refusal}\n{places}")
