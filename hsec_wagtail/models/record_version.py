"""The version of all that public pages show, by which an answer is known to be unchanged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["RecordVersion"]


class RecordVersion(models.Model):
    """A change of something that public pages show; ``hsec_wagtail.record.versions`` writes and reads the rows.

    A row each, not one that counts: nobody waits for the lock of another, and it comes with the
    transaction that made the change or not at all.
    """

    #: Nanoseconds since 1970 in 20 digits, and what makes it one of its own; ids would come again after a rollback.
    token = models.CharField(primary_key=True, max_length=40)

    class Meta:
        verbose_name = _("change of what pages show")
        verbose_name_plural = _("changes of what pages show")

    def __str__(self) -> str:
        return self.token
