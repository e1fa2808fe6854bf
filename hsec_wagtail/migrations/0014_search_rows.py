"""Rows that a search reads; hsec_register --rebuild fills them for pages that are there already."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0013_initiative_updated")]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(null=True)),
                ("language", models.CharField(max_length=100)),
                ("changed", models.DateField(null=True)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("text", models.TextField(blank=True)),
                ("folded", models.TextField()),
                ("digest", models.CharField(max_length=32)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="hsec_wagtail.initiative",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=BASE_PAGE
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.BigIntegerField()),
                ("term", models.CharField(max_length=48)),
                ("weight", models.PositiveIntegerField()),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="hsec_wagtail.searchrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["term", "section", "row", "weight"], name="hsec_search_term"
                    )
                ],
            },
        ),
    ]
