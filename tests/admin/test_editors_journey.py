"""A forum from the first word to its translation, each step by the one whose work it is, in a real browser."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as BrowserPage

from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from hsec_wagtail.models import ForumPage, Initiative
from tests import factories as make
from tests.admin.users import sign_in, user_with
from tests.browser import accessibility_findings, offline_context

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: In milliseconds: the form is heavy, and the machine of a test may be busy.
PATIENCE = 240_000
SPREADSHEET = "Year\tMissions\n2003\t4\n2004\t6"
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""
#: Wagtail's own, which have no names: the editor of rich text, and what its map of the form has not named yet.
WAGTAILS = ("public-DraftEditor-content", "w-minimap-item")


@dataclass(frozen=True, slots=True)
class Site:
    """A section and its topics, in English and French, and who works there."""

    section: Any
    french_section: Any
    topics: dict[str, Any]
    writer: Any
    moderator: Any
    translator: Any
    clerk: Any


@pytest.fixture
def site(section: Any, french: Any, settings: Any) -> Site:
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    settings.HSEC_BASE_TEMPLATE = "hosts/typeface.html"
    settings.HSEC_BASE_BLOCKS = {"title": "title", "head": "head", "main": "main"}
    english = {
        name: make.topic_page(section, title=name, slug=name.lower()) for name in ("Nets", "Lights")
    }
    french_section = translated(section, french, "La politique de la mer")
    topics = {
        **english,
        "Les filets": translated(english["Nets"], french, "Les filets"),
        "Les phares": translated(english["Lights"], french, "Les phares"),
    }
    moderator = user_with("change_page", "publish_page", name="moderator", page=section)
    moderated(section, moderator)
    translator = user_with("change_page", "publish_page", name="translator", page=french_section)
    may_translate(translator, section)
    return Site(
        section=section,
        french_section=french_section,
        topics=topics,
        writer=user_with("add_page", "change_page", name="writer", page=section),
        moderator=moderator,
        translator=translator,
        clerk=user_with(name="clerk"),
    )


def translated(page: Any, locale: Any, title: str) -> Any:
    """Return a published translation of ``page``."""
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = title
    copy.save_revision().publish()
    return copy


def moderated(section: Any, moderator: Any) -> None:
    """Let pages below ``section`` be approved as on a new site of Wagtail, by ``moderator``."""
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(moderator.groups.get())
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=section)


def may_translate(user: Any, section: Any) -> None:
    """Give ``user`` what simple_translation asks for: its permission, and the right to change the original."""
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=section, permission=change)


class Desks:
    """Browsers, one for each who works at the site."""

    def __init__(self, browser: Any, client: Any, address: str, stack: ExitStack) -> None:
        self.browser, self.client, self.address, self.stack = browser, client, address, stack

    def open(self, user: Any = None) -> BrowserPage:
        """Return a page of a browser in which ``user`` is signed in; nobody is, by default."""
        options = {"locale": "en-CA", "viewport": {"width": 1280, "height": 900}}
        context, refused = self.stack.enter_context(offline_context(self.browser, **options))
        context.set_default_timeout(PATIENCE)
        if user is not None:
            sign_in(context, user, client=self.client, address=self.address)
        page = context.new_page()
        self.stack.callback(leave, page, refused)
        return page

    def url(self, name: str, *args: Any) -> str:
        """Return the address of a view of the admin."""
        return self.address + reverse(name, args=args)


def leave(page: BrowserPage, refused: list[str]) -> None:
    """Leave the site, so that no thread of the server is at work when the database is emptied."""
    page.goto("about:blank")
    assert refused == []


@pytest.fixture
def desks(browser: Any, client: Any, live_server: Any) -> Iterator[Desks]:
    expect.set_options(timeout=PATIENCE)
    with ExitStack() as stack:
        yield Desks(browser, client, live_server.url, stack)
    # The option is that of the whole process; Playwright has its own again.
    expect.set_options(timeout=None)


def insert(page: BrowserPage, name: str) -> Locator:
    """Add a block at the end of the body and return it."""
    body = page.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    return body.locator("[data-streamfield-stream-container] > [data-streamfield-child]").last


def choose(page: BrowserPage, action: str) -> None:
    """Choose what to do with the page from the menu beside the button that saves it."""
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name=action, exact=True).click()


def say(page: BrowserPage, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def type_at_once(field: Locator, text: str) -> None:
    """Type into ``field``, to which the form has led the editor by itself."""
    expect(field).to_be_focused()
    field.page.keyboard.type(text)


def write_initiative(
    block: Locator, *, text: str, date: str, echo: str, label: str = "", topic: str
) -> None:
    """Fill the last initiative of ``block`` as one types, and wait for what is said of the date."""
    item = block.locator("[data-streamfield-child]:has([data-contentpath=dates])").last
    item.locator("[data-contentpath=text] [contenteditable=true]").click()
    block.page.keyboard.type(text)
    item.locator("[data-contentpath=dates]").get_by_role("button", name="Add").last.click()
    type_at_once(item.get_by_role("textbox", name="Date"), date)
    expect(item.locator(".hsec-date-echo")).to_contain_text(echo)
    item.get_by_label("What happened").fill(label)
    item.get_by_label(topic).check()


def write_forum(page: BrowserPage) -> None:
    """Fill the form of a new forum."""
    page.get_by_role("textbox", name="Title").first.fill("Council of Seas")
    page.get_by_role("textbox", name="Short name").fill("CoS")
    actions = insert(page, "Initiatives")
    type_at_once(actions.locator("[contenteditable=true]").first, "What Norvania did:")
    write_initiative(
        actions,
        text="Signed the Convention on Derelict Nets.",
        date="April 2004",
        echo="April 2004 – the month, no day",
        label="signed",
        topic="Nets",
    )
    actions.get_by_role("button", name="Add").last.click()
    write_initiative(
        actions,
        text="Chaired the group on lighthouses.",
        date="1999-2000",
        echo="1999–2000 – from one date to another",
        topic="Lights",
    )
    members = insert(page, "Members")
    members.get_by_role("textbox", name="Name").fill("Kingdom of Norway")
    members.get_by_label("Country").select_option(label="Norway")
    members.get_by_label("Since").fill("June 1999")
    table = insert(page, "Table")
    table.get_by_label("Caption").fill("Missions of Norvania")
    table.locator("[role=gridcell]").first.click()
    page.evaluate(PASTE, SPREADSHEET)
    # No more columns than were pasted, though an empty table offers three.
    expect(table.locator("[role=gridcell]")).to_have_count(6)
    link = insert(page, "Link")
    link.get_by_label("Label").fill("Site of the council")
    link.get_by_label("URL").fill("https://seas.example/")


def look_at_preview(page: BrowserPage) -> None:
    """Open the preview beside the form, which shows what was not saved yet as the site would."""
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title=Preview]").first
    shown.get_by_text("Signed the Convention").wait_for()
    shown.get_by_text("April 2004").first.wait_for()
    font = "body => getComputedStyle(body).fontFamily"
    assert "Host Grotesk" in shown.locator("body").evaluate(font)
    page.get_by_role("button", name="Toggle preview").click()


def faults(page: BrowserPage) -> list[str]:
    """Return what axe finds in the form, except in what is Wagtail's own."""
    return [
        f"{finding.rule}: {element}"
        for finding in accessibility_findings(page)
        for element in finding.elements
        if not any(name in element for name in WAGTAILS)
    ]


