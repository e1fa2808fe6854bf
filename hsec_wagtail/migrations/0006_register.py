"""The register of initiatives and memberships; hsec_register --rebuild fills it for pages that are there already."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [
        ("hsec_wagtail", "0005_quick_links_of_sites"),
    ]

    operations = [
        migrations.CreateModel(
            name="Initiative",
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
                ("html", models.TextField()),
                ("text", models.TextField()),
                ("status", models.CharField(max_length=20)),
                ("newest", models.PositiveIntegerField(default=0)),
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
                "verbose_name": "initiative",
                "verbose_name_plural": "initiatives",
            },
        ),
        migrations.CreateModel(
            name="InitiativeDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("edtf", models.CharField(max_length=64)),
                ("label", models.CharField(blank=True, max_length=255)),
                ("words", models.CharField(blank=True, max_length=255)),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("decade", "decade"),
                            ("century", "century"),
                            ("interval", "interval"),
                        ],
                        max_length=20,
                    ),
                ),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates",
                        to="hsec_wagtail.initiative",
                    ),
                ),
            ],
            options={
                "verbose_name": "date of an initiative",
                "verbose_name_plural": "dates of initiatives",
            },
        ),
        migrations.CreateModel(
            name="InitiativeTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="hsec_wagtail.initiative",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=BASE_PAGE
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InitiativeYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="years",
                        to="hsec_wagtail.initiative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("name", models.CharField(max_length=255)),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("observer", "Observer"),
                            ("associate", "Associate"),
                            ("partner", "Partner"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.CharField(blank=True, max_length=64)),
                ("until", models.CharField(blank=True, max_length=64)),
                ("since_earliest", models.DateField(null=True)),
                ("since_latest", models.DateField(null=True)),
                ("until_earliest", models.DateField(null=True)),
                ("until_latest", models.DateField(null=True)),
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
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["section", "-newest", "id"], name="hsec_initiative_newest"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                fields=["section", "forum", "-newest"], name="hsec_initiative_forum_new"
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["section", "status"], name="hsec_initiative_status"),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.UniqueConstraint(
                fields=("page", "position"), name="hsec_initiative_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativedate",
            constraint=models.UniqueConstraint(
                fields=("initiative", "position"), name="hsec_date_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativetopic",
            constraint=models.UniqueConstraint(
                fields=("topic", "initiative"), name="hsec_initiative_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativeyear",
            constraint=models.UniqueConstraint(
                fields=("year", "initiative"), name="hsec_initiative_year"
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["section", "forum"], name="hsec_membership_forum"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["section", "country"], name="hsec_membership_country"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("page", "position"), name="hsec_membership_place"
            ),
        ),
    ]
