"""The report as one HTML page: all is in it, nothing of a source is markup, it needs nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.utils import translation

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.runs.report_html.page import report_page
from hsec_wagtail.importer.text.words import words
from hsec_wagtail.models import ForumPage, ImportItem, ImportRun
from tests import browser as browsers
from tests.importer import samples
from tests.importer.recorded import imported

CAPTURE = """Department of the North

Working with others

The department works with <b>others</b> & more to make people safer, in two forums.

Council of the North

Alliance

Council of the North

The council meets each spring. Actions include:

• tabling a report (June 2000)
• hosting a meeting (2001-2002)

Alliance

The alliance is younger than the council and meets in the autumn.
"""


@pytest.fixture
def capture(tmp_path):
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    return path


@pytest.fixture
def run(home, capture) -> ImportRun:
    return imported(capture, parent=home)


def page_of(run: ImportRun | None, *arguments: Any, **options: Any) -> Any:
    return BeautifulSoup("".join(report_page(run, *arguments, **options)), "html.parser")


def text_of(soup: Any, selector: str) -> list[str]:
    return [" ".join(one.get_text(" ").split()) for one in soup.select(selector)]


def test_it_needs_nothing_else(run):
    soup = page_of(run)

    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert soup.find_all(["script", "link", "img", "iframe"]) == []
    assert not re.search(r"url\(|@import", soup.style.string)
    assert all(link["href"].startswith("#") for link in soup.find_all("a"))


def test_it_says_what_was_done(run):
    soup = page_of(run)

    assert soup.h1.string == f"Report of import run {run.pk}"
    assert "4 created" in text_of(soup, ".counts li")
    titles = text_of(soup, ".item summary span")
    assert titles[:3] == ["Working with others", "Council of the North", "Alliance"]


def test_the_source_is_shown_whole_and_as_text(run):
    soup = page_of(run)

    (source, *_) = soup.select(".pane > .text")
    for reason in source.find_all("small"):
        reason.decompose()
    assert words(source.get_text()) == words(CAPTURE)
    assert source.b is None


def test_every_stretch_leads_to_its_part_and_back(run):
    soup = page_of(run)

    ids = [one["id"] for one in soup.find_all(id=True)]
    links = [one["href"][1:] for one in soup.find_all("a")]
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)
    parts = [one for one in soup.select(".part") if one.a]
    assert len(parts) > 5
    for part in parts:
        stretch = soup.find(id=f"{part['id']}-s")
        assert stretch["href"] == f"#{part['id']}"
        assert words(stretch.get_text())[0] in words(part.select_one(".text").get_text())


def test_what_was_left_out_is_shown_with_its_reason(run):
    soup = page_of(run)

    left_out = {one.small.string for one in soup.select(".chrome") if one.small}
    assert left_out == {reason for _, _, reason in said(run.sources.get().chrome)}
    assert any("masthead" in row or "jump" in row for row in text_of(soup, "tbody tr"))


def test_words_that_nobody_claimed_are_marked(run):
    source = run.sources.get()
    end = source.text.index("people")
    source.ledger["unclaimed"] = [{"span": [end, end + 6], "text": "people"}]
    source.save()

    soup = page_of(run)

    assert text_of(soup, "mark") == ["claimed by nothing people"]
    assert "people" in text_of(soup, "details[open] li")


def test_dates_are_shown_with_their_values(run):
    rows = text_of(page_of(run), "details tbody tr")

    assert [row.split(" council")[0] for row in rows] == [
        "June 2000 2000-06",
        "2001-2002 2001/2002",
    ]


def test_changes_are_shown_word_by_word(run, capture, home):
    item = run.items.get(title="Alliance")
    item.differences = [
        {
            "kind": "changed", "path": "title", "label": [["title", 0]], "before": "A <i>", "after": "A b",
            "words": [["=", "A "], ["-", "<i>"], ["+", "b"]],
        }
    ]  # fmt: skip
    item.save()

    soup = page_of(run)

    assert text_of(soup, ".changes") == ["Changed Title A <i> b"]
    assert (soup.select_one("del").string, soup.select_one("ins").string) == ("<i>", "b")


def test_conflicts_are_shown_from_all_sides_and_open(run):
    item = run.items.get(title="Alliance")
    item.action = ImportItem.Action.CONFLICT
    conflict = {"path": "lead", "label": [["lead", 0]], "kind": "deleted here", "taken": False}
    item.conflicts = [{**conflict, "base": "<p>Was</p>", "theirs": "<p>Is</p>", "ours": None}]
    item.save()

    soup = page_of(run)

    assert text_of(soup, "details.item[open] .conflict dd") == ["Was", "Is", "not there"]
    assert text_of(soup, ".conflict > p") == [
        "Deleted here, changed at the source. The editor's stays."
    ]


def test_a_document_is_its_own_source(home, tmp_path):
    run = imported(samples.write(tmp_path, samples.section()), parent=home)

    assert "This is a section document: it is its own source." in text_of(page_of(run), ".note")


def test_texts_that_would_make_it_too_large_are_left_out_and_that_is_said(run):
    soup = page_of(run, most_text=100)

    assert text_of(soup, ".pane") == []
    assert "The text is left out: the report would be too large." in text_of(soup, ".note")


def test_a_dry_run_has_its_report(home, capture):
    pages: list[Any] = []

    service.preview(
        capture,
        options=ImportOptions(parent=home),
        on_written=lambda run, report: pages.append(page_of(run, report)),
    )

    (soup,) = pages
    assert "This was a dry run: nothing was written." in text_of(soup, "strong")
    assert "4 to create" in text_of(soup, ".counts li")
    assert len(text_of(soup, ".part")) > 5
    assert not ImportRun.objects.exists()


def test_an_import_that_had_nothing_to_write_has_its_report(run, home, capture):
    report = service.run(capture, options=ImportOptions(parent=home))

    soup = page_of(None, report)

    assert "4 unchanged" in text_of(soup, ".counts li")
    assert text_of(soup, ".source-record h3") == [str(capture)]


def test_it_speaks_the_reader_s_language(run):
    with translation.override("fr"):
        soup = page_of(run)

    assert soup.html["lang"] == "fr"
    assert soup.h1.string == f"Rapport de l’importation {run.pk}"


def test_the_queries_do_not_grow_with_the_pages(home, tmp_path, django_assert_max_num_queries):
    document = samples.section()
    forums = [{**samples.council(), "key": f"c{n}", "title": f"Council {n}"} for n in range(30)]
    document["page"]["children"] += forums
    run = imported(samples.write(tmp_path, document), parent=home)

    with django_assert_max_num_queries(8):
        list(report_page(run))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible(browser, transactional_db, home, tmp_path, scheme, width):
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    run = imported(path, parent=home)
    html = "".join(report_page(run))
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}

    with browsers.offline_context(browser, **options) as (context, refused):
        page = context.new_page()
        page.set_content(html)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

        assert browsers.accessibility_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert refused == []


def test_a_stretch_and_its_part_are_highlighted_without_a_script(
    browser, transactional_db, home, tmp_path
):
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    html = "".join(report_page(imported(path, parent=home)))

    with browsers.offline_context(browser, java_script_enabled=True) as (context, _):
        page = context.new_page()
        page.set_content(html)
        page.click("a.content >> text=The alliance is younger")
        there = page.evaluate("document.querySelector(':target').textContent")
        page.click(".part:target a")
        back = page.evaluate("document.querySelector(':target').textContent")

    assert "The alliance is younger than the council" in there
    assert back.startswith("The alliance is younger")


def test_an_editor_s_page_is_none_of_it(run):
    ForumPage.objects.get(title="Alliance").delete()

    assert "Alliance" in text_of(page_of(run), "h5")