def rows_of(page: Any) -> dict[str, tuple[list[tuple[str, str]], list[str]]]:
    """Return what the register has of ``page``: the dates and the topics of each initiative."""
    return {
        row.text: (
            list(row.dates.values_list("edtf", "label")),
            [part.topic.title for part in row.topics.select_related("topic")],
        )
        for row in Initiative.objects.filter(page=page).order_by("position")
    }


def test_an_editor_writes_a_moderator_approves_a_translator_translates_and_others_see_nothing(
    site: Site, desks: Desks
) -> None:
    forum = written(site, desks)
    approved(forum, site, desks)
    french = in_french(forum, site, desks)
    seen_by_readers(forum, french, site, desks)
    hidden(forum, site, desks)


def written(site: Site, desks: Desks) -> Any:
    """Write a forum, look at it, save it and submit it; return it."""
    page = desks.open(site.writer)
    page.goto(desks.url("wagtailadmin_home"))
    page.get_by_role("button", name="Policy section").click()
    page.get_by_role("link", name="Forums", exact=True).first.click()
    page.get_by_role("link", name="Add forum page").first.click()
    write_forum(page)
    assert faults(page) == []
    look_at_preview(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    say(page, "Page 'Council of Seas' created.")
    expect(page.locator("input[name$='-edtf']").first).to_have_value("April 2004")
    forum = ForumPage.objects.get()
    answer = desks.open().goto(desks.address + forum.url)
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.keyboard.press("Escape")
    choose(page, "Submit to Moderators approval")
    say(page, "Page 'Council of Seas' has been submitted for moderation.")
    assert [message.to for message in mail.outbox] == [["moderator@example.org"]]
    return forum


def approved(forum: Any, site: Site, desks: Desks) -> None:
    """Approve the forum; it is public then, and in the register."""
    page = desks.open(site.moderator)
    page.goto(desks.url("wagtailadmin_home"))
    with page.expect_navigation():
        page.get_by_role("link", name="Council of Seas").first.click()
    choose(page, "Approve and Publish")
    say(page, "Page 'Council of Seas' has been updated.")
    forum.refresh_from_db()
    assert forum.live
    assert rows_of(forum) == {
        "Signed the Convention on Derelict Nets.": ([("2004-04", "signed")], ["Nets"]),
        "Chaired the group on lighthouses.": ([("1999/2000", "")], ["Lights"]),
    }


def in_french(forum: Any, site: Site, desks: Desks) -> Any:
    """Translate the forum, change and publish the translation; return it."""
    page = desks.open(site.translator)
    page.goto(desks.url("wagtailadmin_pages:edit", forum.pk))
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Translate").first.click()
    page.get_by_label("Français").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Submit").click()
    page.get_by_role("textbox", name="Title").first.fill("Conseil des mers")
    first = page.locator("[data-streamfield-child]:has([data-contentpath=dates])").nth(1)
    expect(first.get_by_label("Les filets")).to_be_checked()
    expect(first.get_by_label("Les phares")).not_to_be_checked()
    first.locator("[data-contentpath=text] [contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("A signé la Convention sur les filets perdus.")
    # The editor gives its field what is typed a moment later.
    field = first.locator("[name$='-text']").first
    expect(field).to_have_value(re.compile("A signé la Convention sur les filets perdus"))
    choose(page, "Publish")
    say(page, "Page 'Conseil des mers' has been published.")
    french = forum.get_translation(site.french_section.locale)
    assert rows_of(french) == {
        "A signé la Convention sur les filets perdus.": ([("2004-04", "signed")], ["Les filets"]),
        "Chaired the group on lighthouses.": ([("1999/2000", "")], ["Les phares"]),
    }
    return french


def seen_by_readers(forum: Any, french: Any, site: Site, desks: Desks) -> None:
    """Read the pages as the public does."""
    page = desks.open()
    page.goto(desks.address + forum.url)
    main = page.locator(".article")
    for words in (
        "What Norvania did:",
        "April 2004",
        "1999–2000",
        "June 1999",
        "Norway",
        "Site of the council",
    ):
        expect(main).to_contain_text(words)
    rows = [row.locator("th, td").all_inner_texts() for row in main.locator("table tr").all()]
    assert rows == [line.split("\t") for line in SPREADSHEET.splitlines()]
    page.goto(desks.address + french.url)
    expect(page.locator(".article")).to_contain_text("avril 2004")
    for name, words, other in (
        ("Nets", "Signed the Convention", "A signé"),
        ("Les filets", "A signé la Convention", "Signed the"),
    ):
        page.goto(desks.address + site.topics[name].url)
        expect(page.locator(".article")).to_contain_text(words)
        expect(page.locator(".article")).not_to_contain_text(other)


def hidden(forum: Any, site: Site, desks: Desks) -> None:
    """Look for it as a user who may enter the admin and has no rights in the section."""
    page = desks.open(site.clerk)
    page.goto(desks.url("wagtailadmin_home"))
    expect(page.get_by_role("link", name="Account").first).to_be_visible()
    expect(page.get_by_role("button", name="Policy section")).to_have_count(0)
    expect(page.get_by_role("button", name="Reports")).to_have_count(0)
    expect(page.get_by_text("Council of Seas")).to_have_count(0)
    for name, *args in (
        ("wagtailadmin_pages:edit", forum.pk),
        ("hsec_forum_pages:index",),
        ("hsec_unresolved_links",),
        ("hsec-initiatives_modeladmin_index",),
    ):
        page.goto(desks.url(name, *args))
        assert page.url == desks.url("wagtailadmin_home"), name
        expect(page.get_by_text("Council of Seas")).to_have_count(0)
