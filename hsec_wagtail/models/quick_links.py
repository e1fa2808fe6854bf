"""Which quick links a page shows, ready for a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from wagtail.models import Site

from hsec_wagtail.blocks import safe_url
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.references import live_translations
from hsec_wagtail.blocks.targets import outside_host
from hsec_wagtail.models.queries import ancestor_paths, pages_by_id
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "Beside",
    "beside",
    "choose",
    "dead_links",
    "groups_of",
    "named",
    "of_page",
    "of_pages",
    "present",
    "public_links",
]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where groups are shown."""

    targets: dict[int, Any]
    translations: dict[tuple[UUID, int], Any]
    request: HttpRequest | None
    current: Any
    locale_id: int

    def target(self, page_id: int | None) -> Any | None:
        """Return the live page that a link leads to here, in the language of this place if it has that."""
        page = self.targets.get(page_id or 0)
        if page is None:
            return None
        found = self.translations.get((page.translation_key, self.locale_id), page)
        return found if found.live else None

    def foreign_language(self, thing: Any) -> str:
        """Return the language code of a page or snippet if it is not that of this place."""
        return "" if thing.locale_id == self.locale_id else thing.locale.language_code


@dataclass(frozen=True, slots=True)
class Beside:
    """The groups that a page shows, and those that it may show.

    Attributes:
        shown: Those beside the page, its own or inherited.
        drafts: Unpublished ones of the page and of the pages above it.
        of_site: Those beside no page, which the site's templates may name.
    """

    shown: list[Any]
    drafts: list[Any]
    of_site: list[Any]


