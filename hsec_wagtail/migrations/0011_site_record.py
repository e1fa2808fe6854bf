"""Settings of sites about their records."""

import django.core.validators
import django.db.models.deletion
import hsec_wagtail.models.site_record
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hsec_wagtail", "0010_membership_status"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteRecordSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation_kind",
                    models.CharField(
                        choices=[
                            ("GovernmentOrganization", "part of a government"),
                            ("Organization", "another organisation"),
                        ],
                        default="GovernmentOrganization",
                        max_length=30,
                        verbose_name="kind of organisation",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hsec_record_settings",
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "public record",
                "verbose_name_plural": "public records",
            },
        ),
        migrations.CreateModel(
            name="SiteRecordWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        help_text="Who publishes the pages. Empty: the name of the site.",
                        max_length=255,
                        verbose_name="organisation",
                    ),
                ),
                ("licence", models.CharField(blank=True, max_length=255, verbose_name="licence")),
                (
                    "licence_url",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address of the licence",
                    ),
                ),
                (
                    "report_address",
                    models.CharField(
                        blank=True,
                        help_text="An e-mail address or a web page where readers report a problem. Empty: no link is shown.",
                        max_length=500,
                        validators=[hsec_wagtail.models.site_record.validate_report_address],
                        verbose_name="address for reports",
                    ),
                ),
                (
                    "archive_notice",
                    models.TextField(
                        blank=True,
                        help_text="Shown at the top of every page of an archived section. Empty: our own words.",
                        verbose_name="words on archived pages",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
                (
                    "record",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="hsec_wagtail.siterecordsettings",
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a public record",
                "verbose_name_plural": "words of public records",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "locale"),
                        name="hsec_record_words_locale",
                        violation_error_message="Each language can be there once.",
                    )
                ],
            },
        ),
    ]
