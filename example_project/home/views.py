"""Search over the whole site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from hsec_wagtail.record.search.results import search_results
from hsec_wagtail.record.sections import sections_below

__all__ = ["page_not_found", "robots", "search"]

#: Most of the site's own pages that a search names.
MOST_PAGES = 5


def search(request: HttpRequest) -> HttpResponse:
    """Show what the sections of this site have on ``q``, as their own search does, and the site's own pages."""
    site = Site.find_for_request(request)
    root = site.root_page.localized if site is not None else None
    language = get_language() or settings.LANGUAGE_CODE
    sections = sections_below(root) if root is not None else []
    found = search_results(sections, request, language=language)
    context = {
        "query": found["query"],
        "search": found,
        "hsec_language": language,
        "hsec_interface_language": language,
        "own_pages": _own_pages(found["query"], root),
        "languages": _languages(request),
    }
    return render(request, "search/search.html", context)


def _own_pages(query: str, root: Page | None) -> list[Page]:
    """Return live public pages beside the sections that match, in the language of the reader."""
    # A quotation mark ends SQLite's search expression (modelsearch 1.3 puts it in unescaped).
    words = query.replace('"', " ").strip()
    if not words or root is None:
        return []
    pages = HomePage.objects.live().public().descendant_of(root, inclusive=True)
    return list(pages.filter(locale=Locale.get_active()).search(words)[:MOST_PAGES])


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, with a way to the home page of each language."""
    homes = [
        {**one, "url": translate_url(reverse("wagtail_serve", args=[""]), one["code"])}
        for one in _languages(request)
    ]
    return render(request, "404.html", {"languages": homes}, status=404)


def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers are asked not to read, and where the sitemap is; archived pages are theirs to read."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        # Filtered lists and results of searches; not the further pages of a list.
        "Disallow: /*?",
        "Allow: /*?page=",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return this address in each language, as the language switch of a page has it."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": translate_url(request.get_full_path(), code),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]
