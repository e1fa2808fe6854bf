"""Messages as codes with their values, said in the language of who reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0002_import_sources")]

    operations = [
        migrations.RemoveField(model_name="importrun", name="message"),
        migrations.AddField(
            model_name="importrun",
            name="message",
            field=models.JSONField(blank=True, default=dict, verbose_name="message"),
        ),
        migrations.RemoveField(model_name="importitem", name="message"),
        migrations.AddField(
            model_name="importitem",
            name="notes",
            field=models.JSONField(blank=True, default=list, verbose_name="notes"),
        ),
    ]
