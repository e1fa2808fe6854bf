import re

import pytest

from hsec_wagtail.blocks import TableBlock
from tests.blocks.faults import draft_faults, publish_faults

ROWS = [["", "2029"], ["Missions", "4"]]


def show(rows=ROWS, **raw):
    block = TableBlock()
    return block.render(block.to_python({"rows": rows, **raw}), {})


@pytest.mark.parametrize(
    ("header", "scopes"),
    [("none", []), ("row", ["col"]), ("column", ["row"]), ("both", ["col", "row"])],
)
def test_headers_say_what_they_head(header, scopes):
    assert re.findall(r'<th scope="(\w+)">', show(header=header)) == scopes


def test_empty_corner_is_no_header():
    assert "<th></th>" not in show(header="both")
    assert re.search(r"<thead>\s*<tr>\s*<td></td>", show(header="both"))


def test_caption_names_the_table_and_its_frame():
    html = show(caption="Observers")

    assert ">Observers</caption>" in html
    assert 'aria-label="Observers"' in html


def test_wide_table_can_be_reached_by_keyboard():
    assert 'role="region"' in show()
    assert 'tabindex="0"' in show()


def test_short_rows_are_filled():
    html = show([["a", "b", "c"], ["d"]], header="none")

    assert html.count("<td>") == 6


def test_row_longer_than_the_first_is_refused():
    raw = {"rows": [["a"], ["b", "c"]]}

    assert publish_faults(TableBlock(), raw) == {
        "rows": ["Row 2 has 2 cells, the first row has 1."]
    }
    assert draft_faults(TableBlock(), raw) == {}


def test_row_is_needed_to_publish():
    assert publish_faults(TableBlock(), {"rows": []})
    assert draft_faults(TableBlock(), {"rows": []}) == {}


def test_links_in_cells_are_resolved(page):
    html = show([[f'<a linktype="page" id="{page.pk}">x</a>']], header="none")

    assert f'<td><a href="{page.url}">x</a></td>' in html


def test_ids_of_rows_and_cells_stay():
    block = TableBlock()
    rows = [{"type": "item", "id": "r1", "value": [{"type": "item", "id": "c1", "value": "a"}]}]

    assert block.get_prep_value(block.to_python({"rows": rows}))["rows"] == rows
