"""Runs of the importer: what was written, by whom, from which source; kept so that it can be undone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

import swapper

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import Model

__all__ = ["RECORD_FORMAT", "ImportItem", "ImportRun", "ImportSource"]

#: Goes up when the JSON of a run, its sources or its items is stored in another form; see
#: docs/reference/stored-runs.md. A migration brings older runs to it.
RECORD_FORMAT = 1


class ImportRun(models.Model):
    """One import that was applied, or begun."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")
        UNDONE = "undone", _("undone")
        PARTLY_UNDONE = "partly_undone", _("partly undone")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.RUNNING
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    #: The form of the JSON of the run, its sources and its items.
    record_format = models.PositiveSmallIntegerField(
        _("format of the record"), default=RECORD_FORMAT, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: Kept when the parent is deleted, so that the history stays readable.
    parent = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("parent page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source_name = models.CharField(_("source"), max_length=255)
    source_sha256 = models.CharField(_("SHA-256 of the source"), max_length=64, blank=True)
    reader = models.CharField(_("reader"), max_length=50, blank=True)
    profile = models.CharField(_("profile"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=100, blank=True)
    #: The options that were given: draft, allow_loss and so on.
    options = models.JSONField(_("options"), default=dict, blank=True)
    #: The report as --json prints it, its messages with their codes, except items and sources, which have rows.
    report = models.JSONField(_("report"), default=dict, blank=True)
    #: Why it failed: a message with its code.
    message = models.JSONField(_("message"), default=dict, blank=True)
    created_count = models.PositiveIntegerField(_("created"), default=0)
    updated_count = models.PositiveIntegerField(_("updated"), default=0)
    merged_count = models.PositiveIntegerField(_("merged"), default=0)
    conflict_count = models.PositiveIntegerField(_("with conflicts"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    kept_count = models.PositiveIntegerField(_("left alone"), default=0)
    gone_count = models.PositiveIntegerField(_("gone at the source"), default=0)

    # A record of the past is no use of the page it names.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at", "-pk"]
        permissions = [("run_import", _("Can import a section and undo an import"))]

    def __str__(self) -> str:
        return f"{self.pk}: {self.source_name}"

    def result(self) -> str:
        """Return how many items were created, updated and so on, in words: "42 created, 1 with conflicts"."""
        fields = [one for one in self._meta.concrete_fields if one.name.endswith("_count")]
        counts = [(getattr(self, one.name), one.verbose_name) for one in fields]
        return ", ".join(f"{count} {label}" for count, label in counts if count)

    # The heading of the column in lists.
    result.short_description = _("Result")  # type: ignore[attr-defined]


class ImportSource(models.Model):
    """One source of a run as it was read: its visible text, to which the spans of the items refer."""

    run = models.ForeignKey(
        ImportRun, verbose_name=_("run"), on_delete=models.CASCADE, related_name="sources"
    )
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=255)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    format = models.CharField(_("format"), max_length=50, blank=True)
    profile = models.CharField(_("profile"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=100, blank=True)
    #: The visible text; empty for a document, which is its own source.
    text = models.TextField(_("text"), blank=True)
    #: What is no content, and why: [start, end, reason] by characters of the text, a reason with its code.
    chrome = models.JSONField(_("left out"), default=list, blank=True)
    #: The ledger in numbers, and what is unclaimed.
    ledger = models.JSONField(_("ledger"), default=dict, blank=True)
    #: Dates, unresolved links, images and warnings found in the source.
    notes = models.JSONField(_("notes"), default=dict, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="hsec_source_position")
        ]

    def __str__(self) -> str:
        return self.name


class ImportItemQuerySet(models.QuerySet["ImportItem"]):
    """Items of one run or of many."""

    def applied(self) -> Self:
        """Return the items that wrote what the source has, as far as editors left it, and were not undone."""
        actions = ImportItem.Action
        wrote = [actions.CREATE, actions.UPDATE, actions.MERGE, actions.CONFLICT]
        return self.filter(undone=False, action__in=wrote)


class ImportItem(models.Model):
    """The effect of a run on one page, snippet or redirect, with the fields that it wrote.

    A run keeps no item for what it found unchanged, only their number.
    """

    class Action(models.TextChoices):
        CREATE = "create", _("created")
        UPDATE = "update", _("updated")
        MERGE = "merge", _("merged")
        CONFLICT = "conflict", _("with conflicts")
        KEEP = "keep", _("left alone")
        GONE = "gone", _("gone at the source")

    run = models.ForeignKey(
        ImportRun, verbose_name=_("run"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveIntegerField(_("position"))
    action = models.CharField(_("action"), max_length=20, choices=Action.choices)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("type"), on_delete=models.CASCADE, related_name="+"
    )
    #: As text, since a site's snippets may have any kind of key.
    object_id = models.CharField(_("object"), max_length=255)
    #: Identifies the source that this one is a copy of, copy after copy.
    source_key = models.CharField(_("source key"), max_length=255, blank=True)
    #: Names the item within its source, run after run.
    key = models.CharField(_("key"), max_length=255)
    language = models.CharField(_("language"), max_length=100)
    #: Place of the parent page in the tree when the run was applied; part of an item's identity.
    parent_id = models.CharField(_("parent page"), max_length=255, blank=True)
    title = models.CharField(_("title"), max_length=255)
    source = models.ForeignKey(
        ImportSource,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    #: Where in the text of the source each part stands: content path -> [start, end].
    spans = models.JSONField(_("spans"), default=dict, blank=True)
    #: Of the fields as the source had them; items with the same hash are not compared further.
    fields_sha256 = models.CharField(_("SHA-256 of the fields"), max_length=64, blank=True)
    #: Changes of the run, field by field and block by block; their labels are stored as steps.
    differences = models.JSONField(_("differences"), default=list, blank=True)
    #: Parts that both the source and an editor had changed.
    conflicts = models.JSONField(_("conflicts"), default=list, blank=True)
    #: The fields as the source had them: the base against which a later run compares.
    written = models.JSONField(_("written"), default=dict, blank=True)
    revision_before = models.PositiveBigIntegerField(_("revision before"), null=True, blank=True)
    revision_after = models.PositiveBigIntegerField(_("revision after"), null=True, blank=True)
    undone = models.BooleanField(_("undone"), default=False)
    #: What a person should know of it: messages with their codes.
    notes = models.JSONField(_("notes"), default=list, blank=True)

    objects = ImportItemQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        ordering = ["run", "position"]
        indexes = [
            models.Index(fields=["parent_id", "source_key", "language"], name="hsec_item_identity"),
            models.Index(fields=["run", "position"], name="hsec_item_position"),
            models.Index(fields=["content_type", "object_id"], name="hsec_item_object"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_object(self) -> Model | None:
        """Return the page or snippet, or None when it is gone."""
        model = self.content_type.model_class()
        return model._default_manager.filter(pk=self.object_id).first() if model else None
