from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custom_base", "0005_trail")]

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
        for page in ("policysection", "forum", "topic", "policy")
    ]
