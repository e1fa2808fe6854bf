"""Tags and filters for our templates and for those of a site: ``{% load hsec_tags %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from wagtail.models import Locale, Site

from hsec_wagtail import conf
from hsec_wagtail.blocks.codes import language_name
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.preview import preview_document
from hsec_wagtail.dates import EDTF, DateError
from hsec_wagtail.models import page_addresses, quick_links
from hsec_wagtail.models.breadcrumbs import pages_above, trail_items
from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.models.summaries import plain_text, summary_of
from hsec_wagtail.models.translated_views import translated_queries
from hsec_wagtail.record.formats.table import format_links
from hsec_wagtail.record.history.changes import PageHistory, history_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template import Context

register = template.Library()

STYLESHEET = "hsec_wagtail/css/hsec.css"
QUICK_LINKS_TEMPLATE = "hsec_wagtail/includes/quick_links.html"


@register.simple_tag
def hsec_css() -> SafeString:
    """Return the link to our style sheet, or nothing where the site has switched it off."""
    if not conf.get("HSEC_CSS"):
        return mark_safe("")
    return format_html('<link rel="stylesheet" href="{}">', static(STYLESHEET))


@register.simple_tag(takes_context=True)
def hsec_block_preview(context: Context) -> SafeString:
    """Return the document that shows the block of a block picker's preview, in the frame of the site."""
    return preview_document({str(name): value for name, value in context.flatten().items()})


@register.simple_tag(takes_context=True)
def hsec_home(context: Context) -> str:
    """Return the address of the site's home page, in the active language if it is translated; "/" without one."""
    request = _request(context)
    site = Site.find_for_request(request) if request else None
    if site is None:
        return "/"
    home, active = site.root_page, get_language()
    # These are cached: no query where the home page is in the active language, or not translated into it.
    roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
    others = {root.language_code for root in roots if root.root_path != home.url_path}
    return (home.localized if active in others else home).get_url(request) or "/"


@register.inclusion_tag("hsec_wagtail/includes/breadcrumb.html", takes_context=True)
def hsec_breadcrumb(context: Context, below: str = "") -> dict[str, Any]:
    """Show the way from the site's first page to the current one: ``items`` of title, url, current.

    ``below`` names what is shown in place of the page itself, such as the results of a search in it. Names of a
    section's trail that no page above has stand before the section, without a url.
    """
    request, page = _request(context), _page(context)
    if page is None or not page.path:
        return {"items": []}
    above = pages_above(page, request)
    items: list[dict[str, Any]] = []
    for one, language in [*_with_languages(context, page, above), (page, "")]:
        items += trail_items(one, items, language)
        url, current = one.get_url(request), one is page and not below
        items.append({"title": one.title, "url": url, "current": current, "language": language})
    if below:
        items.append({"title": below, "url": "", "current": True})
    return {"items": items}


@register.simple_tag(takes_context=True)
def hsec_quick_links(
    context: Context, slug: str = "", *, template: str = QUICK_LINKS_TEMPLATE
) -> SafeString:
    """Show the quick links of the page, or the group named ``slug``, with ``template``."""
    groups = _groups(context, slug)
    if not groups:
        return mark_safe("")
    shown: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return render_to_string(template, {**shown, "groups": groups}, _request(context))


@register.simple_tag(takes_context=True)
def hsec_quick_links_list(context: Context, slug: str = "") -> Sequence[dict[str, Any]]:
    """Return what hsec_quick_links shows, as a list: ``{% hsec_quick_links_list as groups %}``."""
    return _groups(context, slug)


@register.inclusion_tag("hsec_wagtail/includes/languages.html", takes_context=True)
def hsec_languages(context: Context) -> dict[str, Any]:
    """Link to the page in each language it is published in: ``items`` of code, name, url, current.

    A view of a section's record is linked with what it was asked.
    """
    page = _page(context)
    if page is None or page.pk is None or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return {"items": []}
    request = _request(context)
    translations = page_addresses.shown_translations(page, request)
    items = [_language(one, page, request) for one in translations]
    view = context.get("hsec_view")
    if view and request:
        queries_by_locale = translated_queries(request, page, translations)
        for item, one in zip(items, translations, strict=True):
            slug = page.view_slug(view["name"], item["code"])
            below = f"{item['url'].rstrip('/')}/{slug}/{queries_by_locale[one.locale_id]}"
            item["url"] = below if item["url"] else ""
    return {"items": [item for item in items if item["url"]]}


