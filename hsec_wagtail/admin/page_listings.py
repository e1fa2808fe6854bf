"""Lists of the pages of each of our types in the admin, with what the public record has of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import IndexView as GenericIndexView
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.coreutils import get_locales_display_names

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.list_style import ListStyleMixin
from hsec_wagtail.admin.menu import MENU_HOOK, MENU_ORDER, PagesMenuItem
from hsec_wagtail.admin.page_filters import PagesFilterSet
from hsec_wagtail.admin.rights import sees_pages
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.models import Initiative, InitiativeDate, UnresolvedLink
from hsec_wagtail.page_models import page_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["LABELS", "PageListing", "PagesViewSet", "listing_name", "page_listings"]

LABELS = {
    "section": _("Sections"),
    "forum": _("Forums"),
    "topic": _("Topics"),
    "policy": _("Policy pages"),
}
_ICONS = {
    "section": "folder-open-inverse",
    "forum": "group",
    "topic": "tag",
    "policy": "doc-full",
}


def with_record(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``pages``, each with the numbers of its initiatives and unresolved links, and its last date.

    The rows of the register are counted, which are those of published pages that everybody may read.
    """
    dates = InitiativeDate.objects.filter(initiative__page=OuterRef("pk")).exclude(precision="")
    days = dates.annotate(day=Coalesce("earliest", "latest")).order_by("-day", "-pk")
    return pages.annotate(
        hsec_initiatives=_count(Initiative),
        hsec_unresolved=_count(UnresolvedLink),
        hsec_last_day=Subquery(days.values("day")[:1]),
        hsec_last_date=Subquery(days.values("edtf")[:1]),
    )


def _count(model: type[Any]) -> Any:
    """Return how many rows of ``model`` a page has."""
    rows = model._default_manager.filter(page=OuterRef("pk")).order_by().values("page")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def last_action(page: Any) -> str:
    """Return the newest date of the initiatives of ``page`` in the words of the user's language, "" without any."""
    return date_in_words(page.hsec_last_date, language=get_language() or "en")


def date_modified(page: Any) -> str:
    """Return the day of the last change that matters to readers, "" where none is said."""
    return date_format(page.changed) if page.changed else ""


def state(page: Any) -> str:
    """Return in words whether ``page`` is published, and whether it has a newer draft."""
    if not page.live:
        return gettext("Draft")
    return gettext("Live with a draft") if page.has_unpublished_changes else gettext("Live")


def language_of(page: Any) -> str:
    """Return the name of the language of ``page``."""
    return str(get_locales_display_names().get(page.locale_id, ""))


#: A spreadsheet has this of a page, by the names of the columns: heading and value.
_EXPORTED: dict[str, tuple[Promise, Callable[[Any], Any]]] = {
    "page_id": (_("Page id"), lambda page: page.pk),
    "title": (_("Title"), lambda page: page.title),
    "status": (_("Status"), lambda page: page.get_status_display()),
    "state": (_("Published"), state),
    "initiatives": (_("Initiatives"), lambda page: page.hsec_initiatives),
    "last_action": (_("Last action"), last_action),
    "last_action_edtf": (_("Last action (EDTF)"), lambda page: page.hsec_last_date or ""),
    "unresolved": (_("Unresolved links"), lambda page: page.hsec_unresolved),
    "changed": (_("Date modified"), lambda page: page.changed or ""),
    "language": (_("Language"), language_of),
    "address": (_("Address"), lambda page: page.url_path),
}


class PageListing(ListStyleMixin, SafeExportMixin, IndexView):
    """The pages of one type that the user may explore."""

    any_permission_required = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
    filterset_class = PagesFilterSet
    default_ordering = "title"
    show_locale_labels = False
    list_export = list(_EXPORTED)
    export_headings = {name: heading for name, (heading, _value) in _EXPORTED.items()}
    base_columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title hsec-title"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        PageStatusColumn("live", label=_("Published"), sort_key="live"),
        Column("hsec_initiatives", label=_("Initiatives"), sort_key="hsec_initiatives"),
        Column(
            "hsec_last_day",
            label=_("Last action"),
            accessor=last_action,
            sort_key="hsec_last_day",
        ),
        Column("hsec_unresolved", label=_("Unresolved links"), sort_key="hsec_unresolved"),
        Column("changed", label=_("Date modified"), accessor=date_modified, sort_key="changed"),
        LocaleColumn(label=_("Language")),
    ]

    @cached_property
    def shown_columns(self) -> list[Any]:
        """The columns; that of the language only on sites with several."""
        return [one for one in self.columns if self.i18n_enabled or one.name != "locale_id"]

    def get_table(self, object_list: Any) -> Any:
        """Return the table of the columns that are shown."""
        return self.table_class(self.shown_columns, object_list, **self.get_table_kwargs())

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the pages that the user may explore, also where Wagtail would search in all."""
        explored = self.permission_policy.explorable_instances(self.request.user)
        pages = self.model._default_manager.filter(depth__gt=1, pk__in=explored.values("pk"))
        return with_record(self.annotate_queryset(pages))

    def get_ordering(self) -> str:
        """Return what the list is sorted by, also that of a search."""
        ordering: str = GenericIndexView.get_ordering(self)
        return ordering

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the pages sorted, those without a value last."""
        field = F(self.ordering.removeprefix("-"))
        by = field.desc if self.ordering.startswith("-") else field.asc
        return queryset.order_by(by(nulls_last=True), "title", "pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the pages that the search finds.

        The index is asked first: it could not filter or sort by what it does not hold.
        """
        if not self.is_searching:
            return queryset
        found = (
            self.model._default_manager.all().defer_streamfields().autocomplete(self.search_query)
        )
        return queryset.filter(pk__in=[page.pk for page in found])

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        """Return the row of ``item`` in a spreadsheet."""
        return OrderedDict((name, value(item)) for name, (_heading, value) in _EXPORTED.items())


class ChooseParent(ChooseParentView):
    """The choice of the page below which a new one is to stand."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who do not see the list."""
        if not sees_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PagesViewSet(PageListingViewSet):
    """The list of the pages of one type, and the way to a new one."""

    index_view_class = PageListing
    choose_parent_view_class = ChooseParent
    filterset_class = PagesFilterSet
    menu_hook = MENU_HOOK
    menu_item_class = PagesMenuItem
    menu_order: int | None

    @cached_property
    def menu_url(self) -> str:
        """The address of the list."""
        return reverse(self.get_url_name("index"))


def listing_name(page_type: str) -> str:
    """Return the namespace of the addresses of the list of ``page_type``."""
    return f"hsec_{page_type}_pages"


def page_listings() -> list[PagesViewSet]:
    """Return the viewsets of our page types, with the models that the site uses for them."""
    return [
        PagesViewSet(
            listing_name(page_type),
            url_prefix=f"hsec-{page_type}-pages",
            model=model,
            icon=_ICONS[page_type],
            menu_icon=_ICONS[page_type],
            menu_label=LABELS[page_type],
            menu_name=f"hsec-{page_type}-pages",
            menu_order=MENU_ORDER[page_type],
            export_filename=f"{page_type}-pages",
        )
        for page_type, model in page_models().items()
    ]
