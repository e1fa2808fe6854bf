"""Links out of the site: what became of them, and where they stand; hsec_check_links fills them."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0016_review_date")]

    operations = [
        migrations.CreateModel(
            name="OutsideLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.TextField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "not checked yet"),
                            ("works", "works"),
                            ("moved", "moved"),
                            ("uncertain", "cannot be told"),
                            ("broken", "broken"),
                            ("refused", "not asked for"),
                        ],
                        default="new",
                        max_length=20,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("target", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("first_failed_at", models.DateTimeField(null=True)),
                ("last_worked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "outside link",
                "verbose_name_plural": "outside links",
                "indexes": [
                    models.Index(fields=["checked_at", "id"], name="hsec_outside_checked"),
                    models.Index(fields=["state", "first_failed_at"], name="hsec_outside_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsidePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block_id", models.CharField(blank=True, max_length=36)),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="hsec_wagtail.quicklinkssnippet",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="hsec_wagtail.outsidelink",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=BASE_PAGE,
                    ),
                ),
            ],
            options={
                "verbose_name": "place of an outside link",
                "verbose_name_plural": "places of outside links",
            },
        ),
    ]
