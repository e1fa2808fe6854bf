"""Taking runs back: one after the other, and what must not go with them."""

from __future__ import annotations

import pytest

from django.contrib.auth.models import Group, Permission

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    GroupPagePermission,
    Page,
    ReferenceIndex,
    Site,
)

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.errors import UndoError
from hsec_wagtail.models import ForumPage, QuickLinksSnippet, SectionPage
from tests.importer import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(home, tmp_path):
    """Return the numbers of an import and of one that changed a page of it."""
    first = service.run(samples.write(tmp_path, samples.section()))
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    second = service.run(samples.write(tmp_path, document))
    return first.run, second.run


def test_runs_are_undone_one_after_the_other(home, runs):
    first, second = runs

    service.undo(second)
    outcomes = service.undo(first)

    assert {outcome.outcome for outcome in outcomes} == {"deleted"}
    assert list(Page.objects.get(pk=home.pk).get_children()) == []


def test_what_a_later_run_changed_stays_and_that_run_is_named(runs):
    first, second = runs

    outcomes = service.undo(first)

    kept = {outcome.key: str(outcome.reason) for outcome in outcomes if outcome.outcome == "kept"}
    assert kept["alliance"] == f"Run {second} changed it later; undo that one first."
    assert ForumPage.objects.get().title == "Grand Alliance"


def test_the_root_page_of_a_site_stays(home, tmp_path):
    run = service.run(samples.write(tmp_path, samples.section())).run
    Site.objects.create(hostname="policy.example", root_page=SectionPage.objects.get())

    outcomes = service.undo(run or 0)

    assert str(outcomes[-1].reason) == (
        "It is the root page of a site, which would be deleted with it."
    )
    assert Site.objects.filter(hostname="policy.example").exists()


def test_who_may_not_delete_pages_may_not_undo(home, tmp_path, django_user_model):
    run = service.run(samples.write(tmp_path, samples.section())).run
    user = django_user_model.objects.create_user("reader", password="password")
    user.user_permissions.add(Permission.objects.get(codename="run_import"))

    with pytest.raises(UndoError, match="reader may not undo this run"):
        service.undo(run or 0, user=user)

    assert ForumPage.objects.count() == 2


def test_who_may_not_run_imports_may_not_undo_one(home, tmp_path, writer):
    run = service.run(samples.write(tmp_path, samples.section())).run
    writer.groups.get().permissions.clear()

    with pytest.raises(UndoError, match="'writer' may neither import nor undo an import"):
        service.undo(run or 0, user=writer)

    assert ForumPage.objects.count() == 2


@pytest.fixture
def writer(home, django_user_model):
    """Return a user who may add and change pages and no more."""
    user = django_user_model.objects.create_user("writer", password="password")
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.get(codename="run_import"))
    user.groups.add(group)
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=home, permission=pages.get(codename=codename)
        )
    return user


def grand_alliance(tmp_path):
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    return samples.write(tmp_path, document)


def with_redirect(tmp_path):
    document = samples.section()
    document["page"]["children"][1]["addresses"] = ["http://department.example/alliance.asp"]
    return samples.write(tmp_path, document)


def test_an_editor_s_draft_comes_back_as_a_draft(home, tmp_path):
    service.run(samples.write(tmp_path, samples.section()))
    draft = ForumPage.objects.get(slug="alliance").get_latest_revision_as_object()
    draft.short_name = "Not for the public"
    draft.save_revision()
    run = service.run(grand_alliance(tmp_path)).run

    service.undo(run or 0)

    page = ForumPage.objects.get(slug="alliance")
    assert page.get_latest_revision_as_object().short_name == "Not for the public"
    assert page.get_latest_revision_as_object().title == "Alliance"
    assert (page.short_name, page.has_unpublished_changes) == ("", True)


def test_undo_by_who_may_not_publish_leaves_no_draft_beside_the_same_text(home, tmp_path, writer):
    service.run(samples.write(tmp_path, samples.section()))
    run = service.run(grand_alliance(tmp_path), options=ImportOptions(draft=True)).run

    service.undo(run or 0, user=writer)

    page = ForumPage.objects.get(slug="alliance")
    assert (page.title, page.draft_title, page.has_unpublished_changes) == (
        "Alliance",
        "Alliance",
        False,
    )
    assert page.live_revision_id == page.latest_revision_id
    service.run(grand_alliance(tmp_path))
    assert ForumPage.objects.get(slug="alliance").title == "Grand Alliance"


