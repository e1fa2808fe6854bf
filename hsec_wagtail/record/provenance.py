"""The words of the source of an imported page where the page now tells an initiative."""

from __future__ import annotations

from typing import Any

from hsec_wagtail.models.imports import ImportItem, ImportSource

__all__ = ["words_of_source"]


def words_of_source(page: Any, block_id: str) -> str:
    """Return the words of the source of ``page`` for the block ``block_id``, "" if they are not kept; two queries at most."""
    items = ImportItem.objects.applied().filter(
        object_id=str(page.alias_of_id or page.pk), content_type=page.content_type_id
    )
    # The last run whose source had it; a source is long, so it is read only then.
    for pk, spans in items.order_by("-pk").values_list("source", "spans")[:1]:
        span = _span(spans, block_id)
        if pk and span:
            text = ImportSource.objects.values_list("text", flat=True).get(pk=pk)
            return " ".join(text[slice(*span)].split())
    return ""


def _span(spans: dict[str, list[int]], block_id: str) -> list[int] | None:
    """Return the stretch of the block, or of its text."""
    for path, span in spans.items():
        if path.endswith((f".{block_id}", f".{block_id}.text")):
            return span
    return None
