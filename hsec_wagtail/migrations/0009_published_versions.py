"""The public history of pages; hsec_register --rebuild begins it for pages that are there already."""

import uuid

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


def page_of_any_time(**kwargs):
    return models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=BASE_PAGE,
        **kwargs,
    )


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0008_expected_of_drafts")]

    operations = [
        migrations.CreateModel(
            name="PublishedVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("changed", "Changed"),
                            ("minor", "Corrected"),
                            ("withdrawn", "Withdrawn"),
                            ("private", "Withdrawn without a name"),
                        ],
                        max_length=20,
                    ),
                ),
                ("listed", models.BooleanField(default=False)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("changed", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("content", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("page", page_of_any_time()),
                ("parent", page_of_any_time(null=True)),
                ("section", page_of_any_time(null=True)),
            ],
            options={
                "verbose_name": "published version",
                "verbose_name_plural": "published versions",
                "indexes": [
                    models.Index(fields=["page", "at"], name="hsec_version_page"),
                    models.Index(fields=["parent", "at"], name="hsec_version_parent"),
                    models.Index(
                        fields=["section", "listed", "-at", "-id"], name="hsec_version_listed"
                    ),
                ],
            },
        ),
    ]
