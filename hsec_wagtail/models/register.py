"""The register: rows derived from the published bodies, which lists, facets, feeds and downloads read.

Rows exist for what everybody may read only, and carry what lists filter by: no list needs the tables of pages or
looks into a body. ``hsec_wagtail.record`` keeps them true; they can always be made afresh.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.blocks.members import ROLES
from hsec_wagtail.dates import Precision
from hsec_wagtail.page_models import base_page_name

__all__ = [
    "Initiative",
    "InitiativeDate",
    "InitiativeTopic",
    "InitiativeYear",
    "Membership",
    "UnresolvedLink",
    "as_moment",
    "no_moment",
]

_PRECISIONS = [(one.value, one.value) for one in Precision]


def as_moment(moment: datetime) -> datetime:
    """Return ``moment``, which is in UTC and does not say so, as the site's database takes it."""
    return moment.replace(tzinfo=UTC) if settings.USE_TZ else moment


def no_moment() -> datetime:
    """Return what stands where no moment is known: one before all others, as databases sort NULL differently."""
    return as_moment(datetime(1970, 1, 1))


class RegisteredRow(models.Model):
    """Something that a published page says, and where."""

    page = models.ForeignKey(base_page_name(), models.CASCADE, related_name="+")
    #: The nearest section and forum at or above the page; none for a page outside of sections or forums.
    section = models.ForeignKey(base_page_name(), models.CASCADE, null=True, related_name="+")
    forum = models.ForeignKey(base_page_name(), models.CASCADE, null=True, related_name="+")
    #: Place among the rows of the page, from 0.
    position = models.PositiveIntegerField()
    block_id = models.CharField(max_length=36, blank=True)
    #: Of the text, which may be another than that of the page's locale.
    language = models.CharField(max_length=100)

    #: What a row refers to, its page refers to.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Initiative(RegisteredRow):
    """An action of the department, as a published page tells it."""

    #: As stored in the body, links to pages by id.
    html = models.TextField()
    text = models.TextField()
    #: Status of the page: announced, active, dormant or ended.
    status = models.CharField(max_length=20)
    #: The newest day that one of its dates begins with, counted from 1 January of the year 1, by which lists are
    #: sorted; 0 without dates, as databases do not agree where NULL belongs.
    newest = models.PositiveIntegerField(default=0)
    #: Last change of the page that matters to readers, by which feeds are sorted.
    updated = models.DateTimeField(default=no_moment)

    #: Dates and topics in their order, once ``record.read_rows`` has read them.
    own_dates: list[InitiativeDate]
    own_topics: list[InitiativeTopic]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="hsec_initiative_place")
        ]
        indexes = [
            models.Index(fields=["section", "-newest", "id"], name="hsec_initiative_newest"),
            models.Index(fields=["section", "forum", "-newest"], name="hsec_initiative_forum_new"),
            models.Index(fields=["section", "status"], name="hsec_initiative_status"),
            models.Index(fields=["section", "-updated"], name="hsec_initiative_updated"),
        ]

    def __str__(self) -> str:
        return self.text


class InitiativePart(models.Model):
    """A value that initiatives are counted by."""

    #: That of the initiative, with which the row goes: all of a section are counted from an index alone.
    section = models.ForeignKey(
        base_page_name(),
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True


class InitiativeDate(models.Model):
    """A date of an initiative, no more exact than its source."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="dates")
    position = models.PositiveIntegerField()
    #: EDTF, or whatever a draft left there: then the rest is empty.
    edtf = models.CharField(max_length=64)
    label = models.CharField(max_length=255, blank=True)
    #: The words of the text that say it.
    words = models.CharField(max_length=255, blank=True)
    precision = models.CharField(max_length=20, blank=True, choices=_PRECISIONS)
    #: First and last day it can mean; none where that side is open or unknown.
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)

    class Meta:
        verbose_name = _("date of an initiative")
        verbose_name_plural = _("dates of initiatives")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="hsec_date_place")
        ]

    def __str__(self) -> str:
        return self.edtf


class InitiativeYear(InitiativePart):
    """A year that an initiative can be of; a decade has ten, an interval each from its first to its last."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "initiative"], name="hsec_initiative_year")
        ]
        indexes = [models.Index(fields=["section", "year"], name="hsec_year_section")]

    def __str__(self) -> str:
        return str(self.year)


class InitiativeTopic(InitiativePart):
    """A topic, which everybody may read, that an initiative is filed under."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(base_page_name(), models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "initiative"], name="hsec_initiative_topic")
        ]
        indexes = [models.Index(fields=["section", "topic"], name="hsec_topic_section")]

    def __str__(self) -> str:
        return str(self.topic_id)


class Membership(RegisteredRow):
    """A country or organisation in a forum, and since when."""

    name = models.CharField(max_length=255)
    #: ISO 3166-1 alpha-2; "" for organisations.
    country = models.CharField(max_length=2, blank=True)
    role = models.CharField(max_length=20, choices=ROLES)
    #: Status of the page: the members of a forum that ended are members no more.
    status = models.CharField(max_length=20, default="")
    #: EDTF; "" where nothing is said.
    since = models.CharField(max_length=64, blank=True)
    until = models.CharField(max_length=64, blank=True)
    #: First and last day that each can mean.
    since_earliest = models.DateField(null=True)
    since_latest = models.DateField(null=True)
    until_earliest = models.DateField(null=True)
    until_latest = models.DateField(null=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="hsec_membership_place")
        ]
        indexes = [
            models.Index(fields=["section", "forum"], name="hsec_membership_forum"),
            models.Index(fields=["section", "country"], name="hsec_membership_country"),
        ]

    def __str__(self) -> str:
        return self.name


class UnresolvedLink(RegisteredRow):
    """A label without a known target: the public reads it as text."""

    label = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("unresolved link")
        verbose_name_plural = _("unresolved links")
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="hsec_unresolved_place")
        ]

    def __str__(self) -> str:
        return self.label
