"""Addresses of a site that offers all that the app can show: pages, Wagtail's API, its sitemap."""

from django.urls import path

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps.views import sitemap

from hsec_wagtail.api import QuickLinksAPIViewSet
from tests.urls import urlpatterns as of_pages

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("quick-links", QuickLinksAPIViewSet)

urlpatterns = [
    path("api/v2/", router.urls),
    path("sitemap.xml", sitemap),
    *of_pages,
]
