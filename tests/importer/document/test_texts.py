"""The texts of a document: each is counted once, with where it stands."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.schema import Page
from hsec_wagtail.importer.document.texts import Leaf, page_leaves


def said(*body: nodes.BodyNode) -> list[Leaf]:
    """Return the texts of a body."""
    page = Page(type="policy", key="k", title="T", body=list(body))
    return [leaf for leaf in page_leaves(page) if leaf.path != "page.title"]


def test_the_alternative_text_of_an_image_is_counted():
    image = nodes.Image(alt="A harbour at dusk", caption="Port Norva", span=(0, 9))

    assert said(image) == [Leaf("page.body[0]", "A harbour at dusk\nPort Norva", (0, 9))]


def test_an_introduction_has_a_place_of_its_own():
    item = nodes.Initiative(html="Signed.", span=(9, 16))
    node = nodes.Initiatives(intro="Actions:", intro_span=(0, 8), items=[item])

    assert said(node) == [
        Leaf("page.body[0].intro", "Actions:", (0, 8)),
        Leaf("page.body[0].items[0]", "Signed.", (9, 16)),
    ]


def test_the_dates_of_an_initiative_repeat_its_text_and_are_not_counted():
    date = nodes.Found(edtf="1999", text="1999", label="signed")
    node = nodes.Initiatives(items=[nodes.Initiative(html="Signed 1999", dates=[date])])

    assert [leaf.text for leaf in said(node)] == ["Signed 1999"]


@pytest.mark.parametrize(("display", "expected"), [("list", ["Norvania"]), ("text", [])])
def test_members_that_the_prose_names_already_are_not_counted_again(display, expected):
    node = nodes.Members(display=display, items=[nodes.Member(name="Norvania")])

    assert [leaf.text for leaf in said(node)] == expected


def test_the_address_behind_a_label_may_stand_beside_it():
    node = nodes.LinkNode(label="Report", url="https://example.org/report")

    assert said(node) == [Leaf("page.body[0]", "Report", None, aside="https://example.org/report")]


def test_what_looks_like_markup_in_plain_text_is_text():
    assert [leaf.text for leaf in said(nodes.Quote(text="Fewer than <five> ports"))] == [
        "Fewer than <five> ports"
    ]
