"""The changes of the pages of a section, or of one page, as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.blocks.today import day_of
from hsec_wagtail.models.queries import page_content_types, pages_by_id, readable
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.page_models import base_page_model, page_models
from hsec_wagtail.record.history.moments import version_url

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "PageHistory",
    "ShownChange",
    "changes_below",
    "changes_url",
    "history_of",
    "last_change",
    "show_changes",
]

#: Changes that a page shows itself.
_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as a list shows it.

    Attributes:
        uid: Tells it from all others, for feeds.
        kind: published, changed, withdrawn, or private, of which nothing else is said.
        at: When it became public.
        day: The same as a day of the site.
        title: Of the page, as it was then.
        url: Address of the page; "" if it is withdrawn.
        then: Address of the page as it stood then.
        compared: Address of the difference from the version before; "" if there is none.
        changed: The day of the change as the page gives it, if it is another than ``day``.
        note: What changed, in the words of an editor.
    """

    uid: str
    page_id: int
    kind: str
    at: datetime
    day: date
    title: str
    url: str
    then: str
    compared: str
    changed: date | None
    note: str

    @property
    def label(self) -> str:
        """The kind of the change in a word."""
        return {
            "published": gettext("Published"),
            "changed": gettext("Changed"),
        }.get(self.kind, gettext("Withdrawn"))


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The changes of one page, the newest first, and the address of the list of all of them ("" if there is none)."""

    changes: tuple[ShownChange, ...]
    url: str = ""

    @property
    def published(self) -> date | None:
        """The day since which this site has had the page for everybody."""
        first = next((one for one in reversed(self.changes) if one.kind == "published"), None)
        return first.day if first else None


def changes_below(
    section: Any, request: HttpRequest, *, page_id: int | None = None
) -> QuerySet[PublishedVersion]:
    """Return the listed changes of the pages of ``section``, and of public sections below it, the newest first."""
    rows = PublishedVersion.objects.filter(listed=True).defer("content")
    if page_id is not None:
        rows = rows.filter(page=page_id)
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    sections = base_page_model().objects.descendant_of(section, inclusive=True)
    # What is said of pages that are gone is as private as the section where they were.
    public = sections.filter(readable(section, request), content_type__in=kinds)
    rows = rows.filter(section__in=list(public.values_list("pk", flat=True)))
    return rows.order_by("-at", "-id")


def last_change(section: Any, request: HttpRequest) -> date | None:
    """Return the day of the last change of the pages of ``section``; two queries."""
    moment = changes_below(section, request).values_list("at", flat=True).first()
    return day_of(moment) if moment else None


def show_changes(
    rows: Sequence[PublishedVersion], request: HttpRequest, *, diff_url: str
) -> list[ShownChange]:
    """Return how to show ``rows``; one query for their pages, and one for privacy.

    Args:
        rows: Listed changes.
        request: What is answered.
        diff_url: Address of the differences between versions, in the section; "" for none.
    """
    pages = pages_by_id(row.page_id for row in rows)
    urls = {
        pk: page_url(page, request=request) or ""
        for pk, page in pages.items()
        if may_be_named(page, request=request)
    }
    return [_show(row, urls.get(row.page_id, ""), diff_url) for row in rows]


def history_of(page: Any, request: HttpRequest) -> PageHistory:
    """Return the newest changes of ``page``; one query, and one for the section that lists them all."""
    if page.pk is None or not may_be_named(page, request=request):
        return PageHistory(())
    rows = list(
        PublishedVersion.objects.filter(page=page.pk, listed=True)
        .defer("content")
        .order_by("-at", "-id")[:_ON_A_PAGE]
    )
    whole = changes_url(page, rows[0].section_id, request) if len(rows) > 1 else ""
    url = page_url(page, request=request) or ""
    shown = tuple(_show(row, url, f"{whole}diff/" if whole else "") for row in rows)
    return PageHistory(shown, f"{whole}?of={page.pk}" if whole else "")


def changes_url(page: Any, section_id: int | None, request: HttpRequest) -> str:
    """Return the address of the changes of the section of ``page``, "" if it has none for everybody; one query."""
    if section_id is None:
        return ""
    section = page
    if section_id != page.pk:
        section = page_models()["section"]._default_manager.filter(pk=section_id).first()
    if not may_be_named(section, request=request) or "changes" not in section.hsec_views:
        return ""
    url: str = section.view_url("changes", request)
    return url


def _show(row: PublishedVersion, url: str, diff_url: str) -> ShownChange:
    day = day_of(row.at)
    named = row.kind != PublishedVersion.Kind.PRIVATE
    compared = row.kind == PublishedVersion.Kind.CHANGED and url and diff_url
    return ShownChange(
        uid=str(row.uid),
        page_id=row.page_id,
        kind=row.kind,
        at=row.at,
        day=day,
        title=row.title if named else "",
        url=url if named else "",
        then=version_url(url, row.at) if url and row.is_shown else "",
        compared=f"{diff_url}?page={row.page_id}&to={row.pk}" if compared else "",
        changed=row.changed if row.changed != day else None,
        note=row.note if named else "",
    )
