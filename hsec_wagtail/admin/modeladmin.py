"""The register of import runs as wagtail-modeladmin shows it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.auth.models import Permission

from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.list_style import DESK_CSS
from hsec_wagtail.admin.menu import MENU_ORDER, ModelAdminMenuMixin
from hsec_wagtail.admin.registers import IMPORT_RUNS, ReadOnlyPolicy, Register, run_context
from hsec_wagtail.models import ImportRun

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["ImportRunAdmin", "ReadOnlyAdmin"]


class ReadOnlyPermissionHelper(PermissionHelper):
    """Asks the policy that Wagtail's own views ask."""

    def user_has_specific_permission(self, user: Any, perm_codename: str) -> bool:
        """Return whether the policy allows ``user`` what the codename names."""
        action = perm_codename.removesuffix(f"_{self.opts.model_name}")
        return ReadOnlyPolicy(self.model).user_has_permission(user, action)

    def user_has_any_permissions(self, user: Any) -> bool:
        """Return whether ``user`` may view; there is nothing else to be allowed."""
        return ReadOnlyPolicy(self.model).user_has_permission(user, "view")


class RelatedFilter(RelatedFieldListFilter):
    """Choices of a relation in the order of its model.

    Django's own filter asks django.contrib.admin for an order, and fails on a site that has not installed it.
    """

    def field_admin_ordering(self, field: Any, request: Any, model_admin: Any) -> tuple[()]:
        """Return no order but that of the model."""
        return ()


class ReadOnlyAdmin(ModelAdminMenuMixin, ModelAdmin):
    """A register in the menu of the section, in which nothing can be changed."""

    # Nobody changes a row; and the view would ask nobody for a permission.
    history_view_enabled = False
    inspect_view_enabled = True
    index_view_extra_css: ClassVar[list[str]] = [DESK_CSS]
    permission_helper_class = ReadOnlyPermissionHelper

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """Return none: only those that mean something are offered, by wagtail_hooks."""
        return Permission.objects.none()


def _list_filter(register: Register) -> list[Any]:
    """Return the filters of ``register``; wagtail-modeladmin chooses the lookups by the kind of field."""
    fields = register.model._meta
    return [
        (name, RelatedFilter) if fields.get_field(name).is_relation else name
        for name in register.filters
    ]


class ImportRunInspectView(InspectView):
    """One run."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``run``."""
        return super().get_context_data(**run_context(self.instance, self.request), **kwargs)


class ImportRunIndexView(SafeExportMixin, IndexView):
    """The list, exported as Wagtail's own views export theirs."""

    export_headings = IMPORT_RUNS.export_headings

    def to_row_dict(self, item: ImportRun) -> OrderedDict[str, Any]:
        """Return the row of ``item``; wagtail-modeladmin would export "-" for a plain 0."""
        return SpreadsheetExportMixin.to_row_dict(self, item)


class ImportRunAdmin(ReadOnlyAdmin):
    """The register of runs."""

    model = IMPORT_RUNS.model
    base_url_path = IMPORT_RUNS.url_path
    menu_label = IMPORT_RUNS.menu_label
    menu_icon = IMPORT_RUNS.icon
    menu_order = MENU_ORDER["import runs"]
    list_display = IMPORT_RUNS.columns
    list_filter = _list_filter(IMPORT_RUNS)
    list_select_related = IMPORT_RUNS.related
    search_fields = IMPORT_RUNS.search_fields
    ordering = IMPORT_RUNS.ordering
    list_export = IMPORT_RUNS.export_columns
    export_filename = IMPORT_RUNS.export_filename
    index_view_class = ImportRunIndexView
    inspect_view_class = ImportRunInspectView
    inspect_template_name = "hsec_wagtail/admin/import_run_modeladmin.html"
