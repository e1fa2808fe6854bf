"""A draft may hold any text for the date when a page is expected: forms check it, the model does not; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0007_moved_parts")]

    operations = [
        migrations.AlterField(
            model_name=page,
            name="expected",
            field=models.CharField(
                blank=True,
                help_text="For an announced page: when it is expected, as 2004, 2004-04 or 2004-04-30.",
                max_length=50,
                verbose_name="expected",
            ),
        )
        for page in ("sectionpage", "forumpage", "topicpage", "policypage")
    ]
