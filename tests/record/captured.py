"""Pages as an import leaves them: a run with its source, and items for the pages."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType

from hsec_wagtail.models import ImportItem, ImportRun, ImportSource

__all__ = ["capture"]


def capture(*pages: Any, url: str = "", captured: str = "", text: str = "", **fields: Any) -> Any:
    """Record that an import made ``pages`` from one source, and return the run."""
    run = ImportRun.objects.create(status="done", source_name="page.html")
    origin = {"name": "page.html", "url": url, "captured": captured or None}
    source = ImportSource.objects.create(
        run=run, position=1, name="page.html", url=url, text=text, notes={"origin": origin}
    )
    for position, page in enumerate(pages):
        ImportItem.objects.create(
            run=run,
            position=position,
            action="create",
            content_type=ContentType.objects.get_for_model(type(page)),
            object_id=str(page.pk),
            key=page.slug,
            language="en",
            source=source,
            **fields,
        )
    return run
