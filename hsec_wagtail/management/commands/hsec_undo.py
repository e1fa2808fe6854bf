"""Undo an import."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hsec_wagtail import importer
from hsec_wagtail.management.commands._options import find_user, refusals


class Command(BaseCommand):
    """``hsec_undo RUN``."""

    help = (
        "Undoes an import: deletes what it made, restores what it changed; what was edited since stays and is"
        " named. Exit status: 0 done, 1 refused, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the run and the options."""
        parser.add_argument("run", type=int, help="Number of the run, as hsec_runs lists it.")
        parser.add_argument("--user", help="Who undoes it, and whose permissions count.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *, run: int, **options: Any) -> None:
        """Undo and print what became of each item."""
        user = find_user(options["user"])
        with refusals():
            outcomes = importer.undo(run, user=user)
        counts = Counter(outcome.outcome for outcome in outcomes)
        if options["json"]:
            data = {
                "run": run,
                "counts": counts,
                "items": [outcome.as_json() for outcome in outcomes],
            }
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for outcome in outcomes:
            why = f": {outcome.reason}" if outcome.reason else ""
            self.stdout.write(
                f"{_OUTCOMES[outcome.outcome]:>10}  {outcome.language}  {outcome.title}{why}"
            )
        done = ", ".join(f"{count} {_OUTCOMES[name]}" for name, count in sorted(counts.items()))
        said = gettext("Run %(run)d undone: %(counts)s.")
        nothing = gettext("there was nothing left of it")
        self.stdout.write(said % {"run": run, "counts": done or nothing})


_OUTCOMES = {
    "deleted": _("deleted"),
    "restored": _("restored"),
    "gone": _("gone"),
    "kept": _("kept"),
}
