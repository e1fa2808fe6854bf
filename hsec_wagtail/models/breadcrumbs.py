"""The way from the first page of a site to a page, with the names that the trail of a section adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.models import Site

from hsec_wagtail.models.queries import breadcrumb_pages, rows_above

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["breadcrumbs", "pages_above", "trail_items"]


def breadcrumbs(
    pages: Sequence[Any], request: HttpRequest | None
) -> dict[int, list[dict[str, str]]]:
    """Return the way to each of ``pages``, by its id: title and complete url, "" for a name of a trail; one query."""
    above = list(rows_above(pages))
    shown: dict[int, list[dict[str, str]]] = {}
    for page in pages:
        roots = tuple(_root_paths(page, request))
        way = [
            one
            for one in above
            if page.path.startswith(one.path)
            and one.path != page.path
            and one.url_path.startswith(roots)
        ]
        items: list[dict[str, Any]] = []
        for one in (*way, page):
            items += trail_items(one, items, "")
            items.append({"title": one.title, "url": one.get_full_url(request) or ""})
        shown[page.pk] = [{"title": item["title"], "url": item["url"]} for item in items]
    return shown


def pages_above(page: Any, request: HttpRequest | None = None) -> list[Any]:
    """Return the live pages above ``page`` from its site's first page on; one query, asked once."""
    if not hasattr(page, "_hsec_pages_above"):
        page._hsec_pages_above = breadcrumb_pages(page, root_paths=_root_paths(page, request))
    return list(page._hsec_pages_above)


def trail_items(page: Any, above: Iterable[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the names of the trail of ``page`` that neither it nor one of the items ``above`` has."""
    named = {_name_key(title) for title in (page.title, *(item["title"] for item in above))}
    own = page.trail if getattr(page, "hsec_page_type", "") == "section" else ""
    labels = (label.strip() for label in (getattr(page, "hsec_trail", own) or "").splitlines())
    return [
        {"title": label, "url": "", "current": False, "language": language}
        for label in labels
        if label and _name_key(label) not in named
    ]


def _name_key(text: str) -> str:
    """Return ``text`` as it is compared: no-break spaces and capitals make no other name."""
    return " ".join(text.split()).casefold()


def _root_paths(page: Any, request: HttpRequest | None) -> list[str]:
    """Return the URL paths of the root pages above ``page``: of the current site, else of any.

    A translated page lies below a translation of the site's root page, which is among them.
    """
    above = [
        root for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)
    ]
    site = Site.find_for_request(request) if request else None
    own = [root.root_path for root in above if site is not None and root.site_id == site.pk]
    return own or [root.root_path for root in above]
