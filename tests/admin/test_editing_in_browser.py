"""Rules, hints, checks and pasting while a page is edited, in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from django.urls import reverse

from hsec_wagtail.admin import content_checks
from tests import factories as make
from tests.admin.users import sign_in
from tests.browser import accessibility_findings, offline_context

pytestmark = pytest.mark.browser

STATIC = Path(content_checks.__file__).parents[1] / "static/hsec_wagtail/js"
# As Word writes it, shortened.
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"></head><body lang=EN-CA><!--StartFragment-->
<p class=MsoNormal>CO<sub>2</sub> on the 1<sup>st</sup> of <b>May</b> 😀 m<span style='vertical-align:super'>2</span>,
see <a href="#annex">the annex</a>, <a href="/about/">about</a>, <a href="https://example.org/a">a site</a>
and a note<a href="#_ftn1">[1]</a>.<o:p></o:p></p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>Year<o:p></o:p></p></td><td><p>Ships</p></td></tr>
<tr><td><p class=MsoNormal>2001</p></td><td><p>12</p></td></tr></table>
<p class=MsoNormal>After H<sub>2</sub>O<o:p></o:p></p><!--EndFragment--></body></html>"""
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def forum(section):
    body = [
        make.paragraph('<p>Read <a href="https://example.org/">here</a>.</p>'),
        make.initiatives(make.initiative("<p>Signed in April 2004.</p>")),
    ]
    return make.forum_page(section, body=body)


@pytest.fixture
def form(browser, client, superuser, forum, live_server) -> Iterator[Any]:
    """Return the edit form of ``forum`` in the browser."""
    with offline_context(browser, viewport={"width": 1280, "height": 900}) as (context, refused):
        sign_in(context, superuser, client=client, address=live_server.url)
        page = context.new_page()
        page.add_init_script(
            "addEventListener('w-unsaved:watch-edits', () => { window.watchedSince = performance.now(); });"
        )
        # The first form of a process takes long: all that the admin needs is loaded for it.
        page.set_default_timeout(300_000)
        page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[forum.pk]))
        page.locator("#body-root").wait_for()
        yield page
        assert refused == []


