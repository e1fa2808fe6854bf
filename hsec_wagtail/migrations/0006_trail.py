"""The names of the pages above a section where it was found; a site that has its own section page has its own field."""

import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0005_register")]

    operations = [
        migrations.AddField(
            model_name="sectionpage",
            name="trail",
            field=models.TextField(
                blank=True,
                help_text="Names of the pages above this one where it was found, a line each, the outermost first. Shown in the breadcrumb as text, unless a page above has the name.",
                verbose_name="trail",
            ),
        ),
    ]
