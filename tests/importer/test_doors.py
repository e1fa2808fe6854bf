"""The doors of the importer: whatever comes in is read, or refused with a message."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.errors import (
    DocumentError,
    ImportContentError,
    ProfileError,
    SourceError,
)
from hsec_wagtail.importer.reading.files.bundle import open_bundle
from hsec_wagtail.importer.reading.files.folder import Folder
from hsec_wagtail.importer.reading.files.packaged import find_profile
from hsec_wagtail.importer.reading.profile import load_profile
from hsec_wagtail.importer.reading.readers import check_options, read
from hsec_wagtail.importer.reading.website import read_site
from hsec_wagtail.importer.text.urls import comparable, folder_address, local_path, stem

#: Characters among which are halves of characters and null.
any_text = st.text(st.characters(), max_size=30)
#: What is odd where a text, a date, a number or an address is wanted.
odd: st.SearchStrategy[Any] = st.sampled_from(
    ["\ud800", "\0", "2001-99-99", "http://[::1", "http://[x]/a", "//[", "page:\ud800", "!!int ''", "!!bool x",
     "!!timestamp x", "9" * 9999, 10**4000, -1, 1e999, float("nan"), True, None, "", "a" * 3000, "&a [*a]",
     "page:k#\"", "<p>" * 200]
)  # fmt: skip
any_data: st.SearchStrategy[Any] = st.recursive(
    odd | any_text | st.integers() | st.floats() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)
_PAGE = st.sampled_from(
    ["type", "key", "title", "slug", "anchor", "lead", "addresses", "changed", "body", "children", "span",
     "quick_links", "anchor_aliases", "expected"]
)  # fmt: skip
_NODE = st.sampled_from(
    [
        "type",
        "id",
        "key",
        "html",
        "text",
        "url",
        "label",
        "rows",
        "items",
        "value",
        "block",
        "file",
        "span",
    ]
)
_TYPE = st.sampled_from(["paragraph", "link", "raw", "table", "initiatives", "documents"])


@st.composite
def odd_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Return a document of one page and one node, some of whose fields hold anything."""
    node = {"type": draw(_TYPE), "html": "a", **draw(st.dictionaries(_NODE, any_data, max_size=3))}
    page: dict[str, Any] = {"type": "section", "key": "k", "title": "T", "body": [node]}
    page |= draw(st.dictionaries(_PAGE, any_data | st.lists(odd, max_size=2), max_size=2))
    top = draw(st.dictionaries(st.sampled_from(["language", "source", "trail"]), any_data))
    return {"format": "hsec-section/1", "page": page, **top}


def read_or_refuse(data: bytes, **options: Any) -> None:
    """Read ``data``; what the result says, and what a refusal says, can be written to a file."""
    try:
        reading = read(data, **options)
        said = reading.document.model_dump_json() + str(reading.record(0))
    except ImportContentError as refused:
        said = str(refused)
    said.encode()


@given(odd_documents())
def test_a_document_is_read_or_refused(data):
    read_or_refuse(json.dumps(data).encode(), name="x.json")