@pytest.fixture
def autosave(settings):
    """Let forms save themselves as they do on a site; elsewhere in these tests they would save behind a test's back."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500


@pytest.mark.usefixtures("autosave")
def test_date_of_the_text_is_filed_with_one_click_and_saved(form, forum):
    # Wagtail compares with the form as it is some seconds after it was loaded, and looks at it once more after that.
    form.wait_for_function("performance.now() - window.watchedSince > 2000")
    form.get_by_role("button", name="File “April 2004” as date").click()

    dates = form.locator("[name$='-dates-0-value-edtf'], [name$='-dates-0-value-label']")
    assert [field.input_value() for field in dates.all()] == ["2004-04", "signed"]
    assert "Filed as a date" in form.locator("[data-hsec-hints-status]").inner_text()
    # The form saves itself, and the hints are made again.
    form.get_by_text("There are no hints for what is saved.").wait_for()
    forum.refresh_from_db()
    (saved,) = forum.get_latest_revision_as_object().body[1].value["initiatives"]
    assert [dict(date) for date in saved["dates"]] == [
        {"edtf": "2004-04", "label": "signed", "text": "April 2004"}
    ]


def test_hints_are_accessible(form):
    assert form.locator("[data-hsec-hints] a").first.is_visible()
    assert accessibility_findings(form, within="[data-hsec-hints]") == []


def test_pasting_keeps_sub_and_superscript_links_and_tables(form):
    editor = form.locator("#body-0-value").locator("xpath=..").locator("[contenteditable=true]")
    editor.click()
    form.keyboard.press("Control+A")
    form.keyboard.press("Delete")

    editor.evaluate(PASTE, FROM_WORD)

    form.locator("[name='body-3-value']").wait_for(state="attached")
    # The editor writes what it holds into its field a moment later.
    for place in (0, 3):
        form.wait_for_function(
            "name => document.getElementsByName(name)[0].value.includes('SUBSCRIPT')",
            arg=f"body-{place}-value",
        )
    pasted = json.loads(form.locator("[name='body-0-value']").input_value())
    (block,) = pasted["blocks"]
    assert styled(block) == {
        "BOLD": ["May"],
        "SUBSCRIPT": ["2"],
        "SUPERSCRIPT": ["st", "2"],
    }
    assert [entity["data"] for entity in pasted["entityMap"].values()] == [
        {"url": "#annex"},
        {"url": "/about/"},
        {"url": "https://example.org/a"},
    ]
    (table,) = [json.loads(field.input_value()) for field in form.locator("[name$='-rows']").all()]
    assert [[html for _id, html in cells] for _id, cells in table] == [
        ["Year", "Ships"],
        ["2001", "12"],
    ]
    (after,) = json.loads(form.locator("[name='body-3-value']").input_value())["blocks"]
    assert (after["text"], styled(after)) == ("After H2O", {"SUBSCRIPT": ["2"]})


def test_pasting_into_the_lead_keeps_as_much_but_for_tables(form, forum):
    field = form.locator("[name='lead']")
    editor = field.locator("xpath=..").locator("[contenteditable=true]")
    editor.click()

    editor.evaluate(PASTE, FROM_WORD)

    form.wait_for_function("() => document.getElementsByName('lead')[0].value.includes('#annex')")
    pasted = json.loads(field.input_value())
    first, *others = pasted["blocks"]
    assert styled(first) == {
        "BOLD": ["May"],
        "SUBSCRIPT": ["2"],
        "SUPERSCRIPT": ["st", "2"],
    }
    assert [entity["data"]["url"] for entity in pasted["entityMap"].values()] == [
        "#annex",
        "/about/",
        "https://example.org/a",
    ]
    assert [block["text"] for block in others] == ["Year", "Ships", "2001", "12", "After H2O"]
    assert form.locator("[name='body-count']").input_value() == "2"


def styled(block):
    """Return the texts of each style."""
    found: dict[str, list[str]] = {}
    for part in block["inlineStyleRanges"]:
        text = block["text"][part["offset"] : part["offset"] + part["length"]]
        found.setdefault(part["style"], []).append(text)
    return found


def test_content_checks_of_the_preview_say_what_our_rules_find(form):
    form.locator("[data-side-panel-toggle='checks']").click()

    checks = form.locator("[data-side-panel='checks']")
    checks.get_by_text("Link text says nothing").first.wait_for()
    assert "Name what the link leads to" in checks.inner_text()


@pytest.fixture(scope="module")
def checks(browser) -> Iterator[Any]:
    """Return a function that tells whether HTML passes one of our checks."""
    script = (STATIC / "content-checks.js").read_text(encoding="utf-8")
    options = {check["id"]: check.get("options") for check in content_checks.CHECKS}
    with offline_context(browser) as (context, _refused):
        page = context.new_page()
        page.set_content("<wagtail-userbar></wagtail-userbar><main></main>")
        page.evaluate(
            "window.checks = {}; document.querySelector('wagtail-userbar').registerCheck ="
            " (name, check) => { window.checks[name] = check; }"
        )
        page.evaluate(script)

        def passes(name: str, html: str) -> bool:
            return bool(
                page.evaluate(
                    "([name, html, options]) => { const main = document.querySelector('main');"
                    " main.innerHTML = html;"
                    " return window.checks[name](main.firstElementChild, options); }",
                    [f"{name}-check", html, options[f"{name}-check"]],
                )
            )

        yield passes


def test_link_texts_that_say_nothing_are_found(checks):
    nothing = [
        "here", "Click here", "Read more…", "» read&nbsp;more", "ici", "Cliquez ici", "En savoir plus",
        "plus d'information", "https://example.org/a", "www.example.org",
    ]  # fmt: skip
    something = ["Treaties in force", "More about treaties", "Ici Radio-Canada", "example.org", ""]

    def found(text, attributes=""):
        return not checks("hsec-link-text", f'<a href="/" {attributes}>{text}</a>')

    assert [text for text in nothing if not found(text)] == []
    assert [text for text in something if found(text)] == []
    assert not found("here", 'aria-label="Treaties in force"')


#: Texts, and whether they are right in France and in Canada. ~ is a no-break space.
FRENCH = [
    ("Quoi~?", True, False),
    ("Quoi?", False, True),
    ("Quoi ?", False, False),
    ("Un~; deux", True, False),
    ("Un; deux", False, True),
    ("Voici~: un", True, True),
    ("Voici: un", False, False),
    ("Voici : un", False, False),
    ("«~Oui~»", True, True),
    ("« Oui »", False, False),
    ("«Oui»", False, False),
    ("À 14:30, au rapport 1:2", True, True),
    ("Voir https://example.org/a?b=c;d: e", True, True),
    ("Le code <code>a ? b : c;</code> suffit.", True, True),
    ("<b>Note</b>~: un", True, True),
    ("<b>Note</b>: un", False, False),
    ("Il cite <i lang='en'>Why not?</i> en anglais.", True, True),
    ("Quoi~?! Non… (Pourquoi~?)", True, False),
    ("<ul><li>Un: deux</li></ul>", True, True),
]


@pytest.mark.parametrize(("language", "rule", "column"), [
    ("fr", "hsec-french-spacing", 1),
    ("fr-CA", "hsec-french-spacing-canada", 2),
])  # fmt: skip
def test_french_spacing_is_that_of_the_content_s_country(checks, language, rule, column):
    def passes(text, name=rule):
        html = text.replace("~", "\u202f")
        return checks(name, f'<div lang="{language}">{html}</div>')

    assert [row[0] for row in FRENCH if passes(row[0]) is not row[column]] == []
    other = {"hsec-french-spacing", "hsec-french-spacing-canada"} - {rule}
    assert all(passes("Quoi ?", name) for name in other)
    assert checks(rule, '<p lang="en">What ? This: « that »</p>')
