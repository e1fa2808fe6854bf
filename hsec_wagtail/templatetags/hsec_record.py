"""Tags for what a page says of itself as a record: ``{% load hsec_record %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from hsec_wagtail.models.archive import Archive, archive_of
from hsec_wagtail.models.page_addresses import alternates
from hsec_wagtail.record.cite.links import PageLinks, cite_address, page_links
from hsec_wagtail.record.formats.naming import list_title
from hsec_wagtail.record.formats.table import FORMATS
from hsec_wagtail.record.metadata import Metadata, list_metadata, page_metadata
from hsec_wagtail.record.overview import Overview, overview

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def hsec_metadata(context: Context) -> Metadata | None:
    """Return the metadata of the page, None for one without a place."""
    page = context["page"]
    if page.pk is None or not page.path:
        return None
    language = context.get("hsec_language") or page.locale.language_code
    return page_metadata(page, context.get("request"), language=language)


@register.simple_tag(takes_context=True)
def hsec_list_metadata(context: Context) -> Metadata:
    """Return the metadata of the list of initiatives, with its files."""
    section, url = context["page"], context["hsec_view"]["full_url"]
    whole = (one for one in FORMATS.values() if not one.latest_only)
    return list_metadata(
        section,
        context.get("request"),
        name=list_title(context["found"], section),
        url=url,
        files={one.media_type: f"{url}{one.name}/" for one in whole},
    )


@register.simple_tag(takes_context=True)
def hsec_view_alternates(context: Context) -> list[dict[str, str]]:
    """Return ``code`` and complete ``url`` of the view of a section in each language, for ``hreflang``."""
    return alternates(context["page"], context.get("request"), view=context["hsec_view"]["name"])


@register.simple_tag(takes_context=True)
def hsec_archive(context: Context) -> Archive | None:
    """Return what the page says of the archive that it belongs to, None if it belongs to none."""
    page: Any = context["page"]
    if not page.locale_id:
        return None
    return archive_of(page, context.get("request"))


@register.simple_tag(takes_context=True)
def hsec_page_links(context: Context) -> PageLinks | None:
    """Return the addresses ``cite``, ``mail`` and ``report`` of the page."""
    page: Any = context["page"]
    if not page.locale_id or not page.path:
        return None
    return page_links(page, context.get("request"))


@register.simple_tag(takes_context=True)
def hsec_cite_address(context: Context) -> str:
    """Return the address of the view that cites initiatives of the page's section, to which ids of page and block are added."""
    return cite_address(context["page"], context.get("request"))


@register.simple_tag(takes_context=True)
def hsec_overview(context: Context, section: Any, size: int = 3) -> Overview | None:
    """Return the record of ``section`` at a glance, for a page that leads to it, with at most ``size`` initiatives of a kind.

    None if ``section`` is no section, or has no record for everybody.
    """
    if getattr(section, "hsec_page_type", "") != "section":
        return None
    return overview(section, context["request"], size=size)
