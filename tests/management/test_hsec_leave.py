"""What ``hsec_leave`` takes along, and what it leaves."""

import pytest

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from wagtail.models import PageLogEntry

from hsec_wagtail.importer import service
from hsec_wagtail.models import ImportItem, ImportRun, QuickLinksSnippet, SectionPage
from tests.importer import samples

pytestmark = pytest.mark.django_db

#: More than a database takes as one expression.
MANY = 1_200


@pytest.fixture
def redirects(home):
    """Return the redirect model, with one redirect that an editor made and many that an import made."""
    model = apps.get_model("wagtailredirects", "Redirect")
    model.objects.create(old_path="/by-hand", redirect_link="/")
    model.objects.bulk_create(
        model(old_path=f"/{number}", redirect_link="/") for number in range(MANY)
    )
    run = ImportRun.objects.create(source_name="a")
    kind = ContentType.objects.get_for_model(model)
    ImportItem.objects.bulk_create(
        ImportItem(
            run=run, position=number, content_type=kind, object_id=str(one.pk), key=one.old_path,
            action="create", language="en", title=one.old_path, written={"old_path": one.old_path},
        )
        for number, one in enumerate(model.objects.exclude(old_path="/by-hand"))
    )  # fmt: skip
    return model


def test_redirects_made_by_imports_are_removed_and_no_others(redirects, capsys):
    # A database may give the id of a deleted redirect to a new one.
    redirects.objects.filter(old_path="/7").update(old_path="/made-since")

    call_command("hsec_leave", "--noinput")

    assert f"{MANY - 1:>7}  redirects made by imports" in capsys.readouterr().out
    assert set(redirects.objects.values_list("old_path", flat=True)) == {"/by-hand", "/made-since"}


def test_nothing_is_removed_without_being_asked_to(redirects):
    call_command("hsec_leave")

    assert redirects.objects.count() == MANY + 1


def test_nothing_is_removed_while_pages_stand(home, tmp_path, redirects):
    service.run(samples.write(tmp_path, samples.section()))

    with pytest.raises(CommandError, match="pages of our types exist: 'Security abroad'"):
        call_command("hsec_leave", "--noinput")

    assert SectionPage.objects.exists()
    assert redirects.objects.count() > MANY


def test_log_entries_of_pages_that_are_gone_are_removed(home, tmp_path):
    run = service.run(samples.write(tmp_path, samples.section())).run
    service.undo(run or 0)
    ours = PageLogEntry.objects.filter(content_type__app_label="hsec_wagtail")
    assert ours.exists()

    call_command("hsec_leave", "--noinput")

    assert not ours.exists()
    assert not QuickLinksSnippet.objects.exists()
