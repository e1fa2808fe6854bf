"""Cleaning: nothing but rich text reaches the database."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsec_wagtail.importer.text import html_cleaning as cleaning
from hsec_wagtail.importer.text.html_cleaning import clean_html, clean_text, nesting
from tests.importer.strategies import hostile_html

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
KNOWN = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("words", "<p>words</p>", id="bare"),
        pytest.param("<p>a</p> tail", "<p>a</p><p>tail</p>", id="tail"),
        pytest.param(
            "x <ul><li>a</ul> y", "<p>x</p><ul><li>a</li></ul><p>y</p>", id="around a list"
        ),
        pytest.param("<p onclick='x' style='y'>a</p>", "<p>a</p>", id="attributes"),
        pytest.param("a<script>alert(1)</script>b", "<p>ab</p>", id="script"),
        pytest.param("<a href='javascript:x'>a</a>", "<p><a>a</a></p>", id="scheme"),
        pytest.param("<a href='java\nscript:x'>a</a>", "<p><a>a</a></p>", id="scheme in two"),
        pytest.param(
            '<a href="https://e.org/">a</a>', '<p><a href="https://e.org/">a</a></p>', id="link"
        ),
        pytest.param("<td>a</td><td>b</td>", "<p>a  b</p>", id="cells part words"),
        pytest.param("<h2>a</h2>b<div>c</div>d", "<p>a b c d</p>", id="blocks part words"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_clean_html(html, expected):
    assert clean_html(html) == expected


def test_inline_html_has_no_blocks():
    assert clean_html("<p>a</p><p><b>b</b></p>", inline=True).split() == ["a", "<b>b</b>"]


@given(hostile_html, st.booleans())
def test_nothing_that_is_no_rich_text_comes_through(html, inline):
    for _closes, tag, attributes in TAG.findall(clean_html(html, inline=inline)):
        assert tag in KNOWN
        assert re.fullmatch(r'(?: href="[^"]*")?', attributes)
        assert not re.match(
            r' href="\s*(?:javascript|data|vbscript|file):', attributes, re.IGNORECASE
        )


@given(hostile_html, st.booleans())
@example("<a href='javascript:x'><object><a href='javascript:x'>on", False)  # noqa: FBT003
def test_what_is_clean_stays_as_it_is(html, inline):
    once = clean_html(html, inline=inline)

    assert clean_html(once, inline=inline) == once


@given(st.text())
def test_clean_text_is_on_lines_without_controls(text):
    cleaned = clean_text(text)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", cleaned)
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "expected"),
    [("<p>a<p>b<br>", 0), ("<ul><li><ul><li>a", 2), ("<b></b>" * 5, 1), ("<div>" * 200, 200), ("</b></b><b>", 1)],
)  # fmt: skip
def test_nesting(html, expected):
    assert nesting(html) == expected


PIECES = [
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br>",
]
PIECES += [
    "<a>",
    '<a href="https://e.org/?a=1&amp;b">',
    "</a>",
    " ",
    "  ",
    "\n",
    "\u00a0",
    "word",
    "&amp;",
    "&lt;",
]


@example("<a>word<a>  word")
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_in_form_already_is_what_the_long_way_makes_of_it(html):
    short = clean_html(html)

    assert cleaning._in_blocks(short) == short
