"""The admin of quick links, and the register of import runs where wagtail-modeladmin is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from hsec_wagtail.importer.runs.run_report import COLUMNS, describe_run
from hsec_wagtail.models import ImportRun, QuickLinksSnippet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["ImportRunViewSet", "QuickLinksViewSet", "ReadOnlyPolicy"]


class QuickLinksViewSet(SnippetViewSet):
    """Quick links among the snippets."""

    model = QuickLinksSnippet
    icon = "list-ul"
    list_display = ["__str__", "slug", "page", LiveStatusTagColumn(), UpdatedAtColumn()]
    list_filter = {"live": ["exact"], "page": ["isnull"]}
    list_export = ["heading", "slug", "page", "locale", "live"]
    ordering = ["sort_order", "heading"]
    sort_order_field = "sort_order"
    copy_view_enabled = True
    inspect_view_enabled = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuickLinksSnippet]:
        """Return the groups with what the list shows of them."""
        return QuickLinksSnippet.objects.select_related("page", "locale")


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Lets nobody write, superusers included; reading needs the view permission."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether ``user`` may view."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Return whether viewing is among ``actions`` and ``user`` may."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Return the users who may view, if that is among ``actions``."""
        return super().users_with_any_permission([action for action in actions if action == "view"])


class ImportRunInspectView(InspectView):
    """One run: what was asked for, what it reports, and what it wrote."""

    template_name = "hsec_wagtail/admin/import_run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``run``."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["run"] = describe_run(
            self.object, user=self.request.user, page_number=self.request.GET.get("p")
        )
        return context


class ImportRunViewSet(ModelViewSet):
    """The register of runs; nothing in it can be changed."""

    model = ImportRun
    name = "hsec_import_runs"
    url_prefix = "hsec-import-runs"
    icon = "history"
    menu_label = _("Import runs")
    add_to_settings_menu = True
    add_to_reference_index = False
    list_display = COLUMNS
    list_filter = {
        "status": ["exact"],
        "user": ["exact"],
        "started_at": ["date__gte", "date__lte"],
        "source_name": ["icontains"],
    }
    list_export = COLUMNS
    export_filename = "import-runs"
    search_fields = ["source_name", "profile"]
    ordering = ["-started_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = ImportRunInspectView
    inspect_template_name = "hsec_wagtail/admin/import_run.html"
    form_fields = ["message"]
    if WAGTAIL_VERSION < (8, 0):
        # From 8.0 on it is registered, in wagtail_hooks.
        permission_policy = ReadOnlyPolicy(ImportRun)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return none: only those that mean something are offered, by wagtail_hooks."""
        return Permission.objects.none()
