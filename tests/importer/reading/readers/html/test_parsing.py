"""Markup as a tree: what is mended, and what hostile markup costs."""

import time
from contextlib import suppress

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.errors import ReadError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.html.parsing import Parsed, parse


def first(markup: str) -> Tag:
    """Return the first element of ``markup``."""
    tag = parse(markup, name="page.html").soup.find(["a", "p"])
    assert isinstance(tag, Tag)
    return tag


def mended(markup: str) -> str:
    return str(parse(markup, name="page.html").soup)


@pytest.mark.parametrize(
    ("markup", "tree"),
    [
        pytest.param("<p>one<p>two", "<p>one</p><p>two</p>", id="paragraphs"),
        pytest.param("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", id="items"),
        pytest.param(
            "<ul><li>a<ul><li>b</ul><li>c</ul>",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            id="lists in items",
        ),
        pytest.param(
            "<table><tr><td>a<td>b<tr><th>c</table>d",
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>d",
            id="cells and rows",
        ),
        pytest.param(
            "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
            "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>",
            id="terms",
        ),
        pytest.param("<h2>Head<p>text", "<h2>Head</h2><p>text</p>", id="heading left open"),
        pytest.param("<h2><p>Head</p></h2>", "<h2><p>Head</p></h2>", id="heading around a block"),
        pytest.param("<td><b>a<td>b", "<td><b>a</b></td><td>b</td>", id="cell ends bold"),
        pytest.param("<a href=x>a<a href=y>b", '<a href="x">a</a><a href="y">b</a>', id="links"),
        pytest.param("a</b></p></div>b", "a<p></p>b", id="ends of nothing"),
        pytest.param("1 < 2 &amp; 3 &lt; 4", "1 &lt; 2 &amp; 3 &lt; 4", id="lone angle bracket"),
        pytest.param("<b <i>a</i></b>", "<b><i>a</i></b>", id="tag left open"),
        pytest.param("<![if !x]>a<![endif]>", "<!--![if !x]-->a<!--![endif]-->", id="condition"),
        pytest.param(
            "<title>a<p>b", "<title>a<p>b</p></title>", id="title left open hides nothing"
        ),
    ],
)
def test_what_is_left_open_is_closed_as_browsers_do(markup, tree):
    assert mended(markup) == tree


def test_bold_that_ends_within_a_paragraph_leaves_the_paragraph_open():
    assert mended("<b><p>a</b>b</p>c") == '<b><p>a<hsec-closes name="b"></hsec-closes>b</p>c</b>'


@pytest.mark.parametrize(
    ("markup", "text", "faults"),
    [
        pytest.param(
            '\n<a href="x.html>one</a> two <a href="y.html">three</a>',
            "\none two three",
            [(2, Message("quote-never-closed"))],
            id="quotation mark",
        ),
        pytest.param(
            "one<!-- two <p>three",
            "one",
            [(1, Message("comment-never-closed"))],
            id="comment",
        ),
        pytest.param(
            "one<script>two",
            "onetwo",
            [(1, Message("element-never-closed", element="script"))],
            id="script",
        ),
    ],
)
def test_what_hides_text_by_mistake_is_told(markup, text, faults):
    parsed = parse(markup, name="page.html")

    assert (parsed.soup.get_text(), parsed.faults) == (text, faults)


def test_quotation_marks_may_hold_angle_brackets():
    tag = first("<p title='a > b' alt=\"it's\">")

    assert tag.attrs == {"title": "a > b", "alt": "it's"}


def test_a_query_string_holds_no_character_reference():
    tag = first('<a href="?a=1&copy=2&amp;b=3">')

    assert tag["href"] == "?a=1&copy=2&b=3"


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        pytest.param("&#150;", "–", id="of windows"),
        pytest.param("&eacute", "é", id="without semicolon"),
        pytest.param("&#99999999999;", "\ufffd", id="of no character"),
        pytest.param("&#" + "9" * 10_000 + ";", "\ufffd", id="of more digits than Python converts"),
    ],
)
def test_character_references(reference, text):
    assert first(f"<p>{reference}").get_text() == text


def test_too_many_nodes_are_refused():
    with pytest.raises(ReadError) as caught:
        parse("<p>a\n" * 60, name="page.html", max_nodes=100)

    assert str(caught.value) == (
        "page.html: line 51: more than 100 elements and texts, the most of a page that is read."
        " Split the page, or raise HSEC_MAX_NODES."
    )


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<b>" * 200_000, id="bold"),
        pytest.param("<table><tr><td>" * 100_000, id="tables"),
        pytest.param("<div>" * 100_000, id="divisions"),
    ],
)
def test_too_deep_nesting_is_refused_before_it_is_built(markup):
    with pytest.raises(ReadError) as caught:
        parse(markup, name="page.html")

    assert str(caught.value) == (
        "page.html: line 1: elements are nested more than 512 deep. Save the page again with a"
        " browser, which mends it, or raise HSEC_MAX_DEPTH."
    )


#: Markup of a size -> what a parser that looks ahead or back too far spends seconds on.
BAIT = [
    pytest.param(lambda n: "<!--" * n, id="comments"),
    pytest.param(lambda n: "<!--" + "--" * n, id="dashes"),
    pytest.param(lambda n: "<title" * n, id="tags that never end"),
    pytest.param(lambda n: "<title>a</titl" + "e" * n, id="title"),
    pytest.param(lambda n: '<a b="' + "a" * n, id="quotation mark"),
    pytest.param(lambda n: "<a" + " " * n, id="blanks"),
    pytest.param(lambda n: "<a " + "x = " * n, id="attributes"),
    pytest.param(lambda n: "<" * n, id="angle brackets"),
    pytest.param(lambda n: "&" * n, id="ampersands"),
    pytest.param(lambda n: "&amp;" * n, id="references"),
    pytest.param(lambda n: "<p " + "a" * n + "='x'>", id="long name"),
]


def cost(markup: str) -> float:
    began = time.process_time()
    with suppress(ReadError):
        parse(markup, name="page.html", max_nodes=50_000)
    return time.process_time() - began


@pytest.mark.parametrize("bait", BAIT)
def test_time_grows_no_faster_than_markup(bait):
    small = min(cost(bait(20_000)) for _ in range(3))

    # Eight times as much may take some sixteen times as long; squared it would be sixty-four times.
    assert cost(bait(160_000)) < 16 * small + 0.5


@given(st.text(alphabet="<>/!-abp=\"' &;#x1\n", max_size=60))
def test_any_text_makes_a_tree(markup):
    assert isinstance(parse(markup, name="page.html"), Parsed)
