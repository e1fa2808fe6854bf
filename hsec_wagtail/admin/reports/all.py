"""The reports, in the order of the menu."""

from __future__ import annotations

from hsec_wagtail.admin.reports.base import PageReport
from hsec_wagtail.admin.reports.dates import DatesReport
from hsec_wagtail.admin.reports.due import DueReport
from hsec_wagtail.admin.reports.language_parity import LanguageParityReport
from hsec_wagtail.admin.reports.open_links import OpenLinksReport
from hsec_wagtail.admin.reports.outside_links import OutsideLinksReport
from hsec_wagtail.admin.reports.stale_claims import StaleClaimsReport

__all__ = ["REPORTS"]

REPORTS: tuple[type[PageReport], ...] = (
    DueReport,
    DatesReport,
    OpenLinksReport,
    OutsideLinksReport,
    LanguageParityReport,
    StaleClaimsReport,
)
