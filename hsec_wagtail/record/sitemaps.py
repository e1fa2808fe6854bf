"""A sitemap of a site in all its languages."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q

from wagtail.contrib.sitemaps.sitemap_generator import Sitemap

from hsec_wagtail.page_models import base_page_model

__all__ = ["SitemapInAllLanguages"]


class SitemapInAllLanguages(Sitemap):
    """The pages below the home page of a site and below its translations; Wagtail's own knows one language."""

    def items(self) -> Any:
        """Return the live public pages, in the order of the tree."""
        home = self.get_wagtail_site().root_page
        roots = [home]
        if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            roots = list(home.get_translations(inclusive=True))
        below = reduce(or_, (Q(path__startswith=root.path) for root in roots))
        pages = base_page_model().objects.filter(below).live().public()
        return pages.order_by("path").defer_streamfields().specific()
