"""Slugs of quick links are per site."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0094_alter_page_locale"),
        ("hsec_wagtail", "0004_keep_pages"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="quicklinkssnippet", name="hsec_quick_links_slug"),
        migrations.AddField(
            model_name="quicklinkssnippet",
            name="site",
            field=models.ForeignKey(
                blank=True,
                help_text="The site whose templates show this group by its slug. Empty: all sites.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtailcore.site",
                verbose_name="site",
            ),
        ),
        migrations.AddConstraint(
            model_name="quicklinkssnippet",
            constraint=models.UniqueConstraint(
                fields=("locale", "site", "slug"), name="hsec_quick_links_slug_of_site"
            ),
        ),
        migrations.AddConstraint(
            model_name="quicklinkssnippet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("site__isnull", True)),
                fields=("locale", "slug"),
                name="hsec_quick_links_slug_of_all",
            ),
        ),
    ]
