"""Old addresses of pages: what links lead to, and which addresses are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.text.urls import (
    Target,
    collapsed,
    comparable,
    folder_address,
    local_address,
    local_path,
    page_reference,
    parse_reference,
    resolve,
    stem,
)

_segments = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("base", "href", "target"),
    [
        pytest.param("/a/b.html", "c.html", ("/a/c.html", ""), id="beside"),
        pytest.param("/a/b.html", "../c.html#x", ("/c.html", "x"), id="above, with a place"),
        pytest.param("/a/b.html", "..\\c\\d.html", ("/c/d.html", ""), id="as Windows writes it"),
        pytest.param("/a/b.html", "#x", ("/a/b.html", "x"), id="in the page"),
        pytest.param("/a/b.html", "", ("/a/b.html", ""), id="the page"),
        pytest.param("/a/b.html", "?id=2", ("/a/b.html?id=2", ""), id="a query"),
        pytest.param("/a.html", "../../../x.html", ("/x.html", ""), id="above the top"),
        pytest.param("http://e.org/a/", "//f.org/x", ("http://f.org/x", ""), id="another host"),
        pytest.param("/a.html", " HTTP://E.org/x ", ("HTTP://E.org/x", ""), id="absolute"),
        pytest.param("/a.html", "b.html#caf%C3%A9", ("/b.html", "café"), id="an escaped place"),
    ],
)
def test_a_link_leads_somewhere(base, href, target):
    assert resolve(base, href) == Target(*target)


@pytest.mark.parametrize(
    "href",
    ["mailto:a@example.org", "javascript:go()", "FTP://e.org/x", "page:oas", "http://[", "tel:1"],
)
def test_what_is_no_page_is_no_target(href):
    assert resolve("/a.html", href) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://E.ORG/a", "http://e.org/a", id="case of the host"),
        pytest.param("http://e.org/a", "https://e.org/a", id="http and https"),
        pytest.param("http://e.org:80/a", "http://e.org/a", id="default port"),
        pytest.param("https://e.org:443/a", "https://e.org/a", id="default port of https"),
        pytest.param("http://e.org", "http://e.org/", id="no path"),
        pytest.param("http://e.org/%7Ejoe", "http://e.org/~joe", id="escape that need not be"),
        pytest.param("http://e.org/%c3%a9", "http://e.org/é", id="case of an escape"),
        pytest.param("http://e.org/%E9", "http://e.org/%C3%A9", id="escape in Latin-1"),
        pytest.param("http://e.org/a b", "http://e.org/a%20b", id="blank"),
        pytest.param("http://e.org/a/./b/../c", "http://e.org/a/c", id="dot segments"),
        pytest.param("http://me@e.org/a", "http://e.org/a", id="user"),
        pytest.param("/e\u0301.html", "/é.html", id="normal form"),
    ],
)
def test_the_same_address_may_be_spelled_otherwise(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://e.org/a", "http://www.e.org/a", id="www"),
        pytest.param("http://e.org/a", "http://e.org/A", id="case of the path"),
        pytest.param("http://e.org/a?x=1", "http://e.org/a?x=2", id="query"),
        pytest.param("http://e.org/a?x=1", "http://e.org/a", id="query and none"),
        pytest.param("http://e.org:8080/a", "http://e.org/a", id="port"),
        pytest.param("http://e.org/a%2Fb", "http://e.org/a/b", id="escaped slash"),
    ],
)
def test_other_addresses_stay_others(one, other):
    assert comparable(one) != comparable(other)


@given(st.text(max_size=40))
def test_the_comparable_form_is_its_own(address):
    form = comparable(f"http://e.org/{address.partition('#')[0]}")

    assert comparable(form) == form


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("/a/index.html", "/a/"), ("/a/INDEX.HTM", "/a/"), ("/default.asp", "/"), ("/a/home.html", "/a/home.html"),
        ("/a/index.html?x", "/a/index.html?x"), ("/a/myindex.html", "/a/myindex.html"),
    ],
)  # fmt: skip
def test_an_index_page_is_its_folder(address, short):
    assert collapsed(comparable(address)) == short


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("http://e.org", "http://e.org/"), ("http://e.org/a", "http://e.org/a/"), ("http://e.org/a/", "http://e.org/a/"),
        ("http://e.org/a/b.html", "http://e.org/a/"), ("http://e.org/b.html?x", "http://e.org/"),
    ],
)  # fmt: skip
def test_the_folder_of_an_address(url, folder):
    assert folder_address(url) == folder


@given(
    st.lists(_segments.filter(lambda part: "/" not in part and part not in {".", ".."}), min_size=1)
)
def test_a_file_s_path_comes_back_from_its_address(parts):
    # What a file is called is compared in one normal form.
    path = "/".join(parts)

    assert comparable(local_address(local_path(local_address(path)) or "")) == comparable(
        local_address(path)
    )


def test_an_address_on_the_web_is_no_path():
    assert local_path("http://e.org/a.html") is None


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("http://e.org/forums/oas.html", "forums/oas"), ("/a/index.html", "a"), ("/", ""), ("/page.asp?id=5", "page-id=5"),
    ],
)  # fmt: skip
def test_the_stem_of_an_address(address, named):
    assert stem(address) == named


@given(st.text(min_size=1), st.text())
def test_a_reference_names_key_and_anchor(key, anchor):
    assert parse_reference(page_reference(key, anchor)) == (key, anchor)


@given(st.text(min_size=1), st.text())
def test_a_reference_can_stand_in_an_attribute(key, anchor):
    assert not set(page_reference(key, anchor)) & set("\"'<> &\n")
