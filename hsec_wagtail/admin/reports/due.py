"""The report of pages that somebody should look at again, by the day that editors gave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column

from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.admin.reports.base import LinkColumn, PageFilterSet, PageReport, choice_filter
from hsec_wagtail.blocks.today import today
from hsec_wagtail.page_models import page_models

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["DueReport", "PageToReview", "pages_to_review"]

#: Days before its day on which a page is soon due.
_SOON = 30

STATES = {
    "overdue": _("overdue"),
    "soon": _("within 30 days"),
    "later": _("later"),
}


@dataclass(frozen=True, slots=True)
class PageToReview:
    """A page with the day on which it is due."""

    page_id: int
    page: str
    language: str
    live: bool
    review_on: date
    now: date

    @property
    def state(self) -> str:
        """One of STATES."""
        days = (self.review_on - self.now).days
        return "overdue" if days < 0 else "soon" if days <= _SOON else "later"

    @property
    def day(self) -> str:
        """The day as the language of the admin writes it."""
        return str(date_format(self.review_on, "DATE_FORMAT"))

    @property
    def due(self) -> str:
        """How long ago the day was, or how far off it is."""
        days = (self.review_on - self.now).days
        if days < 0:
            said = ngettext("%(days)d day overdue", "%(days)d days overdue", -days)
            return said % {"days": -days}
        if days == 0:
            return gettext("today")
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}

    @property
    def published(self) -> str:
        """Whether the public sees the page."""
        return gettext("published") if self.live else gettext("draft")

    @property
    def edit_url(self) -> str:
        """The address at which the page is edited."""
        return block_edit_url(self.page_id)


def pages_to_review(
    pages: QuerySet[Any], now: date, *, until: date = date.max
) -> list[PageToReview]:
    """Return those of ``pages`` that have a day, ``until`` at the latest, the longest overdue first; one query."""
    names = ("pk", "draft_title", "locale__language_code", "live", "review_on")
    first, *others = [
        model._default_manager.filter(pk__in=pages.values("pk"), alias_of=None)
        .filter(review_on__lte=until)
        .order_by()
        .values_list(*names)
        for model in page_models().values()
    ]
    found = [
        PageToReview(pk, title, language, live, day, now)
        for pk, title, language, live, day in first.union(*others, all=True)
    ]
    return sorted(found, key=lambda one: (one.review_on, one.page, one.page_id))


class DueFilterSet(PageFilterSet):
    """How soon, beside the filters of pages."""

    due = choice_filter(_("Due"), tuple(STATES.items()))


class DueReport(PageReport):
    """The pages with a review date, overdue ones first."""

    page_title = _("Due for review")
    header_icon = "calendar-alt"
    address = "hsec-due-for-review"
    index_url_name = "hsec_due_for_review"
    index_results_url_name = "hsec_due_for_review_results"
    all_well = _("None of the pages that you may edit has a day on which it is to be reviewed.")
    filterset_class = DueFilterSet
    export_filename = "due-for-review"
    columns = [
        LinkColumn("page", label=_("Page"), get_url=lambda one: one.edit_url),
        Column("day", label=_("Review on")),
        Column("due", label=_("Due")),
        Column("published", label=_("Status")),
        Column("language", label=_("Language")),
    ]
    export_headings = {
        "page_id": _("Page id"),
        "page": _("Page"),
        "review_on": _("Review on"),
        "due": _("Due"),
        "published": _("Status"),
        "language": _("Language"),
    }

    def rows(self, pages: QuerySet[Any]) -> Iterator[PageToReview]:
        """Yield the pages."""
        state = self.asked("due")
        for page in pages_to_review(pages, today()):
            if not state or page.state == state:
                yield page
