"""Registration of the app's views, permissions and log actions in Wagtail's admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from wagtail import VERSION as WAGTAIL_VERSION
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from hsec_wagtail.admin.deleting import warn_of_references_below
from hsec_wagtail.admin.editor_scripts import open_block_script
from hsec_wagtail.admin.initiative_register import URL_PATH, InitiativesMenuItem
from hsec_wagtail.admin.initiative_viewset import InitiativeViewSet
from hsec_wagtail.admin.quick_links import (
    QuickLinksPolicy,
    ask_about_groups,
    copy_groups_with_page,
)
from hsec_wagtail.admin.registers import ReadOnlyPolicy
from hsec_wagtail.admin.reports.all import REPORTS
from hsec_wagtail.admin.reports.base import PageReport, ReportMenuItem, report_urls
from hsec_wagtail.admin.viewsets import ImportRunViewSet, QuickLinksViewSet
from hsec_wagtail.models import ImportRun, Initiative, QuickLinksSnippet, SiteRecordSettings

if TYPE_CHECKING:
    from django.db.models import QuerySet

if WAGTAIL_VERSION >= (8, 0):
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ImportRun, ReadOnlyPolicy(ImportRun))
    register_permission_policy(Initiative, ReadOnlyPolicy(Initiative))
    register_permission_policy(QuickLinksSnippet, QuickLinksPolicy(QuickLinksSnippet))

register_snippet(QuickLinksViewSet)
hooks.register("before_delete_page", warn_of_references_below)
hooks.register("before_delete_page", ask_about_groups)
hooks.register("after_copy_page", copy_groups_with_page)
hooks.register("insert_editor_js", open_block_script)

# A site without it has the defaults.
if apps.is_installed("wagtail.contrib.settings"):
    from wagtail.contrib.settings.registry import registry

    registry.register(SiteRecordSettings, icon="globe")

# It comes with the app. A site that does not list it has the same registers as viewsets.
if apps.is_installed("wagtail_modeladmin"):
    from wagtail_modeladmin.options import modeladmin_register

    from hsec_wagtail.admin.initiative_modeladmin import InitiativeAdmin
    from hsec_wagtail.admin.modeladmin import ImportRunAdmin

    modeladmin_register(ImportRunAdmin)
    modeladmin_register(InitiativeAdmin)
    INITIATIVES_URL_NAME = f"{URL_PATH}_modeladmin_index"
else:
    INITIATIVES_URL_NAME = "hsec_initiatives:index"

    @hooks.register("register_admin_viewset")
    def register_import_runs() -> ImportRunViewSet:
        """Register the runs."""
        return ImportRunViewSet()

    @hooks.register("register_admin_viewset")
    def register_initiatives() -> InitiativeViewSet:
        """Register the initiatives."""
        return InitiativeViewSet()


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    """Register what is shown of a run beside the register, and the reports."""
    return [
        path("hsec-runs/", include("hsec_wagtail.admin.urls")),
        *(address for report in REPORTS for address in report_urls(report)),
    ]


def _register_report(report: type[PageReport], order: int) -> None:
    """Register the way to ``report``."""

    @hooks.register("register_reports_menu_item")
    def menu_item() -> ReportMenuItem:
        return ReportMenuItem(report, order=order)


for _order, _report in enumerate(REPORTS, 1200):
    _register_report(_report, _order)


@hooks.register("register_reports_menu_item")
def register_initiatives_menu_item() -> InitiativesMenuItem:
    """Register the way to the register of initiatives."""
    return InitiativesMenuItem(INITIATIVES_URL_NAME, order=1190)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the permissions to see runs and initiatives and to import; nobody may change a run or a row."""
    return Permission.objects.filter(
        content_type__app_label="hsec_wagtail",
        codename__in=["view_importrun", "run_import", "view_initiative"],
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the importer writes into the history of a page."""
    actions.register_action("hsec.import", _("Import"), _("Imported"))
    actions.register_action("hsec.undo", _("Undo import"), _("Undid an import"))
