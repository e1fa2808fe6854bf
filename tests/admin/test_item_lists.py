"""Long lists in the edit form, in a real browser and under Django's own limit of fields."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Revision

from hsec_wagtail.models import ForumPage, SectionPage
from tests import factories as make
from tests.admin.forms import page_form
from tests.admin.users import sign_in
from tests.browser import accessibility_findings

#: As Django has it unless a site says something else.
FIELDS = 1000
#: As the database may have it, and the editor of rich text would not leave it.
HTML = '<p data-block-key="aaaaa">In April 2031 it signed part {n}  of <b><i>it</i></b>.</p>'


@pytest.fixture
def topics(home):
    section = make.section_page(home)
    return [make.topic_page(section, title=f"Topic {n}", slug=f"topic-{n}") for n in range(14)]


@pytest.fixture
def forum(topics):
    """Return a page with sixty initiatives."""
    items = [
        make.initiative(HTML.format(n=n), dates=[("2031-04", "signed", "")], topics=topics[:1])
        for n in range(60)
    ]
    section = SectionPage.objects.get()
    return make.forum_page(section, body=[make.initiatives(*items, intro="<p>It:</p>")])


def raw_items(page):
    """Return the raw initiatives of the newest version of ``page``."""
    newest = ForumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return next(iter(newest.body.raw_data))["value"]["initiatives"]


@pytest.fixture
def edited(browser_page, live_server, client, superuser, settings):
    """Return a function that opens the edit form of a page."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = FIELDS
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    # A busy machine is slow to start the admin's scripts.
    browser_page.set_default_timeout(240_000)
    expect.set_options(timeout=60_000)

    def edit(page) -> Any:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        browser_page.goto(live_server.url + address)
        return browser_page

    yield edit
    # The option is that of the whole process; Playwright has its own again.
    expect.set_options(timeout=None)


def items_of(page):
    # The dates of an open initiative are a list, too.
    return page.locator("[data-hsec-items]").first.locator(
        ":scope > [data-streamfield-list-container] > [data-streamfield-child]:not([aria-hidden])"
    )


def heading(item):
    return item.locator("[data-panel-heading-text]").first


def press(item, action):
    item.locator(f'[data-streamfield-action="{action}"]').first.click()


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def test_an_editor_opens_changes_moves_deletes_duplicates_and_adds(edited, forum, topics):
    before = raw_items(forum)
    page = edited(forum)
    items = items_of(page)

    # Nothing is rewritten by being looked at, be it open or not.
    expect(items).to_have_count(60)
    expect(heading(items.nth(9))).to_have_text(
        "April 2031 signed In April 2031 it signed part 9 of it."
    )
    assert (
        page.evaluate("[...new FormData(document.querySelector('[data-edit-form]'))].length") < 60
    )
    save(page)
    assert raw_items(forum) == before

    # Opened from the keyboard, changed, and filed under another topic that is searched for.
    toggle = items.nth(9).locator("[data-panel-toggle]").first
    toggle.focus()
    page.keyboard.press("Enter")
    text = items.nth(9).locator("[contenteditable=true]").first
    text.click()
    page.keyboard.press("End")
    page.keyboard.type(" Indeed.")
    # The editor writes what it holds into its field a moment later.
    expect(items.nth(9).locator("[name$='-text']").first).to_have_value(re.compile("Indeed"))
    items.nth(9).get_by_role("searchbox").fill("topic 13")
    items.nth(9).get_by_label("Topic 13").check()
    assert accessibility_findings(page, within=".hsec-ticks") == []

    press(items.nth(20), "MOVE_UP")
    press(items.nth(30), "DELETE")
    press(items.nth(40), "DUPLICATE")
    page.locator("[data-streamfield-list-add]").last.click()
    expect(items).to_have_count(61)
    save(page)

    after = raw_items(forum)
    assert len(after) == 61
    assert "Indeed." in after[9]["value"]["text"]
    assert [one["value"] for one in after[9]["value"]["topics"]] == [topics[0].pk, topics[13].pk]
    assert after[9]["value"]["dates"] == before[9]["value"]["dates"]
    assert [after[19], after[20]] == [before[20], before[19]]
    assert after[30:40] == before[31:41]
    assert (after[40]["id"], after[41]["id"] != after[40]["id"]) == (before[41]["id"], True)
    assert after[41]["value"]["text"] == after[40]["value"]["text"]


