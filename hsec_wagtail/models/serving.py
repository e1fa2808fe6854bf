"""How pages answer requests: as they are today, as they stood on another day, unchanged, or by a view of the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import Http404
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import slugify

from wagtail.url_routing import RouteResult

from hsec_wagtail.models.searching import QUERY_PARAMETER
from hsec_wagtail.models.section_views import VIEWS, SectionView
from hsec_wagtail.models.sitemaps import sitemap_urls

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    # What the mixins are mixed into.
    from wagtail.models import AbstractPage as MixinBase
else:
    MixinBase = models.Model

__all__ = ["AS_OF_PARAMETER", "RoutingMixin", "ServedMixin"]

#: Asks for a page as it stood on a day.
AS_OF_PARAMETER = "as-of"

# The record is above the models: its functions are named, not imported.
_ANSWER = "hsec_wagtail.record.conditional.answer"
_AS_OF_VIEW = "hsec_wagtail.record.history.as_of.serve"


class ServedMixin(MixinBase):
    """A page of which nothing is made again while nothing that it shows has changed."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve the page; nothing is made again while nothing that it shows has changed."""
        answer = import_string(_ANSWER)
        response: HttpResponseBase = answer(
            self, request, lambda: self.hsec_serve(request, *args, **kwargs)
        )
        return response

    def hsec_serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the answer, made anew: the page, or as it stood on the day that the query string asks for."""
        if self.is_asked_of_another_day(request):
            as_of: Callable[..., HttpResponseBase] = import_string(_AS_OF_VIEW)
            return as_of(self, request)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return what a sitemap has of this page: its address, with those of its translations."""
        return sitemap_urls(self, super().get_sitemap_urls(request), request)

    def is_asked_of_another_day(self, request: HttpRequest) -> bool:
        """Return whether ``request`` asks for the page as it stood on a day."""
        return AS_OF_PARAMETER in request.GET and not getattr(request, "is_preview", False)


class RoutingMixin(ServedMixin):
    """A section, which routes to the views of its record."""

    #: Views of the record by their names; a site may add its own.
    hsec_views: ClassVar[dict[str, SectionView]] = VIEWS

    class Meta:
        abstract = True

    def view_slug(self, name: str, language: str = "") -> str:
        """Return the part of the address of the view ``name``, in the language of the page, or in another."""
        with translation.override(language or self.locale.language_code):
            return slugify(str(self.hsec_views[name].slug))

    def view_url(self, name: str, request: HttpRequest | None = None) -> str:
        """Return the address of the view ``name`` of this section."""
        return self._below(self.get_url(request), self.view_slug(name))

    def view_full_url(
        self, name: str, request: HttpRequest | None = None, *, of: Any = None
    ) -> str:
        """Return the same with protocol and host; ``of`` is a translation of this section, of any page class."""
        page = self if of is None else of
        slug = self.view_slug(name, page.locale.language_code)
        return self._below(page.get_full_url(request), slug)

    def _below(self, address: str | None, slug: str) -> str:
        """Return the address of a view below ``address``, which may end without a slash; "" if there is none."""
        return f"{address.rstrip('/')}/{slug}/" if address else ""

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Return the page below, or a view of the section's record; a page that has its address comes first."""
        try:
            return super().route(request, path_components)
        except Http404:
            first, *rest = path_components or [""]
            names = [name for name in self.hsec_views if self.view_slug(name) == first]
            if not names or not self.live:
                raise
            return RouteResult(self, rest, {"hsec_view": names[0]})

    def is_asked_of_another_day(self, request: HttpRequest) -> bool:
        """Return whether ``request`` asks for the page as it stood on a day; a search is always of today."""
        return QUERY_PARAMETER not in request.GET and super().is_asked_of_another_day(request)

    def hsec_serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the page or a view of its record: with a question in the address, the search."""
        asked = "search" if QUERY_PARAMETER in request.GET and "search" in self.hsec_views else ""
        if name := kwargs.pop("hsec_view", asked):
            view: Callable[..., HttpResponseBase] = import_string(self.hsec_views[name].function)
            return view(self, request, *args)
        return super().hsec_serve(request, *args, **kwargs)
