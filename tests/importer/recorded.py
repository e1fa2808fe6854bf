"""Runs as the importer keeps them, with their sources, items and spans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.models import ImportRun

__all__ = ["imported"]


def imported(source: str | Path, **options: Any) -> ImportRun:
    """Import ``source`` and return the run."""
    report = service.run(source, options=ImportOptions(**options))
    return ImportRun.objects.get(pk=report.run or 0)
