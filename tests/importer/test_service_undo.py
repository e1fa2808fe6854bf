"""A run can be undone."""

from __future__ import annotations

import pytest

from wagtail.models import (
    Locale,
    Page,
)

from hsec_wagtail.importer import service
from hsec_wagtail.importer.errors import UndoError
from hsec_wagtail.models import (
    ForumPage,
    ImportRun,
    QuickLinksSnippet,
    SectionPage,
    TopicPage,
)
from tests.importer import samples
from tests.importer.editing import edit, rows_of_others

pytestmark = pytest.mark.django_db


def test_undo_leaves_the_site_as_it_was(home, french, tmp_path):
    home.add_child(instance=Page(title="About", slug="about"))
    before = rows_of_others()
    report = service.run("human-security")
    assert report.run is not None

    outcomes = service.undo(report.run)

    assert {outcome.outcome for outcome in outcomes} == {"deleted"}
    assert rows_of_others() == before
    assert not QuickLinksSnippet.objects.exists()
    assert not SectionPage.objects.exists()


def test_an_undone_run_can_be_run_again(home, sample):
    first = service.run(sample)
    service.undo(first.run or 0)

    second = service.run(sample)

    assert second.counts["create"] == first.counts["create"]


def test_undo_leaves_and_names_what_was_edited_since(home, sample):
    report = service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")

    outcomes = service.undo(report.run or 0)

    kept = {outcome.title: str(outcome.reason) for outcome in outcomes if outcome.outcome == "kept"}
    assert kept == {
        "Alliance": "It was edited after the import.",
        "Security abroad": "Below it there are pages that stay: The Alliance.",
    }
    assert ForumPage.objects.get().title == "The Alliance"
    assert ImportRun.objects.get().status == ImportRun.Status.PARTLY_UNDONE


def test_undo_leaves_what_others_link_to(home, sample):
    report = service.run(sample)
    topic = TopicPage.objects.get()
    QuickLinksSnippet.objects.create(
        heading="Mine",
        slug="mine",
        locale=Locale.get_default(),
        links=[("link", {"label": "Peace", "page": topic, "url": ""})],
    )

    outcomes = service.undo(report.run or 0)

    assert "Others link to it: Mine." in {str(outcome.reason) for outcome in outcomes}
    assert TopicPage.objects.exists()


def test_undo_restores_what_a_run_changed(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    second = service.run(samples.write(tmp_path, document, "changed.json"))

    service.undo(second.run or 0)

    assert ForumPage.objects.get(slug="alliance").title == "Alliance"
    assert service.run(sample).run is None


def test_a_run_is_undone_once(home, sample):
    report = service.run(sample)
    service.undo(report.run or 0)

    with pytest.raises(UndoError, match=r"Run \d+ is undone; there is nothing to undo\."):
        service.undo(report.run or 0)


def test_an_unknown_run_is_refused(home):
    with pytest.raises(UndoError, match=r"There is no run 99\. See them with: hsec_runs"):
        service.undo(99)
