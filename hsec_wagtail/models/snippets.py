"""Quick links: titled groups of links beside pages, or in a site's own header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, PageChooserPanel, PublishingPanel
from wagtail.api import APIField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    Site,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from hsec_wagtail.base_template import get_frame
from hsec_wagtail.blocks.links import QuickLinksBlock
from hsec_wagtail.models import quick_links
from hsec_wagtail.models.anchors import MAX_LENGTH, free_anchor, propose_anchor
from hsec_wagtail.models.api_fields import PageField, ShownLinksField
from hsec_wagtail.models.fields import BodyField
from hsec_wagtail.models.forms import QuickLinksForm
from hsec_wagtail.models.panels import HintsPanel
from hsec_wagtail.page_models import base_page_name

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["QuickLinksSnippet"]


class QuickLinksSnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A group of links; shown beside a page and the pages below it, or wherever a template names it."""

    heading = models.CharField(_("heading"), max_length=255, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=MAX_LENGTH,
        blank=True,
        allow_unicode=True,
        help_text=_(
            "The name by which a template shows this group, for example site-navigation."
            " Made from the heading if left empty."
        ),
    )
    page = models.ForeignKey(
        base_page_name(),
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hsec_quick_links",
        help_text=_(
            "Shown beside this page, and beside the pages below it that have none of their own."
        ),
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The site whose templates show this group by its slug. Empty: all sites."),
    )
    sort_order = models.IntegerField(_("order"), default=0, blank=True, editable=False)
    links = BodyField(QuickLinksBlock, blank=True, verbose_name=_("links"))

    panels: ClassVar[list[Any]] = [
        HintsPanel(),
        FieldPanel("heading"),
        FieldPanel("links"),
        PageChooserPanel("page"),
        FieldPanel("slug"),
        FieldPanel("site"),
        PublishingPanel(),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("heading", boost=2),
        index.AutocompleteField("heading"),
        index.SearchField("slug"),
        index.AutocompleteField("slug"),
        index.SearchField("links"),
        index.AutocompleteField("links"),
        index.FilterField("live"),
        index.FilterField("locale"),
        index.FilterField("slug"),
        index.FilterField("page"),
        index.FilterField("site"),
        index.FilterField("sort_order"),
    ]
    api_fields: ClassVar[list[Any]] = [
        APIField("heading"),
        APIField("slug"),
        APIField("page", serializer=PageField()),
        APIField("sort_order"),
        APIField("links"),
        APIField("shown_links", serializer=ShownLinksField()),
    ]

    base_form_class = QuickLinksForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quick links")
        verbose_name_plural = _("quick links")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "site", "slug"], name="hsec_quick_links_slug_of_site"
            ),
            # NULL differs from NULL in SQL.
            models.UniqueConstraint(
                fields=["locale", "slug"],
                condition=models.Q(site__isnull=True),
                name="hsec_quick_links_slug_of_all",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.slug or gettext("Quick links")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the slug filled; it names the group from the first draft on.

        A slug that another group took since it was checked is numbered: publishing on a schedule must not
        fail for it, nor keep what else is due from being published.
        """
        if kwargs.get("update_fields") is None:
            self._fill_slug()
            self.slug = free_anchor(self.slug, self._taken_slugs(self.slug))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Fill the slug, and refuse one that another group of the language and site has, or is to get."""
        super().clean()
        # The form leaves out the locale, so Django cannot check the constraint by itself.
        if self.slug and self.slug in self._taken_slugs(self.slug) | self._slugs_of_drafts():
            raise ValidationError(
                {
                    "slug": gettext(
                        "Other quick links in this language have the slug “%s”, or a draft of them."
                    )
                    % self.slug
                }
            )
        self._fill_slug()

    def _fill_slug(self) -> None:
        if not self.slug:
            proposal = propose_anchor(self.heading) or "quick-links"
            self.slug = free_anchor(proposal, self._taken_slugs(proposal))

    def free_slug(self) -> str:
        """Return a slug for a copy of this group."""
        copy = QuickLinksSnippet(locale_id=self.locale_id, site_id=self.site_id)
        return free_anchor(self.slug, copy._taken_slugs(self.slug))

    def _taken_slugs(self, beginning: str) -> set[str]:
        if self.locale_id is None:
            self.locale = (
                self.get_default_locale()
                if hasattr(self, "get_default_locale")
                else Locale.get_default()
            )
        others = self._others().filter(slug__startswith=beginning)
        return set(others.values_list("slug", flat=True))

    def _slugs_of_drafts(self) -> set[str]:
        """Return the slugs that the drafts of other groups have, except the one that this group has already."""
        if QuickLinksSnippet.objects.filter(
            pk=self.pk, locale_id=self.locale_id, site=self.site_id, slug=self.slug
        ).exists():
            return set()
        drafts = Revision.objects.filter(
            content_type=ContentType.objects.get_for_model(self),
            content__slug=self.slug,
            content__locale=self.locale_id,
        ).exclude(object_id=str(self.pk))
        latest = QuickLinksSnippet.objects.values("latest_revision")
        due = drafts.filter(models.Q(pk__in=latest) | models.Q(approved_go_live_at__isnull=False))
        sites = due.values_list("content__site", flat=True)
        return {self.slug} if self.site_id in sites else set()

    def _others(self) -> models.QuerySet[QuickLinksSnippet]:
        """Return the other groups among which the slug is to be the only one of its kind."""
        alike = QuickLinksSnippet.objects.filter(locale_id=self.locale_id, site=self.site_id)
        return alike.exclude(pk=self.pk)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the template that shows the group alone, in the site's frame."""
        return "hsec_wagtail/quick_links_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the group as pages show it."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        groups = quick_links.present([self], request=request, current=None)
        return {**context, "hsec_frame": get_frame(), "groups": groups}
