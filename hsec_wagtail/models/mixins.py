"""Mixins for the pages of a section; a site may build its own page types from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.blocks.date_input import WrittenDateInput
from hsec_wagtail.blocks.prose import PASTE
from hsec_wagtail.blocks.settled_dates import settle_dates, settled_date
from hsec_wagtail.models import anchors, api_fields, context, queries
from hsec_wagtail.models.attached_groups import copy_groups
from hsec_wagtail.models.fields import BodyField
from hsec_wagtail.models.forms import HsecPageForm
from hsec_wagtail.models.panels import HintsPanel
from hsec_wagtail.models.quick_links_panel import QuickLinksPanel
from hsec_wagtail.models.serving import RoutingMixin, ServedMixin
from hsec_wagtail.models.topics import topic_initiatives
from hsec_wagtail.page_models import PAGE_MODELS, page_model_name

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "ForumPageMixin",
    "HsecPageMixin",
    "PolicyPageMixin",
    "SectionPageMixin",
    "TopicPageMixin",
]


class HsecPageMixin(ServedMixin):
    """The fields and behaviour that all our pages share."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced (coming soon)")
        ACTIVE = "active", _("active")
        DORMANT = "dormant", _("dormant")
        ENDED = "ended", _("ended (historical)")

    lead = RichTextField(
        _("lead"),
        blank=True,
        features=["bold", "italic", "link", "superscript", "subscript", PASTE],
        help_text=_("One paragraph that says what the page is about."),
    )
    body = BodyField(BodyBlock, blank=True, verbose_name=_("body"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    expected = models.CharField(
        _("expected"),
        max_length=50,
        blank=True,
        help_text=_("For an announced page: when it is expected, as 2004, 2004-04 or 2004-04-30."),
    )
    anchor = models.SlugField(
        _("anchor"),
        max_length=anchors.MAX_LENGTH,
        blank=True,
        allow_unicode=True,
        db_index=False,
        help_text=_(
            "Name of this page's place on the page of its section: the part of the address after #."
            " Made from the title if left empty; links to an earlier anchor go on working."
        ),
    )
    anchor_aliases = models.JSONField(
        _("earlier anchors"), default=list, blank=True, editable=False
    )
    changed = models.DateField(
        _("date modified"),
        null=True,
        blank=True,
        help_text=_(
            "Day of the last change that matters to readers; not of corrections of spelling."
        ),
    )
    change_note = models.TextField(
        _("change note"), blank=True, help_text=_("What changed on that day, in public words.")
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "Day on which somebody should look whether the page is still true. Only editors see it."
        ),
    )

    #: Which of our page types this is: section, forum, topic or policy.
    hsec_page_type: ClassVar[str] = ""

    #: Shown by get_template() where the site has no template of its own for the page type.
    hsec_template: ClassVar[str] = "hsec_wagtail/page.html"

    hsec_content_panels: ClassVar[list[Any]] = [
        HintsPanel(),
        "lead",
        "body",
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        "status",
                        FieldPanel(
                            "expected",
                            widget=WrittenDateInput,
                            help_text=_(
                                "For an announced page: when it is expected, in words or as EDTF: spring 2005, April 2005, 2005."
                            ),
                        ),
                    ]
                ),
                FieldRowPanel(["changed", "change_note"]),
                "review_on",
            ],
            heading=_("Status and date modified"),
        ),
    ]
    hsec_promote_panels: ClassVar[list[Any]] = [QuickLinksPanel()]
    hsec_search_fields: ClassVar[list[Any]] = [
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("status"),
    ]
    hsec_api_fields: ClassVar[list[Any]] = [
        APIField("lead"),
        APIField("lead_html", serializer=api_fields.LeadField()),
        APIField("body", serializer=api_fields.BodyField()),
        APIField("status"),
        APIField("status_in_words", serializer=api_fields.StatusInWordsField()),
        APIField("expected"),
        APIField("expected_in_words", serializer=api_fields.DateInWordsField()),
        APIField("anchor"),
        APIField("anchor_aliases"),
        APIField("changed"),
        APIField("changed_in_words", serializer=api_fields.ChangedInWordsField()),
        APIField("change_note"),
        APIField("inherited_notices", serializer=api_fields.InheritedNoticesField()),
        APIField("breadcrumb", serializer=api_fields.BreadcrumbField()),
        APIField("translations", serializer=api_fields.TranslationsField()),
        APIField("policies", serializer=api_fields.ChildrenField("policy")),
    ]

    base_form_class = HsecPageForm

    #: A copy gets an anchor of its own, and no links lead to it yet.
    exclude_fields_in_copy: ClassVar[list[str]] = ["anchor", "anchor_aliases"]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save with the anchor filled and a changed anchor remembered; what is published has its dates as EDTF.

        The form of the page refuses to publish what it cannot read. A page is also published without it: from a list, or
        with its approval.
        """
        update_fields = kwargs.get("update_fields")
        if self.live and update_fields is None:
            self.expected = settled_date(self.expected)
            settle_dates(self.body)
        if update_fields is None or "anchor" in update_fields:
            self._fill_anchor()
            stored = queries.stored_page(self)
            if stored is not None:
                self.remember_anchor(stored)
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "anchor_aliases"}
        return super().save(*args, **kwargs)

    @property
    def anchor_source(self) -> tuple[str, ...]:
        """Texts to make the anchor from, the best first."""
        return (self.title, self.slug)

    def clean(self) -> None:
        """Fill the anchor, so that the editor sees what was made."""
        super().clean()
        self._fill_anchor()

    def _fill_anchor(self) -> None:
        if not self.anchor:
            translated = queries.translated_anchor(self) if self._state.adding else ""
            anchor = translated or anchors.propose_anchor(*self.anchor_source)
            self.anchor = (
                anchors.free_anchor(anchor, queries.sibling_anchors(self)) if anchor else ""
            )

    def remember_anchor(self, stored: Any) -> None:
        """Keep the anchors of ``stored``, the row: a revision may be older than the last change of the anchor."""
        published = stored.live or stored.first_published_at
        left = [stored.anchor] if published and stored.anchor != self.anchor else []
        self.anchor_aliases = anchors.merge_aliases(
            self.anchor, stored.anchor_aliases or [], self.anchor_aliases, left
        )

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy the page, with the quick links beside it and beside the pages that are copied with it.

        A translation shows those of its original and gets none.
        """
        copied = super().copy(*args, **kwargs)
        if copied.translation_key != self.translation_key:
            copy_groups(self, copied)
        return copied

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """Return the site's own template for this page type and ours after it."""
        return list(
            dict.fromkeys([super().get_template(request, *args, **kwargs), self.hsec_template])
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with all that the templates show, in a constant number of queries."""
        page_context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        page_context.update(context.page_context(self))
        page_context.update(self.get_hsec_context(request))
        return page_context

    def get_hsec_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what this page type adds to the context."""
        context.prepare([self])
        return {"lead_html": self.lead_html, "policies": context.policies_below(self, request)}


class SectionPageMixin(RoutingMixin, HsecPageMixin):
    """A landing page: its forums in full with jump links, or as cards; a search over its pages."""

    class Layout(models.TextChoices):
        FULL = "full", _("all forums in full, with jump links")
        CARDS = "cards", _("a list of cards")

    layout = models.CharField(
        _("layout"),
        max_length=20,
        choices=Layout.choices,
        default=Layout.FULL,
        help_text=_("How the forums of this section are shown."),
    )
    trail = models.TextField(
        _("trail"),
        blank=True,
        help_text=_(
            "Names of the pages above this one where it was found, a line each, the outermost first."
            " Shown in the breadcrumb as text, unless a page above has the name."
        ),
    )

    page_description = _(
        "For a field of policy: it gathers forums, topics and policies, shows its forums and has a search."
    )

    hsec_page_type = "section"
    hsec_template = "hsec_wagtail/section_page.html"
    hsec_search_template: ClassVar[str] = "hsec_wagtail/section_search.html"
    hsec_content_panels: ClassVar[list[Any]] = [*HsecPageMixin.hsec_content_panels, "layout"]
    hsec_promote_panels: ClassVar[list[Any]] = [*HsecPageMixin.hsec_promote_panels, "trail"]
    hsec_api_fields: ClassVar[list[Any]] = [
        *HsecPageMixin.hsec_api_fields,
        APIField("layout"),
        APIField("trail"),
        APIField("forums", serializer=api_fields.ForumsField()),
        APIField("topics", serializer=api_fields.ChildrenField("topic")),
        APIField("subsections", serializer=api_fields.ChildrenField("section")),
        APIField("moved_parts", serializer=api_fields.MovedPartsField()),
        APIField("record", serializer=api_fields.RecordField()),
    ]

    subpage_types: ClassVar[list[Any]] = [page_model_name(page_type) for page_type in PAGE_MODELS]

    class Meta:
        abstract = True

    def get_hsec_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return the pages below by type."""
        return context.section_context(self, request)


class ForumPageMixin(HsecPageMixin):
    """An international organisation, network or meeting."""

    short_name = models.CharField(
        _("short name"),
        max_length=255,
        blank=True,
        help_text=_("For example UN; the anchor is made from it."),
    )

    page_description = _(
        "For one organisation, network or meeting: its members and what was done there."
    )

    hsec_page_type = "forum"
    hsec_template = "hsec_wagtail/forum_page.html"

    hsec_content_panels: ClassVar[list[Any]] = ["short_name", *HsecPageMixin.hsec_content_panels]
    # Only forums stand on the page of their section.
    hsec_promote_panels: ClassVar[list[Any]] = [
        FieldPanel("anchor"),
        *HsecPageMixin.hsec_promote_panels,
    ]
    hsec_search_fields: ClassVar[list[Any]] = [
        *HsecPageMixin.hsec_search_fields,
        index.SearchField("short_name", boost=2),
    ]
    hsec_api_fields: ClassVar[list[Any]] = [*HsecPageMixin.hsec_api_fields, APIField("short_name")]

    parent_page_types: ClassVar[list[Any]] = [page_model_name("section")]
    subpage_types: ClassVar[list[Any]] = [page_model_name("policy")]

    class Meta:
        abstract = True

    @property
    def anchor_source(self) -> tuple[str, ...]:
        """Texts to make the anchor from, the best first."""
        return (self.short_name, self.title, self.slug)

    def get_hsec_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return the other forums, and where its initiatives are listed."""
        return {
            **super().get_hsec_context(request),
            "neighbours": queries.neighbours(self, request),
            "filtered_list_url": context.filtered_list_url(self, request),
        }


class TopicPageMixin(HsecPageMixin):
    """An item of the current agenda: lists the initiatives filed under it, from all forums."""

    page_description = _(
        "For a subject of several forums: it lists the initiatives that are filed under it."
    )

    hsec_page_type = "topic"
    hsec_template = "hsec_wagtail/topic_page.html"

    hsec_api_fields: ClassVar[list[Any]] = [
        *HsecPageMixin.hsec_api_fields,
        APIField("initiatives", serializer=api_fields.InitiativesField()),
    ]

    parent_page_types: ClassVar[list[Any]] = [page_model_name("section")]
    subpage_types: ClassVar[list[Any]] = [page_model_name("policy")]

    class Meta:
        abstract = True

    def get_hsec_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return the initiatives filed under this topic, where they are listed, and the other topics."""
        return {
            **super().get_hsec_context(request),
            "initiatives": topic_initiatives(self, request),
            "neighbours": queries.neighbours(self, request),
            "filtered_list_url": context.filtered_list_url(self, request),
        }


class PolicyPageMixin(HsecPageMixin):
    """Any other page of a section: a programme, publications, partnerships."""

    page_description = _(
        "For any other page of a section: a programme, a publication, a partnership."
    )

    hsec_page_type = "policy"
    hsec_template = "hsec_wagtail/policy_page.html"

    parent_page_types: ClassVar[list[Any]] = [
        page_model_name(page_type) for page_type in PAGE_MODELS
    ]
    subpage_types: ClassVar[list[Any]] = [page_model_name("policy")]

    class Meta:
        abstract = True
