from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custom_base", "0004_page_types")]

    operations = [
        migrations.AddField(
            model_name="policysection",
            name="trail",
            field=models.TextField(
                blank=True,
                help_text="Names of the pages above this one where it was found, a line each, the outermost first. Shown in the breadcrumb as text, unless a page above has the name.",
                verbose_name="trail",
            ),
        ),
    ]
