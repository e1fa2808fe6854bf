"""A day on which editors look at a page again; none has one at first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0015_unresolved_links")]

    operations = [
        migrations.AddField(
            model_name=page,
            name="review_on",
            field=models.DateField(
                blank=True,
                db_index=True,
                help_text="Day on which somebody should look whether the page is still true. Only editors see it.",
                null=True,
                verbose_name="review on",
            ),
        )
        for page in ("sectionpage", "forumpage", "topicpage", "policypage")
    ]
