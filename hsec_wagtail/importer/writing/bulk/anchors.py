"""Anchors of new pages, as their ``save()`` would make them, with a query for each parent at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hsec_wagtail.importer.writing.bulk.paths import children_range
from hsec_wagtail.models.anchors import free_anchor, propose_anchor
from hsec_wagtail.models.mixins import HsecPageMixin
from hsec_wagtail.models.table_rows import on_primary
from hsec_wagtail.page_models import base_page_model

__all__ = ["AnchorBook"]


class AnchorBook:
    """The anchors that are taken below the parents of the pages written last."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, type[Any]], set[str]] = {}

    def fill(self, pages: Iterable[Any]) -> None:
        """Give each of ``pages``, which are placed but not written, an anchor if it has none."""
        before, self._taken = self._taken, {}
        for page in pages:
            if not isinstance(page, HsecPageMixin):
                continue
            family = (page.path[: -page.steplen], type(page))
            if family not in self._taken:
                self._taken[family] = before.get(family) or _anchors_below(page)
            taken = self._taken[family]
            if not page.anchor:
                proposal = propose_anchor(*page.anchor_source)
                page.anchor = free_anchor(proposal, taken) if proposal else ""
            taken.add(page.anchor)


def _anchors_below(page: Any) -> set[str]:
    """Return the anchors of the siblings of ``page`` that are of its type."""
    if page._get_lastpos_in_path() == 1:
        return set()
    above = page.path[: -base_page_model().steplen]
    siblings = on_primary(type(page)._default_manager).filter(
        path__range=children_range(above), depth=page.depth
    )
    return set(siblings.exclude(anchor="").values_list("anchor", flat=True))
