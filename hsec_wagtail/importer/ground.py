"""Ids and addresses of new pages, known before any of them is written, so that links can name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from hsec_wagtail.importer.section import Outline
from hsec_wagtail.importer.slugs import new_slugs
from hsec_wagtail.importer.steps import Branch, Identity, Kind, Known, SiteSnapshot
from hsec_wagtail.swapping import base_page_model

__all__ = ["Addresses", "page_ids"]


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


class Addresses(Mapping[str, str]):
    """The addresses of the pages of one language by their keys; looked up when they are asked for.

    Args:
        branch: The pages, with those that are to be made.
        snapshot: What is there.
        ids: Ids of all of them, by key.
        top: Address of the parent of the import.
    """

    def __init__(
        self, branch: Branch, snapshot: SiteSnapshot, *, ids: Mapping[str, int], top: str
    ) -> None:
        slugs = new_slugs(branch, snapshot)
        self._new = {
            page.key: (page.parent, slugs[page.key])
            for page in branch.section.outlines()
            if page.key in slugs
        }
        self._ids = ids
        self._top = top if top.endswith("/") else f"{top}/"
        self._end = "/" if getattr(settings, "WAGTAIL_APPEND_SLASH", True) else ""

    def __getitem__(self, key: str) -> str:
        if key not in self._new:
            return str(base_page_model()._default_manager.get(pk=self._ids[key]).get_url() or "")
        slugs: list[str] = []
        above: str | None = key
        while above in self._new:
            above, slug = self._new[above]
            slugs.append(slug)
        top = self._top if above is None else f"{self[above].rstrip('/')}/"
        return f"{top}{'/'.join(reversed(slugs))}{self._end}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
