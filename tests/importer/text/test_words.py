"""Words: what is counted, how it is compared, and how HTML is read."""

import pytest
from hypothesis import given

from hsec_wagtail.importer.reading.readers.prose import text_html
from hsec_wagtail.importer.text.html_cleaning import clean_html
from hsec_wagtail.importer.text.words import html_text, normalise, words
from tests.importer.strategies import captures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("• tabling a report (July 2001)", ["tabling", "a", "report", "July", "2001"], id="marks"),
        pytest.param("l’«\u00a0accord\u00a0»\u00a0: NGO-government", ["l", "accord", "NGO-government"], id="french"),
        pytest.param("- – — | *", [], id="no words"),
        pytest.param("e\u0301te\u0301", ["été"], id="normal form"),
        pytest.param("[The UN](http://un.example/)", ["The", "UN", "http://un.example"], id="markdown link"),
        pytest.param("snake_case a_", ["snake_case", "a"], id="underscore"),
        pytest.param("so\x07und", ["sound"], id="control character"),
    ],
)  # fmt: skip
def test_words(text, expected):
    assert words(text) == expected


def test_a_label_is_compared_without_case_white_space_and_outer_marks():
    assert normalise("  •\u00a0G8\u00a0 On-line’s: ") == "g8 on-line's"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("plain", ["plain"], id="no markup"),
        pytest.param("<p>one</p><p>two</p>", ["one", "two"], id="blocks part words"),
        pytest.param("<b>on</b>e", ["one"], id="inline does not"),
        pytest.param("a &lt;b&gt; &amp; &eacute;", ["a", "b", "é"], id="references"),
        pytest.param("a <!-- not this --> b", ["a", "b"], id="comment"),
        pytest.param("1 < 2 and 3 > 2", ["1", "2", "and", "3", "2"], id="stray signs"),
    ],
)
def test_the_text_of_html(html, expected):
    assert words(html_text(html)) == expected


@given(captures)
def test_text_made_html_and_cleaned_has_the_same_words(text):
    assert words(html_text(clean_html(text_html(text)))) == words(text)
