import pytest

from hsec_wagtail.blocks.times import DateInProse, mark_dates, words_in_prose
from hsec_wagtail.dates import EDTF


def mark(html, *dates):
    return mark_dates(html, [DateInProse(*date) for date in dates])


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        pytest.param("<p>In April 2004.</p>", "April 2004", '<p>In <time datetime="D">April 2004</time>.</p>', id="in a sentence"),
        pytest.param("2004", "2004", '<time datetime="D">2004</time>', id="alone"),
        pytest.param("April\xa02004", "April 2004", '<time datetime="D">April\xa02004</time>', id="no-break space"),
        pytest.param("April&nbsp;2004", "April 2004", '<time datetime="D">April&nbsp;2004</time>', id="no-break space as entity"),
        pytest.param("April\n  2004", "April 2004", '<time datetime="D">April\n  2004</time>', id="line end"),
        pytest.param("12&ndash;14 May", "12–14 May", '<time datetime="D">12&ndash;14 May</time>', id="dash as entity"),
        pytest.param("No. 12004, 2004", "2004", 'No. 12004, <time datetime="D">2004</time>', id="not inside a number"),
        pytest.param('<a href="/2004">2004</a>', "2004", '<a href="/2004"><time datetime="D">2004</time></a>', id="not inside a tag"),
        pytest.param('<a title="a > 2004">2004</a>', "2004", '<a title="a > 2004"><time datetime="D">2004</time></a>', id="not inside an attribute"),
        pytest.param("&#2004; 2004", "2004", '&#2004; <time datetime="D">2004</time>', id="not inside an entity"),
    ],
)  # fmt: skip
def test_date_in_the_prose_is_marked(html, text, expected):
    assert mark(html, (text, "D")) == (expected, [True])


def test_date_without_an_html_form_is_left_as_it_is():
    assert mark("<p>1999-2000</p>", ("1999-2000", None)) == ("<p>1999-2000</p>", [True])


def test_date_that_is_not_in_the_prose_is_not_carried():
    assert mark("<p>In May.</p>", ("June 1999", "1999-06")) == ("<p>In May.</p>", [False])


def test_date_across_tags_is_carried_but_not_marked():
    html = "<p>June <b>1999</b></p>"

    assert mark(html, ("June 1999", "1999-06")) == (html, [True])


def test_date_without_words_is_not_carried():
    assert mark("<p>In May.</p>", ("", "1999")) == ("<p>In May.</p>", [False])


def test_longer_date_is_marked_before_a_shorter_one_within_it():
    html, carried = mark("June 1999, 1999", ("1999", "1999"), ("June 1999", "1999-06"))

    assert html == '<time datetime="1999-06">June 1999</time>, <time datetime="1999">1999</time>'
    assert carried == [True, True]


def test_no_date_is_marked_within_an_interval():
    html, carried = mark("1999-2000", ("1999", "1999"), ("1999-2000", None))

    assert html == "1999-2000"
    assert carried == [True, True]


def test_same_words_twice_are_marked_twice():
    html, _carried = mark("2001 and 2001", ("2001", "2001"), ("2001", "2001"))

    assert html == '<time datetime="2001">2001</time> and <time datetime="2001">2001</time>'


def test_value_of_the_attribute_is_escaped():
    html, _carried = mark("2001", ("2001", '"><script>'))

    assert html == '<time datetime="&quot;&gt;&lt;script&gt;">2001</time>'


def test_text_full_of_unclosed_tags_takes_no_time():
    html, _carried = mark('<a "' * 20_000, ("2001", "2001"))

    assert len(html) == 80_000


@pytest.mark.parametrize(
    ("html", "dates", "expected"),
    [
        pytest.param("<p>In 2001.</p>", [("2001", "that year")], ["that year"], id="given words stay"),
        pytest.param("<p>In 2001, and in May 2002.</p>", [("2002-05", ""), ("2001", "")], ["May 2002", "2001"], id="each its own"),
        pytest.param("<p>In 2001.</p>", [("2001", ""), ("2001", "")], ["2001", ""], id="once in the prose"),
        pytest.param("<p>From May</p><p>2001 onwards</p>", [("2001-05", "")], [""], id="not across paragraphs"),
        pytest.param("<p>In <b>May</b> 2001</p>", [("2001-05", "")], ["May 2001"], id="across tags"),
        pytest.param("<p>In May&nbsp;2001</p>", [("2001-05", "")], ["May 2001"], id="no-break space"),
        pytest.param("<p>In May.</p>", [("2001-05", "")], [""], id="not in the prose"),
    ],
)  # fmt: skip
def test_words_of_dates_are_found(html, dates, expected):
    given = [(EDTF.parse(edtf), text) for edtf, text in dates]

    assert words_in_prose(html, given, language="en") == expected