def of_page(page: Any, *, request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """Return the groups shown beside ``page``: its own, else those of the nearest page above it.

    At most four queries.
    """
    return of_pages([page], request=request)[page.pk]


def of_pages(
    pages: Sequence[Any], *, request: HttpRequest | None = None
) -> dict[int, list[dict[str, Any]]]:
    """Return the groups of each page by its id; as many queries as for one page."""
    attached = _attached(pages, request)
    snippets = [snippet for found in attached.values() for snippet in found]
    targets, translations = _targets(snippets, {page.locale_id for page in pages})
    return {
        page.pk: _shown(
            _group(snippet, _Place(targets, translations, request, page, page.locale_id))
            for snippet in attached[page.path]
        )
        for page in pages
    }


def named(
    slug: str, *, locale_id: int, request: HttpRequest | None = None, current: Any = None
) -> list[dict[str, Any]]:
    """Return the live group with ``slug`` as a list of one or none.

    It is that of the language, else the translation of one in another language, else that one; and it is
    that of the site on which it is shown, else the one for all sites.
    """
    here = _snippets().filter(Q(site=_site_of(request, current)) | Q(site__isnull=True))
    same_name = here.filter(slug=slug)
    found = here.filter(
        Q(slug=slug)
        | Q(locale_id=locale_id, translation_key__in=same_name.values("translation_key"))
    )
    best = _best(found.select_related("locale"), slug=slug, locale_id=locale_id)
    return present(best, request=request, current=current, locale_id=locale_id)


def _best(found: Iterable[Any], *, slug: str, locale_id: int) -> list[Any]:
    """Return the group that is shown for ``slug``, as a list of one or none."""
    ranked = sorted(
        found,
        key=lambda snippet: (
            snippet.locale_id != locale_id,
            snippet.site_id is None,
            snippet.slug != slug,
            snippet.pk,
        ),
    )
    return ranked[:1]


def _site_of(request: HttpRequest | None, current: Any) -> Any:
    """Return the site of a request, else that of a page, else the default site."""
    if request is not None:
        return Site.find_for_request(request)
    site = current.get_site() if current is not None else None
    return site or Site.objects.filter(is_default_site=True).first()


def present(
    snippets: Iterable[Any],
    *,
    request: HttpRequest | None,
    current: Any,
    locale_id: int | None = None,
) -> list[dict[str, Any]]:
    """Return ``heading``, ``slug``, ``language`` and ``links`` (label, url, host, current, language) of each snippet.

    ``host`` is where a link out of this site leads.
    A link whose target is not known, gone, or not published has "" for its url. One without a label is named
    after a target that may be named to everybody, or left out. A language is "" where it is that of the locale,
    which by default is the snippet's. At most three queries with a request.
    """
    snippets = list(snippets)
    locales = {locale_id or snippet.locale_id for snippet in snippets}
    targets, translations = _targets(snippets, locales)
    return _shown(
        _group(
            snippet,
            _Place(targets, translations, request, current, locale_id or snippet.locale_id),
        )
        for snippet in snippets
    )


def groups_of(page: Any, *, request: HttpRequest | None = None) -> list[Any]:
    """Return the snippets shown beside ``page``."""
    return list(_attached([page], request)[page.path])


def beside(page: Any, *, site_id: int | None, request: HttpRequest | None = None) -> Beside:
    """Return the groups of ``page`` as pages show them, with drafts and those of the site; at most three queries.

    Args:
        page: Has a ``path`` and a ``locale_id``; published or not.
        site_id: That of its site, None where it is of none.
        request: One that the answer belongs to.
    """
    of_pages, of_site = _of_pages([page]), Q(page=None, live=True)
    found = list(_all_snippets().filter(of_pages | of_site).select_related("page", "locale"))
    attached = [one for one in found if one.page is not None]
    live = [one for one in attached if one.live]
    here = [one for one in found if one.page is None and one.site_id in (None, site_id)]
    return Beside(
        shown=choose([page], live, request)[page.path],
        drafts=[one for one in attached if not one.live],
        of_site=_best_of_each(here, locale_id=page.locale_id),
    )


def _best_of_each(groups: Sequence[Any], *, locale_id: int) -> list[Any]:
    """Return the group for each slug that one of ``groups`` has, each once."""
    chosen = {}
    for slug in dict.fromkeys(one.slug for one in groups):
        keys = {one.translation_key for one in groups if one.slug == slug}
        family = [
            one
            for one in groups
            if one.slug == slug or (one.locale_id == locale_id and one.translation_key in keys)
        ]
        chosen.update({one.pk: one for one in _best(family, slug=slug, locale_id=locale_id)})
    return list(chosen.values())


def public_links(
    snippets: Iterable[Any], *, request: HttpRequest | None, locale_id: int | None = None
) -> dict[int, list[dict[str, Any]]]:
    """Return ``label``, complete ``url`` and ``language`` of the links of each snippet, by its id.

    A link to a page that not everybody may read has "" for its url. At most three queries with a request.
    """
    snippets = list(snippets)
    locales = {locale_id or snippet.locale_id for snippet in snippets}
    targets, translations = _targets(snippets, locales)
    found = {}
    for snippet in snippets:
        place = _Place(targets, translations, request, None, locale_id or snippet.locale_id)
        links = [_public_link(link, place) for link in _links(snippet)]
        found[snippet.pk] = [link for link in links if link["label"]]
    return found


def dead_links(
    snippets: Iterable[Any], *, request: HttpRequest | None
) -> dict[int, list[tuple[str, str]]]:
    """Return the links of each snippet that lead the public nowhere, by its id, each with its label and the reason.

    The reason is "deleted", "unpublished", "private", "unsafe" or "unknown". At most three queries with a request.
    """
    snippets = list(snippets)
    targets, translations = _targets(snippets, {snippet.locale_id for snippet in snippets})
    found = {}
    for snippet in snippets:
        place = _Place(targets, translations, request, None, snippet.locale_id)
        told = [(str(link.get("label") or ""), _fault(link, place)) for link in _links(snippet)]
        found[snippet.pk] = [(label, fault) for label, fault in told if fault]
    return found


def _fault(link: dict[str, Any], place: _Place) -> str:
    """Return why ``link`` leads the public nowhere, "" where it leads somewhere."""
    page_id = link.get("page")
    if page_id:
        target = place.target(page_id)
        if target is None:
            return "unpublished" if page_id in place.targets else "deleted"
        return "" if may_be_named(target, request=place.request) else "private"
    if link.get("url"):
        return "" if safe_url(link["url"]) else "unsafe"
    return "unknown"


def _public_link(link: dict[str, Any], place: _Place) -> dict[str, Any]:
    shown = _link(link, place)
    if (target := place.target(link.get("page"))) is not None:
        is_public = may_be_named(target, request=place.request)
        shown["url"] = (target.get_full_url(place.request) or "") if is_public else ""
    return {name: shown[name] for name in ("label", "url", "language")}


def _all_snippets() -> Any:
    return apps.get_model("hsec_wagtail", "QuickLinksSnippet")._default_manager.all()


def _snippets() -> Any:
    return _all_snippets().filter(live=True)


def _attached(pages: Sequence[Any], request: HttpRequest | None) -> dict[str, list[Any]]:
    """Return the snippets that the pages at these tree paths show; one query, two where a snippet names a translation."""
    found = _snippets().filter(_of_pages(pages)).select_related("page", "locale")
    return choose(pages, list(found), request)


def _of_pages(pages: Sequence[Any]) -> Q:
    """Return the condition that a snippet stands beside one of ``pages`` or a page above, or a translation of one."""
    paths = {path for page in pages for path in ancestor_paths(page.path)}
    above = base_page_model().objects.filter(path__in=paths)
    return Q(page__translation_key__in=above.values("translation_key"))


def choose(
    pages: Sequence[Any], found: Sequence[Any], request: HttpRequest | None
) -> dict[str, list[Any]]:
    """Return which of the snippets ``found`` each of ``pages`` shows, by its tree path; a query where one names a translation.

    A group in the language of a page belongs to that page whichever translation of it the group names.
    """
    paths = {path for page in pages for path in ancestor_paths(page.path)}
    # Of pages in several languages one may be the translation of a page beside which a snippet stands.
    if len({page.locale_id for page in pages}) < 2 and all(
        snippet.page.path in paths for snippet in found
    ):
        keys = {snippet.page.path: snippet.page.translation_key for snippet in found}
    else:
        named = {snippet.page.translation_key for snippet in found}
        places = base_page_model().objects.filter(translation_key__in=named)
        keys = dict(places.values_list("path", "translation_key"))
    by_place: dict[tuple[UUID, int | None], list[Any]] = defaultdict(list)
    for snippet in found:
        by_place[snippet.page.translation_key, snippet.locale_id].append(snippet)
        # Shown beside translations, too, unless its page is private.
        if snippet.locale_id == snippet.page.locale_id and (
            snippet.page.path in paths or may_be_named(snippet.page, request=request)
        ):
            by_place[snippet.page.translation_key, None].append(snippet)
    return {page.path: _nearest(page, keys, by_place) for page in pages}


def _nearest(
    page: Any, keys: dict[str, UUID], by_place: dict[tuple[UUID, int | None], list[Any]]
) -> list[Any]:
    """Return the groups of the nearest page in its language, else in that of the translations of that page."""
    above = [keys[path] for path in reversed(ancestor_paths(page.path)) if path in keys]
    for locale_id in (page.locale_id, None):
        for key in above:
            if snippets := by_place.get((key, locale_id)):
                return [one for one in snippets if one.locale_id == snippets[0].locale_id]
    return []


def _targets(
    snippets: Iterable[Any], locale_ids: set[int]
) -> tuple[dict[int, Any], dict[tuple[UUID, int], Any]]:
    """Return the pages that the links of ``snippets`` point to, by id, and their translations; at most two queries."""
    targets = pages_by_id(
        page_id for snippet in snippets for link in _links(snippet) if (page_id := link.get("page"))
    )
    return targets, live_translations(targets.values(), locale_ids)


def _links(snippet: Any) -> list[dict[str, Any]]:
    # The raw data, since the block would fetch the pages of each snippet in a query of its own.
    return [child["value"] for child in snippet.links.raw_data if child["type"] == "link"]


def _shown(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the groups without those whose links are all left out."""
    return [group for group in groups if group["links"]]


def _group(snippet: Any, place: _Place) -> dict[str, Any]:
    links = [_link(link, place) for link in _links(snippet)]
    return {
        "heading": snippet.heading,
        "slug": snippet.slug,
        "language": place.foreign_language(snippet),
        "links": [link for link in links if link["label"]],
    }


def _link(link: dict[str, Any], place: _Place) -> dict[str, Any]:
    target = place.target(link.get("page"))
    url = (target.get_url(place.request) or "") if target else safe_url(link.get("url"))
    label = link.get("label") or _name(target, url, place.request)
    host = "" if target else outside_host(url, request=place.request)
    return {
        "label": label,
        "url": url,
        "host": "" if host in label else host,
        "current": bool(target and place.current is not None and target.pk == place.current.pk),
        "language": place.foreign_language(target) if target else "",
    }


def _name(target: Any | None, url: str, request: HttpRequest | None) -> str:
    """Return what to call a link without a label."""
    if target is None:
        return url
    return target.title if may_be_named(target, request=request) else ""
