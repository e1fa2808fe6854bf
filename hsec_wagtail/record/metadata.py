"""Metadata in the head of a page, for programs: OpenGraph, Dublin Core, JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from hsec_wagtail.models.archive import capture_of, settings_of
from hsec_wagtail.models.page_addresses import alternates, canonical
from hsec_wagtail.models.page_dates import dates_of
from hsec_wagtail.models.summaries import summary_of
from hsec_wagtail.record.json_ld import list_graph, page_graph, script_json, work_status

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Metadata", "list_metadata", "page_metadata"]


_SCHEMAS = (
    ("schema.DC", "http://purl.org/dc/elements/1.1/"),
    ("schema.DCTERMS", "http://purl.org/dc/terms/"),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a page or of a view.

    Attributes:
        properties: Names of OpenGraph and contents, for ``<meta property>``.
        names: Names of Dublin Core and contents, for ``<meta name>``.
        schemas: What the prefixes of these names mean, for ``<link rel>``.
        licence_url: "" without one.
        json_ld: Ready to stand in a ``<script>``.
    """

    properties: list[tuple[str, str]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    schemas: tuple[tuple[str, str], ...] = _SCHEMAS
    licence_url: str = ""
    json_ld: SafeString = field(default_factory=SafeString)


def page_metadata(page: Any, request: HttpRequest | None, *, language: str) -> Metadata:
    """Return the metadata of ``page``, whose content is in ``language``."""
    said = settings_of(page, request)
    return Metadata(
        properties=list(_open_graph(page, request, language)),
        # Zotero takes a page with Dublin Core for a web page; with citation_title it would be an article.
        names=list(_dublin_core(page, request, language)),
        licence_url=said.licence_url,
        json_ld=script_json(page_graph(page, request, language=language)),
    )


def list_metadata(
    section: Any, request: HttpRequest | None, *, name: str, url: str, files: dict[str, str]
) -> Metadata:
    """Return the metadata of a list of ``section``; see list_graph() for the arguments."""
    said = settings_of(section, request)
    properties = [
        ("og:type", "website"),
        ("og:title", name),
        ("og:url", url),
        ("og:locale", _territory(section.locale.language_code)),
        ("og:site_name", said.organisation),
    ]
    return Metadata(
        properties=[(name, content) for name, content in properties if content],
        licence_url=said.licence_url,
        json_ld=script_json(list_graph(section, request, name=name, url=url, files=files)),
    )


def _open_graph(page: Any, request: HttpRequest | None, language: str) -> Iterator[tuple[str, str]]:
    dates = dates_of(page)
    is_section = page.hsec_page_type == "section"
    yield "og:type", "website" if is_section else "article"
    yield "og:title", page.seo_title or page.title
    yield "og:url", canonical(page, request)
    if description := summary_of(page):
        yield "og:description", description
    yield "og:locale", _territory(language)
    for item in alternates(page, request):
        if item["code"] not in {"x-default", page.locale.language_code}:
            yield "og:locale:alternate", _territory(item["code"])
    if organisation := settings_of(page, request).organisation:
        yield "og:site_name", organisation
    if not is_section:
        if dates.published:
            yield "article:published_time", dates.published.isoformat()
        if dates.modified:
            yield "article:modified_time", dates.modified.isoformat()


def _dublin_core(
    page: Any, request: HttpRequest | None, language: str
) -> Iterator[tuple[str, str]]:
    said, dates, capture = settings_of(page, request), dates_of(page), capture_of(page)
    yield "DC.title", page.title
    yield "DC.type", "Text"
    yield "DC.format", "text/html"
    yield "DC.language", language
    yield "DC.identifier", canonical(page, request)
    if said.organisation:
        yield "DC.creator", said.organisation
        yield "DC.publisher", said.organisation
    if day := dates.modified or dates.published:
        yield "DC.date", day.isoformat()
    if dates.modified:
        yield "DCTERMS.modified", dates.modified.isoformat()
    if description := summary_of(page):
        yield "DC.description", description
    if rights := said.licence or said.licence_url:
        yield "DC.rights", rights
    if capture and capture.url:
        yield "DC.source", capture.url
    yield "hsec.status", work_status(page)


def _territory(language: str) -> str:
    """Return a language code as OpenGraph writes it: fr_CA."""
    base, _, rest = language.replace("_", "-").partition("-")
    return f"{base}_{rest.upper()}" if rest else base
