import json

import pytest

from django.core.exceptions import SuspiciousOperation

from wagtail.models import Page

from hsec_wagtail.blocks import TableBlock
from hsec_wagtail.blocks.grid import clean_cell

ROWS = TableBlock().child_blocks["rows"]


def stored(*rows):
    return [
        {
            "type": "item",
            "id": f"row-{number}",
            "value": [
                {"type": "item", "id": f"cell-{number}-{place}", "value": html}
                for place, html in enumerate(cells)
            ],
        }
        for number, cells in enumerate(rows)
    ]


def send(rows):
    """Return what is stored of rows as the grid sends them."""
    value = ROWS.value_from_datadict({"rows": json.dumps(rows)}, {}, "rows")
    return ROWS.get_prep_value(ROWS.clean(value))


KEPT = [
    "<b>bold</b> and <i>italic</i>",
    "H<sub>2</sub>O, m<sup>2</sup>",
    '<a linktype="page" id="3">page</a>',
    '<a linktype="document" id="4">document</a>',
    '<a href="https://nets.example/?a=1&amp;b=2">site</a>',
    '<a href="#coast">part</a>, <a href="/seas/">place</a>',
    "one<br/>two<br />three<br>four",
    '<p data-block-key="k3y">a paragraph</p>',
    "It&#x27;s &quot;said&quot; &amp; done, 3 &lt; 4",
    "<strong>a</strong><em>b</em>",
    "",
]


@pytest.mark.parametrize("html", KEPT)
def test_a_cell_that_nobody_edited_is_stored_as_it_was(html, db):
    before = stored(["Year", html], [html])
    state = ROWS.get_form_state(ROWS.to_python(before))

    assert send(state["rows"]) == before


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script>a", "a"),
        ('<b onclick="x()">a</b>', "<b>a</b>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<img src="x" onerror="x()">a', "a"),
        ('<a linktype="page" id="3 or 4">a</a>', '<a linktype="page">a</a>'),
        (f'<a linktype="page" id="{10**20}">a</a>', '<a linktype="page">a</a>'),
        ("<svg/onload=x()>", ""),
        ("<h2>a</h2>", "a"),
    ],
)
def test_a_cell_holds_nothing_but_inline_text(html, expected):
    assert clean_cell(html) == expected


@pytest.mark.parametrize(
    "sent",
    ["", "{", '"rows"', "[1]", '[["id", [1]]]', '[["id", [["id", 5]]]]', "[" * 100_000],
)
def test_what_is_no_table_is_refused_as_a_whole(sent):
    with pytest.raises(SuspiciousOperation):
        ROWS.value_from_datadict({"rows": sent}, {}, "rows")


def test_a_form_without_the_grid_leaves_the_rows_alone():
    assert ROWS.value_omitted_from_data({}, {}, "rows")
    assert not ROWS.value_omitted_from_data({"rows": "[]"}, {}, "rows")


@pytest.mark.parametrize("count", [1, 20])
def test_queries_of_the_form_do_not_grow_with_the_links(
    home, document, count, django_assert_num_queries
):
    pages = [home.add_child(instance=Page(title=f"P{n}", slug=f"p{n}")) for n in range(count)]
    links = [f'<a linktype="page" id="{page.pk}">a</a>' for page in pages]
    file = f'<a linktype="document" id="{document.pk}">b</a>'
    value = ROWS.to_python(stored(*([link, file] for link in links)))

    # Pages, those above them, documents, and the roots of the sites.
    with django_assert_num_queries(5):
        state = ROWS.get_form_state(value)

    (page, *_others) = pages
    assert state["links"][f"page-{page.pk}"] == {"url": page.url, "parentId": home.pk}
    assert state["links"][f"document-{document.pk}"]["filename"] == document.filename


def test_a_stored_link_with_a_number_that_no_database_has_does_not_break_the_form(db):
    before = stored([f'<a linktype="page" id="{10**20}">a</a>'])

    assert ROWS.get_form_state(ROWS.to_python(before))["links"] == {}


def test_links_to_what_was_deleted_stay_in_the_cell(db):
    before = stored(['<a linktype="page" id="9999">a</a>'])

    state = ROWS.get_form_state(ROWS.to_python(before))

    assert state["links"] == {}
    assert send(state["rows"]) == before
