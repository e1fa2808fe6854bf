"""The registers as Wagtail's own viewsets show them: quick links, and import runs on sites without ``wagtail_modeladmin``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.utils.functional import cached_property

from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail.snippets.views.snippets import SnippetViewSet

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.list_style import ListStyleMixin
from hsec_wagtail.admin.menu import MENU_HOOK, MENU_ORDER
from hsec_wagtail.admin.quick_links import (
    ChooserRightsMixin,
    GroupRightsMixin,
    QuickLinksCopyView,
    QuickLinksPolicy,
)
from hsec_wagtail.admin.quick_links_told import tell_of_groups, with_workflows
from hsec_wagtail.admin.registers import IMPORT_RUNS, QUICK_LINKS, ReadOnlyPolicy, run_context
from hsec_wagtail.models import ImportRun, QuickLinksSnippet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["ImportRunViewSet", "QuickLinksViewSet"]


class QuickLinksIndexView(ListStyleMixin, SafeExportMixin, SnippetIndexView):
    """The list of quick links, with where each group is shown and which of its links are dead."""

    export_headings = QUICK_LINKS.export_headings

    @cached_property
    def columns(self) -> list[Any]:
        """The columns; that of the language only on sites with several."""
        return [one for one in super().columns if self.i18n_enabled or one.name != "locale_id"]

    def get_base_queryset(self) -> QuerySet[QuickLinksSnippet]:
        """Return the groups with their workflows."""
        return with_workflows(super().get_base_queryset())

    def get_table(self, object_list: Any) -> Any:
        """Return the table of the groups, once what the columns tell is known of all."""
        tell_of_groups(object_list, request=self.request)
        return super().get_table(object_list)


class QuickLinksChooserViewSet(SnippetChooserViewSet):
    """The chooser of quick links."""

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        """Return the view, which asks for rights."""
        view_class = type(view_class.__name__, (ChooserRightsMixin, view_class), {})
        return super().construct_view(view_class, **kwargs)


class QuickLinksViewSet(SnippetViewSet):
    """Quick links among the snippets."""

    model = QUICK_LINKS.model
    menu_label = QUICK_LINKS.menu_label
    menu_hook = MENU_HOOK
    menu_order = MENU_ORDER["quick links"]
    icon = QUICK_LINKS.icon
    list_display = QUICK_LINKS.columns
    list_filter = QUICK_LINKS.filters
    list_export = QUICK_LINKS.export_columns
    export_filename = QUICK_LINKS.export_filename
    ordering = QUICK_LINKS.ordering
    index_view_class = QuickLinksIndexView
    copy_view_class = QuickLinksCopyView
    chooser_viewset_class = QuickLinksChooserViewSet
    sort_order_field = "sort_order"
    copy_view_enabled = True
    inspect_view_enabled = True
    if WAGTAIL_VERSION < (8, 0):
        # From 8.0 on it is registered, in wagtail_hooks.
        permission_policy = QuickLinksPolicy(QuickLinksSnippet)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuickLinksSnippet]:
        """Return the groups that the user may edit, with what the list shows of them."""
        groups = self.permission_policy.instances_user_has_permission_for(request.user, "change")
        return groups.select_related(*QUICK_LINKS.related)

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        """Return the view, which asks for the rights to the group that it is about."""
        if issubclass(view_class, PermissionCheckedMixin):
            view_class = type(view_class.__name__, (GroupRightsMixin, view_class), {})
        return super().construct_view(view_class, **kwargs)


class ImportRunIndexView(ListStyleMixin, SafeExportMixin, IndexView):
    """The list of runs with what it shows of them."""

    export_headings = IMPORT_RUNS.export_headings

    def get_base_queryset(self) -> QuerySet[ImportRun]:
        """Return the runs with the objects that the columns name."""
        return super().get_base_queryset().select_related(*IMPORT_RUNS.related)


class ImportRunInspectView(InspectView):
    """One run."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with ``run``."""
        return super().get_context_data(**run_context(self.object, self.request), **kwargs)


class ImportRunViewSet(ModelViewSet):
    """The register of runs; nothing in it can be changed."""

    model = IMPORT_RUNS.model
    name = "hsec_import_runs"
    url_prefix = IMPORT_RUNS.url_path
    menu_label = IMPORT_RUNS.menu_label
    icon = IMPORT_RUNS.icon
    menu_hook = MENU_HOOK
    menu_order = MENU_ORDER["import runs"]
    add_to_reference_index = False
    list_display = IMPORT_RUNS.columns
    list_filter = IMPORT_RUNS.filters
    list_export = IMPORT_RUNS.export_columns
    export_filename = IMPORT_RUNS.export_filename
    search_fields = IMPORT_RUNS.search_fields
    ordering = IMPORT_RUNS.ordering
    copy_view_enabled = False
    index_view_class = ImportRunIndexView
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
