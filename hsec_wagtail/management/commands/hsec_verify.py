"""Say which words of what was imported are still on the site."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import ngettext

from hsec_wagtail import importer
from hsec_wagtail.management.commands._options import (
    SOURCE_HELP,
    add_reading_options,
    read_options,
    refusals,
)


class Command(BaseCommand):
    """``hsec_verify [RUN]``."""

    help = (
        "Reads the imported pages again and says which words of the source are still there, which moved,"
        " which an editor changed and which are gone. Exit status: 0 no word is gone, 1 words are gone or"
        " a source cannot be read, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the run and the options."""
        parser.add_argument(
            "run",
            nargs="?",
            type=int,
            help="Number of a run, as hsec_runs lists it. Default: the newest run of each section.",
        )
        parser.add_argument(
            "--draft",
            action="store_true",
            help="Compare with the newest drafts, not with what is published.",
        )
        parser.add_argument(
            "--source",
            nargs="+",
            default=[],
            help=f"Read this again and compare it, in place of what the run kept. {SOURCE_HELP}",
        )
        add_reading_options(parser)
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *, run: int | None, source: list[str], **options: Any) -> None:
        """Verify, print what was found, and fail if words are gone."""
        with refusals():
            try:
                found = importer.verify(
                    run, sources=source, options=read_options(options), draft=options["draft"]
                )
            except importer.VerifyError as error:
                raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            for line in found.lines():
                self.stdout.write(line)
        if not found.complete:
            gone = found.counts.gone
            said = ngettext("%(count)d word is gone.", "%(count)d words are gone.", gone)
            raise CommandError(said % {"count": gone}, returncode=1)
