"""The register of labels without a target; hsec_register --rebuild fills it for pages that are there already."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0014_search_rows")]

    operations = [
        migrations.CreateModel(
            name="UnresolvedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("block_id", models.CharField(blank=True, max_length=36)),
                ("language", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=255)),
                (
                    "forum",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=BASE_PAGE,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=BASE_PAGE
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=BASE_PAGE,
                    ),
                ),
            ],
            options={
                "verbose_name": "unresolved link",
                "verbose_name_plural": "unresolved links",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["page", "position"], name="hsec_unresolved_place"
                    )
                ],
            },
        ),
    ]
