"""The public history of pages: what everybody could read, from when until when."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.page_models import base_page_name

__all__ = ["PublishedVersion"]


def _page_of_any_time(**kwargs: Any) -> models.ForeignKey[Any, Any]:
    """Return a reference to a page that stays when the page is deleted, as those of log entries do."""
    return models.ForeignKey(
        base_page_name(), models.DO_NOTHING, db_constraint=False, related_name="+", **kwargs
    )


class PublishedVersion(models.Model):
    """The public state of a page from a moment on: what it said then, or that it was withdrawn.

    Nothing is kept of drafts, nor of what stood on a page while not everybody could read it. When a page is deleted,
    what it said is deleted with it.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        #: An editor, or the source of an import, gave another day of change.
        CHANGED = "changed", _("Changed")
        #: Another wording, title or place without a new day of change.
        MINOR = "minor", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        #: Not everybody may read it any more: nothing else is said of it.
        PRIVATE = "private", _("Withdrawn without a name")

    page = _page_of_any_time()
    #: The page above it at that time; of a deleted page the nearest one above it that is left.
    parent = _page_of_any_time(null=True)
    #: The nearest section at or above the page today, or when it was deleted.
    section = _page_of_any_time(null=True)
    uid = models.UUIDField(default=uuid4, unique=True)
    at = models.DateTimeField()
    #: When the next one began; none as long as it is the last one.
    until = models.DateTimeField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    #: Whether lists of changes have it: those that matter to readers, of pages that everybody may read today.
    listed = models.BooleanField(default=False)
    title = models.CharField(max_length=255, blank=True)
    changed = models.DateField(null=True)
    note = models.TextField(blank=True)
    #: Values of the page's own fields; none of a page that is withdrawn.
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        indexes = [
            models.Index(fields=["page", "at"], name="hsec_version_page"),
            models.Index(fields=["parent", "at"], name="hsec_version_parent"),
            models.Index(fields=["section", "listed", "-at", "-id"], name="hsec_version_listed"),
        ]

    #: Kinds whose rows say what stood on the page.
    SHOWN = (Kind.PUBLISHED, Kind.CHANGED, Kind.MINOR)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.kind} {self.at}"

    @property
    def is_shown(self) -> bool:
        """Return whether the page could be read by everybody from then on."""
        return self.kind in self.SHOWN
