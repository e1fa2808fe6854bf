"""Which quick links a page shows, ready for a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F, Q

from wagtail.models import Site

from hsec_wagtail.blocks import safe_url
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models.queries import ancestor_paths, pages_by_id

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["named", "of_page", "of_pages", "present"]


def of_page(page: Any, *, request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """Return the groups shown beside ``page``: its own, else those of the nearest page above it.

    At most two queries.
    """
    return present(_attached([page])[page.path], request=request, current=page)


def of_pages(
    pages: Sequence[Any], *, request: HttpRequest | None = None
) -> dict[int, list[dict[str, Any]]]:
    """Return the groups of each page by its id; as many queries as for one page."""
    attached = _attached(pages)
    targets = _targets(snippet for snippets in attached.values() for snippet in snippets)
    return {
        page.pk: [_group(snippet, targets, request, page) for snippet in attached[page.path]]
        for page in pages
    }


def named(
    slug: str, *, locale_id: int, request: HttpRequest | None = None, current: Any = None
) -> list[dict[str, Any]]:
    """Return the live group with ``slug`` in a language, as a list of one or none.

    It is that of the site on which it is shown, else the one for all sites.
    """
    of_site = Q(site=_site_of(request, current)) | Q(site__isnull=True)
    found = _snippets().filter(of_site, slug=slug, locale_id=locale_id)
    nearest = found.order_by(F("site").asc(nulls_last=True))[:1]
    return present(nearest, request=request, current=current)


def _site_of(request: HttpRequest | None, current: Any) -> Any:
    """Return the site of a request, else that of a page, else the default site."""
    if request is not None:
        return Site.find_for_request(request)
    site = current.get_site() if current is not None else None
    return site or Site.objects.filter(is_default_site=True).first()


def present(
    snippets: Iterable[Any], *, request: HttpRequest | None, current: Any
) -> list[dict[str, Any]]:
    """Return ``heading``, ``slug`` and ``links`` (label, url, current) of each snippet.

    A link whose target is not known, gone, or not published has "" for its url. One without a label is named
    after a target that may be named to everybody, or left out. At most two queries with a request.
    """
    snippets = list(snippets)
    targets = _targets(snippets)
    return [_group(snippet, targets, request, current) for snippet in snippets]


def _snippets() -> Any:
    manager = apps.get_model("hsec_wagtail", "QuickLinksSnippet")._default_manager
    return manager.filter(live=True)


def _attached(pages: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the snippets that the pages at these tree paths show."""
    paths = {path for page in pages for path in ancestor_paths(page.path)}
    locales = {page.locale_id for page in pages}
    found = _snippets().filter(page__path__in=paths, locale_id__in=locales)
    by_place = defaultdict(list)
    for snippet in found.select_related("page"):
        by_place[snippet.page.path, snippet.locale_id].append(snippet)
    return {page.path: _nearest(page, by_place) for page in pages}


def _nearest(page: Any, by_place: dict[tuple[str, int], list[Any]]) -> list[Any]:
    for path in reversed(ancestor_paths(page.path)):
        if snippets := by_place.get((path, page.locale_id)):
            return snippets
    return []


def _targets(snippets: Iterable[Any]) -> dict[int, Any]:
    """Return the live pages that the links of ``snippets`` point to, by id."""
    return pages_by_id(
        page_id for snippet in snippets for link in _links(snippet) if (page_id := link.get("page"))
    )


def _links(snippet: Any) -> list[dict[str, Any]]:
    # The raw data, since the block would fetch the pages of each snippet in a query of its own.
    return [child["value"] for child in snippet.links.raw_data if child["type"] == "link"]


def _group(
    snippet: Any, targets: dict[int, Any], request: HttpRequest | None, current: Any
) -> dict[str, Any]:
    links = [_link(link, targets, request, current) for link in _links(snippet)]
    return {
        "heading": snippet.heading,
        "slug": snippet.slug,
        "links": [link for link in links if link["label"]],
    }


def _link(
    link: dict[str, Any], targets: dict[int, Any], request: HttpRequest | None, current: Any
) -> dict[str, Any]:
    target = targets.get(link.get("page") or 0)
    url = (target.get_url(request) or "") if target else safe_url(link.get("url"))
    return {
        "label": link.get("label") or _name(target, url, request),
        "url": url,
        "current": bool(target and current is not None and target.pk == current.pk),
    }


def _name(target: Any | None, url: str, request: HttpRequest | None) -> str:
    """Return what to call a link without a label."""
    if target is None:
        return url
    return target.title if may_be_named(target, request=request) else ""
