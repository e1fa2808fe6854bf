"""Registration of the app's views, permissions and log actions in Wagtail's admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import VERSION as WAGTAIL_VERSION
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from hsec_wagtail.admin.comparison.fields import register_comparisons
from hsec_wagtail.admin.comparison.style import link_style
from hsec_wagtail.admin.deleting import warn_of_references_below
from hsec_wagtail.admin.quick_links import (
    QuickLinksPolicy,
    ask_about_groups,
    copy_groups_with_page,
)
from hsec_wagtail.admin.registers import ReadOnlyPolicy
from hsec_wagtail.admin.unreadable_dates import UnreadableDatesMenuItem, UnreadableDatesView
from hsec_wagtail.admin.viewsets import ImportRunViewSet, QuickLinksViewSet
from hsec_wagtail.models import ImportRun, QuickLinksSnippet, SiteRecordSettings

if TYPE_CHECKING:
    from django.db.models import QuerySet

if WAGTAIL_VERSION >= (8, 0):
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ImportRun, ReadOnlyPolicy(ImportRun))
    register_permission_policy(QuickLinksSnippet, QuickLinksPolicy(QuickLinksSnippet))

register_snippet(QuickLinksViewSet)
register_comparisons()
hooks.register("insert_global_admin_css", link_style)
hooks.register("before_delete_page", warn_of_references_below)
hooks.register("before_delete_page", ask_about_groups)
hooks.register("after_copy_page", copy_groups_with_page)

# A site without it has the defaults.
if apps.is_installed("wagtail.contrib.settings"):
    from wagtail.contrib.settings.registry import registry

    registry.register(SiteRecordSettings, icon="globe")

# It comes with the app. A site that does not list it has the same register as a viewset.
if apps.is_installed("wagtail_modeladmin"):
    from wagtail_modeladmin.options import modeladmin_register

    from hsec_wagtail.admin.modeladmin import ImportRunAdmin

    modeladmin_register(ImportRunAdmin)
else:

    @hooks.register("register_admin_viewset")
    def register_import_runs() -> ImportRunViewSet:
        """Register the runs."""
        return ImportRunViewSet()


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    """Register what is shown of a run beside the register, and the report of unreadable dates."""
    report = UnreadableDatesView
    address = "reports/hsec-unreadable-dates/"
    return [
        path("hsec-runs/", include("hsec_wagtail.admin.urls")),
        path(address, report.as_view(), name=report.index_url_name),
        path(
            f"{address}results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_unreadable_dates() -> UnreadableDatesMenuItem:
    """Register the report of unreadable dates."""
    return UnreadableDatesMenuItem(
        UnreadableDatesView.page_title,
        reverse(UnreadableDatesView.index_url_name),
        name="hsec-unreadable-dates",
        icon_name=UnreadableDatesView.header_icon,
        order=1200,
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the permissions to see runs and to import; nobody may change a run."""
    return Permission.objects.filter(
        content_type__app_label="hsec_wagtail",
        content_type__model="importrun",
        codename__in=["view_importrun", "run_import"],
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the importer writes into the history of a page."""
    actions.register_action("hsec.import", _("Import"), _("Imported"))
    actions.register_action("hsec.undo", _("Undo import"), _("Undid an import"))
