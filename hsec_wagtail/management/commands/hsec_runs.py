"""List the runs of the importer, or show one."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from hsec_wagtail.models import ImportRun


class Command(BaseCommand):
    """``hsec_runs [RUN]``."""

    help = "Lists the import runs, the newest first; with the number of a run, shows what it did."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the run and the options."""
        parser.add_argument("run", nargs="?", type=int, help="Number of a run.")
        parser.add_argument("--limit", type=int, default=20, help="How many to list. Default: 20.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *, run: int | None, limit: int, **options: Any) -> None:
        """Print the list or the run."""
        if run is not None:
            self._show(run, as_json=options["json"])
            return
        runs = ImportRun.objects.select_related("user", "parent")[: max(limit, 0)]
        if options["json"]:
            self.stdout.write(
                json.dumps([_summary(one) for one in runs], ensure_ascii=False, indent=2)
            )
            return
        for one in runs:
            self.stdout.write(_line(one))
        if not runs:
            self.stdout.write("No import was run yet.")

    def _show(self, pk: int, *, as_json: bool) -> None:
        run = ImportRun.objects.select_related("user", "parent").filter(pk=pk).first()
        if run is None:
            raise CommandError(f"There is no run {pk}. See them with: hsec_runs")
        items = list(run.items.select_related("content_type"))
        if as_json:
            data = {**_summary(run), "items": [_item(item) for item in items]}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write(_line(run))
        for item in items:
            undone = " (undone)" if item.undone else ""
            self.stdout.write(
                f"  {item.get_action_display():<15} {item.language}  {item.content_type.model}"
                f" {item.object_id}  {item.title}{undone}"
            )
            for line in item.message.splitlines():
                self.stdout.write(f"  {'':<15} ! {line}")
        if run.message:
            self.stdout.write(f"  ! {run.message}")


def _summary(run: ImportRun) -> dict[str, Any]:
    return {
        "run": run.pk,
        "status": run.status,
        "started": run.started_at.isoformat(),
        "finished": run.finished_at.isoformat() if run.finished_at else None,
        "user": run.user.get_username() if run.user else None,
        "parent": run.parent_id,
        "source": run.source_name,
        "sha256": run.source_sha256,
        "counts": {
            "create": run.created_count,
            "update": run.updated_count,
            "unchanged": run.unchanged_count,
            "keep": run.kept_count,
        },
        "message": run.message,
    }


def _item(item: Any) -> dict[str, Any]:
    return {
        "action": item.action,
        "type": item.content_type.model,
        "id": item.object_id,
        "key": item.key,
        "language": item.language,
        "title": item.title,
        "undone": item.undone,
        "message": item.message,
    }


def _line(run: ImportRun) -> str:
    started = (
        timezone.localtime(run.started_at) if timezone.is_aware(run.started_at) else run.started_at
    )
    who = run.user.get_username() if run.user else "system"
    where = f"below {run.parent.title} ({run.parent_id})" if run.parent else "parent deleted"
    return (
        f"{run.pk:>5}  {started:%Y-%m-%d %H:%M}  {run.get_status_display():<13} {run.source_name}"
        f" {where}, by {who}: {run.created_count} created, {run.updated_count} updated,"
        f" {run.unchanged_count} unchanged, {run.kept_count} kept"
    )
