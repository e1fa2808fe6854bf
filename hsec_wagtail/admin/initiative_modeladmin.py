"""The register of initiatives as wagtail-modeladmin shows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.admin.filters import SimpleListFilter
from django.utils.text import Truncator

from wagtail_modeladmin.views import IndexView, InspectView

from hsec_wagtail.admin import initiative_register as register
from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.initiative_filters import FILTERS, InitiativeFilter
from hsec_wagtail.admin.menu import MENU_ORDER
from hsec_wagtail.admin.modeladmin import ReadOnlyAdmin
from hsec_wagtail.models import Initiative

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["InitiativeAdmin"]


def _list_filter(one: InitiativeFilter) -> type[SimpleListFilter]:
    """Return the class that wagtail-modeladmin makes a filter of."""

    class ListFilter(SimpleListFilter):
        title = one.label  # type: ignore[assignment]
        parameter_name = one.parameter

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
            return list(one.choices())

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            value = self.value()
            known = {choice for choice, _label in self.lookup_choices}
            return one.apply(queryset, value) if value in known else queryset

    return ListFilter


def _column(fact: register.Fact) -> Callable[[Any, Any], str]:
    def column(self: Any, row: Any) -> str:
        return fact.value(row.shown)

    column.short_description = fact.label  # type: ignore[attr-defined]
    column.admin_order_field = fact.sort or None  # type: ignore[attr-defined]
    return column


class InitiativeIndexView(SafeExportMixin, IndexView):
    """The list of initiatives."""

    export_headings = register.EXPORTED

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Return the parameters of the filters; wagtail-modeladmin fails on any other, and takes any lookup."""
        known = {one.parameter for one in FILTERS}
        asked = super().get_filters_params(params)
        return {name: values for name, values in asked.items() if name in known}

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        """Return those that have the words."""
        return register.search(queryset, search_term)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with what is shown of the initiatives of the page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown = register.show(context["object_list"], user=self.request.user)
        return {**context, "object_list": shown}

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Return the file."""
        found = register.exported(queryset, user=self.request.user)
        return super().as_spreadsheet(found, spreadsheet_format)

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        """Return the row of ``item``; wagtail-modeladmin would export "-" for what is empty."""
        return OrderedDict((name, getattr(item.shown, name)) for name in register.EXPORTED)


class InitiativeInspectView(InspectView):
    """One initiative."""

    def get_page_subtitle(self) -> str:
        """Return its first words."""
        return Truncator(self.instance.text).words(8)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``initiative``."""
        shown = register.inspected(self.instance, user=self.request.user)
        return super().get_context_data(**shown, **kwargs)


class InitiativeAdmin(ReadOnlyAdmin):
    """The register of initiatives."""

    model = Initiative
    base_url_path = register.URL_PATH
    menu_label = register.LABEL
    menu_icon = register.ICON
    menu_order = MENU_ORDER["initiatives"]
    list_display = [f"shown_{fact.name}" for fact in register.FACTS]
    list_filter = [_list_filter(one) for one in FILTERS]
    search_fields = ["text"]
    ordering = register.DEFAULT_ORDER
    empty_value_display = ""
    list_export = list(register.EXPORTED)
    export_filename = register.FILENAME
    index_view_class = InitiativeIndexView
    inspect_view_class = InitiativeInspectView
    inspect_view_fields = ["text"]
    inspect_template_name = "hsec_wagtail/admin/initiative_modeladmin.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Initiative]:
        """Return all initiatives with what they are sorted by."""
        return register.rows().order_by(*self.get_ordering(request))


# Named apart from the fields of the model, which wagtail-modeladmin would show instead, with a query for each page.
for _fact in register.FACTS:
    setattr(InitiativeAdmin, f"shown_{_fact.name}", _column(_fact))
