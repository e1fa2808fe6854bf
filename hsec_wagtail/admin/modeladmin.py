"""The register of import runs, through wagtail-modeladmin."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from hsec_wagtail.importer.runs.run_report import COLUMNS, COUNT_LABELS, describe_run
from hsec_wagtail.models import ImportRun

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["ImportRunAdmin", "ReadOnlyPermissionHelper"]


class ReadOnlyPermissionHelper(PermissionHelper):
    """Lets nobody write, superusers included; reading needs the view permission."""

    def user_can_list(self, user: Any) -> bool:
        """Return whether ``user`` may view runs."""
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: Any, obj: ImportRun) -> bool:
        """Return whether ``user`` may view runs."""
        return self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        """Return False."""
        return False

    def user_can_edit_obj(self, user: Any, obj: ImportRun) -> bool:
        """Return False."""
        return False

    def user_can_delete_obj(self, user: Any, obj: ImportRun) -> bool:
        """Return False."""
        return False


class ImportRunInspectView(InspectView):
    """One run: what was asked for, what it reports, and what it wrote."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``run``."""
        run = describe_run(
            self.instance, user=self.request.user, page_number=self.request.GET.get("p")
        )
        return super().get_context_data(**{"run": run, **kwargs})


class ImportRunIndexView(IndexView):
    """The list, whose exported counts have the same headings as on screen."""

    export_headings = COUNT_LABELS

    def to_row_dict(self, item: ImportRun) -> OrderedDict[str, Any]:
        """Return the row of ``item``; wagtail-modeladmin exports "-" for a plain 0."""
        row: OrderedDict[str, Any] = super().to_row_dict(item)
        row.update({name: str(getattr(item, name)) for name in COUNT_LABELS})
        return row


class ImportRunAdmin(ModelAdmin):
    """The register of runs; nothing in it can be changed."""

    model = ImportRun
    base_url_path = "hsec-import-runs"
    menu_label = _("Import runs")
    menu_icon = "history"
    add_to_settings_menu = True
    list_display = COLUMNS
    list_filter = ["status", "user", "started_at", "source_name"]
    list_select_related = ["user", "parent"]
    search_fields = ["source_name", "profile"]
    ordering = ["-started_at"]
    list_export = COLUMNS
    export_filename = "import-runs"
    index_view_class = ImportRunIndexView
    inspect_view_enabled = True
    inspect_view_class = ImportRunInspectView
    inspect_template_name = "hsec_wagtail/admin/import_run_modeladmin.html"
    permission_helper_class = ReadOnlyPermissionHelper

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """Return none: only those that mean something are offered, by wagtail_hooks."""
        return Permission.objects.none()
