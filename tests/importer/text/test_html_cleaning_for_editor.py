"""Cleaning: what it returns opens in Wagtail's editor, with every word."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from hsec_wagtail.blocks.prose import FEATURES
from hsec_wagtail.importer.text.html_cleaning import MAX_NESTING, clean_html
from hsec_wagtail.importer.text.words import html_text, words

TAGS = ["a", "b", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"]


def element(tag: str, inner: str) -> str:
    attributes = ' href="https://example.org/?a=1&amp;b"' if tag == "a" else ""
    return f"<{tag}{attributes}>{inner}</{tag}>"


_text = st.sampled_from(
    [" ", "one", "two ", " three", "R&amp;D", "&nbsp;", "<br>", "\n", "a &lt; b"]
)
nested = st.recursive(
    _text,
    lambda inner: st.builds(
        element, st.sampled_from(TAGS), st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=25,
)  # fmt: skip


def words_in_editor(html: str) -> list[str]:
    """Return the words that the editor shows when it opens ``html``, as it is stored."""
    converter = ContentstateConverter(features=FEATURES)
    state = json.loads(converter.from_database_format(html.replace("<br>", "<br/>")))
    return words("\n".join(block["text"] for block in state["blocks"]))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<b><p>x</p><p>y</p></b>", "<p><b>x</b></p><p><b>y</b></p>", id="blocks in bold"),
        pytest.param('<a href="u"><p>t</p></a>', '<p><a href="u">t</a></p>', id="block in a link"),
        pytest.param('<a href="http://u"><p>t</p>s</a>', '<p><a href="http://u">t</a></p><p><a href="http://u">s</a></p>',
                     id="blocks in a link"),
        pytest.param("<b>a<ul><li>c</li></ul></b>", "<p><b>a</b></p><ul><li><b>c</b></li></ul>", id="list in bold"),
        pytest.param("<li>a</li> <li>b</li>c<li>d", "<ul><li>a</li><li>b</li></ul><p>c</p><ul><li>d</li></ul>",
                     id="items without a list"),
        pytest.param("<ul>a<b>b</b><li>c</li><p>d</p></ul>", "<ul><li>a<b>b</b></li><li>c</li><li>d</li></ul>",
                     id="text in a list"),
        pytest.param("<ul><li>a</li><ol><li>b</li></ol></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>",
                     id="list in a list"),
        pytest.param("<ul><ul><li>b</li></ul></ul>", "<ul><li><ul><li>b</li></ul></li></ul>",
                     id="list in a list without an item"),
        pytest.param("<ul><li><p>x</p><p>y</p></li></ul>", "<ul><li>x<br>y</li></ul>", id="paragraphs in an item"),
        pytest.param("<ul><li>x<br>\n<p>y</p></li></ul>", "<ul><li>x<br>y</li></ul>", id="one break is enough"),
        pytest.param("<ul><li>a<ul><li>b</li></ul>c</li></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                     id="text behind a nested list"),
        pytest.param("<p>a</p><p>&nbsp;</p><ul><li></li></ul><p><b> </b></p><p><br></p><p>b</p>", "<p>a</p><p>b</p>",
                     id="empty blocks"),
        pytest.param("<p> <b>a </b>b<br>c<br></p>", "<p><b>a</b> b<br>c</p>", id="blanks at the edges"),
        pytest.param("a<b><table><tr><td>b<ul><td>c</table>d</b>", "<p>a <b>b</b></p><p><b>c d</b></p>", id="a table"),
    ],
)  # fmt: skip
def test_blocks_hold_no_blocks(html, expected):
    cleaned = clean_html(html)

    assert cleaned == expected
    assert clean_html(cleaned) == cleaned
    assert words_in_editor(cleaned) == words(html_text(html))


@given(st.lists(nested, max_size=6).map("".join))
def test_nested_elements_open_in_the_editor_with_every_word(html):
    cleaned = clean_html(html)

    assert words_in_editor(cleaned) == words(html_text(html)) == words(html_text(cleaned))
    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize("tags", [TAGS, ["ul", "ol"], ["ul", "li"], ["b", "i"], ["li", "b", "p"]])
def test_the_deepest_nesting_that_is_read_opens_in_the_editor(tags):
    opening = "".join(f"<{tag}>" for tag in tags)

    cleaned = clean_html(opening * MAX_NESTING + "word")

    assert words_in_editor(cleaned) == ["word"]
    assert clean_html(cleaned) == cleaned


@given(st.lists(nested, max_size=6).map("".join))
def test_inline_html_opens_in_the_editor_with_every_word(html):
    assert words_in_editor(clean_html(html, inline=True)) == words(html_text(html))