@pytest.mark.parametrize("user", ["nobody", "writer"])
def test_who_may_not_edit_or_publish_a_page_may_not_restore_it(
    runs, writer, django_user_model, user
):
    nobody = django_user_model.objects.create_user("nobody")
    nobody.user_permissions.add(Permission.objects.get(codename="run_import"))

    with pytest.raises(UndoError, match=r"'Grand Alliance' may not be (changed|published)"):
        service.undo(runs[1], user=django_user_model.objects.get(username=user))

    assert ForumPage.objects.filter(title="Grand Alliance").exists()


def test_who_may_not_delete_quick_links_may_not_undo(home, tmp_path, writer):
    service.run(samples.write(tmp_path, samples.section()))
    document = samples.section()
    group = {"slug": "footer", "key": "footer", "links": [{"label": "Contact", "key": "contact"}]}
    document["navigation"].append(group)
    run = service.run(samples.write(tmp_path, document)).run

    with pytest.raises(UndoError, match="'footer' may not be deleted"):
        service.undo(run or 0, user=writer)

    assert QuickLinksSnippet.objects.filter(slug="footer").exists()


def test_a_redirect_goes_with_its_run(home, tmp_path):
    run = service.run(with_redirect(tmp_path)).run

    outcomes = service.undo(run or 0)

    assert {outcome.outcome for outcome in outcomes} == {"deleted"}
    assert not Redirect.objects.exists()


def test_a_redirect_that_somebody_changed_stays(home, tmp_path):
    run = service.run(with_redirect(tmp_path)).run
    Redirect.objects.update(redirect_page=None, redirect_link="https://alliance.example/")

    outcomes = service.undo(run or 0)

    kept = [
        (outcome.title, str(outcome.reason)) for outcome in outcomes if outcome.outcome == "kept"
    ]
    assert kept == [("/alliance.asp", "It was edited after the import.")]
    assert Redirect.objects.get().redirect_link == "https://alliance.example/"


@pytest.mark.parametrize("number", [0, 1], ids=["made", "changed"])
def test_a_locked_page_stays(runs, number):
    if not number:
        service.undo(runs[1])
    ForumPage.objects.filter(slug="alliance").update(locked=True)

    outcomes = service.undo(runs[number])

    kept = {outcome.key: str(outcome.reason) for outcome in outcomes if outcome.outcome == "kept"}
    assert kept["alliance"] == "It is locked."


def test_an_answered_comment_on_a_conflict_stays(home, tmp_path, superuser):
    service.run(samples.write(tmp_path, samples.section()))
    page = ForumPage.objects.get(slug="alliance").get_latest_revision_as_object()
    page.title = "The Alliance"
    page.save_revision().publish()
    run = service.run(grand_alliance(tmp_path), options=ImportOptions(user=superuser)).run
    CommentReply.objects.create(comment=Comment.objects.get(), user=superuser, text="I asked Ann.")

    service.undo(run or 0)

    assert CommentReply.objects.get().text == "I asked Ann."


def test_the_author_of_a_comment_is_referred_to_no_longer_when_it_is_gone(
    home, tmp_path, superuser, django_capture_on_commit_callbacks
):
    service.run(samples.write(tmp_path, samples.section()))
    page = ForumPage.objects.get(slug="alliance").get_latest_revision_as_object()
    page.title = "The Alliance"
    page.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        run = service.run(grand_alliance(tmp_path), options=ImportOptions(user=superuser)).run
    before = ReferenceIndex.get_references_to(superuser).count()

    service.undo(run or 0)

    assert (before, ReferenceIndex.get_references_to(superuser).count()) == (1, 0)


def test_a_page_that_was_moved_since_stays(home, tmp_path):
    run = service.run(samples.write(tmp_path, samples.section())).run
    page = ForumPage.objects.get(slug="alliance")
    home.refresh_from_db()
    page.move(home, pos="last-child")

    outcomes = service.undo(run or 0)

    kept = {outcome.key: str(outcome.reason) for outcome in outcomes if outcome.outcome == "kept"}
    assert kept["alliance"] == "It was moved after the import."
    assert ForumPage.objects.filter(pk=page.pk).exists()
