"""Odd files among the pages of a folder: left out or kept, and named; and lines that pages share."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.errors import ReadError, SourceError
from hsec_wagtail.importer.reading.files.bundle import open_bundle
from hsec_wagtail.importer.reading.website import SiteReading, read_site
from hsec_wagtail.importer.text.words import html_text

PROSE = "The Department of Ponds counts the frogs of every pond in the country each spring."


def page(title: str, *parts: str) -> bytes:
    body = "".join(parts)
    return f"<html><head><title>{title}</title></head><body>{body}<h1>{title}</h1><p>{PROSE}</p></body></html>".encode()


@pytest.fixture
def folder(tmp_path):
    """Return a function that reads files as one site."""

    def read(files: dict[str, bytes], *, strict: bool = False) -> SiteReading:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        with open_bundle([tmp_path]) as bundle:
            return read_site(bundle, strict=strict)

    return read


def titles(site: SiteReading) -> list[str]:
    return [entry.page.title for entry in site.section.entries()]


def left_out(site: SiteReading) -> list[str]:
    """Return the names of the files that are left out."""
    return [
        str(warning).partition(":")[2].rpartition("/")[2].partition(":")[0]
        for warning in site.warnings
        if warning.code == "file-left-out"
    ]


ODD = {
    "an image": b'<html><title>Map</title><body><img src="map.gif"></body></html>',
    "a comment": b"<!-- for those who read the source -->",
    "a PDF called a page": b"%PDF-1.3 frogs",
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_a_file_that_is_no_page_is_left_out_and_named(folder, data):
    site = folder({"index.html": page("Frogs"), "odd.html": data})

    assert titles(site) == ["Frogs"]
    assert left_out(site) == ["odd.html"]


def test_all_files_that_are_no_pages_are_named(folder):
    site = folder(
        {"index.html": page("Frogs"), **{f"{n}.html": d for n, d in enumerate(ODD.values())}}
    )

    assert left_out(site) == ["0.html", "1.html", "2.html"]


def test_strict_refuses_a_folder_with_a_file_that_is_no_page(folder):
    with pytest.raises(ReadError, match=r"odd\.html: the page shows no word"):
        folder({"index.html": page("Frogs"), "odd.html": ODD["an image"]}, strict=True)


def test_a_folder_of_nothing_but_odd_files_is_refused(folder):
    with pytest.raises(SourceError, match=r"odd\.html"):
        folder({"odd.html": ODD["a PDF called a page"]})


def test_a_page_that_sends_its_readers_on_is_an_old_address_of_the_target(folder):
    moved = b'<html><head><meta http-equiv="refresh" content="0; url=index.html"></head><body></body></html>'

    site = folder({"index.html": page("Frogs"), "old.html": moved})

    assert site.section.top.addresses == ["/index.html", "/old.html"]


def test_a_text_in_an_old_encoding_is_decoded_as_pages_are(folder):
    text = f"Ponds\n\nThe café by the pond is old. {PROSE}\n".encode("cp1252")

    site = folder({"index.html": page("Frogs"), "ponds.txt": text})

    assert "café" in " ".join(html_text(entry.page.lead) for entry in site.section.entries())


def test_a_number_alone_above_a_table_is_kept(folder):
    table = "<p>b)</p><table border=1><tr><td>pond</td><td>3</td></tr><tr><td>lake</td><td>5</td></tr></table>"
    data = page("Frogs").replace(b"</body>", table.encode() + b"</body>")

    site = folder({"index.html": page("Ponds"), "frogs.html": data})

    assert [record.ledger["unclaimed"] for record in site.sources] == [[], []]


def test_a_line_that_several_pages_have_above_the_title_is_left_out_of_all(folder):
    files = {f"{name}.html": page(name, "<p>Count the frogs</p>") for name in ("a", "index", "z")}

    site = folder(files)

    assert [record.ledger["chrome"][0]["words"] for record in site.sources] == [3, 3, 3]


def test_a_line_that_one_page_alone_has_above_the_title_is_kept(folder):
    site = folder({"index.html": page("Frogs"), "a.html": page("Toads", "<p>Count the toads</p>")})

    assert [record.ledger["chrome"] for record in site.sources] == [[], []]


MENU = "<table><tr><td><a href='a.html'>Frogs in ponds</a><br><a href='b.html'>Toads on roads</a></td></tr></table>"


def losing(site: SiteReading) -> list[str]:
    return [
        record.name.rpartition("/")[2]
        for record in site.sources
        if any(warning.code == "much-left-out" for warning in record.warnings)
    ]


def test_a_page_that_loses_much_by_its_form_alone_is_warned_of(folder):
    assert losing(folder({"index.html": page("Frogs"), "c.html": page("Newts", MENU)})) == [
        "c.html"
    ]


def test_a_menu_that_other_pages_have_too_is_no_loss(folder):
    assert losing(folder({"index.html": page("Frogs", MENU), "c.html": page("Newts", MENU)})) == []
