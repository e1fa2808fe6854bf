"""Dates as they are typed into the form of a page, in a real browser."""

import pytest

from django.urls import reverse

from tests import factories as make
from tests.admin.users import sign_in
from tests.browser import accessibility_findings

pytestmark = pytest.mark.browser
# In milliseconds: the form is heavy, and the machine of a test may be busy.
PATIENCE = 120_000
DATE = "input[data-controller~='hsec-date'][name*='edtf']"


@pytest.fixture
def forum(section):
    """Return a published forum whose one initiative has an empty date."""
    return make.forum_page(
        section, body=[make.initiatives(make.initiative("<p>Signed it.</p>", dates=[""]))]
    )


@pytest.fixture
def form(live_server, forum, superuser, client, browser_page):
    """Return the form that edits the forum, open in the browser."""
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    browser_page.set_default_timeout(PATIENCE)
    address = live_server.url + reverse("wagtailadmin_pages:edit", args=[forum.pk])
    browser_page.goto(address, wait_until="domcontentloaded")
    # The script has connected the field.
    browser_page.locator(f"{DATE}[aria-describedby*='-echo']").wait_for()
    return browser_page


def echo_of(page, field):
    return page.locator(f"[id='{field.get_attribute('id')}-echo']")


def tab_to(page, selector):
    """Press Tab until the element is reached; it is an error if it never is."""
    for _ in range(300):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by Tab")


def stored_dates(forum):
    forum.refresh_from_db()
    latest = forum.get_latest_revision_as_object()
    return [
        [page.live, page.body.raw_data[0]["value"]["initiatives"][0]["value"]["dates"][0]["value"]]
        for page in (forum, latest)
    ]


def test_a_date_in_french_words_is_typed_echoed_and_published_by_keyboard_alone(form, forum):
    tab_to(form, DATE)
    form.keyboard.type("avril 2004")
    field = form.locator(DATE)
    echo = echo_of(form, field)
    echo.filter(has_text="April 2004 – the month, no day").wait_for()

    assert echo.get_attribute("aria-live") == "polite"
    assert echo.get_attribute("id") in field.get_attribute("aria-describedby").split()
    assert field.input_value() == "avril 2004"

    with form.expect_navigation():
        form.keyboard.press("Control+s")
    (_live, (_is_live, draft)) = stored_dates(forum)
    assert draft["edtf"] == "avril 2004"

    tab_to(form, ".w-dropdown-button [data-w-dropdown-target='toggle']")
    form.keyboard.press("Enter")
    tab_to(form, "[name='action-publish']")
    with form.expect_navigation():
        form.keyboard.press("Enter")
    ((is_live, live), _latest) = stored_dates(forum)
    assert (is_live, live["edtf"]) == (True, "2004-04")


def test_either_reading_is_a_button_that_fills_the_field(form):
    field = form.locator(DATE)
    field.fill("03/04/2004")
    choice = echo_of(form, field).get_by_role("button", name="3 April 2004")
    choice.wait_for()

    assert accessibility_findings(form, within=".hsec-date-echo") == []
    choice.press("Enter")

    echo_of(form, field).filter(has_text="3 April 2004 – the day").wait_for()
    assert field.input_value() == "2004-04-03"
    assert field.evaluate("field => field === document.activeElement")


def test_pasted_text_of_any_length_is_kept_and_answered(form):
    field = form.locator(DATE)
    field.fill("1999 " * 2000)

    echo_of(form, field).filter(has_text="too long for a date").wait_for()

    assert len(field.input_value()) == 10_000


def test_block_that_is_added_later_says_what_it_understands(form):
    form.locator("[data-contentpath='dates']").get_by_role("button", name="Add").last.click()
    field = form.locator(DATE).last
    field.fill("since June 1999")

    echo_of(form, field).filter(has_text="since June 1999 – without an end").wait_for()


def test_labels_are_offered_to_choose_from(form):
    label = form.locator("input[data-controller~='hsec-date-label']").first
    label.focus()
    form.locator("#hsec-date-labels option[value='ratified']").wait_for(state="attached")

    assert label.get_attribute("list") == "hsec-date-labels"
