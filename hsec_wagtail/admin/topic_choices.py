"""The topics that are offered where a page is edited: those of its section, in its language."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET

from hsec_wagtail.models.queries import ancestor_paths
from hsec_wagtail.page_models import base_page_model, page_model

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["offered_topics", "topic_choices"]


@require_GET
def topic_choices(request: HttpRequest) -> JsonResponse:
    """Return the topics for the page that is edited or added at the path ``at``, as JSON.

    Each has ``id``, ``title`` and ``same``, the ids of the topic in other languages. Whoever may not edit the page gets nothing.
    """
    page, is_new = _edited_page(request.GET.get("at", ""))
    rights = page.permissions_for_user(request.user)
    if not (rights.can_add_subpage() if is_new else rights.can_edit()):
        raise PermissionDenied
    return JsonResponse({"topics": offered_topics(page)})


def _edited_page(path: str) -> tuple[Any, bool]:
    """Return the page that is edited at ``path``, or the one below which a page is added, and whether it is the latter."""
    try:
        found = resolve(path)
    except Resolver404:
        raise Http404 from None
    is_new = found.view_name == "wagtailadmin_pages:add"
    if not (is_new or found.view_name == "wagtailadmin_pages:edit"):
        raise Http404
    pk = found.kwargs["parent_page_id" if is_new else "page_id"]
    page = base_page_model()._default_manager.filter(pk=pk).first()
    if page is None:
        raise Http404
    return page.specific, is_new


def offered_topics(page: Any) -> list[dict[str, Any]]:
    """Return the topics of the section that ``page`` lies in, in the order of the tree; three queries.

    A topic that the section has in another language only is offered in that, and of one in several languages the one in the
    language of ``page``.
    """
    sections = page_model("section")._default_manager
    section = sections.filter(path__in=ancestor_paths(page.path)).order_by("-depth").first()
    if section is None:
        return []
    families = _families(section)
    rank = {section.locale_id: 1, page.locale_id: 0}
    chosen = [
        (min(family, key=lambda one: rank.get(one.locale_id, 2)), family) for family in families
    ]
    return [
        {
            "id": topic.pk,
            "title": topic.get_admin_display_title(),
            "same": [one.pk for one in family if one.pk != topic.pk],
        }
        for topic, family in chosen
    ]


def _families(section: Any) -> list[list[Any]]:
    """Return the topics below ``section`` and its translations, those that are translations of each other together."""
    sections = type(section)._default_manager.filter(translation_key=section.translation_key)
    step = base_page_model().steplen
    families: dict[UUID, list[Any]] = defaultdict(list)
    paths = [one.path for one in sections.only("path")]
    topics = page_model("topic")._default_manager.order_by("path")
    for topic in topics.filter(depth=section.depth + 1):
        if topic.path[:-step] in paths:
            families[topic.translation_key].append(topic)
    return list(families.values())
