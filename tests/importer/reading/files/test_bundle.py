"""What a SOURCE on the command line names."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.files.bundle import Bounds, SourceFile, open_bundle
from tests.importer.sites import write


def open_source(source: str | Path, max_bytes: int = 20_000_000) -> list[SourceFile]:
    """Return the files of one source; of what lies on disk, they are read when they are asked for."""
    return list(open_bundle([source], bounds=Bounds(source_bytes=max_bytes)))


def read(source):
    """Return names and bytes of the files that ``source`` names."""
    return [(file.name, file.data) for file in open_source(source)]


def paths(*sources, **bounds):
    """Return the paths of the files that ``sources`` name together."""
    with open_bundle(sources, bounds=Bounds(**bounds)) as bundle:
        return [file.path for file in bundle]


def test_a_file_is_read(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"Peace")

    assert read(path) == [(str(path), b"Peace")]


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Peace")))

    assert read("-") == [("standard input", b"Peace")]


def test_a_folder_is_its_documents_in_order_of_name(tmp_path):
    for name in ("fr.yaml", "en.json", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")

    assert [Path(file.name).name for file in open_source(tmp_path)] == ["en.json", "fr.yaml"]


def test_packaged_content_is_named_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    names = [file.name for file in open_source("human-security")]

    assert names == ["human-security/en.yaml", "human-security/fr.yaml"]


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"a" * 100)

    (file,) = open_source(path, max_bytes=10)

    assert len(file.data) == 11


def test_a_file_that_is_not_there_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path / "gone.txt")

    assert str(refused.value) == (
        f"{tmp_path / 'gone.txt'}: no such file. Give the path of a file, a folder or a ZIP archive, - for"
        " standard input, or the name of packaged content (human-security, international-policy)."
    )


def test_a_folder_without_pages_and_documents_is_refused(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path)

    assert str(refused.value) == (
        f"{tmp_path}: neither pages nor section documents in it (.htm, .html, .asp, .php, .txt, .json,"
        " .yaml, .yml). Name the files to import."
    )


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "page.txt"
    path.write_bytes(b"Peace")

    def deny(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)

    (file,) = open_source(path)
    with pytest.raises(SourceError) as refused:
        _ = file.data

    assert (
        str(refused.value)
        == f"{path}: cannot be read: Permission denied. Check the file and its permissions."
    )


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(SourceError) as refused:
        open_source("n" * 300)

    assert str(refused.value) == (
        f"{'n' * 300}: cannot be read: File name too long. Check the file and its permissions."
    )


def test_pages_of_a_folder_come_folder_by_folder_in_order_of_name(tmp_path):
    write(
        tmp_path,
        dict.fromkeys(["b.html", "A.htm", "forums/un.asp", "forums/a/x.php", "z.txt"], "x"),
    )

    assert paths(tmp_path) == ["A.htm", "b.html", "z.txt", "forums/un.asp", "forums/a/x.php"]


def test_what_is_no_page_is_not_listed(tmp_path):
    write(tmp_path, dict.fromkeys([
        "a.html", "style.css", ".hidden.html", ".git/x.html", "a_files/frame.html", "a.files/x.htm",
        "robots.txt", "__MACOSX/a.html", "picture.gif",
    ], "x"))  # fmt: skip

    assert paths(tmp_path) == ["a.html"]


def test_a_page_with_its_query_in_its_name_is_a_page(tmp_path):
    write(tmp_path, {"page.asp?id=5": "x", "page.asp@id=6": "x"})

    assert paths(tmp_path) == ["page.asp?id=5", "page.asp@id=6"]


def test_images_beside_pages_are_found_and_read(tmp_path):
    write(tmp_path, {"a.html": "x", "a_files/logo.gif": b"GIF89a"})

    with open_bundle([tmp_path]) as bundle:
        found = bundle.find("a_files/LOGO.GIF")
        data = bundle.file(found or "").data

    assert (found, data) == ("a_files/logo.gif", b"GIF89a")


@pytest.mark.parametrize(
    "path", ["../outside.gif", "/etc/passwd", "a/../../outside.gif", "gone.gif", "", "a\0.gif"]
)
def test_what_is_not_in_the_folder_is_not_found(tmp_path, path):
    write(tmp_path, {"outside.gif": "x", "site/a.html": "x", "site/a/b.html": "x"})

    with open_bundle([tmp_path / "site"]) as bundle:
        assert bundle.find(path) is None


def test_a_name_that_two_files_share_but_for_case_names_neither(tmp_path):
    write(tmp_path, {"a.html": "x", "Logo.gif": "x", "LOGO.gif": "x"})

    with open_bundle([tmp_path]) as bundle:
        assert (bundle.find("logo.gif"), bundle.find("Logo.gif")) == (None, "Logo.gif")


def test_links_that_lead_out_of_a_folder_are_left_out_and_said(tmp_path):
    write(tmp_path, {"secret.html": "x", "other/b.html": "x", "site/a.html": "x"})
    (tmp_path / "site" / "leak.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site" / "loop").symlink_to(tmp_path / "site")
    (tmp_path / "site" / "inside.html").symlink_to(tmp_path / "site" / "a.html")

    with open_bundle([tmp_path / "site"]) as bundle:
        listed = [file.path for file in bundle]
        warnings = bundle.warnings
        assert bundle.find("leak.html") is None

    assert listed == ["a.html", "inside.html"]
    assert said(warnings) == [
        f"{tmp_path / 'site' / name}: a symbolic link; it is not followed."
        for name in ("leak.html", "loop")
    ]


def test_a_link_that_was_named_itself_is_read(tmp_path):
    write(tmp_path, {"there/a.html": "x"})
    (tmp_path / "here.html").symlink_to(tmp_path / "there" / "a.html")

    assert read(tmp_path / "here.html") == [(str(tmp_path / "here.html"), b"x")]


def test_several_files_stand_below_the_folder_that_all_are_in(tmp_path):
    write(tmp_path, {"site/index.html": "x", "site/forums/un.html": "x"})

    assert paths(tmp_path / "site/index.html", tmp_path / "site/forums/un.html") == [
        "index.html",
        "forums/un.html",
    ]


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    write(tmp_path, {"a.html": "x", "b.html": "x"})

    assert paths(tmp_path / "a.html", tmp_path / "b.html", tmp_path / "a.html") == [
        "a.html",
        "b.html",
    ]


def test_several_folders_stand_below_their_names(tmp_path):
    write(tmp_path, {"one/x/a.html": "1", "two/x/a.html": "2"})

    with open_bundle([tmp_path / "one/x", tmp_path / "two/x"]) as bundle:
        read = [(file.path, file.data) for file in bundle]

    assert read == [("x/a.html", b"1"), ("x-2/a.html", b"2")]


@pytest.mark.parametrize(
    ("files", "is_site"),
    [
        pytest.param(["en.yaml", "fr.yaml"], False, id="documents"),
        pytest.param(["a.html"], True, id="a page"),
        pytest.param(["a.html", "data.json"], True, id="a page and data"),
    ],
)
def test_pages_of_a_folder_are_one_site_and_documents_are_not(tmp_path, files, is_site):
    write(tmp_path, dict.fromkeys(files, "{}"))

    with open_bundle([tmp_path]) as bundle:
        assert bundle.is_site is is_site


def test_one_file_is_no_site(tmp_path):
    write(tmp_path, {"a.html": "x"})

    with open_bundle([tmp_path / "a.html"]) as bundle:
        assert not bundle.is_site


def test_text_beside_documents_is_left_out_and_said(tmp_path):
    write(tmp_path, {"en.yaml": "x", "notes.txt": "x"})

    with open_bundle([tmp_path]) as bundle:
        assert [file.path for file in bundle] == ["en.yaml"]
        assert said(bundle.warnings) == [
            f"{tmp_path / 'notes.txt'}: left out; it stands beside section documents."
        ]


def test_pages_and_documents_together_are_refused(tmp_path):
    write(tmp_path, {"a.html": "x", "b.json": '{"format": "hsec-section/1"}'})

    with pytest.raises(SourceError) as refused:
        paths(tmp_path)

    assert str(refused.value) == (
        f"{tmp_path}: holds saved pages (a.html) and section documents (b.json). Import them one by one."
    )


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        pytest.param({"files": 2}, "more than 2 files, the most that are read at once. Import parts of it,"
                     " or raise HSEC_MAX_FILES.", id="files"),
        pytest.param({"total_bytes": 25}, "its files have more than 25 bytes, the most that are read at once."
                     " Import parts of it, or raise HSEC_MAX_TOTAL_BYTES.", id="bytes"),
    ],
)  # fmt: skip
def test_too_much_is_refused_with_the_setting_that_says_so(tmp_path, bounds, said):
    write(tmp_path, dict.fromkeys(["a.html", "b.html", "c.html"], "x" * 10))

    with pytest.raises(SourceError) as refused:
        paths(tmp_path, **bounds)

    assert str(refused.value) == f"{tmp_path}: {said}"
