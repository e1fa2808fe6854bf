"""The public pages in a real browser, in our own frame: accessible, at any size, without scripts, on their own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import accessibility_findings, offline_context

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response, Route

pytestmark = pytest.mark.browser

PAGES = [
    "section",
    "cards",
    "forum",
    "announced",
    "topic",
    "policy",
    "search",
    "search-none",
    "initiatives",
    "initiatives-filtered",
    "timeline",
    "timeline-filtered",
    "members",
    "country",
    "changes",
    "cite",
    "data",
]
POLICY = "default-src 'self'"
SIZES = {"wide": 1280, "narrow": 320}


@pytest.fixture
def addresses(live_server, front_site) -> dict[str, str]:
    return {name: live_server.url + path for name, path in front_site.addresses.items()}


@pytest.fixture
def opened(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a function that opens a page in a profile with given options."""
    contexts: list[Any] = []

    def open_page(address: str, **options: Any) -> Any:
        manager = offline_context(browser, **options)
        context, refused = manager.__enter__()
        contexts.append((manager, refused))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for manager, refused in contexts:
        manager.__exit__(None, None, None)
        assert refused == []


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(opened, addresses, width, scheme):
    page = opened("about:blank", viewport={"width": width, "height": 800}, color_scheme=scheme)

    for name in PAGES:
        page.goto(addresses[name])

        assert accessibility_findings(page) == [], name


def test_nothing_scrolls_sideways_on_a_narrow_screen(opened, addresses):
    page = opened("about:blank", viewport={"width": 320, "height": 800})

    for name in PAGES:
        page.goto(addresses[name])

        assert page.evaluate("document.documentElement.scrollWidth") == 320, name


def test_nothing_scrolls_sideways_with_text_twice_as_large(opened, addresses):
    page = opened("about:blank", viewport={"width": 640, "height": 800})

    for name in PAGES:
        page.goto(addresses[name])
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") == 640, name


def test_pages_keep_a_strict_content_security_policy(opened, addresses):
    page = opened("about:blank")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def add_policy(route: "Route") -> None:
        response = route.fetch()
        route.fulfill(
            response=response, headers={**response.headers, "content-security-policy": POLICY}
        )

    page.route("**/*", add_policy)
    for name in PAGES:
        page.goto(addresses[name])

    # A browser asks for this file by itself.
    assert [text for text in complaints if "404" not in text] == []


def test_links_work_without_scripts(opened, addresses):
    page = opened(addresses["section"], java_script_enabled=False)

    page.get_by_role("link", name="Regional Centre").first.click()
    assert page.url.endswith("#centre")
    page.get_by_role("searchbox").fill("council")
    page.get_by_role("button", name="Search").click()

    assert page.get_by_role("heading", name="Search results").is_visible()
    assert page.get_by_role("link", name="Council of Seas").first.is_visible()


def test_first_key_leads_past_the_header_and_focus_is_seen(opened, addresses):
    page = opened(addresses["section"])

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "hsec-main"

    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_columns_stand_beside_each_other_only_where_there_is_room(opened, addresses):
    page = opened(addresses["section"], viewport={"width": 1280, "height": 800})
    content, aside = page.locator(".hsec-page__content"), page.locator(".hsec-page__aside")

    wide = (content.bounding_box(), aside.bounding_box())
    page.set_viewport_size({"width": 320, "height": 800})
    narrow = (content.bounding_box(), aside.bounding_box())

    assert wide[0]["x"] + wide[0]["width"] <= wide[1]["x"]
    assert narrow[0]["y"] + narrow[0]["height"] <= narrow[1]["y"]


def test_print_leaves_out_navigation_and_shows_where_links_lead(opened, addresses):
    page = opened(addresses["forum"])

    page.emulate_media(media="print")
    after = page.evaluate(
        "getComputedStyle(document.querySelector('.hsec-link a'), '::after').content"
    )

    for selector in (".hsec-breadcrumb", ".hsec-page__aside", ".hsec-site__header"):
        assert not page.locator(selector).is_visible()
    assert after == '" <https://example.org/council>"'


def test_forced_colours_keep_the_pages_accessible(opened, addresses):
    page = opened(addresses["forum"], forced_colors="active")

    assert accessibility_findings(page) == []


def test_page_is_light(opened, addresses):
    page = opened("about:blank")
    sizes: list[int] = []

    def note(response: "Response") -> None:
        sizes.append(len(response.body()))

    page.on("response", note)
    page.goto(addresses["section"], wait_until="networkidle")

    assert sum(sizes) < 100_000


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_french_pages_are_accessible(opened, live_server, french_site, width):
    page = opened("about:blank", viewport={"width": width, "height": 800}, locale="fr-CA")

    for name, path in french_site.addresses.items():
        page.goto(live_server.url + path)

        assert accessibility_findings(page) == [], name
