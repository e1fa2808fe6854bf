"""The register of initiatives as Wagtail's own viewset shows it, on sites without ``wagtail_modeladmin``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters

from django.contrib.auth.models import Permission
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from hsec_wagtail.admin import initiative_register as register
from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.initiative_filters import FILTERS, InitiativeFilter
from hsec_wagtail.admin.list_style import ListStyleMixin
from hsec_wagtail.admin.menu import MENU_HOOK, MENU_ORDER
from hsec_wagtail.admin.registers import ReadOnlyPolicy
from hsec_wagtail.models import Initiative

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["InitiativeViewSet"]


def _filter(one: InitiativeFilter) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=one.label,
        choices=one.choices,
        empty_label=_("All"),
        method=lambda found, _name, value: one.apply(found, value),
    )


class InitiativeFilterSet(WagtailFilterSet):
    """The filters of the register."""

    class Meta:
        model = Initiative
        fields: list[str] = []


InitiativeFilterSet.base_filters.update((one.parameter, _filter(one)) for one in FILTERS)


class InitiativeIndexView(ListStyleMixin, SafeExportMixin, IndexView):
    """The list of initiatives."""

    export_headings = register.EXPORTED

    @cached_property
    def columns(self) -> list[Column]:
        """The columns, the first of which leads to the page about the initiative."""
        first, *others = register.FACTS
        return [
            TitleColumn(get_url=self.get_inspect_url, **_column(first)),
            *(Column(**_column(fact)) for fact in others),
        ]

    def get_base_queryset(self) -> QuerySet[Initiative]:
        """Return all initiatives with what they are sorted by."""
        return register.rows()

    def order_queryset(self, queryset: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """Return them in order; those that are alike in the order of their pages."""
        asked = [self.ordering] if isinstance(self.ordering, str) else []
        return queryset.order_by(*asked, *register.DEFAULT_ORDER)

    def search_queryset(self, queryset: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """Return those that have the words."""
        return register.search(queryset, self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Return the initiatives of the page with what is shown of them."""
        paginator, page, found, is_paginated = super().paginate_queryset(queryset, page_size)
        return paginator, page, register.show(found, user=self.request.user), is_paginated

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Return the file."""
        found = register.exported(queryset, user=self.request.user)
        return super().as_spreadsheet(found, spreadsheet_format)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return the row of ``item``."""
        return {name: getattr(item.shown, name) for name in register.EXPORTED}


def _column(fact: register.Fact) -> dict[str, Any]:
    """Return the arguments of the column that shows ``fact``."""

    def value(row: Any) -> str:
        return fact.value(row.shown)

    return {
        "name": fact.name,
        "label": fact.label,
        "accessor": value,
        "sort_key": fact.sort or None,
    }


class InitiativeInspectView(InspectView):
    """One initiative."""

    def get_page_subtitle(self) -> str:
        """Return its first words."""
        return Truncator(self.object.text).words(8)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``initiative``."""
        shown = register.inspected(self.object, user=self.request.user)
        return super().get_context_data(**shown, **kwargs)


class InitiativeViewSet(ModelViewSet):
    """The register of initiatives; nothing in it can be changed."""

    model = Initiative
    name = "hsec_initiatives"
    url_prefix = register.URL_PATH
    menu_label = register.LABEL
    icon = register.ICON
    menu_hook = MENU_HOOK
    menu_order = MENU_ORDER["initiatives"]
    add_to_reference_index = False
    filterset_class = InitiativeFilterSet
    list_export = list(register.EXPORTED)
    export_filename = register.FILENAME
    search_fields = ["text"]
    ordering = register.DEFAULT_ORDER
    copy_view_enabled = False
    index_view_class = InitiativeIndexView
    inspect_view_enabled = True
    inspect_view_class = InitiativeInspectView
    inspect_view_fields = ["text"]
    inspect_template_name = "hsec_wagtail/admin/initiative.html"
    form_fields = ["text"]
    if WAGTAIL_VERSION < (8, 0):
        # From 8.0 on it is registered, in wagtail_hooks.
        permission_policy = ReadOnlyPolicy(Initiative)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return none: only that to view means something, and wagtail_hooks offers it."""
        return Permission.objects.none()