@register.simple_tag(takes_context=True)
def hsec_alternates(context: Context) -> list[dict[str, str]]:
    """Return ``code`` and complete ``url`` of the page in each language, for ``hreflang``; none for one language.

    Last comes ``x-default``: the page in the default language, if it is among them.
    """
    page = _page(context)
    return [] if page is None else page_addresses.alternates(page, _request(context))


@register.simple_tag(takes_context=True)
def hsec_canonical(context: Context) -> str:
    """Return the complete address of the page, or of the page that it repeats if that one is public."""
    page = _page(context)
    if page is None or page.pk is None:
        return ""
    return page_addresses.canonical(page, _request(context))


@register.simple_tag(takes_context=True)
def hsec_history(context: Context) -> PageHistory:
    """Return the public changes of the page: ``changes``, the newest first, and ``url`` of the whole list; at most two queries."""
    request, page = _request(context), _page(context)
    # A view of the record is of many pages.
    if request is None or page is None or "hsec_view" in context:
        return PageHistory(())
    return history_of(page, request)


@register.inclusion_tag("hsec_wagtail/includes/format_alternates.html", takes_context=True)
def hsec_feeds(context: Context) -> dict[str, Any]:
    """Name the feeds of the initiatives of a section in the head, where its record is offered."""
    page = _page(context)
    offered = "initiatives" in {name for name, *_ in context.get("hsec_record_links") or ()}
    links = format_links(page, _request(context)) if offered else []
    return {"page": page, "formats": [link for link in links if link.format.followed]}


@register.filter
def hsec_plain(html: Any) -> str:
    """Return the words of ``html`` without its tags, in one line, for a description."""
    return plain_text(html)


@register.filter
def hsec_summary(page: Any) -> str:
    """Return what ``page`` is about: its description, its lead, or the beginning of its body."""
    return summary_of(page)


@register.filter
def hsec_date(value: Any) -> str:
    """Return an EDTF value in the words of the active language; other text as it is."""
    return date_in_words(value, language=get_language() or settings.LANGUAGE_CODE)


@register.filter
def hsec_language(code: str) -> str:
    """Return the name of a language in the active one; the code itself if it has none."""
    return language_name(code, language=get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def hsec_time(value: Any, text: str = "") -> str:
    """Return an EDTF value as ``<time>``, or as plain text where HTML has no form for it.

    ``text`` is shown in place of our words, as the source says it.
    """
    words = text or hsec_date(value)
    try:
        machine = EDTF.parse(str(value)).html if value else None
    except DateError:
        machine = None
    if machine is None:
        return words
    return format_html('<time datetime="{}">{}</time>', machine, words)


def _request(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request


def _page(context: Context) -> Any:
    """Return the page that the template shows, if any; sites use ``page`` for other things as well."""
    for name in ("page", "self"):
        candidate = context.get(name)
        if hasattr(candidate, "url_path") and hasattr(candidate, "locale_id"):
            return candidate
    return None


def _with_languages(context: Context, page: Any, above: list[Any]) -> list[tuple[Any, str]]:
    """Return the pages above with their language where it is not that of the content of ``page``, else ""."""
    shown = context.get("hsec_language")
    if not shown or page.locale_id is None or shown == page.locale.language_code:
        return [(one, "") for one in above]
    languages = content_languages(above)
    return [(one, "" if languages[one.pk] == shown else languages[one.pk]) for one in above]


def _groups(context: Context, slug: str) -> list[dict[str, Any]]:
    request, page = _request(context), _page(context)
    if slug:
        locale_id = page.locale_id if page is not None else Locale.get_active().pk
        return quick_links.named(slug, locale_id=locale_id, request=request, current=page)
    if page is None or not page.path:
        return []
    return quick_links.of_page(page, request=request)


def _language(translation: Any, page: Any, request: HttpRequest | None) -> dict[str, Any]:
    code = translation.locale.language_code
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        name = dict(settings.LANGUAGES).get(code, code)
    return {
        "code": code,
        "name": name,
        "url": translation.get_url(request) or "",
        "current": translation.pk == page.pk,
    }
