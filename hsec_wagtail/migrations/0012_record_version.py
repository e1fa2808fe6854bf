"""The changes of what public pages show, by which unchanged answers are known; and the sections of years and topics."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")
PARTS = ("InitiativeYear", "InitiativeTopic")


def tell_sections(apps, schema_editor):
    """Give years and topics the section of their initiative."""
    alias = schema_editor.connection.alias
    initiatives = apps.get_model("hsec_wagtail", "Initiative").objects
    section = initiatives.filter(pk=models.OuterRef("initiative")).values("section")
    for name in PARTS:
        parts = apps.get_model("hsec_wagtail", name).objects.using(alias)
        parts.update(section=models.Subquery(section))


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
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="section",
                field=models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to=BASE_PAGE,
                ),
            )
            for name in PARTS
        ),
        migrations.AddIndex(
            model_name="initiativetopic",
            index=models.Index(fields=["section", "topic"], name="hsec_topic_section"),
        ),
        migrations.AddIndex(
            model_name="initiativeyear",
            index=models.Index(fields=["section", "year"], name="hsec_year_section"),
        ),
        migrations.RunPython(tell_sections, migrations.RunPython.noop),
    ]
