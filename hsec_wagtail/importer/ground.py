"""The ids of new pages, set aside before any of them is written, so that links can name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hsec_wagtail.importer.section import Outline
from hsec_wagtail.importer.steps import Branch, Identity, Kind, Known
from hsec_wagtail.swapping import base_page_model

__all__ = ["page_ids"]


def page_ids(
    branches: Sequence[Branch],
    known: Mapping[Identity, Known],
    reserve: Callable[[type[Any], int], Sequence[int]],
) -> dict[str, dict[str, int]]:
    """Return language -> key -> id of all pages that are there or are to be made, the new ids reserved."""
    ids: dict[str, dict[str, int]] = {branch.language: {} for branch in branches}
    for (language, key), one in known.items():
        if one.there and one.kind is Kind.PAGE and language in ids:
            ids[language][key] = one.pk
    new = [(branch.language, page.key) for branch in branches for page in _new_pages(branch, known)]
    for (language, key), pk in zip(new, reserve(base_page_model(), len(new)), strict=True):
        ids[language][key] = pk
    return ids


def _new_pages(branch: Branch, known: Mapping[Identity, Known]) -> Iterator[Outline]:
    """Yield the pages that are to be made: not known, and not below one that was deleted."""
    lost: set[str] = set()
    for page in branch.section.outlines():
        one = known.get((branch.language, page.key))
        if (one and not one.there) or page.parent in lost:
            lost.add(page.key)
        elif one is None:
            yield page
