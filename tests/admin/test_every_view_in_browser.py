"""Every page that the app adds to the admin, in a browser: accessible, readable in a narrow window, worked by keyboard."""

from datetime import date

import pytest

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from hsec_wagtail.models import ImportItem, OutsideLink, OutsidePlace
from tests import factories as make
from tests.admin.users import sign_in
from tests.browser import accessibility_findings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Each width and each colour scheme once: what a browser says of the one does not depend on the other.
LOOKS = [("light", 1280), ("dark", 320)]
#: What Wagtail itself has on such pages: the bar for what was selected, panels at the side, icons beside headings.
OF_WAGTAIL = ".footer, .form-side, .w-minimap, main svg, a[href$='/unpublish/']"
#: What stands outside the window where nobody can scroll to: Wagtail hides what does not fit into its ``main``.
CUT_OFF = """ofWagtail => {
    const main = document.querySelector("main");
    const scrolls = (one) => getComputedStyle(one).overflowX !== "visible";
    const isReached = (one) => one !== main && (scrolls(one) || isReached(one.parentElement));
    return [...main.querySelectorAll("*")].filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        const isOutside = width && (left < -1 || right > document.documentElement.clientWidth + 1);
        return isOutside && !one.closest(ofWagtail) && !isReached(one.parentElement);
    }).map((one) => one.outerHTML.slice(0, 200));
}"""
#: The controls that are seen; of radio buttons with one name one.
CONTROLS = """ofWagtail => {
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const seen = [...document.querySelectorAll(`main :is(${wanted})`)].filter((one) => !one.disabled && one.tabIndex >= 0
        && !one.closest(ofWagtail) && one.checkVisibility({ visibilityProperty: true }));
    window.waiting = new Set(seen);
    window.unmarked = [];
    document.querySelector("main").tabIndex = -1;
    document.querySelector("main").focus();
    return seen.length;
}"""
#: Note the control that has the focus; return whether there are others that nobody came to yet.
TABBED = """() => {
    const one = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    const isMarked = boxShadow !== "none" || (outlineStyle !== "none" && parseFloat(outlineWidth));
    if (window.waiting.delete(one) && !isMarked) window.unmarked.push(one.outerHTML.slice(0, 200));
    return window.waiting.size > 0;
}"""
LEFT = "() => [[...window.waiting].map((one) => one.outerHTML.slice(0, 200)), window.unmarked]"


@pytest.fixture
def page(browser_page, live_server, client, superuser):
    """Return a page of a superuser."""
    browser_page.set_default_timeout(180_000)
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    yield browser_page
    # No thread of the server may be at work when the database is emptied.
    browser_page.goto("about:blank")


@pytest.fixture
def forum(opened, section, run, french):
    """Return a page about which each list has something to say, and of which there are two versions."""
    items = [make.initiative("<p>Did it recently.</p>", dates=["2001"]) for _number in range(4)]
    items.append(make.initiative("<p>Spoke of water.</p>", dates=["next spring"]))
    body = [make.members("Norvania"), make.initiatives(*items), make.link("Treaty")]
    page = make.forum_page(
        section, title="Council of the Seas", body=body, review_on=date(2020, 1, 1)
    )
    page.save_revision().publish()
    translated = page.copy_for_translation(french, copy_parents=True)
    translated.body = [make.paragraph("<p>Une rencontre.</p>")]
    translated.save_revision().publish()
    page.body = [*page.body.raw_data[1:], make.paragraph("<p>New.</p>")]
    page.save_revision()
    link = OutsideLink.objects.create(
        url="https://a.example/an/address/of/some/length", digest="a", state="broken", status=404
    )
    OutsidePlace.objects.create(link=link, page=page)
    kind = ContentType.objects.get_for_model(page)
    ImportItem.objects.create(
        run=run, position=1, object_id=str(page.pk), key="a", title="Council", content_type=kind
    )
    return page


@pytest.fixture
def addresses(opened, forum, client, superuser):
    """Return the addresses of all pages of the admin that are ours, and of Wagtail's with parts of ours."""
    client.force_login(superuser)
    names = {"delete": [forum.pk], "revisions_compare": [forum.pk, "live", "latest"]}
    return [
        reverse("wagtailadmin_home"),
        *(one for one in opened if b'id="main"' in client.get(one).getvalue()),
        *(reverse(f"wagtailadmin_pages:{name}", args=args) for name, args in names.items()),
    ]


def not_of_wagtail(page, findings):
    """Return those of ``findings`` that are of elements of our own."""
    found = [(one.rule, html) for one in findings for html in one.elements]
    script = "([html, ofWagtail]) => [...document.querySelectorAll(ofWagtail)].some((one) => one.outerHTML.includes(html))"
    return [one for one in found if not page.evaluate(script, [one[1], OF_WAGTAIL])]


def left_by_tab(page):
    """Return the controls that the key Tab does not lead to, and those that do not show the focus."""
    count = page.evaluate(CONTROLS, OF_WAGTAIL)
    # Fields of several parts, and Wagtail's own controls, are on the way.
    for _press in range(2 * count + 40):
        page.keyboard.press("Tab")
        if not page.evaluate(TABBED):
            break
    return page.evaluate(LEFT)


def faults(page, url, scheme, width):
    """Return what is wrong with a page as it is seen so, by what is looked at."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    findings = accessibility_findings(page, within="main")
    found = {
        "rules": findings and not_of_wagtail(page, findings),
        "cut off": page.evaluate(CUT_OFF, OF_WAGTAIL),
    }
    if width == 1280:
        found["no way"], found["no focus"] = left_by_tab(page)
        rows = page.locator("main table tbody tr").count()
        found["empty"] = "/reports/" in url and not rows
    return {what: one for what, one in found.items() if one}


def test_every_page_is_accessible_fits_a_narrow_window_and_is_worked_by_keyboard(
    page, addresses, live_server
):
    wrong = {}
    for address in addresses:
        url = live_server.url + address
        page.goto(url)
        for scheme, width in LOOKS:
            found = faults(page, url, scheme, width)
            if found:
                # What scripts still build is no fault: it is one if it is there again, on a page with all files at hand.
                page.goto(url, wait_until="networkidle")
                again = faults(page, url, scheme, width)
                if again:
                    wrong[address, width] = again

    assert wrong == {}
