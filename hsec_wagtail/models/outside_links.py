"""Links out of the site, with what became of them when they were last asked for, and where they stand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.models.snippets import QuickLinksSnippet
from hsec_wagtail.page_models import base_page_name

__all__ = ["OutsideLink", "OutsidePlace"]


class OutsideLink(models.Model):
    """An address outside the site that something published links to."""

    class State(models.TextChoices):
        NEW = "new", _("not checked yet")
        WORKS = "works", _("works")
        MOVED = "moved", _("moved")
        #: It answers, but not to a program: it wants a login, or says that there were too many questions.
        UNCERTAIN = "uncertain", _("cannot be told")
        BROKEN = "broken", _("broken")
        #: It leads into a private network, or is no address: it was not asked for.
        REFUSED = "refused", _("not asked for")

    url = models.TextField()
    #: SHA-256 of the address: no database has an index on a text of this length.
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.NEW)
    #: Of the HTTP answer; none where there was none.
    status = models.PositiveSmallIntegerField(null=True)
    #: Why it was not asked for, or did not answer: one of hsec_wagtail.outside.fetch.Reason.
    reason = models.CharField(max_length=20, blank=True)
    #: Where it moved for good.
    target = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    #: First of the failures since it last worked.
    first_failed_at = models.DateTimeField(null=True)
    last_worked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("outside link")
        verbose_name_plural = _("outside links")
        indexes = [
            models.Index(fields=["checked_at", "id"], name="hsec_outside_checked"),
            models.Index(fields=["state", "first_failed_at"], name="hsec_outside_state"),
        ]

    def __str__(self) -> str:
        return self.url


class OutsidePlace(models.Model):
    """A block of a page, or of a group of quick links, that links there."""

    link = models.ForeignKey(OutsideLink, models.CASCADE, related_name="places")
    page = models.ForeignKey(base_page_name(), models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(QuickLinksSnippet, models.CASCADE, null=True, related_name="+")
    block_id = models.CharField(max_length=36, blank=True)

    # To link out of the site from a page is no use of the page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("place of an outside link")
        verbose_name_plural = _("places of outside links")

    def __str__(self) -> str:
        return self.block_id
