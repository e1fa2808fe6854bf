from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0009_published_versions")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="status",
            field=models.CharField(default="", max_length=20),
        ),
    ]
