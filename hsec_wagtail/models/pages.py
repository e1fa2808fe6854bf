"""The page types as they come: thin, and each swappable for a site's own.

A site names its own in ``HSEC_SECTIONPAGE_MODEL``, ``HSEC_FORUMPAGE_MODEL``, ``HSEC_TOPICPAGE_MODEL`` and
``HSEC_POLICYPAGE_MODEL``. No other module of this app imports from here.
"""

from __future__ import annotations

from typing import Any

import swapper

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from hsec_wagtail.models.mixins import (
    ForumPageMixin,
    PolicyPageMixin,
    SectionPageMixin,
    TopicPageMixin,
)

__all__ = ["ForumPage", "PolicyPage", "SectionPage", "TopicPage"]


def _parent_link(related_name: str) -> models.OneToOneField[Any, Any]:
    """Return the link to Wagtail's page; a site may have page types of the same names, so it has one of its own."""
    return models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, related_name=related_name
    )


class SectionPage(SectionPageMixin, Page):
    """A landing page of the site's international policy."""

    page_ptr = _parent_link("hsec_sectionpage")

    content_panels = Page.content_panels + SectionPageMixin.hsec_content_panels
    promote_panels = Page.promote_panels + SectionPageMixin.hsec_promote_panels
    search_fields = Page.search_fields + SectionPageMixin.hsec_search_fields
    api_fields = SectionPageMixin.hsec_api_fields

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")
        swappable = swapper.swappable_setting("hsec_wagtail", "SectionPage")


class ForumPage(ForumPageMixin, Page):
    """One international organisation, network or meeting."""

    page_ptr = _parent_link("hsec_forumpage")

    content_panels = Page.content_panels + ForumPageMixin.hsec_content_panels
    promote_panels = Page.promote_panels + ForumPageMixin.hsec_promote_panels
    search_fields = Page.search_fields + ForumPageMixin.hsec_search_fields
    api_fields = ForumPageMixin.hsec_api_fields

    class Meta:
        verbose_name = _("forum page")
        verbose_name_plural = _("forum pages")
        swappable = swapper.swappable_setting("hsec_wagtail", "ForumPage")


class TopicPage(TopicPageMixin, Page):
    """One item of the current agenda."""

    page_ptr = _parent_link("hsec_topicpage")

    content_panels = Page.content_panels + TopicPageMixin.hsec_content_panels
    promote_panels = Page.promote_panels + TopicPageMixin.hsec_promote_panels
    search_fields = Page.search_fields + TopicPageMixin.hsec_search_fields
    api_fields = TopicPageMixin.hsec_api_fields

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")
        swappable = swapper.swappable_setting("hsec_wagtail", "TopicPage")


class PolicyPage(PolicyPageMixin, Page):
    """A programme, publications, partnerships, or anything else."""

    page_ptr = _parent_link("hsec_policypage")

    content_panels = Page.content_panels + PolicyPageMixin.hsec_content_panels
    promote_panels = Page.promote_panels + PolicyPageMixin.hsec_promote_panels
    search_fields = Page.search_fields + PolicyPageMixin.hsec_search_fields
    api_fields = PolicyPageMixin.hsec_api_fields

    class Meta:
        verbose_name = _("policy page")
        verbose_name_plural = _("policy pages")
        swappable = swapper.swappable_setting("hsec_wagtail", "PolicyPage")
