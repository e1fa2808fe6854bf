"""Admin views of one run of the importer: its items, and its report as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.list_style import ListStyleMixin
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.runs.report_html.page import report_page
from hsec_wagtail.importer.runs.run_report import notes_of
from hsec_wagtail.importer.runs.serialize import run_data
from hsec_wagtail.models import ImportItem, ImportRun

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["HtmlReportView", "ItemsView", "JsonReportView"]


def _notes(item: ImportItem) -> str:
    return " ".join(notes_of(item))


def _exported_notes(notes: Any) -> str:
    return " ".join(said(notes))


class ItemFilterSet(WagtailFilterSet):
    """Items by action, language, type, and whether they were undone."""

    class Meta:
        model = ImportItem
        fields = ["action", "language", "undone"]


class ItemsView(ListStyleMixin, SafeExportMixin, IndexView):
    """The items of a run: listed, filtered, searched, exported."""

    model = ImportItem
    page_title = _("Imported items")
    header_icon = "history"
    permission_policy = ModelPermissionPolicy(ImportRun)
    any_permission_required = ["view"]
    filterset_class = ItemFilterSet
    search_fields = ["title", "key"]
    default_ordering = "position"
    paginate_by = 100
    is_searchable = True
    list_display = [
        Column("title", label=_("Title"), sort_key="title"),
        Column("get_action_display", label=_("Action"), sort_key="action"),
        Column("content_type", label=_("Type"), accessor="content_type.name"),
        Column("language", label=_("Language"), sort_key="language"),
        Column("notes", label=_("Note"), accessor=_notes),
    ]
    list_export = [
        "position",
        "get_action_display",
        "content_type.name",
        "object_id",
        "language",
        "key",
        "title",
        "undone",
        "notes",
    ]
    export_headings = {"get_action_display": _("Action"), "content_type.name": _("Type")}
    custom_field_preprocess = {
        "notes": {"csv": _exported_notes, "xlsx": _exported_notes},
    }

    @cached_property
    def run(self) -> ImportRun:
        """The run."""
        run: ImportRun = get_object_or_404(ImportRun, pk=self.kwargs["run_pk"])
        return run

    def get_base_queryset(self) -> QuerySet[ImportItem]:
        """Return the items of the run, without their contents."""
        return self.run.items.select_related("content_type").defer("written", "spans")

    def get_page_subtitle(self) -> str:
        """Return what names the run."""
        return str(self.run)

    def get_filename(self) -> str:
        """Return the name of an exported file."""
        return f"import-run-{self.run.pk}"

    def get_index_url(self) -> str:
        """Return the address of the list."""
        return reverse("hsec_runs:items", args=[self.run.pk])

    def get_index_results_url(self) -> str:
        """Return the address of the list alone, which filters ask for."""
        return reverse("hsec_runs:items_results", args=[self.run.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way to this list."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": "", "label": gettext("Imported items"), "sublabel": str(self.run)},
        ]


class _ReportView(PermissionRequiredMixin, View):
    """The report of a run as a file, for those who may see runs."""

    permission_required = "hsec_wagtail.view_importrun"

    def handle_no_permission(self) -> Any:
        """Refuse as Wagtail's views do."""
        raise PermissionDenied

    def get(self, request: HttpRequest, run_pk: int) -> HttpResponseBase:
        """Return the file."""
        run: ImportRun = get_object_or_404(
            ImportRun.objects.select_related("user", "parent"), pk=run_pk
        )
        response = self.make(run)
        suffix = response["Content-Type"].partition(";")[0].partition("/")[2]
        response["Content-Disposition"] = f'attachment; filename="import-run-{run.pk}.{suffix}"'
        # What a source says is in it.
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response

    def make(self, run: ImportRun) -> HttpResponseBase:
        """Return the response without its headers."""
        raise NotImplementedError


class HtmlReportView(_ReportView):
    """The report as one page."""

    def make(self, run: ImportRun) -> HttpResponseBase:
        """Return the page, as it is made."""
        return StreamingHttpResponse(report_page(run), content_type="text/html; charset=utf-8")


class JsonReportView(_ReportView):
    """All that is kept of the run: plan, base, report."""

    def make(self, run: ImportRun) -> HttpResponseBase:
        """Return the data."""
        text = json.dumps(run_data(run), ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        return HttpResponse(text, content_type="application/json")
