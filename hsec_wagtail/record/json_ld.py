"""Pages and lists as JSON-LD in the words of schema.org, for search engines and whoever else reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from hsec_wagtail.models.archive import capture_of, is_archived, settings_of
from hsec_wagtail.models.breadcrumbs import pages_above
from hsec_wagtail.models.page_addresses import canonical
from hsec_wagtail.models.page_dates import dates_of
from hsec_wagtail.models.summaries import summary_of

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["list_graph", "page_graph", "script_json", "work_status"]

CONTEXT = "https://schema.org"
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_STATUSES = {
    "announced": "Announced",
    "active": "Published",
    "dormant": "Dormant",
    "ended": "Ended",
}


def script_json(data: Any) -> SafeString:
    """Return ``data`` as JSON that may stand within a ``<script>``: no sign in it ends the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - no < is left


def page_graph(page: Any, request: HttpRequest | None, *, language: str) -> dict[str, Any]:
    """Return ``page``, the way to it and who publishes it.

    Args:
        page: One of ours.
        request: That which is answered.
        language: Of the content.
    """
    url = canonical(page, request)
    crumbs = _breadcrumb(url, page, request)
    graph = [_page(page, url, request, language), *_publisher(page, request)]
    if crumbs:
        graph[0]["breadcrumb"] = {"@id": crumbs["@id"]}
        graph.append(crumbs)
    return {"@context": CONTEXT, "@graph": graph}


def list_graph(
    section: Any, request: HttpRequest | None, *, name: str, url: str, files: dict[str, str]
) -> dict[str, Any]:
    """Return the list of initiatives of ``section`` as a data set.

    Args:
        section: The section.
        request: That which is answered.
        name: What the list is called.
        url: Complete address of the list.
        files: Media types -> complete addresses of the list as files.
    """
    said = settings_of(section, request)
    dataset = _known(
        {
            "@type": "Dataset",
            "@id": f"{url}#dataset",
            "url": url,
            "name": name,
            "description": summary_of(section) or section.title,
            "inLanguage": section.locale.language_code,
            "license": said.licence_url,
            "creativeWorkStatus": work_status(section),
            "isPartOf": {"@id": canonical(section, request)},
            "publisher": _publisher_id(section, request),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address}
                for kind, address in files.items()
            ],
        }
    )
    return {"@context": CONTEXT, "@graph": [dataset, *_publisher(section, request)]}


def work_status(page: Any) -> str:
    """Return what is said of ``page`` as ``creativeWorkStatus``."""
    return "Archived" if is_archived(page) else _STATUSES.get(page.status, "Published")


def _page(page: Any, url: str, request: HttpRequest | None, language: str) -> dict[str, Any]:
    dates, capture = dates_of(page), capture_of(page)
    above = pages_above(page, request)
    source = capture.url if capture else ""
    return _known(
        {
            "@type": "CollectionPage" if page.hsec_page_type == "section" else "WebPage",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": summary_of(page),
            "inLanguage": language,
            "datePublished": dates.published and dates.published.isoformat(),
            "dateModified": dates.modified and dates.modified.isoformat(),
            "creativeWorkStatus": work_status(page),
            "license": settings_of(page, request).licence_url,
            "publisher": _publisher_id(page, request),
            "isPartOf": {"@id": above[-1].get_full_url(request)} if above else None,
            "isBasedOn": source,
            "archivedAt": source if is_archived(page) else "",
        }
    )


def _breadcrumb(url: str, page: Any, request: HttpRequest | None) -> dict[str, Any] | None:
    """Return the pages from the site's first one to ``page``; None for that one itself."""
    above = pages_above(page, request)
    if not above:
        return None
    items = [(one.title, one.get_full_url(request)) for one in above] + [(page.title, url)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(items, 1)
        ],
    }


def _publisher(page: Any, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return who publishes ``page`` as a list of one, or of none where the site says no name."""
    said, reference = settings_of(page, request), _publisher_id(page, request)
    if reference is None:
        return []
    kind, home = said.organisation_kind, reference["@id"].partition("#")[0]
    return [{"@type": kind, **reference, "name": said.organisation, "url": home}]


def _publisher_id(page: Any, request: HttpRequest | None) -> dict[str, str] | None:
    if not settings_of(page, request).organisation:
        return None
    above = pages_above(page, request)
    home = (above[0] if above else page).get_full_url(request) or ""
    return {"@id": f"{home}#organization"}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Return ``values`` without those that are not known."""
    return {name: value for name, value in values.items() if value}
