"""The changes of what public pages show, by which unchanged answers are known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0011_site_record")]

    operations = [
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                ("token", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "change of what pages show",
                "verbose_name_plural": "changes of what pages show",
            },
        ),
    ]
