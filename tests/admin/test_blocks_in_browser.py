"""Blocks in Wagtail's editor: a table as a grid, countries and languages by their names."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from django.urls import reverse

import hsec_wagtail
from tests import factories as make
from tests.admin.users import sign_in
from tests.browser import accessibility_findings

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

READY = "[data-hsec-grid], select[name$=country]"
SCRIPTS = Path(hsec_wagtail.__file__).parent / "static" / "hsec_wagtail" / "js"
PASTE = """([html, plain]) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData('text/html', html);
    clipboardData.setData('text/plain', plain);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""
SPREADSHEET = """<html><body><table>
<tr><td>Year</td><td style="font-weight:700">Ships</td><td>Area</td></tr>
<tr><td>2029</td><td>4</td><td>31 km<sup>2</sup></td></tr>
<tr><td colspan="2">in all</td><td><a href="https://nets.example/?a=1&amp;b=2">48 CO<sub>2</sub></a></td></tr>
</table></body></html>"""


def table(*rows: list[str]) -> dict[str, Any]:
    items = [make.item([make.item(html) for html in row]) for row in rows]
    return make.block("table", {"caption": "Nets", "header": "row", "rows": items})


@pytest.fixture
def edit(
    live_server: Any, browser_page: "BrowserPage", client: Any, superuser: Any
) -> Iterator[Callable[[Any], Any]]:
    """Return a function that opens the form of a page."""
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    browser_page.set_default_timeout(300_000)

    def open_form(page: Any) -> "BrowserPage":
        form = reverse("wagtailadmin_pages:edit", args=[page.pk])
        browser_page.goto(live_server.url + form, wait_until="commit")
        browser_page.wait_for_selector(READY)
        return browser_page

    yield open_form
    # A request that is under way when the test ends would meet a database that is being emptied.
    browser_page.wait_for_load_state("networkidle")


def save(form: "BrowserPage") -> None:
    """Save a draft and wait for the form that opens then; tests read it, since the server holds the database."""
    with form.expect_navigation(wait_until="networkidle"):
        form.locator("#page-edit-form").evaluate("form => form.requestSubmit()")
    form.wait_for_selector(READY)


def saved_rows(form: "BrowserPage") -> list[Any]:
    """Save and return the rows of the table: ids, and for each cell its id and HTML."""
    save(form)
    rows: list[Any] = json.loads(form.locator("[data-hsec-grid] > input").input_value())
    return rows


def texts(rows: list[Any]) -> list[list[str]]:
    return [[html for _id, html in cells] for _id, cells in rows]


def test_a_pasted_spreadsheet_becomes_a_table_and_other_cells_stay_as_they_were(edit, home):
    section = make.section_page(home)
    kept = [f'<a linktype="page" id="{section.pk}">CO<sub>2</sub></a>', "m<sup>2</sup>"]
    page = make.policy_page(section, body=[table(kept, ["", ""])])
    form = edit(page)

    form.locator("[role=gridcell]").nth(2).click()
    form.evaluate(PASTE, [SPREADSHEET, "Year\tShips\tArea"])
    saved = saved_rows(form)

    assert texts(saved) == [
        [*kept, ""],
        ["Year", "<b>Ships</b>", "Area"],
        ["2029", "4", "31 km<sup>2</sup>"],
        ["in all", "", '<a href="https://nets.example/?a=1&amp;b=2">48 CO<sub>2</sub></a>'],
    ]
    first = page.body.raw_data[0]["value"]["rows"][0]
    assert saved[0][0] == first["id"]
    assert [cell_id for cell_id, _html in saved[0][1][:2]] == [one["id"] for one in first["value"]]


def test_cells_are_edited_with_the_keyboard_alone(edit, home):
    page = make.policy_page(
        make.section_page(home), body=[table(["H<sub>2</sub>O", "b"], ["c", "d"])]
    )
    form = edit(page)

    form.locator("[role=gridcell]").first.focus()
    form.keyboard.press("Enter")
    form.keyboard.type(" is wet")
    assert accessibility_findings(form, within="[data-hsec-grid]") == []
    form.keyboard.press("Tab")
    form.keyboard.type("!")
    form.keyboard.press("Escape")
    form.keyboard.press("ArrowDown")
    form.keyboard.type("new")
    form.keyboard.press("Escape")
    form.keyboard.press("ArrowLeft")
    form.keyboard.press("Delete")
    name = form.evaluate("document.activeElement.getAttribute('aria-label')")
    saved = saved_rows(form)

    assert texts(saved) == [["H<sub>2</sub>O is wet", "b!"], ["", "dnew"]]
    assert name == "Row 2, column 1: empty"


