"""Framesets in a folder: the frame with the text is the page, the menu is the navigation."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.readers import check_nothing_lost
from tests.importer.sites import PROSE, html, link, reading, tree

MENU = '<html><body><p><a href="main.html" target="main">Start</a></p><p><a href="arms.html" target="main">Arms</a></p></body></html>'
BANNER = "<html><body><h1>Department of the Coast</h1></body></html>"
MAIN = html("Working abroad", link("arms.html", "arms"))


def frameset(*frames: str, noframes: str = "") -> str:
    inside = "".join(f'<frame src="{src}" name="f{n}">' for n, src in enumerate(frames))
    return f"<html><head><title>Department</title></head><frameset cols='20%,*'>{inside}<noframes>{noframes}</noframes></frameset></html>"


def test_the_frame_with_the_text_stands_for_the_frameset(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": frameset("top.html", "menu.html", "main.html"), "top.html": BANNER, "menu.html": MENU,
         "main.html": MAIN, "arms.html": html("Arms", link("index.html", "start"))},
    )  # fmt: skip

    assert tree(site) == {"working-abroad": None, "arms": "working-abroad"}
    assert site.section.top.addresses == ["/index.html", "/main.html"]
    assert 'href=\\"page:working-abroad\\"' in [*site.section.entries()][1].page.model_dump_json()


def test_the_menu_is_the_navigation_and_its_words_are_accounted_for(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": frameset("top.html", "menu.html", "main.html"), "top.html": BANNER, "menu.html": MENU,
         "main.html": MAIN, "arms.html": html("Arms")},
    )  # fmt: skip

    (group,) = site.section.navigation
    assert (group.slug, [(x.label, x.page) for x in group.links]) == (
        "site-navigation", [("Start", "working-abroad"), ("Arms", "arms")],
    )  # fmt: skip
    chrome = {
        record.name.rpartition("/")[2]: said(record.ledger["chrome"]) for record in site.sources
    }
    assert chrome["menu.html"] == [{"reason": "menu in a frame", "words": 2}]
    assert chrome["top.html"] == [{"reason": "banner in a frame", "words": 4}]
    check_nothing_lost([site])


def test_frames_in_the_folder_beside_the_page_are_read(tmp_path):
    site = reading(
        tmp_path,
        {"Site.htm": frameset("Site_files/menu.html", "Site_files/main.html"), "Site_files/menu.html": MENU, "Site_files/main.html": MAIN},
    )  # fmt: skip

    assert list(tree(site)) == ["working-abroad"]
    assert [record.name.rpartition("/")[2] for record in site.sources] == [
        "Site.htm",
        "menu.html",
        "main.html",
    ]


def test_a_frameset_in_a_frameset_is_opened(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": frameset("menu.html", "inner.html"), "inner.html": frameset("top.html", "main.html"),
         "top.html": BANNER, "menu.html": MENU, "main.html": MAIN, "arms.html": html("Arms")},
    )  # fmt: skip

    assert tree(site) == {"working-abroad": None, "arms": "working-abroad"}
    assert site.section.top.addresses == ["/index.html", "/inner.html", "/main.html"]


def test_a_frame_that_is_not_there_is_named(tmp_path):
    site = reading(tmp_path, {"index.html": frameset("menu.html", "main.html"), "main.html": MAIN})

    assert "index.html: a frameset; not among the files: menu.html." in said(site.warnings)


@pytest.mark.parametrize(
    "frames", [["index.html"], ["b.html", "main.html"]], ids=["itself", "a circle"]
)
def test_framesets_in_a_circle_come_to_an_end(tmp_path, frames):
    files = {
        "index.html": frameset(*frames, noframes=PROSE),
        "b.html": frameset("index.html", noframes=PROSE),
        "main.html": MAIN,
    }

    site = reading(tmp_path, files)

    assert "working-abroad" in tree(site)
    check_nothing_lost([site])


def test_text_for_browsers_without_frames_is_left_out_and_that_is_said(tmp_path):
    site = reading(
        tmp_path, {"index.html": frameset("main.html", noframes=PROSE), "main.html": MAIN}
    )

    check_nothing_lost([site])
    assert any(
        "text for browsers without frames, 15 words; not made a page." in text
        for text in said(site.warnings)
    )
