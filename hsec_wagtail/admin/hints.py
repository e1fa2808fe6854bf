"""The hints for a page or a group of quick links, asked for when a form was saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.models.panels import hints_of
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["hints"]


def hints(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Return the hints for the latest draft as a part of a page, to those who may edit it."""
    found = _page(request, pk) if kind == "page" else _group(request, pk)
    context = {"hints": hints_of(found.get_latest_revision_as_object())}
    return TemplateResponse(request, "hsec_wagtail/admin/hints.html", context)


def _page(request: HttpRequest, pk: int) -> Any:
    page = get_object_or_404(base_page_model(), pk=pk).specific
    if not getattr(page, "hsec_page_type", ""):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _group(request: HttpRequest, pk: int) -> Any:
    group = get_object_or_404(QuickLinksSnippet, pk=pk)
    if not may_beside(request.user, "change", group.page):
        raise PermissionDenied
    return group
