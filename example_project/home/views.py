"""Search over the whole site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info

from wagtail.models import Locale, Page, Site

from hsec_wagtail.models.searching import clean_query, searchable_words

__all__ = ["page_not_found", "robots", "search"]

PAGE_SIZE = 20


def search(request: HttpRequest) -> HttpResponse:
    """Show the live public pages of this site, in the reader's language, that match ``q``."""
    query = clean_query(request.GET.get("q", ""))
    pages = Page.objects.none()
    site = Site.find_for_request(request)
    words = searchable_words(query)
    if words and site is not None:
        root = site.root_page.localized
        pages = Page.objects.live().public().descendant_of(root, inclusive=True)
        pages = pages.filter(locale=Locale.get_active()).specific().search(words)
    paginator = Paginator(pages, PAGE_SIZE)
    results = paginator.get_page(request.GET.get("page"))
    context = {"query": query, "results": results, "languages": _languages(request)}
    return render(request, "search/search.html", context)


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
