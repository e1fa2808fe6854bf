"""List the labels of a section that lead nowhere, or give them targets."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hsec_wagtail import importer
from hsec_wagtail.importer.runs.link_rows import link_rows
from hsec_wagtail.management.commands._options import find_user, refusals, write_file
from hsec_wagtail.record.csv_lines import csv_lines


class Command(BaseCommand):
    """``hsec_links PAGE``."""

    help = (
        "Lists the labels of a section whose targets are not known, as CSV; takes the list back with its column"
        " target filled, and sets the targets as one run, which hsec_undo undoes. Exit status: 0 done, 1 refused,"
        " 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the page and the options."""
        parser.add_argument("page", help="The section: its id or its address.")
        parser.add_argument("-o", "--output", type=Path, help="Write the list to this file.")
        parser.add_argument(
            "--set", type=Path, metavar="FILE", help="Set the targets that this list gives."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="With --set: do all of it, then roll it back."
        )
        parser.add_argument(
            "--user", help="With --set: who sets them, and whose permissions count."
        )
        parser.add_argument("--json", action="store_true", help="With --set: print JSON.")

    def handle(self, *, page: str, **options: Any) -> None:
        """List, or set."""
        if options["set"]:
            if options["output"]:
                said = gettext("-o writes a list, --set reads one: give one of them.")
                raise CommandError(said, returncode=2)
            self._set(page, options)
            return
        with refusals():
            links = importer.open_links(page)
        lines = csv_lines(link_rows(links))
        if options["output"]:
            write_file(options["output"], lines)
            said = gettext("%(count)d labels without a target: %(path)s")
            self.stdout.write(said % {"count": len(links), "path": options["output"]})
        else:
            self.stdout.writelines(lines)

    def _set(self, page: str, options: dict[str, Any]) -> None:
        with refusals():
            report = importer.set_links(
                page,
                options["set"],
                user=find_user(options["user"]),
                dry_run=options["dry_run"],
            )
        counts = Counter(one.outcome for one in report.outcomes)
        if options["json"]:
            data = {
                "run": report.run,
                "counts": counts,
                "links": [one.as_json() for one in report.outcomes],
            }
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for one in report.outcomes:
            why = f": {one.reason}" if one.reason else ""
            self.stdout.write(
                f"{_OUTCOMES[one.outcome]:>13}  {one.label} -> {one.target}  ({one.where}){why}"
            )
        done = ", ".join(f"{count} {_OUTCOMES[name]}" for name, count in sorted(counts.items()))
        if report.run:
            said = gettext("Run %(run)d: %(counts)s. hsec_undo %(run)d undoes it.")
        else:
            said = gettext("Nothing was written: %(counts)s.")
        no_rows = gettext("no row gives a target")
        self.stdout.write(said % {"run": report.run, "counts": done or no_rows})


_OUTCOMES = {
    "set": _("set"),
    "draft": _("set in draft"),
    "kept": _("left alone"),
}
