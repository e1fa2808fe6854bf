"""The report of dates on public pages that cannot be read: drafts may hold them, and some ways to publish check nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.models import InitiativeDate, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import Promise

__all__ = ["UnreadableDate", "UnreadableDatesMenuItem", "UnreadableDatesView", "unreadable_dates"]

#: Letters of an initiative in the list; exports have it whole.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class UnreadableDate:
    """A date that cannot be read.

    Attributes:
        page: The title of the page.
        of: The words of the initiative, or the name of the member.
        field: The label of the field that holds it.
        written: What was typed.
    """

    page_id: int
    page: str
    of: str
    field: Promise
    written: str

    @property
    def edit_url(self) -> str:
        """The address at which the page is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])

    @property
    def short(self) -> str:
        """``of`` as the list shows it."""
        return Truncator(self.of).chars(_SHOWN)


def unreadable_dates(pages: QuerySet[Any]) -> list[UnreadableDate]:
    """Return the dates on ``pages`` that cannot be read, by the titles of the pages; two queries."""
    found = [*_of_initiatives(pages), *_of_members(pages)]
    return sorted(found, key=lambda one: (one.page, one.page_id))


def _of_initiatives(pages: QuerySet[Any]) -> Iterator[UnreadableDate]:
    dates = InitiativeDate.objects.filter(precision="", initiative__page__in=pages)
    names = ("initiative__page_id", "initiative__page__title", "initiative__text", "edtf")
    ordered = dates.order_by("initiative__position", "position")
    for page_id, title, text, written in ordered.values_list(*names):
        yield UnreadableDate(page_id, title, text, _("Date"), written)


def _of_members(pages: QuerySet[Any]) -> Iterator[UnreadableDate]:
    without_days = Q(since_earliest=None, since_latest=None) & ~Q(since="")
    without_days |= Q(until_earliest=None, until_latest=None) & ~Q(until="")
    members = Membership.objects.filter(without_days, page__in=pages).order_by("position")
    names = ("page_id", "page__title", "name", "since", "until")
    for page_id, title, name, since, until in members.values_list(*names):
        for label, written in ((_("Since"), since), (_("Until"), until)):
            if written and read_edtf(written) is None:
                yield UnreadableDate(page_id, title, name, label, written)


class UnreadableDatesView(SafeExportMixin, ReportView):
    """The dates on public pages that cannot be read and that the user may mend."""

    page_title = _("Unreadable dates")
    header_icon = "date"
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change"]
    index_url_name = "hsec_unreadable_dates"
    index_results_url_name = "hsec_unreadable_dates_results"
    results_template_name = "hsec_wagtail/admin/unreadable_dates_results.html"
    export_filename = "unreadable-dates"
    columns = [
        TitleColumn("page", label=_("Page"), get_url=lambda one: one.edit_url),
        Column("short", label=_("Initiative or member")),
        Column("field", label=_("Field")),
        Column("written", label=_("As it was typed")),
    ]
    list_export = ["page_id", "page", "of", "field", "written"]
    export_headings = {
        "page_id": _("Page id"),
        "page": _("Page"),
        "of": _("Initiative or member"),
        "field": _("Field"),
        "written": _("As it was typed"),
    }

    def get_queryset(self) -> list[UnreadableDate]:
        """Return the dates on the pages that the user may edit."""
        policy = self.permission_policy
        return unreadable_dates(
            policy.instances_user_has_permission_for(self.request.user, "change")
        )

    def get_filtered_queryset(self) -> list[UnreadableDate]:
        """Return the same: there are no filters."""
        return self.get_queryset()


class UnreadableDatesMenuItem(MenuItem):
    """The report in the menu, for those who may edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may edit any page."""
        policy = UnreadableDatesView.permission_policy
        return bool(policy.user_has_permission(request.user, "change"))
