import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("wagtailcore", "0094_alter_page_locale")]

    operations = [
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("heading", models.CharField(blank=True, max_length=255, verbose_name="heading")),
                ("lead", models.TextField(blank=True, verbose_name="lead")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="body")),
            ],
            options={"verbose_name": "home page", "verbose_name_plural": "home pages"},
            bases=("wagtailcore.page",),
        ),
    ]
