"""Write a section of the site as a section document."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext

from hsec_wagtail import importer
from hsec_wagtail.importer.document.schema import dump_document
from hsec_wagtail.management.commands._options import refusals, write_file


class Command(BaseCommand):
    """``hsec_export PAGE``."""

    help = (
        "Writes a page of a section and all below it as a section document, to import elsewhere or to keep."
        " What a document cannot hold is named on standard error. Writes nothing to the database."
        " Exit status: 0 done, 1 refused, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the page and the options."""
        parser.add_argument("page", help="Page to export: its id, or its path such as /policy/.")
        parser.add_argument(
            "-o",
            "--output",
            type=Path,
            help="Write to this file; with --all-languages, to this folder.",
        )
        parser.add_argument(
            "--draft",
            action="store_true",
            help="Take the newest drafts, and pages that are not public, too.",
        )
        languages = parser.add_mutually_exclusive_group()
        languages.add_argument("--language", help="Export the page's translation in this language.")
        languages.add_argument(
            "--all-languages",
            action="store_true",
            help="Export the page and its translations, a file each, such as en.json.",
        )

    def handle(self, *, page: str, output: Path | None, **options: Any) -> None:
        """Print or write the documents; warnings go to standard error."""
        every = options["all_languages"]
        if every and output is None:
            said = gettext("--all-languages writes several files; name a folder for them with -o.")
            raise CommandError(said, returncode=2)
        with refusals():
            exports = importer.export(
                page, language=options["language"], all_languages=every, draft=options["draft"]
            )
        for export in exports:
            self._write(export, _file(output, export) if every and output else output)

    def _write(self, export: importer.Export, file: Path | None) -> None:
        text = dump_document(export.document)
        if file is None:
            self.stdout.write(text, ending="")
        else:
            write_file(file, text)
        for warning in export.warnings:
            self.stderr.write(f"{export.document.language}: {warning}")


def _file(folder: Path, export: importer.Export) -> Path:
    """Return the file for ``export`` in ``folder``, which is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = gettext("%(folder)s: cannot be made: %(fault)s. Name another folder.")
        raise CommandError(said % {"folder": folder, "fault": error.strerror or error}) from error
    return folder / f"{export.document.language}.json"
