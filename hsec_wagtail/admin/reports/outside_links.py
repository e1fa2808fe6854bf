"""The report of links out of the site that lead nowhere, as hsec_check_links found them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column

from hsec_wagtail.admin.places import block_edit_url, group_edit_url
from hsec_wagtail.admin.reports.base import LinkColumn, PageFilterSet, PageReport, choice_filter
from hsec_wagtail.blocks.today import day_of
from hsec_wagtail.models import OutsideLink, OutsidePlace
from hsec_wagtail.outside.fetch import Reason

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["OutsideLinksReport", "PlacedLink"]

State = OutsideLink.State

#: Those that somebody should look at.
_WRONG = (State.BROKEN, State.REFUSED)

REASONS = {
    Reason.ADDRESS: _("It is no address that can be asked for."),
    Reason.PRIVATE: _("It leads into a private network."),
    Reason.NAME: _("There is no such host."),
    Reason.CONNECTION: _("The host cannot be reached."),
    Reason.CERTIFICATE: _("Its certificate is not valid."),
    Reason.TIMEOUT: _("It did not answer in time."),
    Reason.PROTOCOL: _("Its answer cannot be read."),
    Reason.REDIRECTS: _("It leads from one address to the next without end."),
}
STATUSES = {
    404: _("There is no such page (404)."),
    410: _("The page was removed (410)."),
}


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link out of the site at one of the places where it stands."""

    link: OutsideLink
    where: str
    edit_url: str

    @property
    def url(self) -> str:
        """The address."""
        return self.link.url

    @property
    def state(self) -> str:
        """The state, in words."""
        return str(self.link.get_state_display())

    @property
    def why(self) -> str:
        """The answer, in words."""
        link = self.link
        if link.reason:
            return str(dict(REASONS).get(Reason(link.reason), link.reason))
        if link.state == State.MOVED:
            return link.target
        if link.status is None:
            return ""
        return str(
            STATUSES.get(link.status) or _("It answers with %(status)d.") % {"status": link.status}
        )

    @property
    def since(self) -> str:
        """The day since which it fails."""
        return _day(self.link.first_failed_at)

    @property
    def checked(self) -> str:
        """The day on which it was last asked for."""
        return _day(self.link.checked_at)


def _day(moment: datetime | None) -> str:
    return str(date_format(day_of(moment), "DATE_FORMAT")) if moment else ""


class OutsideLinksFilterSet(PageFilterSet):
    """The state of links, beside the filters of pages."""

    state = choice_filter(_("State"), tuple(State.choices))


class OutsideLinksReport(PageReport):
    """The links out of the site that are broken, those that fail longest first."""

    page_title = _("Broken outside links")
    header_icon = "link-external"
    address = "hsec-outside-links"
    index_url_name = "hsec_outside_links"
    index_results_url_name = "hsec_outside_links_results"
    all_well = _(
        "No broken link is known on the pages and in the quick links that you may edit. hsec_check_links looks for"
        " them."
    )
    filterset_class = OutsideLinksFilterSet
    export_filename = "outside-links"
    columns = [
        LinkColumn("where", label=_("Page or quick links"), get_url=lambda one: one.edit_url),
        Column("url", label=_("Address")),
        Column("state", label=_("State")),
        Column("why", label=_("Why")),
        Column("since", label=_("Since")),
        Column("checked", label=_("Last checked")),
    ]
    export_headings = {
        "where": _("Page or quick links"),
        "url": _("Address"),
        "state": _("State"),
        "why": _("Why"),
        "link.status": _("HTTP status"),
        "link.first_failed_at": _("Since"),
        "link.checked_at": _("Last checked"),
        "link.last_worked_at": _("Last worked"),
    }

    def rows(self, pages: QuerySet[Any]) -> Iterator[PlacedLink]:
        """Yield the links; one query."""
        mine = Q(page__in=pages) | Q(group__in=self.groups(pages))
        state = self.asked("state")
        wanted = Q(link__state=state) if state else Q(link__state__in=_WRONG)
        places = OutsidePlace.objects.filter(mine & wanted).select_related("link", "page", "group")
        for place in places.order_by("link__first_failed_at", "link__url", "pk").iterator():
            if place.page is not None:
                url = block_edit_url(place.page.pk, place.block_id)
                yield PlacedLink(place.link, place.page.title, url)
            elif place.group is not None:
                url = group_edit_url(place.group.pk, place.block_id)
                yield PlacedLink(place.link, str(place.group), url)
