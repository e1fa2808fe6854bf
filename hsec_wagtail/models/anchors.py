"""Anchors: the stored names of places within a page, which inbound links keep reaching."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.coreutils import cautious_slugify

from hsec_wagtail.blocks.anchors import MAX_LENGTH, free_anchor

__all__ = ["MAX_LENGTH", "free_anchor", "merge_aliases", "propose_anchor", "settle_anchors"]


def propose_anchor(*texts: str) -> str:
    """Return the anchor that the first of ``texts`` with any letters gives, or ""."""
    for text in texts:
        anchor = str(cautious_slugify(text))[:MAX_LENGTH].strip("-_")
        if anchor:
            return anchor
    return ""


def merge_aliases(anchor: str, *sources: Iterable[str]) -> list[str]:
    """Return the old anchors of ``sources`` in order, each once, without ``anchor`` itself."""
    merged = dict.fromkeys(alias for source in sources for alias in source if alias)
    merged.pop(anchor, None)
    return list(merged)


def settle_anchors(pages: Iterable[Any]) -> None:
    """Make the anchors of pages that are shown together unique, as ids in HTML must be.

    Nothing is saved. The older page keeps its anchor, wherever it stands: a copy must not take over the links to
    the original. An earlier anchor gives way to the anchor of another page.
    """
    pages = sorted(pages, key=lambda page: page.pk)
    taken: set[str] = set()
    for page in pages:
        page.anchor = free_anchor(
            page.anchor or propose_anchor(page.slug) or f"hsec-{page.pk}", taken
        )
        taken.add(page.anchor)
    for page in pages:
        page.anchor_aliases = [alias for alias in page.anchor_aliases if alias not in taken]
        taken.update(page.anchor_aliases)
