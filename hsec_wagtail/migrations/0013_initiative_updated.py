"""When an initiative last changed, for feeds; hsec_register --rebuild fills it for pages that are there already."""

from django.db import migrations, models

import hsec_wagtail.models.register


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0012_record_version")]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="updated",
            field=models.DateTimeField(default=hsec_wagtail.models.register.no_moment),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["section", "-updated"], name="hsec_initiative_updated"),
        ),
    ]