def test_what_is_wrong_in_a_closed_item_is_shown_at_it(edited, topics):
    good = [make.initiative(HTML.format(n=n), topics=topics[:1]) for n in range(8)]
    bad = make.initiative(HTML.format(n=8), dates=["33 Foo"])
    forum = make.forum_page(SectionPage.objects.get(), body=[make.initiatives(*good, bad)])
    page = edited(forum)

    topics[0].delete()
    with page.expect_navigation():
        # It is in a menu.
        page.locator('[name="action-publish"]').evaluate("button => button.click()")

    wrong = items_of(page).nth(8)
    expect(wrong.locator(".error-message")).to_be_visible()
    expect(wrong.locator('input[name$="-edtf"]')).to_have_value("33 Foo")
    wrong.locator('input[name$="-edtf"]').fill("2031")
    save(page)

    saved = raw_items(forum)
    assert [one["value"]["topics"] for one in saved[:8]] == [[]] * 8
    assert saved[8]["value"]["dates"][0]["value"]["edtf"] == "2031"


def post_form(client, page, posted):
    """Post the edit form of ``page`` with ``posted`` for its one list of initiatives."""
    data = page_form(title=page.title, slug=page.slug, anchor=page.anchor, body="")
    del data["body"]
    data |= {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "initiatives",
        "body-0-id": "i",
        "body-0-value-intro": "null",
        "body-0-value-grouping": "none",
        "body-0-value-initiatives": posted,
        "action-publish": "1",
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def stored(*raws):
    """Return what the form posts where nothing was opened."""
    block = ForumPage._meta.get_field("body").stream_block.child_blocks["initiatives"]
    items = block.child_blocks["initiatives"]
    states = items.get_form_state(items.to_python(list(raws)))
    return json.dumps(
        [{"id": one["id"], "at": at, "stored": one["stored"]} for at, one in enumerate(states)]
    )


def test_a_thousand_items_are_published_under_djangos_limit(client, superuser, topics, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = FIELDS
    client.force_login(superuser)
    forum = make.forum_page(SectionPage.objects.get())
    raws = [make.initiative(HTML.format(n=n), dates=["2031"]) for n in range(1000)]

    post_form(client, forum, stored(*raws))

    forum.refresh_from_db()
    assert [one["value"] for one in next(iter(forum.body.raw_data))["value"]["initiatives"]] == [
        raw["value"] for raw in raws
    ]


def test_what_two_editors_save_at_once_is_kept_in_the_history(client, superuser, topics):
    client.force_login(superuser)
    forum = make.forum_page(SectionPage.objects.get())
    mine, hers = (make.initiative(f"<p>By {name}.</p>") for name in ("me", "her"))

    post_form(client, forum, stored(mine))
    post_form(client, forum, stored(hers))

    versions = Revision.page_revisions.filter(object_id=str(forum.pk)).order_by("pk")
    bodies = [json.dumps(one.content["body"]) for one in versions]
    assert ["By me." in body for body in bodies] == [True, False]
    assert ["By her." in body for body in bodies] == [False, True]


@pytest.mark.parametrize("posted", ["", "[1]", "{", '[{"id":"a","at":0,"fields":3}]'])
def test_a_list_that_no_form_posts_is_a_bad_request(client, superuser, topics, posted):
    client.force_login(superuser)
    forum = make.forum_page(SectionPage.objects.get())

    response = post_form(client, forum, posted)

    assert response.status_code == 400


def test_queries_of_the_edit_form_do_not_grow(client, superuser, topics):
    client.force_login(superuser)
    counts = []
    for size in (3, 60):
        items = [
            make.initiative(HTML.format(n=n), dates=["2031"], topics=[topics[n % 14]])
            for n in range(size)
        ]
        forum = make.forum_page(
            SectionPage.objects.get(), slug=f"forum-{size}", body=[make.initiatives(*items)]
        )
        address = reverse("wagtailadmin_pages:edit", args=[forum.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 40
