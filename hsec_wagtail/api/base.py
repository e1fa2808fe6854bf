"""Parts that the endpoints share: checked parameters, bounded pages, and the part of the site that is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import NoReverseMatch, path, reverse

from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Locale, Site

from hsec_wagtail.api import parameters
from hsec_wagtail.api.parameters import Parameter
from hsec_wagtail.blocks.privacy import private_paths
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["BoundedPagination", "NoModel", "PublicPages", "RecordAPIViewSet", "RowsAPIViewSet"]


class NoModel:
    """Stands for the model of an endpoint that is not the address of any object in Wagtail's API."""


class BoundedPagination(BasePagination):
    """Pages as Wagtail's API has them, of a length and at a place that are always in bounds."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        """Return the rows that ``limit`` and ``offset`` ask for."""
        length = parameters.limit()
        asked = length.first(request.GET) or length.schema["default"]
        start = int(parameters.OFFSET.first(request.GET) or 0)
        self.total_count = queryset.count()
        return queryset[start : start + int(asked)]

    def get_paginated_response(self, data: Any) -> Response:
        """Return the answer with how many rows there are in all."""
        return Response({"meta": {"total_count": self.total_count}, "items": data})


class PublicPages:
    """The pages that everybody may read in the part of the site that a request asks for: ``section`` and ``locale``.

    Raises:
        BadRequestError: There is no such section or locale.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.locale_id = self._asked_locale()
        self._section = self._asked_section()

    def of_type(self, page_type: str) -> QuerySet[Any]:
        """Return those of ``page_type`` as rows of the base page model, in the order of the tree."""
        pages = self._of_site(page_type)
        if self._section:
            pages = pages.filter(path__startswith=self._section.path)
        if self.locale_id:
            pages = pages.filter(locale=self.locale_id)
        return pages.order_by("path")

    @cached_property
    def section_ids(self) -> list[int]:
        """The ids of the sections."""
        return list(self.of_type("section").values_list("pk", flat=True))

    def _of_site(self, page_type: str) -> QuerySet[Any]:
        kinds = [pk for pk, kind in page_content_types().items() if kind == page_type]
        pages = base_page_model().objects.filter(self._tops, live=True, content_type__in=kinds)
        for private in private_paths(self._request):
            pages = pages.exclude(path__startswith=private)
        return pages

    @cached_property
    def _tops(self) -> Q:
        """The condition that a page is below the root page of the site, or below a translation of that."""
        site = Site.find_for_request(self._request)
        if site is None:
            return Q(pk__in=[])
        condition = Q(path__startswith=site.root_page.path)
        if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            for path in site.root_page.get_translations().values_list("path", flat=True):
                condition |= Q(path__startswith=path)
        return condition

    def _asked_locale(self) -> int | None:
        code = parameters.LOCALE.first(self._request.GET)
        if code is None:
            return None
        codes = {locale.language_code: locale.pk for locale in Locale.objects.all()}
        if code not in codes:
            raise BadRequestError(f"locale: “{code}” is none; there are {', '.join(sorted(codes))}")
        return int(codes[code])

    def _asked_section(self) -> Any | None:
        asked = parameters.SECTION.first(self._request.GET)
        if asked is None:
            return None
        section = self._of_site("section").filter(pk=asked).first()
        if section is None:
            parameters.SECTION.refuse(asked)
        return section


class RecordAPIViewSet(BaseAPIViewSet):
    """A read-only list of described rows.

    Attributes:
        endpoint_name: The name under which it is registered; not ``name``, which REST framework sets to None.
        filters: Parameters that the list has beside ``limit`` and ``offset``.
        item: The name of the schema of a row.
        summary: What the list is.
        detail_path: Where a row by itself is found below the endpoint, as Django writes it; "" for nowhere.
    """

    model: Any = NoModel
    pagination_class = BoundedPagination
    endpoint_name: ClassVar[str]
    filters: ClassVar[tuple[Parameter, ...]] = ()
    item: ClassVar[str]
    summary: ClassVar[str]
    detail_path: ClassVar[str] = ""

    def listing_view(self, request: Any) -> Response:
        """Return a page of the list."""
        self.check_query_parameters(None)
        rows = list(self.paginate_queryset(self.get_queryset()))
        return self.get_paginated_response(self.describe(rows))

    def describe(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Return what the API says of ``rows``, in a constant number of queries."""
        raise NotImplementedError

    def check_query_parameters(self, queryset: Any) -> None:
        """Refuse parameters that the endpoint does not have."""
        known = [one.name for one in self.all_parameters()]
        unknown = self.request.GET.keys() - {*known, "format", "_"}
        if unknown:
            # As Wagtail says it, and what to ask instead.
            names = ", ".join(sorted(unknown)).replace("\0", "")[:200]
            message = "query parameter is not an operation or a recognised field"
            raise BadRequestError(f"{message}: {names}; there are {', '.join(known)}")
        for one in self.all_parameters():
            one.read(self.request.GET)

    @classmethod
    def all_parameters(cls) -> list[Parameter]:
        """Return the parameters of the list in their order."""
        return [*cls.filters, parameters.limit(), parameters.OFFSET]

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """Return the address of the list."""
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


class RowsAPIViewSet(RecordAPIViewSet):
    """A list of rows of the register, each of which is found by itself at its page and block."""

    detail_path: ClassVar[str] = "<int:page>/<slug:id>/"

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """Return the addresses of the list and of a row."""
        detail = path(cls.detail_path, cls.as_view({"get": "detail_view"}), name="detail")
        return [*super().get_urlpatterns(), detail]

    def detail_view(self, request: Any, page: int, id: str) -> Response:
        """Return the row that the block ``id`` of ``page`` gives."""
        sections = PublicPages(self.request).section_ids
        rows = self.model._default_manager.filter(section__in=sections, block_id=id)
        # Through the pages, whose id may be any number: databases refuse one that is too long for a foreign key.
        rows = rows.filter(page__in=base_page_model().objects.filter(pk=page))
        found = self.describe(list(rows.order_by("position")[:1]))
        if not found:
            raise Http404("There is nothing public at this address.")
        return Response(found[0])

    def detail_url(self, *place: Any) -> str | None:
        """Return the complete address of the row at ``place``; None where none can be written."""
        name = f"{self.request.wagtailapi_router.url_namespace}:{self.endpoint_name}:detail"
        try:
            return str(self.request.build_absolute_uri(reverse(name, args=place)))
        except NoReverseMatch:
            return None
