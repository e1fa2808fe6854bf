"""Slugs of new pages and groups: as the source asks for, or with a number where that is taken."""

from __future__ import annotations

from collections.abc import Iterable

from hsec_wagtail.importer.document.keys import ascii_slug, slug_from
from hsec_wagtail.importer.planning.steps import Branch, SiteSnapshot

__all__ = ["Slugs", "allowed_slug", "new_slugs"]


def new_slugs(branch: Branch, snapshot: SiteSnapshot) -> dict[str, str]:
    """Return the slugs that the pages of ``branch`` get which are not there yet, by their keys."""
    known = snapshot.known
    taken: dict[str | None, Slugs] = {}
    slugs: dict[str, str] = {}
    for page in branch.section.outlines():
        if (branch.language, page.key) in known:
            continue
        if page.parent not in taken:
            above = known.get((branch.language, page.parent)) if page.parent else None
            pk = above.pk if above else branch.parent if page.parent is None else None
            taken[page.parent] = Slugs(snapshot.page_slugs.get(pk or 0, ()))
        slugs[page.key] = taken[page.parent].take(
            allowed_slug(page.slug or slug_from(page.key), snapshot)
        )
    return slugs


def allowed_slug(slug: str, snapshot: SiteSnapshot) -> str:
    """Return ``slug`` in the letters that the site allows."""
    return slug if snapshot.unicode_slugs else ascii_slug(slug)


class Slugs:
    """The slugs in use at one place."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return ``wanted``, or with the first number that makes it free; it is in use then."""
        slug = wanted
        while slug in self._taken:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            slug = f"{wanted[:90]}-{self._last[wanted]}"
        self._taken.add(slug)
        return slug
