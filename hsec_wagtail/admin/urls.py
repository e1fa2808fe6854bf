"""Addresses in Wagtail's admin that no viewset brings along."""

from __future__ import annotations

from django.urls import path

from hsec_wagtail.admin.run_views import HtmlReportView, ItemsView, JsonReportView

app_name = "hsec_runs"

urlpatterns = [
    path("<int:run_pk>/items/", ItemsView.as_view(), name="items"),
    path("<int:run_pk>/items/results/", ItemsView.as_view(results_only=True), name="items_results"),
    path("<int:run_pk>/report.html", HtmlReportView.as_view(), name="report_html"),
    path("<int:run_pk>/report.json", JsonReportView.as_view(), name="report_json"),
]
