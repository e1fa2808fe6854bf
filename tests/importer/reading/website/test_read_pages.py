"""Several saved pages as one tree: what stands below what, as what, under which key."""

from __future__ import annotations

import zipfile

import pytest

from hsec_wagtail.importer.document.section import DocumentSection
from hsec_wagtail.importer.errors import ReadError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.files.bundle import open_bundle
from hsec_wagtail.importer.reading.readers import check_nothing_lost, read
from hsec_wagtail.importer.reading.website import read_site
from tests.importer.sites import PROSE, html, link, reading, tree, types, words_of, write

FORUMS = (
    '<h2><a name="un">United Nations</a></h2><p>The department works in the UN on many things.</p>'
    '<h2><a name="oas">Organization of American States</a></h2><p>Since joining the OAS it has done a lot.</p>'
)


def home(*body: str) -> str:
    return html("Working abroad", *body)


def guesses(site) -> list[str]:
    """Return what of the tree was guessed."""
    return list(map(str, site.warnings))


@pytest.mark.parametrize(
    "name", ["index.html", "Default.htm", "home.asp", "accueil.htm", "index-e.html"]
)
def test_the_index_page_is_the_top(tmp_path, name):
    site = reading(
        tmp_path, {"a.html": html("Arms"), name: home(), "b/index.html": html("Borders")}
    )

    assert site.section.top.title == "Working abroad"
    assert site.section.source_key == "capture/working-abroad"


def test_the_page_that_breadcrumbs_name_is_the_top_and_that_is_said(tmp_path):
    trail = '<a href="z.html">Working abroad</a> &gt; Arms'

    site = reading(
        tmp_path,
        {"a.html": html("Arms", trail=trail), "b.html": html("Borders", trail=trail.replace("Arms", "Borders")),
         "z.html": home()},
    )  # fmt: skip

    assert tree(site) == {"working-abroad": None, "a": "working-abroad", "b": "working-abroad"}
    assert guesses(site) == ["z.html: taken as the top of the tree: most breadcrumbs name it."]


def test_the_page_that_most_link_to_is_the_top(tmp_path):
    site = reading(
        tmp_path,
        {"a.html": html("Arms", link("z.html", "the top")), "b.html": html("Borders", link("z.html", "it")),
         "z.html": home(link("a.html", "arms"), link("b.html", "borders"))},
    )  # fmt: skip

    assert tree(site) == {"working-abroad": None, "a": "working-abroad", "b": "working-abroad"}
    assert guesses(site) == ["z.html: taken as the top of the tree: most pages link to it."]


def test_the_only_page_of_the_top_folder_is_the_top(tmp_path):
    site = reading(tmp_path, {"x/a.html": html("Arms"), "z.html": home()})

    assert site.section.top.title == "Working abroad"
    assert guesses(site)[0] == (
        "z.html: taken as the top of the tree: it is the only page of the folder at the top."
    )


def test_where_nothing_tells_the_first_page_is_the_top_and_that_is_said(tmp_path):
    site = reading(tmp_path, {"a.html": html("Arms"), "b.html": html("Borders")})

    assert tree(site) == {"arms": None, "b": "arms"}
    assert guesses(site) == [
        "a.html: taken as the top of the tree because it comes first; no index page, breadcrumb or links tell.",
        "b.html: no breadcrumb, folder or link tells where it belongs; it stands below the index page above it.",
    ]


def test_a_breadcrumb_counts_more_than_links_and_folders(tmp_path):
    trail = '<a href="/">Home</a> &gt; <a href="index.html">Working abroad</a> &gt; <a href="b.html">Borders</a> &gt; Arms'

    site = reading(
        tmp_path,
        {"index.html": home(link("x/a.html", "arms"), link("b.html", "borders")), "b.html": html("Borders"),
         "x/index.html": html("Extras"), "x/a.html": html("Arms", trail=trail)},
    )  # fmt: skip

    assert tree(site) == {
        "working-abroad": None,
        "b": "working-abroad",
        "x-a": "b",
        "x": "working-abroad",
    }


def test_a_folder_s_pages_stand_below_its_index_page(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(), "a/index.html": html("Arms"), "a/b/default.htm": html("Borders"),
         "a/b/c.html": html("Crises"), "a/d.html": html("Demining")},
    )  # fmt: skip

    assert tree(site) == {
        "working-abroad": None, "a": "working-abroad", "a-d": "a", "a-b": "a", "a-b-c": "a-b",
    }  # fmt: skip
    assert guesses(site) == []


