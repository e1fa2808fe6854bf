"""The HTML reader, rule by rule, on small pages; whole pages are in the corpus."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.to_fields import page_fields
from hsec_wagtail.importer.errors import ImportContentError, ReadError, SourceError
from hsec_wagtail.importer.reading.ledger import Unclaimed
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers import Reading, check_nothing_lost, read
from hsec_wagtail.importer.reading.readers.base import PageImage
from hsec_wagtail.importer.reading.readers.html.encoding import looks_like_html

TOP = "<h1>Peace</h1><p>Peace is made by people.</p>"


def page(body: str, **options: object) -> Reading:
    """Return the page whose content begins with a title and a lead and goes on with ``body``."""
    return read(f"<html><body>{TOP}{body}".encode(), name="peace.html", **options)  # type: ignore[arg-type]


def body_of(html: str, **options: object) -> list[nodes.BodyNode]:
    return page(html, **options).document.page.body


def told(reading: Reading) -> list[str]:
    return [
        text
        for text in map(str, reading.warnings)
        if "No profile" not in text and "encoding" not in text
    ]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("a.htm", b"<p>words", True, id="suffix"),
        pytest.param("a.asp", b"\n<%@ page %><table>", True, id="suffix of a script"),
        pytest.param("a.htm", b'{"format": "hsec-section/1"}', False, id="document under that suffix"),
        pytest.param("a", b"<!DOCTYPE html><html>", True, id="document type"),
        pytest.param("a", b"<!-- saved from url=(0014)about:internet -->\n<html><head>", True, id="comment"),
        pytest.param("a", "<html>\n<body>".encode("utf-16"), True, id="utf-16"),
        pytest.param("a", b"<table><tr><td>a</td></tr></table>", True, id="tag soup"),
        pytest.param("a.txt", b"<HTML>\n<HEAD><TITLE>x</TITLE>", True, id="source saved as text"),
        pytest.param("a.txt", b"<html> is the first tag of a page.", False, id="text on a tag"),
        pytest.param("a.txt", b"<p>Use a tag</p> such as <b>this</b> and <i>this</i>.", False, id="quoted markup"),
        pytest.param("a.txt", b"Peace\n\n<html><body> begins a page.", False, id="text first"),
    ],
)  # fmt: skip
def test_markup_is_told_from_text(name, data, expected):
    assert looks_like_html(data, name) is expected


def test_text_that_quotes_markup_stays_text():
    reading = read(b"Peace\n\nWrite <b>peace</b> on the wall.\n", name="page.txt")

    assert reading.format == "text"
    assert reading.document.page.lead == "<p>Write &lt;b&gt;peace&lt;/b&gt; on the wall.</p>"


def test_a_page_and_its_text_have_the_same_keys_and_nodes():
    text = (
        b"Peace\n\nPeace is made by people.\n\nUnited Nations\n\nWe did much. Our main actions:\n\n"
        b"* a treaty in June 2001;\n* a fund (2002)\n\nUnited Nations on-line\n"
    )
    html = (
        "<h2>United Nations</h2><p>We did much. Our main actions:<ul><li>a treaty in <b>June</b> 2001;"
        "<li>a fund (2002)</ul><p><a href='http://www.un.example/'>United Nations on-line</a>"
    )

    def keys(reading: Reading) -> list[tuple[str, list[tuple[str, str | None]]]]:
        pages = reading.document.page.walk()
        return [(page.key, [(node.type, node.key) for node in page.body]) for page in pages]

    of_text = read(text, name="peace.txt")
    of_page = page(html)
    assert keys(of_page) == keys(of_text)
    assert of_page.document.source_key == of_text.document.source_key


def test_a_profile_serves_text_and_page_alike():
    profile = Profile.model_validate({
        "name": "shoals", "recognise": ["Ministry of Shoals"], "masthead": ["Ministry of Shoals"],
        "navigation": {"first": "Offices", "last": "About us"}, "trail": True, "quick_links": ["On our desk"],
    })  # fmt: skip
    lines = ["Ministry of Shoals", "Offices", "Ships", "About us", "Policy", "Peace at Sea"]
    text = "\n\n".join(
        [
            *lines,
            "We keep the peace at sea.",
            "United Nations",
            "Coming soon",
            "On our desk",
            "Fish",
        ]
    )
    html = (
        "<p>Ministry of Shoals<table><tr><td><a href=a>Offices</a><br><a href=b>Ships</a><br>"
        "<a href=c>About us</a><td><p><a href=d>Policy</a><h1>Peace at Sea</h1><p>We keep the peace at sea."
        "<h2>United Nations</h2><p>Coming soon<td><p><b>On our desk</b><p><a href=e>Fish</a></table>"
    )

    readings = [
        read(text.encode(), name="a.txt", profile=profile),
        read(html.encode(), name="a.html", profile=profile),
    ]

    for reading in readings:
        assert [
            link.label for group in reading.document.navigation for link in group.links
        ] == lines[1:4]
        assert reading.document.trail == ["Policy"]
        assert [p.title for p in reading.document.page.walk()] == ["Peace at Sea", "United Nations"]
        assert reading.document.page.children[0].status == "announced"
        assert [group.heading for group in reading.document.page.quick_links] == ["On our desk"]
        assert reading.ledger.unclaimed == []


def test_emphasis_links_and_line_breaks_stay_in_paragraphs():
    (paragraph,) = body_of(
        "<p>CO<sub>2</sub> is <strong>no <em>friend</em></strong> of <a href='x.html'>the <b>sea</b></a>,<br>nor m<sup>3</sup>"
    )

    assert isinstance(paragraph, nodes.Paragraph)
    assert paragraph.html == (
        "<p>CO<sub>2</sub> is <b>no <i>friend</i></b> of"
        ' <a href="x.html">the <b>sea</b></a>,<br>nor m<sup>3</sup></p>'
    )


def test_bold_that_ends_amid_blocks_ends_there():
    found = body_of("<b><p>First</b> words of a sentence.</p><p>Second words of a sentence.</p>")

    assert [node.html for node in found if isinstance(node, nodes.Paragraph)] == [
        "<p><b>First</b> words of a sentence.</p>",
        "<p>Second words of a sentence.</p>",
    ]


@pytest.mark.parametrize(
    ("href", "base", "url"),
    [
        pytest.param("x.html", None, "x.html", id="relative, base unknown"),
        pytest.param("../x.html", "http://a.example/b/c.html", "http://a.example/x.html", id="relative"),
        pytest.param("a b.html", None, "a%20b.html", id="blank"),
        pytest.param("http://a.example/b.html#c", "http://a.example/b.html", "#c", id="own page"),
        pytest.param("#place%20two", None, "#place-two", id="place"),
        pytest.param("mailto:a@b.example", None, "mailto:a@b.example", id="mail"),
    ],
)  # fmt: skip
def test_addresses_are_made_whole(href, base, url):
    (node,) = body_of(f'<p><a href="{href}">The report</a></p>', base_url=base)

    assert isinstance(node, nodes.LinkNode)
    assert (node.label, node.url) == ("The report", url)


def test_the_base_element_goes_before_the_address():
    reading = read(
        b"<head><base href='/old/'></head><h1>Peace</h1><p>Peace is made.</p><p><a href='x.html'>The report</a></p>",
        name="a.html",
        base_url="http://a.example/b/c.html",
    )

    (node,) = reading.document.page.body
    assert isinstance(node, nodes.LinkNode)
    assert node.url == "http://a.example/old/x.html"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param("<!-- saved from url=(0025)http://a.example/p/q.html -->", "http://a.example/p/q.html", id="saved"),
        pytest.param("<link rel=canonical href=http://a.example/q>", "http://a.example/q", id="canonical"),
        pytest.param("<base href=http://a.example/b/>", "http://a.example/b/", id="base"),
        pytest.param("<link rel=canonical href=/q>", None, id="no address"),
    ],
)  # fmt: skip
def test_a_page_says_its_own_address(head, url):
    reading = read(f"{head}<html><body>{TOP}".encode(), name="a.html")

    assert (reading.url, reading.document.source and reading.document.source.url) == (url, url)


def test_links_to_scripts_are_text_and_told():
    reading = page("<p>Read <a href=\"javascript:open('x')\">the report</a> at last.</p>")

    (node,) = reading.document.page.body
    assert isinstance(node, nodes.Paragraph)
    assert node.html == "<p>Read the report at last.</p>"
    assert told(reading) == [
        "Line 1: the link to 'javascript:open('x')' leads to no page; its words are kept."
    ]


def test_anchors_are_those_that_links_lead_to():
    reading = page(
        "<p>See <a href='#un'>what the United Nations do</a>, and <a href='#nothing'>nothing</a>.</p>\n"
        "<div id='box'><a name='un'></a><h2 id='h2'>United Nations</h2><p>Words that are many enough.</p></div>"
    )

    assert [forum.anchor for forum in reading.document.page.children] == ["un"]
    assert told(reading) == ["Line 1: the link to '#nothing' leads to no heading of the page."]


def test_lists_within_items_stay_there():
    (node,) = body_of("<ul><li>a<ul><li>b<ol><li>c</ol>d</ul>e<li>f</ul>")

    assert isinstance(node, nodes.ListNode)
    assert [item.html for item in node.items] == [
        "a<ul><li>b<ol><li>c</li></ol><br>d</li></ul><br>e",
        "f",
    ]


def test_lists_within_items_reach_the_site():
    fields = page_fields(page("<ul><li>a<ul><li>b</ul><li>c</ul>").document.page, source_key="x")

    (block,) = fields["body"]
    assert block["value"] == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


@pytest.mark.parametrize(
    "items",
    [
        pytest.param("<ul><li>a fund in 2001</ul><ul><li>a treaty</ul>", id="a list for each"),
        pytest.param(
            "<p>&middot;&nbsp; a fund in 2001<br>&middot;&nbsp; a treaty</p>", id="characters"
        ),
        pytest.param(
            "<img src=bullet.gif> a fund in 2001<br><img src=bullet.gif> a treaty", id="images"
        ),
        pytest.param(
            "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>&middot;<span>"
            "&nbsp;&nbsp; </span></span><![endif]>a fund in 2001<p style='mso-list:l0 level1 lfo1'>"
            "<![if !supportLists]>&middot;&nbsp;<![endif]>a treaty",
            id="of Word",
        ),
        pytest.param(
            "<table><tr><td>&#149;<td>a fund in 2001<tr><td>&#149;<td>a treaty</table>", id="cells"
        ),
        pytest.param("<p>a fund in 2001<br>a treaty</p>", id="line breaks"),
    ],
)
def test_items_are_known_by_any_bullet(items):
    (node,) = body_of(f"<p>Our actions:</p>{items}")

    assert isinstance(node, nodes.Initiatives)
    assert [item.html for item in node.items] == ["<p>a fund in 2001</p>", "<p>a treaty</p>"]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("<h3>United Nations</h3>", id="element"),
        pytest.param("<p><b>United Nations</b></p>", id="bold"),
        pytest.param("<p><font size=+1>United Nations</font></p>", id="large"),
        pytest.param("<table><tr><td bgcolor=navy>United Nations</table>", id="coloured cell"),
        pytest.param("<table><caption>United Nations</caption><tr><td></table>", id="caption"),
        pytest.param("<span style='font-weight:bold'>United Nations</span><br><br>", id="style"),
    ],
)
def test_headings_are_known_by_their_look(heading):
    reading = page(f"{heading}<p>Words that say what is done there.</p>")

    assert [forum.title for forum in reading.document.page.children] == ["United Nations"]


def test_a_table_of_data_is_a_table():
    (node,) = body_of(
        "<table border=1><caption>Troops</caption><tr><th>Where<th>How many<tr><td>The <b>coast</b><td>14"
        "<tr><td colspan=2>None elsewhere<tr><td>The hills<td>2</table>"
    )

    assert isinstance(node, nodes.Table)
    assert (node.caption, node.header) == ("Troops", "row")
    assert node.rows == [
        ["Where", "How many"], ["The <b>coast</b>", "14"], ["None elsewhere", ""], ["The hills", "2"]
    ]  # fmt: skip


def test_what_no_browser_shows_is_in_no_text():
    reading = page(
        "<p>Shown <span style='display:none'>a</span>words.<!-- b --><script>c</script><style>d</style></p>"
        "<p hidden>e</p><template>f</template><noscript>g h</noscript><iframe src=i.html>j</iframe>"
    )

    assert reading.source.text == "Peace\n\nPeace is made by people.\n\nShown words."
    assert told(reading) == [
        "Line 1: left out what only browsers without scripts show: 'g h'",
        "Line 1: a frame shows another page here: i.html",
    ]


def test_images_are_noted_where_they_stand():
    reading = page(
        "<img src=a.jpg alt='A dove'><img src=spacer.gif width=1 height=9><h2>Sea</h2><p>Words of the sea."
        "<img src='b c.png'></p>"
    )

    assert reading.images == (
        PageImage("a.jpg", "A dove", "peace", 31),
        PageImage("b c.png", "", "sea", 55),
    )


def test_a_frameset_without_words_names_its_pages():
    with pytest.raises(ReadError) as caught:
        read(b"<frameset><frame src=menu.htm><frame src=main.htm></frameset>", name="index.htm")

    assert str(caught.value) == (
        "index.htm: this is a frameset: the pages are in menu.htm, main.htm. Import these."
    )


def test_a_frameset_with_words_is_read_and_names_its_pages():
    reading = read(
        f"<frameset><frame src=menu.htm><noframes><body>{TOP}</noframes></frameset>".encode(),
        name="a.htm",
    )

    assert (reading.document.page.title, reading.frames) == ("Peace", ("menu.htm",))
    assert told(reading) == [
        "This is a frameset: the pages are in menu.htm. Only what it shows without them was read."
    ]


def test_unclaimed_words_are_named_by_the_line_of_the_file():
    reading = page("\n\n<p>Words\nof the\nsea.</p>\n<p>Words of the\nland.</p>")
    (last,) = [node for node in reading.document.page.body if "land" in node.model_dump_json()]
    assert last.span is not None

    assert reading.source.line_of(last.span[0]) == 6


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        pytest.param(b"<html><body>&nbsp;", ReadError, "a.html: the page shows no word. If scripts write it, save it from a browser.", id="empty"),
        pytest.param(b"%PDF-1.4 <html>", SourceError, "a.html: this is a PDF file, not text. Save its text and import that.", id="no page"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data, error, message):
    with pytest.raises(error) as caught:
        read(data, name="a.html")

    assert str(caught.value) == message


PIECES = st.sampled_from(
    "<p> </p> <b> </b> <i> <h2> </h2> <h3> <ul> <li> </ul> <ol> </ol> <table> <tr> <td> </table> <th> <br> <hr>"
    " <a\u00a0href=x> <a\u00a0href=#a> <a\u00a0name=a> </a> <blockquote> </blockquote> <dl> <dt> <dd> </dl> <nav>"
    " </nav> <form> <input> <option> <pre> </pre> <details> <summary> <sup> <font\u00a0size=5> </font> Peace | > ·"
    " 2001 2. Actions: Canada, Words\u00a0of\u00a0a\u00a0sentence. Top © Home &nbsp; &amp; <!--\u00a0c\u00a0-->".split(" ")
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@example("<table border=1><tr><td>Peace<td>2001<tr><td>Peace<td>2001</table>")
@example("<details>2.<p>2001")
def test_of_any_page_every_visible_word_is_accounted_for(body):
    try:
        reading = read(f"<html><body>{body}".encode(), name="a.html")
    except ImportContentError:
        return

    assert reading.ledger.unclaimed == list[Unclaimed]()
    check_nothing_lost([reading])
