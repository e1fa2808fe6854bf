"""Backwards, the tables of pages are dropped; not as long as pages are in them.

It stays the last one: those after it would be undone before it refuses.
"""

import swapper
from django.core.management import CommandError
from django.db import migrations, models
from django.utils.translation import gettext

swapper.set_app_prefix("wagtailcore", "wagtail")

#: How many pages a refusal names.
MOST_NAMED = 10


def refuse_while_pages_stand(apps, schema_editor):
    """Stop a migration backwards that would drop the words of pages without a question.

    Page types that a site swapped for its own are in the site's tables, which stay.
    """
    if swapper.get_model_name("wagtailcore", "Page") != "wagtailcore.Page":
        return
    pages = apps.get_model("wagtailcore", "Page").objects.using(schema_editor.connection.alias)
    ours = pages.filter(content_type__app_label="hsec_wagtail").order_by("path")
    named = [f"'{title}' ({pk})" for pk, title in ours.values_list("pk", "title")[:MOST_NAMED]]
    if named:
        said = gettext(
            "%(count)d pages of hsec_wagtail are on this site, and their tables would be dropped: %(pages)s."
            " Nothing was changed. Export them with hsec_export, then delete them."
        )
        count = ours.count()
        listed = ", ".join([*named, "…"] if count > MOST_NAMED else named)
        raise CommandError(said % {"count": count, "pages": listed})


class Migration(migrations.Migration):
    dependencies = [("hsec_wagtail", "0017_outside_links")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="record_format",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, verbose_name="format of the record"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_while_pages_stand),
    ]
