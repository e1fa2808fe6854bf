"""Forums and topics in the API, with how much the record has of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet

from wagtail.api.v2.utils import get_object_detail_url

from hsec_wagtail.api import parameters
from hsec_wagtail.api.base import PublicPages, RecordAPIViewSet
from hsec_wagtail.api.links import PageLinks, expand
from hsec_wagtail.models.queries import ancestor_paths, page_content_types
from hsec_wagtail.models.register import Initiative, InitiativeTopic, Membership
from hsec_wagtail.models.searching import clean_query
from hsec_wagtail.page_models import base_page_model, page_models

__all__ = ["ForumsAPIViewSet", "TopicsAPIViewSet"]


class _PagesAPIViewSet(RecordAPIViewSet):
    """Pages of one type, in the order of the tree; each by itself is found in Wagtail's endpoint for pages."""

    page_type: ClassVar[str]
    filters = (parameters.STATUS, parameters.TEXT, parameters.SECTION, parameters.LOCALE)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the pages that are asked for.

        Raises:
            BadRequestError: It asks for something that there is not.
        """
        query = self.request.GET
        pages = PublicPages(self.request).of_type(self.page_type)
        for word in clean_query(parameters.TEXT.first(query) or "").split():
            pages = pages.filter(title__icontains=word)
        if statuses := parameters.STATUS.read(query):
            ours = page_models()[self.page_type]._default_manager.filter(status__in=statuses)
            pages = pages.filter(pk__in=ours.values("pk"))
        return pages

    def describe(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Return what the API says of the pages ``rows``."""
        ids = [row.pk for row in rows]
        own = page_models()[self.page_type]._default_manager.select_related("locale").in_bulk(ids)
        pages = [own[pk] for pk in ids if pk in own]
        sections = _sections(pages)
        links = PageLinks([*ids, *sections.values()], self.request)
        leads = expand([(page.locale_id, page.lead or "") for page in pages])
        counts = self.count(ids)
        return [
            {
                **self._say(page, lead.html, links, sections.get(page.pk)),
                **{name: found.get(page.pk, 0) for name, found in counts.items()},
            }
            for page, lead in zip(pages, leads, strict=True)
        ]

    def count(self, ids: Sequence[int]) -> dict[str, dict[int, int]]:
        """Return, for the fields that count, numbers by the ids of pages."""
        raise NotImplementedError

    def _say(self, page: Any, lead: str, links: PageLinks, section: int | None) -> dict[str, Any]:
        router = self.request.wagtailapi_router
        detail = get_object_detail_url(router, self.request, type(page), page.pk)
        return {
            "id": page.pk,
            "meta": {"type": page._meta.label, "detail_url": detail},
            "title": page.title,
            "slug": page.slug,
            "url": page.get_full_url(self.request) or "",
            "locale": page.locale.language_code,
            "section": links.link(section),
            "status": page.status,
            "lead": str(lead),
        }


class ForumsAPIViewSet(_PagesAPIViewSet):
    """Forums."""

    endpoint_name = "forums"
    item = "Forum"
    summary = "Forums, in the order of the site"
    page_type = "forum"

    def _say(self, page: Any, lead: str, links: PageLinks, section: int | None) -> dict[str, Any]:
        return {**super()._say(page, lead, links, section), "short_name": page.short_name}

    def count(self, ids: Sequence[int]) -> dict[str, dict[int, int]]:
        """Return how many initiatives and memberships each forum has."""
        return {
            name: _counts(model.objects.filter(forum__in=ids), "forum")
            for name, model in (("initiatives", Initiative), ("memberships", Membership))
        }


class TopicsAPIViewSet(_PagesAPIViewSet):
    """Topics."""

    endpoint_name = "topics"
    item = "Topic"
    summary = "Topics, in the order of the site"
    page_type = "topic"

    def count(self, ids: Sequence[int]) -> dict[str, dict[int, int]]:
        """Return how many initiatives are filed under each topic."""
        filed = InitiativeTopic.objects.filter(topic__in=ids, initiative__section__isnull=False)
        return {"initiatives": _counts(filed, "topic")}


def _counts(rows: QuerySet[Any], column: str) -> dict[int, int]:
    return dict(rows.values_list(column).annotate(count=Count("pk")).order_by())


def _sections(pages: Sequence[Any]) -> dict[int, int]:
    """Return the ids of the nearest sections above ``pages``, by the ids of these; one query."""
    lines = {page.pk: ancestor_paths(page.path, inclusive=False) for page in pages}
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    above = Q(path__in={path for line in lines.values() for path in line})
    found = dict(
        base_page_model()
        .objects.filter(above, live=True, content_type__in=kinds)
        .values_list("path", "pk")
    )
    nearest = {
        pk: next((found[one] for one in reversed(line) if one in found), None)
        for pk, line in lines.items()
    }
    return {pk: section for pk, section in nearest.items() if section}
