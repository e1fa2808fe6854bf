"""A second import: what the source changed, what editors changed, and both."""

from __future__ import annotations

from typing import Any

import pytest

from wagtail.models import (
    Comment,
    Page,
    PageLogEntry,
    Revision,
)

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.job import Job
from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import (
    ForumPage,
    ImportItem,
    ImportRun,
    ImportSource,
    QuickLinksSnippet,
    SectionPage,
)
from tests.importer import samples
from tests.importer.editing import edit

pytestmark = pytest.mark.django_db


def test_a_second_import_writes_nothing(home, sample):
    service.run(sample)
    revisions, runs = Revision.objects.count(), ImportRun.objects.count()
    logs = PageLogEntry.objects.count()

    report = service.run(sample)

    assert report.run is None
    assert {item.action for item in report.items} == {"unchanged"}
    assert (Revision.objects.count(), ImportRun.objects.count()) == (revisions, runs)
    assert PageLogEntry.objects.count() == logs


def test_an_import_that_another_one_forestalled_writes_nothing(home, sample, monkeypatch):
    record = Job._record

    def record_and_wait(job: Job, options: dict[str, Any]) -> ImportRun:
        """Record the run; before it gets the lock, another import of the same source has it."""
        monkeypatch.undo()
        mine = record(job, options)
        service.run(sample)
        return mine

    monkeypatch.setattr(Job, "_record", record_and_wait)
    told: list[ImportRun] = []

    report = service.run(sample, on_written=lambda run, _: told.append(run))

    assert report.run is None
    assert {item.action for item in report.items} == {"unchanged"}
    assert [run.status for run in ImportRun.objects.all()] == [ImportRun.Status.DONE]
    assert told == []


def test_only_what_the_source_changed_is_written(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][0]["body"][0]["html"] = "<p>The council meets each autumn.</p>"

    report = service.run(samples.write(tmp_path, document))

    assert [(item.title, item.changes) for item in report.items if item.action == "update"] == [
        ("Council of the North", ("body",))
    ]
    assert "autumn" in str(ForumPage.objects.get(slug="council-of-the-north").body[0].value)


def test_block_ids_stay_from_run_to_run(home, sample, tmp_path):
    service.run(sample)
    before = [block.id for block in ForumPage.objects.get(slug="council-of-the-north").body]
    document = samples.section()
    document["page"]["children"][0]["body"][0]["html"] = "<p>The council meets each autumn.</p>"

    service.run(samples.write(tmp_path, document))

    assert [block.id for block in ForumPage.objects.get(slug="council-of-the-north").body] == before


def test_what_an_editor_changed_stays(home, sample, tmp_path):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document))

    (item,) = (item for item in report.items if item.action == "conflict")
    assert (item.title, [conflict.path for conflict in item.conflicts]) == (
        "Grand Alliance",
        ["title"],
    )
    assert ForumPage.objects.get(slug="alliance").title == "The Alliance"


def test_what_both_changed_in_different_places_is_merged_and_published(home, sample, tmp_path):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), lead="<p>By hand.</p>")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document))

    page = ForumPage.objects.get(slug="alliance")
    assert report.counts["merge"] == 1
    assert (page.title, page.lead) == ("Grand Alliance", "<p>By hand.</p>")


def test_a_conflict_is_left_until_the_source_s_text_is_asked_for(home, sample, tmp_path):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    changed = samples.write(tmp_path, document)
    service.run(changed)

    again = service.run(changed)
    taken = service.run(changed, options=ImportOptions(on_conflict="theirs"))
    settled = service.run(changed)

    assert (again.conflicts, again.run) == (1, None)
    assert (taken.conflicts, ForumPage.objects.get(slug="alliance").title) == (0, "Grand Alliance")
    assert (settled.conflicts, settled.run) == (0, None)


def test_the_source_s_text_may_go_into_a_draft(home, sample, tmp_path):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(
        samples.write(tmp_path, document), options=ImportOptions(on_conflict="draft")
    )

    page = ForumPage.objects.get(slug="alliance")
    assert (report.conflicts, page.title) == (1, "The Alliance")
    assert page.get_latest_revision_as_object().title == "Grand Alliance"


