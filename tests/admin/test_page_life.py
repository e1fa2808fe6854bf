"""What Wagtail does with a page or a snippet in its life, done to each of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
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

from hsec_wagtail.models import Initiative, QuickLinksSnippet
from tests import factories as make
from tests.admin.users import sign_in

PAGE_TYPES = ["section", "forum", "topic", "policy"]
OTHERS = 6


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
    expect(desk.locator(".form-side--initial")).to_have_count(0)
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

    copy_form = live_server.url + reverse("wagtailadmin_pages:copy", args=[page.pk])
    for slug, box in (("copy", "Publish copied page"), ("alias", "Alias")):
        desk.goto(copy_form)
        desk.get_by_label("New slug").fill(slug)
        desk.get_by_label(box).check()
        with desk.expect_navigation():
            desk.get_by_role("button", name="Copy this page").click()
        told(desk, "copied")