@given(st.binary() | any_text.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(data):
    for name in ("x.json", "x.yaml", "x.html", "x.txt"):
        read_or_refuse(data, name=name)


@given(odd | any_text, st.sampled_from(["title", "link_prefix", "recognise", "navigation", "x"]))
def test_a_profile_is_read_or_refused(value, field):
    text = f"format: hsec-profile/1\nname: x\nrecognise: [a]\n{field}: {value}\n"
    try:
        load_profile(text, name="p.yaml")
    except ProfileError as refused:
        str(refused).encode()


@given(st.text("htp:/[]?#@\\%. x1\ud800\0", max_size=12).map("http://".__add__) | any_text)
def test_an_address_is_understood_or_refused(address):
    page = {"type": "section", "key": "k", "title": "T", "addresses": [address]}
    document = {"format": "hsec-section/1", "page": page}
    try:
        read(json.dumps(document).encode(), name="x.json")
        known = True
    except DocumentError:
        known = False

    if known:
        assert all([comparable(address), folder_address(address)])
        assert [stem(address), local_path(address)]


@given(any_text, any_text, st.text("htp:/[]?#@ x1\ud800\0", max_size=12).map("http://".__add__))
def test_options_are_taken_or_refused(format, language, url):
    for options in ({"format": format}, {"language": language}, {"base_url": url}):
        try:
            check_options(**options)
        except ImportContentError as refused:
            str(refused).encode()


DOCUMENT = "format: hsec-section/1\npage: {type: section, key: k, title: T, lead: %s}\n"
PROFILE = "format: hsec-profile/1\nname: x\nrecognise: [a]\ntitle: %s\n"
TOO_LONG = (
    "Exceeds the limit (4300 digits) for integer string conversion: value has 9999 digits; use"
    " sys.set_int_max_str_digits() to increase the limit"
)
FAULTS = [
    pytest.param("2001-99-99", "month must be in 1..12", id="impossible date"),
    pytest.param("9" * 9999, TOO_LONG, id="thousands of digits"),
    pytest.param("!!bool x", "a value has another form than its tag says", id="odd tag"),
    pytest.param(".inf", "a number that is none at {path}", id="infinite"),
    pytest.param(
        '"\\ud800"', "half a character (a lone surrogate) at {path}", id="half a character"
    ),
]


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_a_document_that_cannot_be_kept_is_refused(value, fault):
    with pytest.raises(DocumentError) as refused:
        read((DOCUMENT % value).encode(), name="x.yaml")

    fault = fault.format(path="page.lead")
    assert str(refused.value) == f"x.yaml: cannot be read: {fault}. Correct the document."


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_a_profile_that_cannot_be_kept_is_refused(value, fault):
    with pytest.raises(ProfileError) as refused:
        load_profile(PROFILE % value, name="p.yaml")

    fault = fault.format(path="title")
    assert str(refused.value) == f"p.yaml: not YAML: {fault}. Correct the profile."


def test_a_profile_nested_too_deep_is_refused():
    with pytest.raises(ProfileError, match="nested too deep to be a reader profile"):
        load_profile(PROFILE % ("[" * 5000 + "]" * 5000), name="p.yaml")


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://[x]/a", "https://a:b/", "nonsense", "/a\n"]
)
def test_an_address_that_is_none_is_refused(address):
    page = {"type": "section", "key": "k", "title": "T", "addresses": [address]}

    with pytest.raises(
        DocumentError, match=r"page\.addresses\[0\]: .* is not the address of a page"
    ):
        read(json.dumps({"format": "hsec-section/1", "page": page}).encode(), name="x.json")


PAGE = (
    b"<title>%s</title><h1>Words</h1><p>These are some words <a href='%s'>of it</a>, in a sentence."
)


@given(any_text)
def test_a_name_is_that_of_a_file_or_refused(name):
    for find in (
        lambda: open_bundle([f"/nowhere/{name}"]),
        lambda: find_profile(f"/nowhere/{name}", ()),
    ):
        with pytest.raises(ImportContentError) as refused:
            find()

        str(refused.value).encode()


@given(any_text)
def test_a_source_may_have_any_name(name):
    read_or_refuse(b"Some words", name=name or "x", format="text")


def test_files_whose_names_are_not_utf_8_are_pages_like_others(tmp_path):
    (tmp_path / os.fsdecode(b"Lys\xf8en.html")).write_bytes(PAGE % (b"Peace", b"f%F8r/b.html"))
    folder = tmp_path / os.fsdecode(b"f\xf8r")
    folder.mkdir()
    (folder / "b.html").write_bytes(PAGE % (b"Ports", b"../Lys%F8en.html"))

    with open_bundle([tmp_path]) as bundle:
        site = read_site(bundle)

    assert [Path(record.name).relative_to(tmp_path).as_posix() for record in site.sources] == [
        "Lysøen.html",
        "før/b.html",
    ]
    assert site.document.page.model_dump_json().count('href=\\"page:') == 2


def test_files_whose_names_read_the_same_are_all_read(tmp_path):
    names = ("Lysøen.html".encode(), b"Lys\xf8en.html", "Lysøen.html~".encode())
    folder = tmp_path / os.fsdecode(b"f\xf8r")
    folder.mkdir()
    for number, name in enumerate(names):
        (tmp_path / os.fsdecode(name)).write_bytes(b"%d" % number)
        (folder / os.fsdecode(name)).write_bytes(b"%d" % number)

    place = Folder(tmp_path)
    entries = [entry.path for entry in place.entries()]
    found = sorted(place.read(path, 9) for path in entries)

    assert found == [b"0", b"0", b"1", b"1", b"2", b"2"]
    assert place.read("Lysøen.html", 9) == b"0"
    assert {place.find(path) for path in entries} == set(entries)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    for name in ("pipe.html", "pipe.zip", "pipe.yaml"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(SourceError, match="a pipe or a device, not a file"):
            open_bundle([tmp_path / name])
    with pytest.raises(ProfileError, match="a pipe or a device, not a file"):
        find_profile(str(tmp_path / "pipe.yaml"), ())


def test_links_in_a_circle_are_left_out_of_a_folder(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE % (b"Peace", b"x" * 400))
    (tmp_path / "b.html").symlink_to(tmp_path / "b.html")

    with open_bundle([tmp_path]) as bundle:
        assert [file.path for file in bundle] == ["a.html"]
        assert [message.code for message in bundle.warnings] == ["symbolic-link"]
        assert bundle.find("x" * 400) is None