def test_a_conflict_is_a_comment_beside_what_both_changed(home, sample, superuser, tmp_path):
    service.run(sample)
    page = edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    run = service.run(samples.write(tmp_path, document), options=ImportOptions(user=superuser)).run

    (comment,) = Comment.objects.all()
    assert (comment.page_id, comment.contentpath, comment.user) == (page.pk, "title", superuser)
    assert "Grand Alliance" in comment.text
    service.undo(run or 0)
    assert not Comment.objects.exists()


def test_what_the_source_no_longer_has_is_named_and_stays(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["quick_links"] = []
    document["page"]["title"] = "Security everywhere"

    report = service.run(samples.write(tmp_path, document))

    assert [item.key for item in report.items if item.action == "gone"] == ["security/links/agenda"]
    assert QuickLinksSnippet.objects.filter(heading="Agenda").exists()


def test_the_words_of_a_text_capture_are_kept_with_the_run(home, tmp_path):
    capture = tmp_path / "capture.txt"
    capture.write_text("Peace abroad\n\nThe department works for peace.\n", encoding="utf-8")

    run = service.run(capture).run

    source = ImportSource.objects.get(run=run)
    item = ImportItem.objects.get(run=run)
    assert (source.name, source.text) == (str(capture), capture.read_text(encoding="utf-8"))
    assert {path: source.text[slice(*span)] for path, span in item.spans.items()} == {
        "title": "Peace abroad",
        "lead": "The department works for peace.",
    }


def test_an_editor_s_draft_stays_too(home, sample, tmp_path):
    service.run(sample)
    page = ForumPage.objects.get(slug="alliance")
    page.title = "Draft of an editor"
    page.save_revision()
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    service.run(samples.write(tmp_path, document))

    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Draft of an editor"


def test_an_editor_s_change_stays_where_the_source_did_not_change(home, sample):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")

    report = service.run(sample)

    assert report.run is None
    assert ForumPage.objects.get(slug="alliance").title == "The Alliance"


def test_what_an_editor_deleted_is_not_made_again(home, sample):
    service.run(sample)
    ForumPage.objects.get(slug="alliance").delete()

    report = service.run(sample)

    assert report.run is None
    assert not ForumPage.objects.filter(slug="alliance").exists()


def test_saving_a_page_in_the_editor_s_form_is_no_change(home, sample, admin_client, tmp_path):
    """Draftail writes a key to every block of rich text, and forms "" for None."""
    service.run(sample)
    page = ForumPage.objects.get(slug="council-of-the-north")
    page.body.raw_data[0]["value"] = '<p data-block-key="x1y2z">The council meets each spring.</p>'
    page.save_revision().publish()
    document = samples.section()
    document["page"]["children"][0]["title"] = "Council of the Far North"

    report = service.run(samples.write(tmp_path, document))

    assert [item.title for item in report.items if item.action == "update"] == [
        "Council of the Far North"
    ]


def test_a_page_of_another_type_than_in_the_source_stays_as_it_is(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1].update(type="policy", title="Grand Alliance")

    report = service.run(samples.write(tmp_path, document))

    assert [said(item.notes) for item in report.items if item.action == "keep"] == [
        ["It is a forum page here and a policy page in the source; a page cannot change its type."]
    ]
    assert ForumPage.objects.filter(slug="alliance", title="Alliance").exists()


def test_a_new_page_comes_below_one_that_is_there(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][0]["children"] = [
        {"type": "policy", "key": "budget", "title": "Budget"},
        {"type": "policy", "key": "staff", "title": "Staff"},
    ]

    report = service.run(samples.write(tmp_path, document))

    forum = ForumPage.objects.get(slug="council-of-the-north")
    assert [child.title for child in forum.get_children()] == ["Budget", "Staff"]
    assert report.counts["create"] == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_translation_joins_what_an_earlier_run_made(home, french, tmp_path):
    english = samples.write(tmp_path, samples.section(), "en.json")
    service.run(english)

    service.run([english, samples.write(tmp_path, samples.french(), "fr.json")])

    assert SectionPage.objects.get(locale=home.locale).get_translation(french) is not None
