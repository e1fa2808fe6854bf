"""Forums that moved to another section, and the section that each left."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0006_trail")]

    operations = [
        migrations.CreateModel(
            name="MovedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=BASE_PAGE
                    ),
                ),
            ],
            options={
                "verbose_name": "moved part",
                "verbose_name_plural": "moved parts",
            },
        ),
        migrations.AddConstraint(
            model_name="movedpart",
            constraint=models.UniqueConstraint(fields=("section", "page"), name="hsec_moved_part"),
        ),
    ]
