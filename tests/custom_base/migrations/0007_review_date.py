from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custom_base", "0006_expected")]

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
        for page in ("policysection", "forum", "topic", "policy")
    ]
