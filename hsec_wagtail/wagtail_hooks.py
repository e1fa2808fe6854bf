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

from hsec_wagtail.admin.comparison.fields import register_comparisons
from hsec_wagtail.admin.comparison.style import link_style
from hsec_wagtail.admin.content_checks import add_content_checks
from hsec_wagtail.admin.deleting import warn_of_references_below
from hsec_wagtail.admin.editor_scripts import open_block_script
from hsec_wagtail.admin.hints import hints
from hsec_wagtail.admin.home_panel import add_desk_panel
from hsec_wagtail.admin.initiative_viewset import InitiativeViewSet
from hsec_wagtail.admin.menu import MENU_HOOK, MENU_ORDER, section_menu, without_site_record
from hsec_wagtail.admin.page_listings import page_listings
from hsec_wagtail.admin.pasting import register_paste
from hsec_wagtail.admin.quick_links import (
    QuickLinksPolicy,
    ask_about_groups,
    copy_groups_with_page,
)
from hsec_wagtail.admin.registers import ReadOnlyPolicy
from hsec_wagtail.admin.reports.all import REPORTS
from hsec_wagtail.admin.reports.base import PageReport, ReportMenuItem, report_urls
from hsec_wagtail.admin.topic_choices import topic_choices
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
hooks.register("register_admin_menu_item", section_menu)
hooks.register("register_admin_viewset", page_listings)
hooks.register("construct_homepage_panels", add_desk_panel)
register_comparisons()
hooks.register("insert_global_admin_css", link_style)
hooks.register("before_delete_page", warn_of_references_below)
hooks.register("before_delete_page", ask_about_groups)
hooks.register("after_copy_page", copy_groups_with_page)
hooks.register("register_rich_text_features", register_paste)
# After the site, which may have an item of its own.
hooks.register("construct_wagtail_userbar", add_content_checks, order=1000)
hooks.register("insert_editor_js", open_block_script)

# A site without it has the defaults.
if apps.is_installed("wagtail.contrib.settings"):
    from wagtail.contrib.settings.registry import SettingMenuItem, registry

    registry.register(SiteRecordSettings, icon="globe")
    hooks.register("construct_settings_menu", without_site_record)

    @hooks.register(MENU_HOOK)
    def register_site_record_item() -> SettingMenuItem:
        """Register the settings in the menu of the section."""
        return SettingMenuItem(SiteRecordSettings, icon="globe", order=MENU_ORDER["public record"])


# It comes with the app. A site that does not list it has the same registers as viewsets.
if apps.is_installed("wagtail_modeladmin"):
    from wagtail_modeladmin.options import modeladmin_register

    from hsec_wagtail.admin.initiative_modeladmin import InitiativeAdmin
    from hsec_wagtail.admin.modeladmin import ImportRunAdmin

    modeladmin_register(ImportRunAdmin)
    modeladmin_register(InitiativeAdmin)
else:

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
    """Register what is shown of a run beside the register, the reports, and answers to forms."""
    return [
        path("hsec-runs/", include("hsec_wagtail.admin.urls")),
        path("hsec-dates/", include("hsec_wagtail.admin.written_dates")),
        path("hsec-topics/", topic_choices, name="hsec_topic_choices"),
        path("hsec-hints/<str:kind>/<int:pk>/", hints, name="hsec_hints"),
        *(address for report in REPORTS for address in report_urls(report)),
    ]


def _register_report(report: type[PageReport], order: int) -> None:
    """Register the way to ``report``."""

    @hooks.register("register_reports_menu_item")
    def menu_item() -> ReportMenuItem:
        return ReportMenuItem(report, order=order)


for _order, _report in enumerate(REPORTS, 1200):
    _register_report(_report, _order)


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
