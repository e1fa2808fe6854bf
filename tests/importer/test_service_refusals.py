"""Who may not, and what goes wrong: nothing is written, or it is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from wagtail.models import (
    GroupPagePermission,
    Page,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.errors import ApplyError, PlanError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.runs.run_report import reason_of
from hsec_wagtail.models import (
    ForumPage,
    ImportItem,
    ImportRun,
    SectionPage,
    TopicPage,
)
from tests.importer import samples
from tests.importer.editing import rows_of_others

pytestmark = pytest.mark.django_db


def test_a_page_that_does_not_exist_is_no_parent(home, sample):
    with pytest.raises(PlanError, match=r"There is no page '/nowhere/'\."):
        service.run(sample, options=ImportOptions(parent="/nowhere/"))


def test_a_parent_that_may_not_hold_sections_is_refused_and_others_are_offered(home, sample):
    service.run(sample)
    forum = ForumPage.objects.get(slug="alliance")

    with pytest.raises(PlanError) as refused:
        service.run(sample, options=ImportOptions(parent=forum))

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
    ours = ["add_quicklinkssnippet", "run_import"]
    group.permissions.add(*Permission.objects.filter(codename__in=ours))
    GroupPagePermission.objects.create(
        group=group,
        page=home,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="add_page"
        ),
    )
    return user


def test_who_may_not_publish_makes_drafts(home, sample, editor):
    report = service.run(sample, options=ImportOptions(user=editor))

    assert not SectionPage.objects.live().exists()
    assert said(report.warnings) == [f"eve may not publish below {home.title!r}: drafts are made."]


@pytest.mark.parametrize("act", [service.run, service.preview])
def test_who_may_not_run_imports_is_refused(home, sample, editor, act):
    editor.groups.get().permissions.remove(Permission.objects.get(codename="run_import"))

    with pytest.raises(PlanError) as refused:
        act(sample, options=ImportOptions(user=editor))

    assert str(refused.value) == (
        "'eve' may neither import nor undo an import. Name another user, or give the permission 'Can import a"
        " section and undo an import' under Settings, Groups."
    )
    assert not SectionPage.objects.exists()


def test_who_may_not_add_quick_links_is_refused(home, sample, editor):
    editor.groups.get().permissions.remove(Permission.objects.get(codename="add_quicklinkssnippet"))

    with pytest.raises(PlanError, match="'eve' may not add quick links, and the source has some"):
        service.run(sample, options=ImportOptions(user=editor))

    assert not SectionPage.objects.exists()


def test_a_locked_page_stays_as_it_is(home, sample, tmp_path):
    service.run(sample)
    ForumPage.objects.filter(slug="alliance").update(locked=True)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document))

    assert [said(item.notes) for item in report.items if item.action == "keep"] == [
        ["It is locked."]
    ]
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

    assert [said(item.notes) for item in report.items if item.action == "keep"] == [
        ["It is in moderation."]
    ]


def test_who_may_not_edit_a_page_leaves_it_as_it_is(home, sample, editor, tmp_path):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    report = service.run(samples.write(tmp_path, document), options=ImportOptions(user=editor))

    assert [said(item.notes) for item in report.items if item.action == "keep"] == [
        ["eve may not edit it."]
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

    report = service.run(paths, options=ImportOptions(draft=True))

    assert not home.get_translation(french).live
    assert (report.items[0].type, report.items[0].title) == ("parent", home.title)


def test_who_may_not_add_pages_is_refused(home, sample, django_user_model):
    user = django_user_model.objects.create_user("mallory")
    user.user_permissions.add(Permission.objects.get(codename="run_import"))

    with pytest.raises(PlanError, match="'mallory' may not add pages below"):
        service.run(sample, options=ImportOptions(user=user))

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

    report = service.run(samples.write(tmp_path, document), options=ImportOptions(user=editor))

    assert [said(item.notes) for item in report.items if item.action == "keep"] == [
        ["eve may not edit it."]
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
    group.permissions.add(*ours, Permission.objects.get(codename="run_import"))
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
    service.run(sample, options=ImportOptions(parent=mine))
    theirs = Page.objects.get(slug="theirs")
    ForumPage.objects.get(slug="alliance").move(theirs, pos="last-child")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"

    service.run(
        samples.write(tmp_path, document), options=ImportOptions(parent=mine, user=publisher)
    )

    page = ForumPage.objects.get(slug="alliance")
    assert (page.title, page.get_latest_revision_as_object().title) == (
        "Alliance",
        "Grand Alliance",
    )


def test_new_pages_come_only_where_the_user_may_add_them_now(home, sample, publisher, tmp_path):
    mine = SectionPage.objects.get(slug="mine")
    service.run(sample, options=ImportOptions(parent=mine))
    theirs = Page.objects.get(slug="theirs")
    SectionPage.objects.get(slug="security-abroad").move(theirs, pos="last-child")
    document = samples.section()
    document["page"]["children"].append({"type": "forum", "key": "new", "title": "New"})

    with pytest.raises(ApplyError, match="'pat' may not add pages below 'Security abroad'"):
        service.run(
            samples.write(tmp_path, document),
            options=ImportOptions(parent=SectionPage.objects.get(slug="mine"), user=publisher),
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
    assert (run.status, run.message) == ("done", {})
    assert {outcome.outcome for outcome in service.undo(run)} == {"deleted"}


def test_a_run_that_fails_at_the_end_counts_nothing(home, sample):
    def fail(run: ImportRun, report: Any) -> None:
        raise ApplyError("The disk is full.")

    with pytest.raises(ApplyError):
        service.run(sample, on_written=fail)

    run = ImportRun.objects.get()
    assert (run.status, run.created_count, reason_of(run)) == (
        "failed",
        0,
        "The disk is full.",
    )
