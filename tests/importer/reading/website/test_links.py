"""Links between the pages of an import, the addresses they had, and the images beside them."""

from __future__ import annotations

import re

import pytest

from hsec_wagtail.importer.messages import said
from tests.importer.sites import PROSE, html, link, reading

TOP = html("Working abroad", '<h2><a name="un">United Nations</a></h2>', PROSE, '<h2 id="oas">Organization of American States</h2>', PROSE)  # fmt: skip
ARMS = html("Arms", '<h2 id="mines">Mines</h2>', PROSE)


def hrefs(site, key: str) -> list[str]:
    """Return the addresses of the links in the texts of a page, in order."""
    (page,) = [entry.page for entry in site.section.entries() if entry.page.key == key]
    return re.findall(r'href=\\"([^"\\]*)\\"', page.model_dump_json())


def dead_links(site) -> list[str]:
    """Return the links that lead to no page of the import, each with the page that it stands on."""
    return [said for record in site.sources for said in record.dead_links]


@pytest.mark.parametrize(
    ("href", "reference"),
    [
        pytest.param("arms.html", "page:arms", id="page"),
        pytest.param("./x/../arms.html", "page:arms", id="by a long way"),
        pytest.param("ARMS.HTML", "page:arms", id="case that Windows does not mind"),
        pytest.param("arms.html#mines", "page:arms#mines", id="heading of a page"),
        pytest.param("arms.html#gone", "page:arms", id="place that is not there"),
        pytest.param("/", "page:working-abroad", id="folder of an index page"),
        pytest.param("index.html#un", "page:united-nations", id="forum of the top"),
        pytest.param("index.html#oas", "page:organization-of-american-states", id="forum by its id"),
        pytest.param("#here", "#here", id="place in the page"),
        pytest.param("test.html#here", "#here", id="place in the page, by its name"),
        pytest.param("http://www.example.org/arms.html", "http://www.example.org/arms.html", id="elsewhere"),
        pytest.param("mailto:a@example.org", "mailto:a@example.org", id="mail"),
        pytest.param("arms.html?print=1", "arms.html?print=1", id="another query"),
    ],
)  # fmt: skip
def test_links_become_references(tmp_path, href, reference):
    page = html("Test", link(href, "this"), '<h2 id="here">Here</h2>', PROSE)

    site = reading(tmp_path, {"index.html": TOP, "arms.html": ARMS, "test.html": page})

    assert hrefs(site, "test") == [reference]


@pytest.mark.parametrize(
    "base_url",
    [
        "https://old.example.org/policy/",
        "https://old.example.org/policy",
        "https://old.example.org/policy/index.html",
    ],
)
def test_with_the_address_of_the_folder_absolute_links_are_known(tmp_path, base_url):
    page = html(
        "Test",
        link("http://OLD.example.org:80/policy/arms.html", "a"),
        link("/policy/", "b"),
        link("../c.html", "c"),
    )

    site = reading(
        tmp_path, {"index.html": TOP, "arms.html": ARMS, "test.html": page}, base_url=base_url
    )

    assert hrefs(site, "test") == [
        "page:arms",
        "page:working-abroad",
        "https://old.example.org/c.html",
    ]
    assert dead_links(site) == ["test: https://old.example.org/c.html"]


def test_pages_know_their_old_addresses(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": TOP, "x y/arms.html": ARMS},
        base_url="https://old.example.org/policy/",
    )

    assert {entry.page.key: entry.page.addresses for entry in site.section.entries()} == {
        "working-abroad": ["https://old.example.org/policy/index.html"],
        "united-nations": [],
        "organization-of-american-states": [],
        "x-y-arms": ["https://old.example.org/policy/x%20y/arms.html"],
    }


def test_without_an_address_a_page_stood_at_its_path(tmp_path):
    site = reading(tmp_path, {"index.html": TOP, "x y/arms.html": ARMS})

    assert site.section.top.addresses == ["/index.html"]
    assert [entry.page.addresses for entry in site.section.entries()][-1] == ["/x%20y/arms.html"]