def test_a_folder_without_an_index_page_hangs_below_that_of_the_folder_above(tmp_path):
    site = reading(
        tmp_path, {"index.html": home(), "a/index.html": html("Arms"), "a/b/c.html": html("Crises")}
    )

    assert tree(site)["a-b-c"] == "a"


def test_links_make_the_tree_where_all_pages_are_in_one_folder(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(link("z.html", "zones"), link("a.html", "arms")), "a.html": html("Arms", link("c.html", "crises")),
         "c.html": html("Crises", link("z.html", "zones"), link("index.html", "start")), "z.html": html("Zones")},
    )  # fmt: skip

    # In the order in which the top page links to them.
    assert tree(site) == {
        "working-abroad": None,
        "z": "working-abroad",
        "a": "working-abroad",
        "c": "a",
    }
    assert guesses(site) == []


def test_pages_that_say_of_one_another_that_they_are_above_are_cut_apart(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(), "a.html": html("Arms", trail='<a href="b.html">Borders</a> &gt; Arms'),
         "b.html": html("Borders", trail='<a href="a.html">Arms</a> &gt; Borders')},
    )  # fmt: skip

    assert tree(site) == {"working-abroad": None, "a": "working-abroad", "b": "a"}
    assert guesses(site) == ["a.html: the pages lead in a circle here; it stands below the top."]


def test_a_page_on_a_forum_of_the_top_stands_below_it_as_a_page_of_its_own(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(FORUMS, '<p><a href="more.html">More on the OAS</a></p>'),
         "more.html": html("Organization of American States", "<h2>Background</h2>", PROSE),
         "un.html": html("United Nations")},
    )  # fmt: skip

    assert tree(site) == {
        "working-abroad": None, "united-nations": "working-abroad", "un": "united-nations",
        "organization-of-american-states": "working-abroad", "more": "organization-of-american-states",
    }  # fmt: skip
    assert set(types(site).values()) == {"section", "forum", "policy"}
    assert (types(site)["un"], types(site)["more"]) == ("policy", "policy")
    assert guesses(site) == []


def test_a_page_that_a_forum_of_the_top_links_to_stands_below_it(tmp_path):
    site = reading(
        tmp_path,
        {
            "index.html": home(FORUMS, link("speech.html", "a speech")),
            "speech.html": html("Speech"),
        },
    )

    assert tree(site)["speech"] == "organization-of-american-states"


def test_sections_of_another_page_are_parts_of_it(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(link("a.html", "arms")), "a.html": html("Arms", "<h2>Before</h2>", PROSE, "<h2>After</h2>", PROSE)},
    )  # fmt: skip

    (entry,) = [entry for entry in site.section.entries() if entry.page.key == "a"]
    assert [(node.type, getattr(node, "text", "")) for node in entry.page.body] == [
        ("heading", "Before"), ("paragraph", ""), ("heading", "After"), ("paragraph", ""),
    ]  # fmt: skip
    assert entry.page.type == "policy"


def test_sections_on_organisations_stay_forums(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(link("r.html", "regions")), "r.html": html("Regions", FORUMS)},
    )

    assert tree(site) == {
        "working-abroad": None, "r": "working-abroad", "united-nations": "r", "organization-of-american-states": "r",
    }  # fmt: skip
    assert types(site)["r"] == "section"


def test_a_page_called_as_an_organisation_is_a_forum_and_one_with_pages_below_a_section(tmp_path):
    site = reading(
        tmp_path,
        {"index.html": home(link("o.html", "the OSCE"), link("p.html", "programmes"), link("q.html", "questions")),
         "o.html": html("Organization for Security and Cooperation in Europe (OSCE)"),
         "p.html": html("Programmes", link("r.html", "research")), "q.html": html("Questions"), "r.html": html("Research")},
    )  # fmt: skip

    assert types(site) == {
        "working-abroad": "section", "o": "forum", "p": "section", "r": "policy", "q": "policy",
    }  # fmt: skip


