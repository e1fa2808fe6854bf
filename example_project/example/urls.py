"""Addresses of the example site: the admin, the API, files, and the pages of each language below its code."""

from home.views import robots, search

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from hsec_wagtail.api import register_endpoints
from hsec_wagtail.record.sitemaps import SitemapInAllLanguages

api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PagesAPIViewSet)
register_endpoints(api_router)

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", api_router.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": SitemapInAllLanguages}}, name="sitemap"),
    # Only with DEBUG; a web server does it otherwise.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("search/", search, name="search"),
        path("", include(wagtail_urls)),
    ),
]

handler404 = "home.views.page_not_found"