def test_rows_and_columns_are_added_deleted_and_brought_back(edit, home):
    page = make.policy_page(make.section_page(home), body=[table(["a", "b"], ["c", "d"])])
    form = edit(page)
    grid = form.locator("[data-hsec-grid]")

    form.locator("[role=gridcell]").nth(3).click()
    grid.get_by_role("button", name="Row above").click()
    grid.get_by_role("button", name="Column after").click()
    grid.get_by_role("button", name="Delete column").click()
    form.locator("[role=gridcell]").first.click()
    grid.get_by_role("button", name="Delete row").click()
    grid.get_by_role("button", name="Undo").click()
    said = grid.get_by_role("status").inner_text()
    saved = saved_rows(form)

    assert texts(saved) == [["a", "b"], ["", ""], ["c", "d"]]
    assert said == "The last change was undone."


def test_a_thousand_rows_are_pasted_and_too_many_are_refused_with_nothing_lost(edit, home):
    page = make.policy_page(make.section_page(home), body=[table(["a", "b"])])
    form = edit(page)
    status = form.locator("[data-hsec-grid]").get_by_role("status")

    form.locator("[role=gridcell]").first.click()
    form.evaluate(PASTE, ["", "\n".join(f"{n}\tship\tport" for n in range(1000))])
    said = status.inner_text()
    form.evaluate(PASTE, ["", "\n".join(f"{n}\tship\tport" for n in range(20_000))])
    refused = status.inner_text()
    saved = saved_rows(form)

    assert said == "Pasted: 1000 rows of 3 cells."
    assert refused.startswith("Nothing was pasted: with 20000 more rows")
    assert texts(saved) == [[str(n), "ship", "port"] for n in range(1000)]


def test_readers_of_the_clipboard_keep_what_a_spreadsheet_says(browser_page):
    browser_page.add_script_tag(path=SCRIPTS / "table-text.js")
    read = "html => hsecTableText.readTable(html).rows"

    lines = browser_page.evaluate(
        "text => hsecTableText.readLines(text)", 'a\t"two\nlines ""said"""\r\n<b>\t5" long\n\tlast'
    )
    merged = browser_page.evaluate(
        read,
        "<table><tr><td rowspan=2>a</td><td style='font-weight: 700'>b</td></tr><tr><td>c</td></tr></table>",
    )
    docs = browser_page.evaluate(
        read,
        '<b style="font-weight:normal"><table><tr><td><span style="vertical-align:super">1</span> <i>x</i></td>'
        '<td><a href="javascript:x()">y</a></td></tr></table></b>',
    )

    assert lines == [["a", 'two<br>lines "said"'], ["&lt;b&gt;", '5" long'], ["", "last"]]
    assert merged == [["a", "<b>b</b>"], ["", "c"]]
    assert docs == [["<sup>1</sup> <i>x</i>", "y"]]


@pytest.mark.parametrize(
    "html",
    [
        "H<sub>2</sub>O <b>is <i>wet</i></b><br>and &lt; &amp;",
        '<a linktype="page" id="3"><b>a</b>b</a> <a href="/seas/">c</a>',
        '<a linktype="document" id="4">d</a>',
        '<a linktype="of a site" data-name="x">e</a>',
        "\U0001f41f <b>f</b> \U0001f41f",
        "",
    ],
)
def test_content_of_the_editor_becomes_the_html_it_was_made_of(browser_page, html):
    browser_page.add_script_tag(path=SCRIPTS / "table-text.js")

    again = browser_page.evaluate(
        "html => hsecTableText.toHtml(hsecTableText.toContent(html))", html
    )

    shown = again.replace("<b>is </b><b><i>wet</i></b>", "<b>is <i>wet</i></b>")
    assert shown == html


def test_offsets_for_the_editor_count_an_emoji_once(browser_page):
    browser_page.add_script_tag(path=SCRIPTS / "table-text.js")

    content = browser_page.evaluate("hsecTableText.toContent('\U0001f41f <b>net\U0001f41f</b>')")

    assert content["blocks"][0]["inlineStyleRanges"] == [
        {"offset": 2, "length": 4, "style": "BOLD"}
    ]


def test_countries_and_languages_are_chosen_by_name_and_other_codes_stay(edit, home):
    members = [
        make.item({"name": name, "country": code, "role": "member", "since": "", "until": ""})
        for name, code in [("Norway", ""), ("Norvania", "QQ")]
    ]
    documents = [
        make.item({"document": None, "title": title, "language": code})
        for title, code in [("Nets", ""), ("Sails", "x-old")]
    ]
    body = [
        make.block("members", {"intro": "", "display": "list", "members": members}),
        make.block("documents", {"heading": "", "documents": documents}),
    ]
    page = make.policy_page(make.section_page(home), body=body)
    form = edit(page)

    country, other = form.locator("select[name$=country]").all()
    language, variant = form.locator("select[name$=language]").all()
    country.focus()
    form.keyboard.type("norw")
    language.select_option(label="French")
    shown = [
        one.evaluate("one => one.selectedOptions[0].text") for one in (country, other, variant)
    ]
    save(form)
    countries, languages = (
        form.locator(f"select[name$={name}]").evaluate_all("all => all.map(one => one.value)")
        for name in ("country", "language")
    )

    assert shown == ["Norway", "QQ (not in the list)", "x-old (not in the list)"]
    assert countries == ["NO", "QQ"]
    assert languages == ["fr", "x-old"]
