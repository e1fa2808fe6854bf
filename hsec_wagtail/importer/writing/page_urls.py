"""The addresses that pages have, or will have when the import is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings

from hsec_wagtail.importer.planning.slugs import new_slugs
from hsec_wagtail.importer.planning.steps import Branch, SiteSnapshot
from hsec_wagtail.page_models import base_page_model

__all__ = ["PageURLs"]


class PageURLs(Mapping[str, str]):
    """The addresses of the pages of one language by their keys; looked up when they are asked for.

    Args:
        branch: The pages, with those that are to be made.
        snapshot: The existing pages.
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
