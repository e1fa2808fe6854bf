"""Pages by their addresses on the site, and whether a language has addresses of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse
from django.utils import translation

from wagtail.models import Locale, Site

__all__ = ["find_by_address", "is_reachable"]


def find_by_address(pages: Any, address: str) -> Any | None:
    """Return the one of ``pages`` at ``address``, or None.

    The address is complete, or has no host, or is a ``url_path`` from the root of the tree. What the site
    puts before the addresses of its pages, a language or ``/cms/``, may be there or not.
    """
    parts = urlsplit(address)
    sites = Site.objects.select_related("root_page__locale").order_by("-is_default_site", "pk")
    if parts.hostname:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # A site behind a proxy often has another port than the address says.
        sites = sorted(sites.filter(hostname=parts.hostname), key=lambda site: site.port != port)
        if not sites:
            return None
    path = _with_slashes(unquote(parts.path))
    candidates = [url_path for site in sites for url_path in _url_paths(site, path)]
    if not parts.hostname:
        candidates.append(path)
    found = {page.url_path: page for page in pages.filter(url_path__in=candidates)}
    return next((found[url_path] for url_path in candidates if url_path in found), None)


def _with_slashes(path: str) -> str:
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _url_paths(site: Site, path: str) -> list[str]:
    """Return the ``url_path`` that ``path`` may be on ``site``, the likeliest first."""
    root = site.root_page
    language, served = _served(path)
    # With languages in the addresses, the first part names the tree of a translated root.
    first, _, rest = path.lstrip("/").partition("/")
    found = []
    for code, below in [(language, served), (None, path.lstrip("/")), (first, rest)]:
        if below is None:
            continue
        tree = root if code in {None, root.locale.language_code} else _translated(root, code)
        if tree is not None:
            found.append(tree.url_path + below)
    return found


def _translated(root: Any, language: str | None) -> Any | None:
    return root.get_translations().filter(locale__language_code=language).first()


def _served(path: str) -> tuple[str | None, str | None]:
    """Return the language in an address, and the path that Wagtail's view would be asked for; None where it is not."""
    prefix = get_script_prefix()
    path = "/" + path.removeprefix(prefix) if path.startswith(prefix) else path
    language = translation.get_language_from_path(path)
    with translation.override(language or translation.get_language()):
        for form in (path, path.rstrip("/")):
            try:
                match = resolve(form)
            except Resolver404:
                continue
            if match.url_name == "wagtail_serve":
                below = str((*match.args, *match.kwargs.values(), "")[0]).strip("/")
                return language, f"{below}/" if below else ""
    return language, None


def is_reachable(parent: Any, locale: Locale) -> bool:
    """Return whether pages in ``locale`` at the place of ``parent`` have addresses that lead to them.

    A translated tree lies beside the one that a site shows. It has addresses of its own only if they begin
    with the language (``i18n_patterns``), or if it has a site of its own.
    """
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return True
    roots = [site.root_page for site in Site.objects.select_related("root_page__locale")]
    if parent.locale_id == locale.pk and any(
        root.locale_id == locale.pk and parent.url_path.startswith(root.url_path) for root in roots
    ):
        return True
    above = [root for root in roots if root.locale_id != locale.pk]
    return not above or any(
        _start(root.locale.language_code) != _start(locale.language_code) for root in above
    )


def _start(language: str) -> str:
    """Return what the addresses of pages in ``language`` begin with; "" where the site shows no pages."""
    with translation.override(language):
        try:
            return reverse("wagtail_serve", args=("",))
        except NoReverseMatch:
            return language
