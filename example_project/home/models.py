"""The home page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

__all__ = ["HomePage"]


class HomePage(Page):
    """The site's entrance in one language: what the site is, and its sections."""

    heading = models.CharField(_("heading"), max_length=255, blank=True)
    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(
        _("body"), blank=True, features=["h2", "bold", "italic", "link", "ul", "ol"]
    )

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "heading", "lead", "body"]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages directly below: the site's sections."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sections"] = self.get_children().live().public().specific()
        return context
