"""The first tables.

Finished by hand, so that it runs on Wagtail 7.4 as on 8.0, and on a site with a base page model of its own:
page types name Wagtail's page as their parent, foreign keys name the site's, and the dependency is the
last migration of Wagtail's page that all supported versions have.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import django.db.models.deletion
import swapper
import wagtail.fields
import wagtail.models.preview
import wagtail.search.index
from django.conf import settings
from django.db import migrations, models

import hsec_wagtail.models.fields

swapper.set_app_prefix("wagtailcore", "wagtail")
swapper.set_app_prefix("hsec_wagtail", "hsec")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


def page_type(
    name: str,
    verbose_name: str,
    verbose_name_plural: str,
    more_fields: Sequence[tuple[str, Any]] = (),
) -> migrations.CreateModel:
    """Return the operation that creates one page type; all share the fields of HsecPageMixin."""
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "page_ptr",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    parent_link=True,
                    primary_key=True,
                    # A site may have page types of the same names.
                    related_name=f"hsec_{name.lower()}",
                    serialize=False,
                    to="wagtailcore.page",
                ),
            ),
            (
                "lead",
                wagtail.fields.RichTextField(
                    blank=True,
                    help_text="One paragraph that says what the page is about.",
                    verbose_name="lead",
                ),
            ),
            ("body", hsec_wagtail.models.fields.BodyField(blank=True, verbose_name="body")),
            (
                "status",
                models.CharField(
                    choices=[
                        ("announced", "announced (coming soon)"),
                        ("active", "active"),
                        ("dormant", "dormant"),
                        ("ended", "ended (historical)"),
                    ],
                    default="active",
                    max_length=20,
                    verbose_name="status",
                ),
            ),
            (
                "expected",
                models.CharField(
                    blank=True,
                    help_text="For an announced page: when it is expected, as 2004, 2004-04 or 2004-04-30.",
                    max_length=50,
                    validators=[hsec_wagtail.models.fields.validate_edtf],
                    verbose_name="expected",
                ),
            ),
            (
                "anchor",
                models.SlugField(
                    allow_unicode=True,
                    blank=True,
                    db_index=False,
                    help_text="Name of this page's place on the page of its section: the part of the address after #. Made from the title if left empty; links to an earlier anchor go on working.",
                    max_length=100,
                    verbose_name="anchor",
                ),
            ),
            (
                "anchor_aliases",
                models.JSONField(
                    blank=True, default=list, editable=False, verbose_name="earlier anchors"
                ),
            ),
            (
                "changed",
                models.DateField(
                    blank=True,
                    help_text="Day of the last change that matters to readers; not of corrections of spelling.",
                    null=True,
                    verbose_name="date modified",
                ),
            ),
            (
                "change_note",
                models.TextField(
                    blank=True,
                    help_text="What changed on that day, in public words.",
                    verbose_name="change note",
                ),
            ),
            *more_fields,
        ],
        options={
            "verbose_name": verbose_name,
            "verbose_name_plural": verbose_name_plural,
            "swappable": swapper.swappable_setting("hsec_wagtail", name),
        },
        bases=("wagtailcore.page", models.Model),
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
        swapper.dependency("wagtailcore", "Page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        page_type(
            "ForumPage",
            "forum page",
            "forum pages",
            [
                (
                    "short_name",
                    models.CharField(
                        blank=True,
                        help_text="For example UN; the anchor is made from it.",
                        max_length=255,
                        verbose_name="short name",
                    ),
                )
            ],
        ),
        page_type("PolicyPage", "policy page", "policy pages"),
        page_type(
            "SectionPage",
            "section page",
            "section pages",
            [
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("full", "all forums in full, with jump links"),
                            ("cards", "a list of cards"),
                        ],
                        default="full",
                        help_text="How the forums of this section are shown.",
                        max_length=20,
                        verbose_name="layout",
                    ),
                )
            ],
        ),
        page_type("TopicPage", "topic page", "topic pages"),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("undone", "undone"),
                            ("partly_undone", "partly undone"),
                        ],
                        default="running",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="started"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="undone at"),
                ),
                ("source_name", models.CharField(max_length=255, verbose_name="source")),
                (
                    "source_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="SHA-256 of the source"
                    ),
                ),
                ("reader", models.CharField(blank=True, max_length=50, verbose_name="reader")),
                ("profile", models.CharField(blank=True, max_length=255, verbose_name="profile")),
                ("language", models.CharField(blank=True, max_length=100, verbose_name="language")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("report", models.JSONField(blank=True, default=dict, verbose_name="report")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("created_count", models.PositiveIntegerField(default=0, verbose_name="created")),
                ("updated_count", models.PositiveIntegerField(default=0, verbose_name="updated")),
                (
                    "unchanged_count",
                    models.PositiveIntegerField(default=0, verbose_name="unchanged"),
                ),
                (
                    "kept_count",
                    models.PositiveIntegerField(default=0, verbose_name="kept as edited"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=BASE_PAGE,
                        verbose_name="parent page",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "import run",
                "verbose_name_plural": "import runs",
                "ordering": ["-started_at", "-pk"],
                "permissions": [("run_import", "Can import a section and undo an import")],
            },
        ),
        migrations.CreateModel(
            name="ImportItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("create", "created"),
                            ("update", "updated"),
                            ("unchanged", "unchanged"),
                            ("keep", "kept as edited"),
                        ],
                        max_length=20,
                        verbose_name="action",
                    ),
                ),
                ("object_id", models.CharField(max_length=255, verbose_name="object")),
                (
                    "source_key",
                    models.CharField(blank=True, max_length=255, verbose_name="source key"),
                ),
                ("key", models.CharField(max_length=255, verbose_name="key")),
                ("language", models.CharField(max_length=100, verbose_name="language")),
                (
                    "parent_id",
                    models.CharField(blank=True, max_length=255, verbose_name="parent page"),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("written", models.JSONField(blank=True, default=dict, verbose_name="written")),
                (
                    "written_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="SHA-256 of what was written"
                    ),
                ),
                (
                    "revision_before",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="revision before"
                    ),
                ),
                (
                    "revision_after",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="revision after"
                    ),
                ),
                ("undone", models.BooleanField(default=False, verbose_name="undone")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="type",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="hsec_wagtail.importrun",
                        verbose_name="run",
                    ),
                ),
            ],
            options={
                "verbose_name": "imported item",
                "verbose_name_plural": "imported items",
                "ordering": ["run", "position"],
                "indexes": [
                    models.Index(
                        fields=["parent_id", "source_key", "language"], name="hsec_item_identity"
                    ),
                    models.Index(fields=["content_type", "object_id"], name="hsec_item_object"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuickLinksSnippet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                (
                    "locked",
                    models.BooleanField(default=False, editable=False, verbose_name="locked"),
                ),
                (
                    "locked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="locked at"),
                ),
                ("heading", models.CharField(blank=True, max_length=255, verbose_name="heading")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        blank=True,
                        help_text="The name by which a template shows this group, for example site-navigation. Made from the heading if left empty.",
                        max_length=100,
                        verbose_name="slug",
                    ),
                ),
                (
                    "sort_order",
                    models.IntegerField(
                        blank=True, default=0, editable=False, verbose_name="order"
                    ),
                ),
                ("links", hsec_wagtail.models.fields.BodyField(blank=True, verbose_name="links")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown beside this page, and beside the pages below it that have none of their own.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hsec_quick_links",
                        to=BASE_PAGE,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "quick links",
                "verbose_name_plural": "quick links",
                "ordering": ["sort_order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("locale", "slug"), name="hsec_quick_links_slug")
                ],
                "unique_together": {("translation_key", "locale")},
            },
            bases=(
                wagtail.models.preview.PreviewableMixin,
                wagtail.search.index.Indexed,
                models.Model,
            ),
        ),
    ]
