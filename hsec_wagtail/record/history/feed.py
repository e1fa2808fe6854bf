"""The changes of a section as an Atom feed, with what is withdrawn as RFC 6721 says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import gettext

from hsec_wagtail.blocks.today import in_utc
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.record.formats.naming import xml_text
from hsec_wagtail.record.history.changes import ShownChange

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["as_atom"]

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class _Feed(Atom1Feed):
    """An Atom feed that says which earlier entries hold no more."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:at": _TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for uid, when in self.feed["withdrawn"]:
            attributes = {"ref": f"urn:uuid:{uid}", "when": rfc3339_date(when)}
            handler.addQuickElement("at:deleted-entry", None, attributes)


def as_atom(section: Any, changes: Sequence[ShownChange], request: HttpRequest) -> HttpResponse:
    """Return ``changes``, the newest first, as Atom in the language of ``section``; one query."""
    url = section.view_full_url("changes", request)
    language = section.locale.language_code
    with translation.override(language):
        feed = _Feed(
            title=xml_text(gettext("Changes: %(title)s") % {"title": section.title}),
            link=url,
            description="",
            feed_url=f"{url}atom/",
            language=language,
            withdrawn=_withdrawn(changes),
        )
        for one in changes:
            feed.add_item(**_entry(one, url, request))
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _entry(change: ShownChange, url: str, request: HttpRequest) -> dict[str, Any]:
    title = change.title or gettext("A page")
    # Django would say of a moment without a time zone that it is in UTC.
    at = in_utc(change.at)
    return {
        "title": xml_text(f"{change.label}: {title}"),
        # What is withdrawn has no page to lead to.
        "link": request.build_absolute_uri(change.url or url),
        "description": xml_text(change.note),
        "unique_id": f"urn:uuid:{change.uid}",
        "pubdate": at,
        "updateddate": at,
        "categories": ["withdrawn" if change.kind == "private" else change.kind],
    }


def _withdrawn(changes: Sequence[ShownChange]) -> list[tuple[Any, datetime]]:
    """Return the ids of the earlier entries of pages that are withdrawn, and since when."""
    since: dict[int, datetime] = {}
    for one in changes:
        if one.kind in ("withdrawn", "private") and not one.url:
            since.setdefault(one.page_id, one.at)
    rows = PublishedVersion.objects.filter(
        page__in=since,
        listed=False,
        kind__in=[PublishedVersion.Kind.PUBLISHED, PublishedVersion.Kind.CHANGED],
    )
    found = rows.order_by("-at", "-id").values_list("uid", "page_id")
    return [(uid, in_utc(since[page_id])) for uid, page_id in found[: len(changes)]]