def test_no_two_pages_have_one_key(tmp_path):
    site = reading(
        tmp_path,
        {
            "index.html": home(FORUMS),
            "united-nations.html": html("Other"),
            "a-b.html": html("A"),
            "a/b.html": html("B"),
        },
    )

    keys = [entry.page.key for entry in site.section.entries()]
    assert len(set(keys)) == len(keys) == 6
    assert {"united-nations", "united-nations-2", "a-b", "a-b-2"} < set(keys)


def test_keys_and_order_do_not_change_with_the_time_of_reading(tmp_path):
    files = {
        "index.html": home(FORUMS),
        "b.html": html("B", link("c.html", "c")),
        "c.html": html("C"),
        "d/e.html": html("E"),
    }

    one, other = reading(tmp_path, files), reading(tmp_path)

    assert words_of(one) == words_of(other)
    assert list(one.sources) == list(other.sources)


def test_one_page_alone_is_what_it_is_by_itself(tmp_path):
    page = home(FORUMS)
    alone = read(page.encode(), name="index.html").document

    site = reading(tmp_path, {"index.html": page})

    document = site.document
    document.page.addresses = []
    assert document.page == alone.page
    assert document.source_key == alone.source_key


def test_an_archive_is_read_as_its_folder_is(tmp_path):
    files = {"index.html": home(FORUMS, link("a/b.html", "b")), "a/b.html": html("B")}
    folder = write(tmp_path / "site", files)
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        for name in files:
            archive.write(folder / name, name)

    with open_bundle([tmp_path / "site.zip"]) as bundle:
        packed = read_site(bundle)

    # The bundle is closed by now.
    assert words_of(packed) == words_of(reading(folder))


def test_outlines_are_those_of_the_document(tmp_path):
    links = '<h3>Quick links</h3><ul><li><a href="a.html">Arms</a></li><li><a href="b.html">Borders</a></li></ul>'
    site = reading(tmp_path, {"index.html": home(FORUMS, links), "a.html": html("Arms")})

    assert list(site.section.outlines()) == list(DocumentSection(site.document).outlines())
    assert [outline.has_links for outline in site.section.outlines()] == [True, False, False, False]


def test_every_entry_names_the_source_that_its_spans_are_in(tmp_path):
    site = reading(
        tmp_path, {"index.html": home(FORUMS, link("a.html", "arms")), "a.html": html("Arms")}
    )

    for entry in site.section.entries():
        start, end = entry.page.title_span or (0, 0)
        assert site.record(entry.source).text[start:end] == entry.page.title


def test_no_word_of_any_page_is_lost(tmp_path):
    site = reading(
        tmp_path,
        {
            "index.html": home(FORUMS),
            "a.html": html("Arms", "<h2>Before</h2>", PROSE),
            "b.txt": "Borders\n\nThey are long.\n",
        },
    )

    check_nothing_lost([site])
    assert [run for record in site.sources for run in record.ledger["unclaimed"]] == []


def test_the_document_of_a_site_is_sound_and_whole(tmp_path):
    site = reading(
        tmp_path,
        {
            "index.html": home(FORUMS, link("a.html#b", "arms")),
            "a.html": html("Arms", '<h2 id="b">B</h2>', PROSE),
        },
    )

    assert [page.key for page in site.document.page.walk()] == list(tree(site))


def test_an_empty_file_is_left_out_and_said(tmp_path):
    site = reading(tmp_path, {"index.html": home(), "a.html": " \n"})

    assert said(site.warnings) == [f"{tmp_path / 'a.html'}: empty; left out."]


def test_a_folder_of_nothing_but_empty_files_is_refused(tmp_path):
    with pytest.raises(ReadError, match="there is no word in any of its pages"):
        reading(tmp_path, {"a.html": ""})


def test_pages_in_another_language_are_named(tmp_path):
    french = (
        "<html lang='fr'><body><h1>Le travail</h1><p>Le ministère travaille avec les autres pays et il en rend"
        " compte ici, chaque année, dans les deux langues.</p></body></html>"
    )

    site = reading(tmp_path, {"index.html": home(link("f.html", "f")), "f.html": french})

    assert said(site.warnings) == [
        "f.html (fr): in another language than the section (en), as it seems. Import them by themselves, or say"
        " --language.",
    ]


def test_what_needs_a_look_stands_with_the_first_source(tmp_path):
    site = reading(tmp_path, {"index.html": home(), "b.html": html("Borders")})

    assert set(site.warnings) < set(site.record(0).warnings)
