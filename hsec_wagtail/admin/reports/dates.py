"""The report of dates on public pages that cannot be read, and of initiatives without any.

Drafts may hold such dates, and some ways to publish check nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column

from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.admin.reports.base import LinkColumn, PageFilterSet, PageReport, choice_filter
from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.models import Initiative, InitiativeDate, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

__all__ = ["DatesReport", "DoubtfulDate", "doubtful_dates"]

#: Letters of an initiative in the list; exports have it whole.
_SHOWN = 100

#: What may be wrong with a date.
PROBLEMS = {"unreadable": _("cannot be read"), "undated": _("undated")}


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """A date that cannot be read, or that is missing.

    Attributes:
        page: The title of the page.
        of: The words of the initiative, or the name of the member.
        field: The label of the field that holds it.
        written: What was typed.
        kind: One of PROBLEMS.
    """

    page_id: int
    page: str
    block_id: str
    of: str
    field: Promise
    written: str
    kind: str = "unreadable"

    @property
    def problem(self) -> str:
        """The problem, in words."""
        return str(PROBLEMS[self.kind])

    @property
    def edit_url(self) -> str:
        """The address at which the block is edited."""
        return block_edit_url(self.page_id, self.block_id)

    @property
    def short(self) -> str:
        """``of`` as the list shows it."""
        return Truncator(self.of).chars(_SHOWN)


def doubtful_dates(pages: QuerySet[Any], *, kind: str = "") -> list[DoubtfulDate]:
    """Return the dates on ``pages`` that cannot be read or are missing, by the titles of the pages; three queries.

    ``kind`` is one of PROBLEMS, "" for all.
    """
    found: list[DoubtfulDate] = []
    if kind != "undated":
        found += [*_of_initiatives(pages), *_of_members(pages)]
    if kind != "unreadable":
        found += _undated(pages)
    return sorted(found, key=lambda one: (one.page, one.page_id))


def _of_initiatives(pages: QuerySet[Any]) -> Iterator[DoubtfulDate]:
    dates = InitiativeDate.objects.filter(precision="", initiative__page__in=pages)
    place = ("initiative__page_id", "initiative__page__title", "initiative__block_id")
    ordered = dates.order_by("initiative__position", "position")
    for page_id, title, block, text, written in ordered.values_list(
        *place, "initiative__text", "edtf"
    ):
        yield DoubtfulDate(page_id, title, block, text, _("Date"), written)


def _of_members(pages: QuerySet[Any]) -> Iterator[DoubtfulDate]:
    without_days = Q(since_earliest=None, since_latest=None) & ~Q(since="")
    without_days |= Q(until_earliest=None, until_latest=None) & ~Q(until="")
    members = Membership.objects.filter(without_days, page__in=pages).order_by("position")
    names = ("page_id", "page__title", "block_id", "name", "since", "until")
    for page_id, title, block, name, since, until in members.values_list(*names):
        for label, written in ((_("Since"), since), (_("Until"), until)):
            if written and read_edtf(written) is None:
                yield DoubtfulDate(page_id, title, block, name, label, written)


def _undated(pages: QuerySet[Any]) -> Iterator[DoubtfulDate]:
    undated = Initiative.objects.filter(dates=None, page__in=pages).order_by("position")
    names = ("page_id", "page__title", "block_id", "text")
    for page_id, title, block, text in undated.values_list(*names):
        yield DoubtfulDate(page_id, title, block, text, _("Date"), "", "undated")


class DatesFilterSet(PageFilterSet):
    """The kind of problem, beside the filters of pages."""

    problem = choice_filter(_("Problem"), tuple(PROBLEMS.items()))


class DatesReport(PageReport):
    """The dates on public pages that cannot be read or are missing, and that the user may mend."""

    page_title = _("Undated and unreadable dates")
    header_icon = "date"
    address = "hsec-unreadable-dates"
    index_url_name = "hsec_unreadable_dates"
    index_results_url_name = "hsec_unreadable_dates_results"
    all_well = _(
        "Every initiative on the public pages that you may edit has a date, and every date can be read."
    )
    filterset_class = DatesFilterSet
    export_filename = "dates"
    columns = [
        LinkColumn("page", label=_("Page"), get_url=lambda one: one.edit_url),
        Column("short", label=_("Initiative or member")),
        Column("field", label=_("Field")),
        Column("problem", label=_("Problem")),
        Column("written", label=_("As it was typed")),
    ]
    export_headings = {
        "page_id": _("Page id"),
        "page": _("Page"),
        "of": _("Initiative or member"),
        "field": _("Field"),
        "problem": _("Problem"),
        "written": _("As it was typed"),
    }

    def rows(self, pages: QuerySet[Any]) -> list[DoubtfulDate]:
        """Return the dates."""
        return doubtful_dates(pages, kind=self.asked("problem"))
