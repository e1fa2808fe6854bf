"""A content security policy for the public pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

__all__ = ["ContentSecurityPolicyMiddleware"]


class ContentSecurityPolicyMiddleware:
    """Send ``CONTENT_SECURITY_POLICY`` with every page but those of the admin.

    Wagtail's admin needs scripts within its pages. On Django 6 the setting ``SECURE_CSP`` and its own middleware
    do the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(reverse("wagtailadmin_home")) and not _is_preview(request):
            response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


def _is_preview(request: HttpRequest) -> bool:
    return bool(getattr(request, "is_preview", False))
