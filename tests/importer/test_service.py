"""The one way in: what an import does to a site, and that it can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client

from wagtail.models import (
    Comment,
    GroupPagePermission,
    Locale,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import page_published

from hsec_wagtail.importer import service
from hsec_wagtail.importer.errors import ApplyError, PlanError, UndoError
from hsec_wagtail.importer.leaves import leaves
from hsec_wagtail.importer.words import words
from hsec_wagtail.models import (
    ForumPage,
    ImportItem,
    ImportRun,
    ImportSource,
    QuickLinksSnippet,
    SectionPage,
    TopicPage,
)
from tests.importer import samples

pytestmark = pytest.mark.django_db

SEED = "000_52eb3dd19204c17f.txt"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return the path of a small section document."""
    return samples.write(tmp_path, samples.section())


def rows_of_others() -> list[tuple[Any, ...]]:
    """Return the rows of all pages that are not ours."""
    ours = Page.objects.filter(content_type__app_label="hsec_wagtail")
    return list(Page.objects.exclude(pk__in=ours).order_by("pk").values_list())


def edit(page: Page, **fields: Any) -> Page:
    """Change a page as an editor does: a new revision, published."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return draft


# --- creating


def test_pages_are_made_below_the_default_site_s_root_page(home, sample):
    service.run(sample)

    section = SectionPage.objects.get()
    assert section.get_parent().pk == home.pk
    assert [child.title for child in section.get_children()] == [
        "Council of the North",
        "Alliance",
        "Peace",
    ]


@pytest.mark.parametrize("form", ["page", "id", "path", "url_path"])
def test_the_parent_is_named_by_page_id_or_path(home, sample, form):
    about = home.add_child(instance=Page(title="About", slug="about"))
    name = {"page": about, "id": str(about.pk), "path": "/about/", "url_path": about.url_path}[form]

    service.run(sample, parent=name)

    assert SectionPage.objects.get().get_parent().pk == about.pk


def test_every_page_is_live_with_a_revision_and_a_log(home, sample, superuser):
    report = service.run(sample, user=superuser)

    for page in Page.objects.filter(
        pk__in=[item.id for item in report.items if item.kind == "page"]
    ):
        assert page.live
        assert page.live_revision_id == page.latest_revision_id
        assert page.latest_revision.user == superuser
        assert page.owner == superuser
        actions = set(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))
        assert {"wagtail.create", "wagtail.publish", "hsec.import"} <= actions


def test_the_published_signal_is_sent_for_each_page_once_the_run_is_committed(
    home, sample, django_capture_on_commit_callbacks
):
    sent: list[str] = []

    def note(instance: Page, **kwargs: Any) -> None:
        sent.append(instance.title)

    page_published.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            service.run(sample)
            before_commit = list(sent)
    finally:
        page_published.disconnect(note)

    assert before_commit == []
    assert sent == ["Security abroad", "Council of the North", "Alliance", "Peace"]


def test_references_between_pages_are_pages(home, sample):
    service.run(sample)

    topic = TopicPage.objects.get()
    initiatives = ForumPage.objects.get(slug="council-of-the-north").body[1].value["initiatives"]
    assert [page.pk for page in initiatives[0]["topics"]] == [topic.pk]
    assert ReferenceIndex.get_references_to(topic).count() == 2


def test_links_between_pages_are_page_links_and_keep_their_anchors(home, tmp_path):
    document = samples.section()
    council = document["page"]["children"][0]
    council["body"][0]["html"] = (
        '<p>See <a href="page:alliance">the alliance</a>, and <a href="page:alliance#aims">its aims</a>.</p>'
    )
    source = samples.write(tmp_path, document)

    service.run(source)

    alliance = ForumPage.objects.get(slug="alliance")
    html = str(ForumPage.objects.get(slug="council-of-the-north").body[0].value)
    links = [link["href"] for link in BeautifulSoup(html, "html.parser").find_all("a")]
    assert links == [alliance.url, f"{alliance.url}#aims"]
    assert service.run(source).run is None


def test_imported_pages_are_found_by_the_search(home, sample):
    service.run(sample)

    assert [page.title for page in ForumPage.objects.live().search("spring")] == [
        "Council of the North"
    ]


def test_draft_publishes_nothing(home, sample):
    service.run(sample, draft=True)

    assert not SectionPage.objects.live().exists()
    assert ForumPage.objects.get(slug="alliance").get_latest_revision() is not None


def test_a_tree_without_problems_is_left(home, sample):
    service.run(sample)

    assert Page.find_problems() == ([], [], [], [], [])


def test_the_words_of_the_document_stand_on_the_pages(home, sample):
    report = service.run(sample)

    document = service.convert(sample)[0].document
    assert missing_words(report, document) == []


def missing_words(report: Any, document: Any) -> list[str]:
    """Return the texts of ``document`` that a reader of its section page does not meet, word by word."""
    section = SectionPage.objects.get(pk=report.items[0].id)
    response = Client().get(section.url)
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    shown = " " + " ".join(words(main.get_text(" "))) + " "
    below = {
        f"page.children[{n}]"
        for n, page in enumerate(document.page.children)
        if page.type != "forum"
    }
    return [
        leaf.text
        for leaf in leaves(document)
        if not any(leaf.path.startswith(place) for place in below)
        and f" {' '.join(words(leaf.text))} " not in shown
    ]


@pytest.mark.seed
def test_the_original_reads_the_same_on_the_site(home, seed):
    report = service.run(seed / SEED)

    document = service.convert(seed / SEED)[0].document
    assert report.sources[0].ledger["unclaimed"] == []
    assert missing_words(report, document) == []


# --- once more


def test_a_second_import_writes_nothing(home, sample):
    service.run(sample)
    revisions, runs = Revision.objects.count(), ImportRun.objects.count()
    logs = PageLogEntry.objects.count()

    report = service.run(sample)

    assert report.run is None
    assert {item.action for item in report.items} == {"unchanged"}
    assert (Revision.objects.count(), ImportRun.objects.count()) == (revisions, runs)
    assert PageLogEntry.objects.count() == logs


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
    taken = service.run(changed, on_conflict="theirs")
    settled = service.run(changed)

    assert (again.conflicts, again.run) == (1, None)
    assert (taken.conflicts, ForumPage.objects.get(slug="alliance").title) == (0, "Grand Alliance")
    assert (settled.conflicts, settled.run) == (0, None)


def test_the_source_s_text_may_go_into_a_draft(home, sample, tmp_path):
    service.run(sample)
    edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document), on_conflict="draft")

    page = ForumPage.objects.get(slug="alliance")
    assert (report.conflicts, page.title) == (1, "The Alliance")
    assert page.get_latest_revision_as_object().title == "Grand Alliance"


def test_a_conflict_is_a_comment_beside_what_both_changed(home, sample, superuser, tmp_path):
    service.run(sample)
    page = edit(ForumPage.objects.get(slug="alliance"), title="The Alliance")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    run = service.run(samples.write(tmp_path, document), user=superuser).run

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

    assert [item.notes for item in report.items if item.action == "keep"] == [
        ("It is a forum here and a policy in the source; a page cannot change its type.",)
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


# --- several places, several languages


def test_a_language_alone_is_known_from_an_import_of_all(home, french, tmp_path):
    english = samples.write(tmp_path, samples.section())
    document = samples.section(language="fr", navigation=[])
    in_french = samples.write(tmp_path, document, name="fr.json")
    service.run([english, in_french])

    report = service.run(in_french)

    assert (report.run, {item.action for item in report.items}) == (None, {"unchanged"})


def test_one_section_goes_below_two_parents(home, sample):
    other = home.add_child(instance=Page(title="Other", slug="other"))

    first = service.run(sample)
    second = service.run(sample, parent=other)

    assert first.counts == second.counts
    assert SectionPage.objects.count() == 2
    assert ForumPage.objects.filter(slug="alliance").count() == 2
    assert service.run(sample, parent=other).run is None


def test_a_taken_slug_gives_way_to_the_next_free_one_and_is_reported(home, sample):
    home.add_child(instance=Page(title="Here first", slug="security-abroad"))

    report = service.run(sample)

    assert SectionPage.objects.get().slug == "security-abroad-2"
    assert report.items[0].notes == (
        "The slug 'security-abroad' is taken here; 'security-abroad-2' is used.",
    )


def test_documents_in_two_languages_become_translations(home, french, tmp_path):
    paths = [
        samples.write(tmp_path, samples.section(), "en.json"),
        samples.write(tmp_path, samples.french(), "fr.json"),
    ]

    service.run(paths)

    english = SectionPage.objects.get(locale__language_code="en")
    translation = english.get_translation(french)
    assert translation.title == "La sécurité à l'étranger"
    assert translation.get_parent().locale == french
    assert QuickLinksSnippet.objects.filter(slug="agenda").count() == 2


def test_a_language_the_site_does_not_know_is_left_out_and_reported(home, tmp_path):
    paths = [
        samples.write(tmp_path, samples.section(), "en.json"),
        samples.write(tmp_path, samples.french(), "fr.json"),
    ]

    report = service.run(paths)

    assert SectionPage.objects.count() == 1
    assert report.warnings == (
        "Pages in 'fr' are left out: the site has no such language under Settings, Locales.",
    )


def test_a_document_alone_goes_below_the_root_page_in_its_language(home, french, tmp_path):
    french_home = home.copy_for_translation(french)

    service.run(samples.write(tmp_path, samples.french()))

    assert SectionPage.objects.get().get_parent().pk == french_home.pk


def test_packaged_content_is_imported_by_name(home, french):
    report = service.run("human-security")

    assert report.counts["create"] == len(report.items)
    for topic in TopicPage.objects.live().filter(locale__language_code="en"):
        response = Client().get(topic.url)
        assert response.status_code == 200
        assert response.context["initiatives"], topic.title


# --- dry run


def test_a_dry_run_reports_the_same_and_writes_nothing(
    home, sample, django_capture_on_commit_callbacks
):
    pages = rows_of_others()

    with django_capture_on_commit_callbacks() as callbacks:
        rehearsed = service.preview(sample)

    assert rehearsed.dry_run
    assert rehearsed.run is None
    assert rows_of_others() == pages
    assert not SectionPage.objects.exists()
    assert not ImportRun.objects.exists()
    assert callbacks == []
    done = service.run(sample)
    assert [(i.action, i.key, i.slug) for i in rehearsed.items] == [
        (i.action, i.key, i.slug) for i in done.items
    ]


# --- undo


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

    kept = {outcome.title: outcome.reason for outcome in outcomes if outcome.outcome == "kept"}
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

    assert "Others link to it: Mine." in {outcome.reason for outcome in outcomes}
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

    with pytest.raises(UndoError, match=r"Run \d+ is undone; there is nothing to take back\."):
        service.undo(report.run or 0)


def test_an_unknown_run_is_refused(home):
    with pytest.raises(UndoError, match=r"There is no run 99\. See them with: hsec_runs"):
        service.undo(99)


# --- refusals: nothing is written


def test_a_page_that_does_not_exist_is_no_parent(home, sample):
    with pytest.raises(PlanError, match=r"There is no page '/nowhere/'\."):
        service.run(sample, parent="/nowhere/")


def test_a_parent_that_may_not_hold_sections_is_refused_and_others_are_offered(home, sample):
    service.run(sample)
    forum = ForumPage.objects.get(slug="alliance")

    with pytest.raises(PlanError) as refused:
        service.run(sample, parent=forum)

    assert f"'Alliance' ({forum.pk}) may not hold a section page" in str(refused.value)
    assert "Pages that may:" in str(refused.value)
    assert SectionPage.objects.count() == 1


def test_without_a_site_the_parent_must_be_named(home, sample):
    Site.objects.all().delete()

    with pytest.raises(PlanError, match="there is no default site"):
        service.run(sample)


@pytest.fixture
def editor(django_user_model: Any, home: Page) -> Any:
    """Return a user who may add pages but not publish them."""
    user = django_user_model.objects.create_user("eve", password="password")
    group = Group.objects.create(name="writers")
    user.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="add_quicklinkssnippet"))
    GroupPagePermission.objects.create(
        group=group,
        page=home,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="add_page"
        ),
    )
    return user


def test_who_may_not_publish_makes_drafts(home, sample, editor):
    report = service.run(sample, user=editor)

    assert not SectionPage.objects.live().exists()
    assert report.warnings == (f"eve may not publish below {home.title!r}: drafts are made.",)


def test_who_may_not_add_quick_links_is_refused(home, sample, editor):
    editor.groups.get().permissions.clear()

    with pytest.raises(PlanError, match="'eve' may not add quick links, and the source has some"):
        service.run(sample, user=editor)

    assert not SectionPage.objects.exists()


def test_a_locked_page_stays_as_it_is(home, sample, tmp_path):
    service.run(sample)
    ForumPage.objects.filter(slug="alliance").update(locked=True)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document))

    assert [item.notes for item in report.items if item.action == "keep"] == [("It is locked.",)]
    assert ForumPage.objects.get(slug="alliance").title == "Alliance"


def test_a_page_in_moderation_stays_as_it_is(home, sample, superuser, tmp_path):
    service.run(sample)
    workflow = Workflow.objects.create(name="Moderation", active=True)
    task = Task.objects.create(name="Look", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    # Not by workflow.start(), which would send mail.
    page = ForumPage.objects.get(slug="alliance")
    WorkflowState.objects.create(
        workflow=workflow,
        content_type=ContentType.objects.get_for_model(ForumPage),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        requested_by=superuser,
    )
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document))

    assert [item.notes for item in report.items if item.action == "keep"] == [
        ("It is in moderation.",)
    ]


def test_who_may_not_edit_a_page_leaves_it_as_it_is(home, sample, editor, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document), user=editor)

    assert [item.notes for item in report.items if item.action == "keep"] == [
        ("eve may not edit it.",)
    ]


def test_a_new_page_stands_where_the_source_has_it(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    children = document["page"]["children"]
    first = {"type": "forum", "key": "first", "title": "First"}
    second = {"type": "forum", "key": "second", "title": "Second"}
    document["page"]["children"] = [first, children[0], second, *children[1:]]

    service.run(samples.write(tmp_path, document))

    titles = [page.title for page in SectionPage.objects.get().get_children()]
    assert titles == ["First", "Council of the North", "Second", "Alliance", "Peace"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_anchor_that_the_source_gives_later_is_taken(home, sample, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1]["anchor"] = "grand"

    service.run(samples.write(tmp_path, document))

    assert ForumPage.objects.get(slug="alliance").anchor == "grand"


def test_words_that_look_like_a_reference_stay_words(home, tmp_path):
    document = samples.section()
    document["page"]["children"][1]["title"] = "hsec-page:peace"

    service.run(samples.write(tmp_path, document))

    assert ForumPage.objects.filter(title="hsec-page:peace").exists()


def test_slugs_are_spelled_as_the_site_allows(home, tmp_path, settings):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = False
    document = samples.section()
    document["page"]["slug"] = "sécurité"

    service.run(samples.write(tmp_path, document))

    assert SectionPage.objects.get().slug == "securite"


def test_a_draft_import_publishes_no_parent_either(home, french, tmp_path):
    paths = [
        samples.write(tmp_path, samples.section(), "en.json"),
        samples.write(tmp_path, samples.french(), "fr.json"),
    ]

    report = service.run(paths, draft=True)

    assert not home.get_translation(french).live
    assert (report.items[0].type, report.items[0].title) == ("parent", home.title)


def test_who_may_not_add_pages_is_refused(home, sample, django_user_model):
    user = django_user_model.objects.create_user("mallory")

    with pytest.raises(PlanError, match="'mallory' may not add pages below"):
        service.run(sample, user=user)

    assert not ImportRun.objects.exists()


def break_the_table_of_topics() -> None:
    """Make the database refuse every row of a topic page."""
    table = TopicPage._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER hsec_broken BEFORE INSERT ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
            )
        else:
            cursor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT hsec_broken CHECK (page_ptr_id < 0)"
            )


@pytest.mark.django_db(transaction=True)
def test_a_database_error_half_way_leaves_nothing_behind(home, sample):
    before = rows_of_others()
    break_the_table_of_topics()
    try:
        with pytest.raises(ApplyError, match=r"(?s)The database refused: .* Nothing was written\."):
            service.run(sample)
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER hsec_broken")
            else:
                cursor.execute(
                    f"ALTER TABLE {TopicPage._meta.db_table} DROP CONSTRAINT hsec_broken"
                )

    assert rows_of_others() == before
    assert not SectionPage.objects.exists()
    assert not Revision.objects.exists()
    assert not ImportItem.objects.exists()
    assert ImportRun.objects.get().status == ImportRun.Status.FAILED
    assert service.run(sample).run is not None


def test_two_sections_at_once_are_refused(home, tmp_path):
    other = samples.section(source={"name": "other", "key": "other"})
    paths = [
        samples.write(tmp_path, samples.section(), "one.json"),
        samples.write(tmp_path, other, "two.json"),
    ]

    with pytest.raises(
        PlanError, match=r"The sources hold 2 sections .*; import them one by one\."
    ):
        service.run(paths)


def test_who_may_not_change_quick_links_leaves_them_as_they_are(home, sample, editor, tmp_path):
    service.run(sample)
    document = samples.section()
    document["navigation"][0]["links"][0]["label"] = "About them"

    report = service.run(samples.write(tmp_path, document), user=editor)

    assert [item.notes for item in report.items if item.action == "keep"] == [
        ("eve may not edit it.",)
    ]


def test_a_new_page_does_not_follow_a_page_that_was_moved_elsewhere(home, sample, tmp_path):
    service.run(sample)
    elsewhere = home.add_child(instance=SectionPage(title="Elsewhere", slug="elsewhere"))
    moved = ForumPage.objects.get(title="Council of the North")
    moved.move(Page.objects.get(pk=elsewhere.pk), pos="last-child")
    document = samples.section()
    document["page"]["children"].insert(1, {"type": "forum", "key": "new", "title": "New"})

    service.run(samples.write(tmp_path, document))

    section = SectionPage.objects.get(slug="security-abroad")
    assert [page.title for page in section.get_children()] == ["New", "Alliance", "Peace"]
    assert ForumPage.objects.get(title="New").url_path == f"{section.url_path}new/"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.fixture
def publisher(django_user_model: Any, home: Page) -> Any:
    """Return a user who may publish below one section and only edit below another."""
    user = django_user_model.objects.create_user("pat")
    group = Group.objects.create(name="publishers")
    user.groups.add(group)
    ours = Permission.objects.filter(content_type__model="quicklinkssnippet")
    group.permissions.add(*ours)
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    for slug, codenames in (
        ("mine", ["add_page", "change_page", "publish_page"]),
        ("theirs", ["change_page"]),
    ):
        section = home.add_child(instance=SectionPage(title=slug, slug=slug))
        for codename in codenames:
            GroupPagePermission.objects.create(
                group=group, page=section, permission=pages.get(codename=codename)
            )
    return user


def test_a_page_is_published_only_where_the_user_may_publish_it_now(
    home, sample, publisher, tmp_path
):
    mine = SectionPage.objects.get(slug="mine")
    service.run(sample, parent=mine)
    theirs = Page.objects.get(slug="theirs")
    ForumPage.objects.get(slug="alliance").move(theirs, pos="last-child")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    service.run(samples.write(tmp_path, document), parent=mine, user=publisher)

    page = ForumPage.objects.get(slug="alliance")
    assert (page.title, page.get_latest_revision_as_object().title) == (
        "Alliance",
        "Grand Alliance",
    )


def test_new_pages_come_only_where_the_user_may_add_them_now(home, sample, publisher, tmp_path):
    mine = SectionPage.objects.get(slug="mine")
    service.run(sample, parent=mine)
    theirs = Page.objects.get(slug="theirs")
    SectionPage.objects.get(slug="security-abroad").move(theirs, pos="last-child")
    document = samples.section()
    document["page"]["children"].append({"type": "forum", "key": "new", "title": "New"})

    with pytest.raises(ApplyError, match="'pat' may not add pages below 'Security abroad'"):
        service.run(
            samples.write(tmp_path, document),
            parent=SectionPage.objects.get(slug="mine"),
            user=publisher,
        )

    assert not ForumPage.objects.filter(title="New").exists()


def test_a_snippet_of_another_type_in_moderation_holds_no_page_with_its_id(
    home, sample, superuser, tmp_path
):
    service.run(sample)
    other = ContentType.objects.get_for_model(Site)
    WorkflowState.objects.create(
        workflow=Workflow.objects.create(name="Moderation", active=True),
        content_type=other,
        base_content_type=other,
        object_id=str(ForumPage.objects.get(slug="alliance").pk),
        requested_by=superuser,
    )
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    service.run(samples.write(tmp_path, document))

    assert ForumPage.objects.get(slug="alliance").title == "Grand Alliance"


@pytest.mark.django_db(transaction=True)
def test_what_fails_after_the_commit_does_not_make_a_run_failed(home, sample):
    def fail_later(run: ImportRun, report: Any) -> None:
        transaction.on_commit(lambda: [][0])

    with pytest.raises(IndexError):
        service.run(sample, on_written=fail_later)

    run = ImportRun.objects.get()
    assert (run.status, run.message) == ("done", "")
    assert {outcome.outcome for outcome in service.undo(run)} == {"deleted"}


def test_a_run_that_fails_at_the_end_counts_nothing(home, sample):
    def fail(run: ImportRun, report: Any) -> None:
        raise ApplyError("The disk is full.")

    with pytest.raises(ApplyError):
        service.run(sample, on_written=fail)

    run = ImportRun.objects.get()
    assert (run.status, run.created_count, run.message) == ("failed", 0, "The disk is full.")


def test_a_dry_run_sends_no_signal_for_a_page_with_comments_either(
    home, sample, superuser, tmp_path
):
    service.run(sample)
    page = ForumPage.objects.get(slug="alliance")
    Comment.objects.create(page=page, user=superuser, text="Why?", contentpath="title")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    told: list[Any] = []

    def hear(sender: Any, instance: Any, **_: Any) -> None:
        told.append(instance)

    post_save.connect(hear, sender=ForumPage)
    try:
        report = service.preview(samples.write(tmp_path, document))
    finally:
        post_save.disconnect(hear, sender=ForumPage)

    assert (report.counts["update"], told) == (1, [])
