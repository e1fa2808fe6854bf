"""What Wagtail does with a page or a snippet in its life, done to each of ours."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.forms import CharField
from django.urls import reverse
from django.utils import timezone

from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Revision,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from hsec_wagtail.models import Initiative, InitiativeTopic, QuickLinksSnippet
from hsec_wagtail.record.keeping import find_untrue
from tests import factories as make
from tests.admin.forms import page_form
from tests.admin.users import sign_in, user_with
from tests.browser import accessibility_findings

PAGE_TYPES = ["section", "forum", "topic", "policy"]
OTHERS = 6
LONG = 10_000


@pytest.fixture
def topic(section):
    return make.topic_page(section, title="Nets", slug="nets")


@pytest.fixture
def make_page(home, section, topic):
    """Return a function that makes a published page of a type, with more initiatives than are open at first."""

    def make_page(page_type: str, **fields: Any) -> Any:
        items = [
            make.initiative(f"<p>Signed part {n}.</p>", dates=["2031-04"], topics=[topic])
            for n in range(OTHERS)
        ]
        parent = home if page_type == "section" else section
        fields = {"title": "Coasts", "slug": "coasts"} | fields
        body = [make.heading("Done", anchor="done"), make.initiatives(*items)]
        page = getattr(make, f"{page_type}_page")(parent, body=body, **fields)
        page.save_revision().publish()
        return type(page).objects.get(pk=page.pk)

    return make_page


@pytest.fixture
def workflow(home):
    """Return a workflow of pages and quick links that moderators approve."""
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(QuickLinksSnippet)
    )
    return workflow


def newest(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def registered(*pages: Any) -> list[str]:
    return list(
        Initiative.objects.filter(page__in=[page.pk for page in pages])
        .order_by("page", "position")
        .values_list("text", flat=True)
    )


def make_due() -> None:
    """Publish what is scheduled, as if the time had come."""
    due = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = due
        revision.content["go_live_at"] = due.isoformat()
        revision.save()
    call_command("publish_scheduled")


@pytest.fixture
def desk(browser_page, live_server, client, superuser, settings):
    """Return a page of the browser in which an administrator is signed in, for whom locks hold, too."""
    settings.WAGTAILADMIN_GLOBAL_EDIT_LOCK = True
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    # A busy machine is slow to start the admin's scripts.
    browser_page.set_default_timeout(240_000)
    expect.set_options(timeout=120_000)
    yield browser_page
    expect.set_options(timeout=None)
    # No thread of the server may be at work when the database is emptied.
    browser_page.goto("about:blank")


def told(desk: Any, words: str) -> None:
    expect(desk.locator(".messages").get_by_text(words)).to_be_visible()


def show_panel(desk: Any, name: str) -> None:
    # Wagtail opens the panel that was open before, a moment after the page has loaded.
    desk.locator("[data-form-side]:not(.form-side--initial)").wait_for(state="attached")
    toggle = desk.locator(f"[data-side-panel-toggle={name}]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


def switch_lock(desk: Any) -> None:
    show_panel(desk, "status")
    with desk.expect_navigation():
        desk.get_by_text("Lock", exact=True).click()


def choose_action(desk: Any, name: str) -> None:
    desk.get_by_role("button", name="More actions").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name=name).click()


def schedule(desk: Any) -> None:
    show_panel(desk, "status")
    desk.get_by_role("button", name="Set schedule").click()
    desk.get_by_label("Go live date/time").fill("2131-04-17 12:00")
    with desk.expect_navigation():
        # The calendar lies above the button.
        desk.get_by_role("button", name="Save schedule").press("Enter")
    choose_action(desk, "Schedule to publish")


@pytest.mark.browser
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_is_led_through_its_life(desk, live_server, make_page, home, workflow, page_type):
    page = make_page(page_type)
    form = live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk])
    items = desk.locator("[data-hsec-items]").first.locator(
        ":scope > [data-streamfield-list-container] > [data-streamfield-child]:not([aria-hidden])"
    )

    # A comment on a part of the form that is made when its item is opened.
    desk.goto(form)
    last = items.nth(OTHERS - 1)
    last.locator("[data-panel-toggle]").first.click()
    last.locator("[contenteditable=true]").first.click()
    desk.keyboard.press("End")
    desk.keyboard.type(" Indeed.")
    # The editor writes what it holds into its field a moment later.
    expect(last.locator("[name$='-text']").first).to_have_value(re.compile("Indeed"))
    show_panel(desk, "comments")
    date = last.locator("[data-contentpath=edtf]")
    date.hover()
    date.get_by_role("button", name="Add Comment").click()
    desk.locator("#comments textarea").fill("Which day?")
    desk.locator("#comments").get_by_role("button", name="Comment", exact=True).click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save draft").click()

    told(desk, "has been updated")
    show_panel(desk, "comments")
    expect(desk.locator("#comments").get_by_text("Which day?")).to_be_visible()
    expect(last.locator("[data-panel-toggle]").first).to_have_attribute("aria-expanded", "true")
    comment = Comment.objects.get()
    assert comment.has_valid_contentpath(newest(page))
    assert comment.contentpath.split(".")[-3::2] == ["dates", "edtf"]

    # Whoever may not edit may read.
    switch_lock(desk)
    told(desk, "was locked")
    items.nth(4).locator("[data-panel-toggle]").first.click()
    text = items.nth(4).locator("[contenteditable=true]").first
    expect(text).to_contain_text("Signed part 4")
    expect(text).to_have_css("pointer-events", "none")
    switch_lock(desk)
    expect(desk.get_by_role("button", name="Save draft")).to_be_visible()

    schedule(desk)
    told(desk, "has been scheduled for publishing")
    assert "Indeed." not in "".join(registered(page))
    make_due()
    assert registered(page)[-1] == f"Signed part {OTHERS - 1}. Indeed."

    desk.goto(form)
    choose_action(desk, "Submit to Moderation")
    told(desk, "has been submitted")
    assert Comment.objects.get() == comment

    copy_form = live_server.url + reverse("wagtailadmin_pages:copy", args=[page.pk])
    for slug, box in (("copy", "Publish copied page"), ("alias", "Alias")):
        desk.goto(copy_form)
        desk.get_by_label("New slug").fill(slug)
        desk.get_by_label(box).check()
        with desk.expect_navigation():
            desk.get_by_role("button", name="Copy this page").click()
        told(desk, "copied")

    other = make.section_page(home, title="Other", slug="other")
    desk.goto(
        live_server.url + reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk])
    )
    with desk.expect_navigation():
        desk.get_by_role("button", name="Yes, move this page").click()
    told(desk, "moved")
    assert list(find_untrue()) == []


@pytest.mark.browser
def test_quick_links_are_led_through_their_life(desk, live_server, section, workflow):
    snippet = make.quick_links("Agenda", page=section)
    snippet.save_revision().publish()
    views = "wagtailsnippets_hsec_wagtail_quicklinkssnippet"
    desk.goto(live_server.url + reverse(f"{views}:edit", args=[snippet.pk]))

    desk.get_by_role("textbox", name="Heading").fill("Treaties")
    show_panel(desk, "preview")
    preview = desk.frame_locator("iframe[title=Preview]").first
    expect(preview.get_by_text("Treaties")).to_be_visible()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save draft").click()

    switch_lock(desk)
    told(desk, "was locked")
    expect(desk.get_by_role("textbox", name="Heading")).to_have_css("pointer-events", "none")
    switch_lock(desk)

    schedule(desk)
    told(desk, "has been scheduled for publishing")
    make_due()
    snippet.refresh_from_db()
    assert snippet.heading == "Treaties"

    desk.goto(live_server.url + reverse(f"{views}:edit", args=[snippet.pk]))
    choose_action(desk, "Submit to Moderation")
    told(desk, "has been submitted")


@pytest.mark.browser
def test_a_comparison_fits_a_narrow_window(desk, live_server, make_page):
    desk.set_viewport_size({"width": 320, "height": 900})
    for page_type in PAGE_TYPES:
        page = make_page(page_type, slug=page_type)
        before = page.latest_revision
        del page.body.raw_data[1]["value"]["initiatives"][2]
        page.body.raw_data[0]["value"]["text"] = "https://example.org/" + "long" * 50
        after = page.save_revision()
        desk.goto(
            live_server.url
            + reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, before.pk, after.pk])
        )

        cell = desk.locator("td.comparison:has(.hsec-compare__scroll)").bounding_box()
        assert cell["x"] + cell["width"] <= 320
        assert accessibility_findings(desk, within="main") == []


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def ids_of(html: str) -> list[str]:
    return [str(one["id"]) for one in BeautifulSoup(html, "html.parser").select("[id]")]


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_the_register_follows_copies_aliases_and_moves(admin, home, section, make_page, page_type):
    page, other = make_page(page_type), make.section_page(home, title="Other", slug="other")
    its_topic = make.topic_page(other, title="Nets", slug="nets")
    texts = registered(page)
    parent = page.get_parent()
    form = {"new_title": "Copy", "new_parent_page": parent.pk, "publish_copies": "on"}

    admin.post(
        copy_url := reverse("wagtailadmin_pages:copy", args=[page.pk]), form | {"new_slug": "copy"}
    )
    admin.post(copy_url, form | {"new_title": "Alias", "new_slug": "alias", "alias": "on"})

    copy, alias = (type(page).objects.get(slug=slug) for slug in ("copy", "alias"))
    assert (registered(copy), registered(alias)) == (texts, [])
    assert (copy.anchor != page.anchor, alias.alias_of_id) == (True, page.pk)
    assert list(find_untrue()) == []
    for shown in (page, copy, alias, section):
        ids = ids_of(admin.get(shown.url).content.decode())
        assert len(ids) == len(set(ids)), shown

    page.body.raw_data[1]["value"]["initiatives"][0]["value"]["text"] = "<p>Left it.</p>"
    page.save_revision().publish()
    assert "Left it." in admin.get(alias.url).content.decode()
    assert (registered(page)[0], registered(copy)[0], registered(alias)) == (
        "Left it.",
        texts[0],
        [],
    )

    for moved in (page, alias):
        admin.post(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, other.pk]))
    rows = Initiative.objects.filter(page=page)
    moved_to = {page.pk} if page_type == "section" else {other.pk}
    assert set(rows.values_list("section", flat=True)) == moved_to
    filed = InitiativeTopic.objects.filter(initiative__in=rows)
    assert set(filed.values_list("topic", "section")) == {(its_topic.pk, *moved_to)}
    assert list(find_untrue()) == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_what_is_scheduled_comes_and_goes(make_page, page_type):
    page = make_page(page_type)
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert registered(page) == []

    make_due()
    assert len(registered(page)) == 6

    page.refresh_from_db()
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert (page.live, page.expired, registered(page), list(find_untrue())) == (False, True, [], [])


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_moderator_sends_back_and_approves(client, home, make_page, workflow, page_type):
    page, editor = (
        make_page(page_type),
        user_with("change_page", "add_page", name="editor", page=home),
    )
    moderator = user_with("change_page", "publish_page", name="moderator", page=home)
    moderator.groups.add(*workflow.tasks[0].specific.groups.all())
    page.body.raw_data[1]["value"]["initiatives"][0]["value"]["text"] = "<p>Left it.</p>"
    page.save_revision(user=editor)

    def act(name: str) -> None:
        state = page.current_workflow_state
        url = reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, name, state.current_task_state.pk]
        )
        client.force_login(moderator)
        client.post(url, {"comment": "See the source."})

    workflow.start(page, editor)
    act("reject")
    assert registered(page)[0] == "Signed part 0."
    page.current_workflow_state.resume(editor)
    act("approve")

    page = type(page).objects.get(pk=page.pk)
    assert (registered(page)[0], page.has_unpublished_changes) == ("Left it.", False)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_what_is_too_long_is_said_at_its_field_and_comes_back(admin, make_page, page_type):
    page = make_page(page_type)
    fields = page.get_edit_handler().get_form_class()(instance=page).fields
    longest = {
        name: field.max_length
        for name, field in fields.items()
        if isinstance(field, CharField) and name not in ("lead", "trail")
    }
    typed = {name: f"{name} ".ljust(LONG, "x") for name in longest}
    typed |= {"changed": "last <spring>", "review_on": "soon"}

    response = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), page_form(**typed))

    shown: Any = BeautifulSoup(response.content, "html.parser")
    kept = {name: shown.select_one(f"#id_{name}") for name in typed}
    assert {name: one.get("value") or one.text.strip() for name, one in kept.items()} == typed
    too_long = {name for name, most in longest.items() if most and most < LONG}
    said = response.context["form"].errors
    assert too_long | {"changed", "review_on"} == {*said} - {"comments"}


def test_what_is_too_long_is_shown_if_it_was_published_all_the_same(admin, section):
    text = "x" * LONG
    body = [
        make.heading(text, anchor=text),
        make.initiatives(make.initiative(f"<p>{text}</p>", dates=[(text, text, text)])),
        make.members(text),
        make.link(text),
    ]
    # As Wagtail's bulk publish does.
    page = make.forum_page(section, body=body)
    page.save_revision().publish()

    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert [admin.get(url).status_code for url in (page.url, section.url, form)] == [200] * 3
    assert (registered(page), list(find_untrue())) == ([text], [])
