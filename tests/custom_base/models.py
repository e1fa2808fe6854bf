"""The site's own base page model, and page types made from our mixins on it."""

from django.db import models

from wagtail.models import AbstractPage, DefaultBasePageMixin

from hsec_wagtail.models import (
    ForumPageMixin,
    PolicyPageMixin,
    SectionPageMixin,
    TopicPageMixin,
)


class BasePage(AbstractPage, DefaultBasePageMixin):
    """What every page of this site has."""

    audience = models.CharField(max_length=50, blank=True)

    content_panels = [*AbstractPage.content_panels, "audience"]
    promote_panels = DefaultBasePageMixin.promote_panels
    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields


class HomePage(BasePage):
    """A page type that has nothing to do with ours."""


class PolicySection(SectionPageMixin, BasePage):
    content_panels = BasePage.content_panels + SectionPageMixin.hsec_content_panels
    promote_panels = BasePage.promote_panels + SectionPageMixin.hsec_promote_panels
    search_fields = BasePage.search_fields + SectionPageMixin.hsec_search_fields
    api_fields = SectionPageMixin.hsec_api_fields


class Forum(ForumPageMixin, BasePage):
    region = models.CharField(max_length=50, blank=True)

    content_panels = [*BasePage.content_panels, *ForumPageMixin.hsec_content_panels, "region"]
    promote_panels = BasePage.promote_panels + ForumPageMixin.hsec_promote_panels
    search_fields = BasePage.search_fields + ForumPageMixin.hsec_search_fields
    api_fields = ForumPageMixin.hsec_api_fields


class Topic(TopicPageMixin, BasePage):
    content_panels = BasePage.content_panels + TopicPageMixin.hsec_content_panels
    promote_panels = BasePage.promote_panels + TopicPageMixin.hsec_promote_panels
    search_fields = BasePage.search_fields + TopicPageMixin.hsec_search_fields
    api_fields = TopicPageMixin.hsec_api_fields


class Policy(PolicyPageMixin, BasePage):
    content_panels = BasePage.content_panels + PolicyPageMixin.hsec_content_panels
    promote_panels = BasePage.promote_panels + PolicyPageMixin.hsec_promote_panels
    search_fields = BasePage.search_fields + PolicyPageMixin.hsec_search_fields
    api_fields = PolicyPageMixin.hsec_api_fields
