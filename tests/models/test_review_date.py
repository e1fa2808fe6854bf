"""The day on which editors look at a page again: theirs alone, and lost by nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from django.urls import reverse

from hsec_wagtail.importer import service
from hsec_wagtail.models import ForumPage, ImportRun, SectionPage
from tests import factories as make
from tests.importer import samples
from tests.importer.editing import edit

DAY = date(2031, 5, 4)


@pytest.fixture
def imported(home, tmp_path):
    """Return a page that was imported, with a day that an editor set since."""
    service.run(samples.write(tmp_path, samples.section()))
    return edit(ForumPage.objects.get(slug="council-of-the-north"), review_on=DAY)


def again(tmp_path, title: str) -> Any:
    document = samples.section()
    document["page"]["children"][0]["title"] = title
    return service.run(samples.write(tmp_path, document))


def test_another_import_keeps_the_day(imported, tmp_path):
    again(tmp_path, "Council of the Far North")

    page = ForumPage.objects.get(pk=imported.pk)
    assert (page.title, page.review_on) == ("Council of the Far North", DAY)
    assert page.get_latest_revision_as_object().review_on == DAY


def test_undo_of_a_later_import_keeps_the_day(imported, tmp_path):
    report = again(tmp_path, "Council of the Far North")

    service.undo(report.run)

    page = ForumPage.objects.get(pk=imported.pk)
    assert (page.title, page.review_on) == (imported.title, DAY)


def test_undo_does_not_delete_a_page_with_a_day_of_an_editor(imported):
    outcomes = service.undo(ImportRun.objects.get())

    kept = [one.title for one in outcomes if one.outcome == "kept"]
    assert imported.title in kept
    assert ForumPage.objects.get(pk=imported.pk).review_on == DAY


def test_an_export_names_the_day_that_it_leaves_out(imported):
    section = SectionPage.objects.get()

    (found,) = service.export(section)

    said = [str(note) for note in found.warnings]
    assert [one for one in said if "review_on: '2031-05-04' is left out" in one]


def test_a_copy_and_a_translation_have_the_day(home, french):
    section = make.section_page(home, review_on=DAY)
    home.copy_for_translation(french)

    copied = section.copy(update_attrs={"slug": "copy"})
    translated = section.copy_for_translation(french)

    assert (copied.review_on, translated.review_on) == (DAY, DAY)


def test_readers_are_not_told_the_day(client, home):
    page = make.section_page(home, review_on=DAY)

    assert "review_on" not in {field.name for field in page.api_fields}
    assert "2031" not in client.get(page.get_url()).content.decode()


def test_editors_are_asked_for_the_day(client, superuser, home):
    page = make.section_page(home)
    client.force_login(superuser)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert 'name="review_on"' in html
