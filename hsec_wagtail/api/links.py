"""Pages as rows of the API name them, and the texts of rows with the addresses of their links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from hsec_wagtail.blocks.prose import ProseBlock, one_batch
from hsec_wagtail.record.read_rows import live_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["PageLinks", "expand"]


class PageLinks:
    """The live pages of some ids, read with one query."""

    def __init__(self, ids: Iterable[int | None], request: HttpRequest) -> None:
        self.pages = live_pages(ids)
        self._request = request

    def link(self, pk: int | None) -> dict[str, Any] | None:
        """Return what is said of the page ``pk``; None where it is not published."""
        page = self.pages.get(pk) if pk else None
        if page is None:
            return None
        return {"id": page.pk, "title": page.title, "slug": page.slug, "url": self.url(page.pk)}

    def url(self, pk: int) -> str:
        """Return the complete address of the page ``pk``; "" if it has none."""
        return self.pages[pk].get_full_url(self._request) or ""


def expand(sources: Sequence[tuple[int, str]]) -> list[Any]:
    """Return rich text of ``sources``, pairs of a locale and a text; links lead to translations in that locale.

    The number of queries depends on the locales, not on the texts.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, (locale_id, _text) in enumerate(sources):
        places[locale_id].append(place)
    texts: list[Any] = [None] * len(sources)
    for locale_id, mine in places.items():
        with one_batch(locale_id=locale_id):
            values = ProseBlock().bulk_to_python([sources[place][1] for place in mine])
        for place, value in zip(mine, values, strict=True):
            texts[place] = value
    return texts
