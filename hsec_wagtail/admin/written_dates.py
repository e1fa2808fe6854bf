"""Answers to the form while a date is typed: what is understood, and which labels the section uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Subquery
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from wagtail.permissions import page_permission_policy

from hsec_wagtail.blocks.entered_dates import choices_of, fault_of, understood
from hsec_wagtail.dates import LONGEST_ENTRY, DateEntry, Fault, read_entry, usual_labels
from hsec_wagtail.models import InitiativeDate
from hsec_wagtail.models.queries import readable
from hsec_wagtail.page_models import base_page_model, page_models

__all__ = ["app_name", "urlpatterns"]

app_name = "hsec_dates"

#: Texts of one request; a form asks for all that are in sight at once.
_MOST_TEXTS = 50
_MOST_LABELS = 50


@require_GET
def read(request: HttpRequest) -> JsonResponse:
    """Return what is understood of each ``text``: whoever may use the admin may ask."""
    texts = request.GET.getlist("text")[:_MOST_TEXTS]
    return JsonResponse({"read": [_answer(text[: LONGEST_ENTRY + 1]) for text in texts]})


def _answer(text: str) -> dict[str, Any]:
    entry = read_entry(text)
    if entry.reason is not None and entry.reason.fault is Fault.EMPTY:
        return {"said": "", "fault": "", "choices": []}
    return {"said": understood(entry), "fault": _fault(entry, text), "choices": choices_of(entry)}


def _fault(entry: DateEntry, text: str) -> str:
    """Return the fault; of a date that may be one of several, which are shown beside it, only the question."""
    if entry.reason is not None and entry.reason.fault is Fault.EITHER:
        return gettext("Which one is meant?")
    return fault_of(entry, text)


@require_GET
def labels(request: HttpRequest) -> JsonResponse:
    """Return the labels of dates that the section of ``page`` uses, the most used first, then the usual ones.

    The page is the one that is edited, or the one below which a page is made.
    """
    number = request.GET.get("page", "")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return JsonResponse({"labels": list(usual_labels(get_language() or "en"))})
    page = get_object_or_404(base_page_model().objects.select_related("locale"), pk=int(number))
    if not page_permission_policy.explorable_instances(request.user).filter(pk=page.pk).exists():
        raise PermissionDenied
    usual = usual_labels(page.locale.language_code)
    return JsonResponse({"labels": list(dict.fromkeys((*_used_beside(page), *usual)))})


def _used_beside(page: Any) -> Iterable[str]:
    """Return the labels in the nearest section of ``page``, most used first, on pages no more private than it."""
    above = page_models()["section"]._default_manager.ancestor_of(page, inclusive=True)
    section = above.order_by("-depth").values("pk")[:1]
    shown = base_page_model().objects.filter(readable(page))
    rows = InitiativeDate.objects.filter(
        initiative__section=Subquery(section), initiative__page__in=shown
    )
    counted = rows.exclude(label="").values_list("label").annotate(times=Count("pk"))
    return [label for label, _times in counted.order_by("-times", "label")[:_MOST_LABELS]]


urlpatterns = [
    path("read/", read, name="read"),
    path("labels/", labels, name="labels"),
]
