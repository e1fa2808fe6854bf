"""Quick links in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Locale

from hsec_wagtail.api import parameters
from hsec_wagtail.api.base import BoundedPagination
from hsec_wagtail.blocks.privacy import may_be_named, private_paths
from hsec_wagtail.models import QuickLinksSnippet, quick_links
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["QuickLinksAPIViewSet"]


class QuickLinksAPIViewSet(BaseAPIViewSet):
    """Published groups of quick links, without those beside private pages.

    ``?page=ID`` asks for those that the page shows, inherited ones too; ``?locale=CODE`` for those in a language;
    ``?slug=NAME`` for those of that name. Each can be combined with the others.
    """

    name = "quick-links"
    endpoint_name = "quick-links"
    model = QuickLinksSnippet
    item = "QuickLinks"
    summary = "Groups of quick links, in the order in which pages show them"
    detail_path = ""
    pagination_class = BoundedPagination
    filters = (parameters.PAGE, parameters.LOCALE, parameters.SLUG)
    known_query_parameters = BaseAPIViewSet.known_query_parameters.union(
        one.name for one in filters
    )
    listing_default_fields = [
        *BaseAPIViewSet.listing_default_fields,
        "heading",
        "slug",
        "shown_links",
    ]

    @classmethod
    def all_parameters(cls) -> list[parameters.Parameter]:
        """Return the parameters of the list that are described; Wagtail's own ones are known too."""
        return [*cls.filters, parameters.limit(), parameters.OFFSET]

    def get_queryset(self) -> QuerySet[QuickLinksSnippet]:
        """Return the groups that the query asks for, in the order in which pages show them."""
        groups = QuickLinksSnippet.objects.filter(live=True).select_related("page", "locale")
        for path in private_paths(self.request):
            groups = groups.exclude(page__path__startswith=path)
        if page := self._page():
            shown = quick_links.groups_of(page, request=self.request)
            groups = groups.filter(pk__in=[group.pk for group in shown])
        if code := parameters.LOCALE.first(self.request.GET):
            groups = groups.filter(locale__language_code=code)
        if slug := parameters.SLUG.first(self.request.GET):
            groups = groups.filter(slug=slug)
        return groups.order_by("sort_order", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        """Return the context with the language in which links are wanted: that of the page, or the one asked for."""
        context: dict[str, Any] = super().get_serializer_context()
        if page := self._page():
            context["hsec_locale_id"] = page.locale_id
        elif code := parameters.LOCALE.first(self.request.GET):
            locale = Locale.objects.filter(language_code=code).first()
            context["hsec_locale_id"] = locale.pk if locale else None
        return context

    def _page(self) -> Any | None:
        """Return the page that is asked for.

        Raises:
            BadRequestError: It is no id.
            Http404: There is no such page for everybody.
        """
        asked = parameters.PAGE.first(self.request.GET)
        if asked is None:
            return None
        if not hasattr(self, "_asked_page"):
            self._asked_page = base_page_model().objects.filter(pk=asked).first()
        if not may_be_named(self._asked_page, request=self.request):
            raise Http404("No such page")
        return self._asked_page