def test_pages_that_a_browser_saved_know_where_they_are_from(tmp_path):
    def saved(url: str) -> str:
        return f"<!-- saved from url=({len(url):04}){url} -->\n"

    top, arms = "http://old.example.org/p/", "http://old.example.org/p/arms.asp?id=3"
    site = reading(
        tmp_path,
        {
            "Working abroad.htm": saved(top) + html("Working abroad", link("arms.asp?id=3", "a"), link(arms, "b"), link("arms.asp?id=4", "c")),
            "Arms.htm": saved(arms) + html("Arms", link("/p/", "top"), link("Working%20abroad.htm", "top")),
        },
    )  # fmt: skip

    assert hrefs(site, "working-abroad") == [
        "page:arms-id-3",
        "page:arms-id-3",
        "http://old.example.org/p/arms.asp?id=4",
    ]
    assert hrefs(site, "arms-id-3") == ["page:working-abroad", "page:working-abroad"]
    assert dead_links(site) == ["working-abroad: http://old.example.org/p/arms.asp?id=4"]


def test_links_that_lead_nowhere_in_the_import_are_listed_with_their_page(tmp_path):
    site = reading(
        tmp_path,
        {
            "index.html": TOP,
            "test.html": html("Test", link("gone.html", "gone"), link("http://e.org/", "e")),
        },
    )

    assert dead_links(site) == ["test: gone.html"]


def test_quick_links_and_links_of_their_own_name_pages(tmp_path):
    links = '<p><a href="arms.html">More on arms</a></p><h3>Quick links</h3><ul><li><a href="arms.html">Arms</a></li><li><a href="arms.html#mines">Mines</a></li></ul>'

    site = reading(
        tmp_path, {"index.html": html("Working abroad", PROSE, links), "arms.html": ARMS}
    )

    top = site.section.top
    assert [(x.label, x.page, x.url) for group in top.quick_links for x in group.links] == [
        ("Arms", "arms", None), ("Mines", None, "page:arms#mines"),
    ]  # fmt: skip
    assert [(node.label, node.page) for node in top.body if node.type == "link"] == [
        ("More on arms", "arms")
    ]


QUICK = '<h3>Quick links</h3><ul><li><a href="{up}index.html">Start</a></li><li><a href="{up}arms.html">Arms</a></li></ul>'


def test_quick_links_that_a_page_has_from_above_are_said_once(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": html("Working abroad", QUICK.format(up="")), "arms.html": html("Arms", QUICK.format(up="")),
         "x/y.html": html("Why", QUICK.format(up="../"))},
    )  # fmt: skip

    groups = {
        entry.page.key: [g.heading for g in entry.page.quick_links]
        for entry in site.section.entries()
    }
    assert groups == {"working-abroad": ["Quick links"], "arms": [], "x-y": []}
    for record in (site.record(number) for number in (0, 2)):
        assert said(record.ledger["chrome"]) == [
            {"reason": "repeated quick links of Working abroad", "words": 4}
        ]
        assert record.ledger["unclaimed"] == []


def test_quick_links_with_other_targets_are_others(tmp_path):
    other = QUICK.format(up="").replace("arms.html", "http://e.org/")

    site = reading(
        tmp_path,
        {
            "index.html": html("Working abroad", QUICK.format(up="")),
            "arms.html": html("Arms", other),
        },
    )

    assert [g.heading for g in [*site.section.entries()][1].page.quick_links] == ["Quick links"]


def test_images_beside_pages_are_named_as_the_bundle_names_them(tmp_path):
    page = html(
        "Working abroad",
        '<p>Look: <img src="Index_files/A.gif" alt="a"> and <img src="http://e.org/b.gif" alt="b"></p>',
    )

    site = reading(tmp_path, {"index.html": page, "index_files/a.gif": b"GIF89a"})

    assert site.record(0).images == ("index_files/a.gif", "http://e.org/b.gif")


def test_images_of_a_page_whose_address_is_known_are_found_too(tmp_path):
    page = html("Working abroad", '<p>Look: <img src="images/a.gif" alt="a"></p>')

    site = reading(
        tmp_path,
        {"index.html": page, "images/a.gif": b"GIF89a"},
        base_url="http://old.example.org/p/",
    )

    assert site.record(0).images == ("images/a.gif",)


def test_two_copies_of_one_page_are_named(tmp_path):
    url = "<!-- saved from url=(0026)http://old.example.org/p/a -->\n"

    site = reading(tmp_path, {"index.html": TOP, "a.html": url + ARMS, "b.html": url + ARMS})

    assert "a.html, b.html: all of them are the page http://old.example.org/p/a." in said(
        site.warnings
    )
