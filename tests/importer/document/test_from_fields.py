"""What a document cannot hold of what a site stores is named, with its place; nothing goes silently."""

from __future__ import annotations

from typing import Any

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.from_fields import (
    Ids,
    LinkTargets,
    Loss,
    restore_group,
    restore_page,
)

FILE = nodes.File(title="Annual report", filename="report 1.pdf", sha1="a" * 40)
TARGETS = LinkTargets({7: "peace"}, {8: "https://site.example/news/"}, {3: FILE}, {4: FILE})


def restore(*blocks: Any, ids: Ids | None = None, **fields: Any) -> tuple[doc.Page, list[Loss]]:
    """Return the page with ``blocks`` in its body, and what it lost."""
    stored = {"title": "Council", "body": list(blocks), **fields}
    return restore_page("forum", stored, key="council", slug="council", targets=TARGETS, ids=ids)


def block(kind: str, value: Any, identity: str = "b1") -> dict[str, Any]:
    return {"type": kind, "value": value, "id": identity}


def item(value: Any, identity: str = "i1") -> dict[str, Any]:
    return block("item", value, identity)


def test_a_link_to_a_page_of_the_section_names_its_key():
    page, losses = restore(
        block("link", {"label": "Peace", "page": 7, "url": "", "document": None})
    )

    assert page.body == [nodes.LinkNode(id="b1", label="Peace", page="peace")]
    assert losses == []


def test_a_link_to_another_page_becomes_its_url():
    page, _ = restore(block("link", {"label": "News", "page": 8, "url": "", "document": None}))

    assert page.body == [nodes.LinkNode(id="b1", label="News", url="https://site.example/news/")]


def test_a_link_to_a_document_names_it_by_its_content():
    page, _ = restore(block("link", {"label": "", "page": None, "url": "", "document": 3}))

    assert page.body == [nodes.LinkNode(id="b1", label="Annual report", document=FILE)]


def told(losses: list[Loss]) -> list[tuple[str, str]]:
    return [(loss.path, str(loss.text)) for loss in losses]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            block("map", {"place": "Port Norva"}),
            (
                "body.b1",
                "A block of this site's own, 'map', is kept as it is stored; ids of pages and files in it"
                " mean nothing on another site. Describe its parts with hsec_parts.",
            ),
            id="a block that the site does not describe",
        ),
        pytest.param(
            block("quote", {"text": "Words", "attribution": "", "mood": "grave"}),
            ("body.b1.mood", "A part of this site's own is left out: 'grave'"),
            id="a part of the site's own",
        ),
        pytest.param(
            block("link", {"label": "A", "page": 99, "url": "", "document": None}),
            ("body.b1", "It leads to the page 99, which has no address; its label is kept."),
            id="a link to a page without address",
        ),
        pytest.param(
            block("link", {"label": "A", "page": None, "url": "", "document": 99}),
            ("body.b1", "The document 99 is gone; its other parts are kept."),
            id="a link to a document that is gone",
        ),
        pytest.param(
            block("link", {"label": "A", "page": 7, "url": "/x", "document": None}),
            ("body.b1", "It has several targets; only the one that the site shows is kept."),
            id="a link with two targets",
        ),
        pytest.param(
            block("image", {"image": {"image": 99, "alt_text": "", "decorative": False}}),
            ("body.b1", "The image 99 is gone; its other parts are kept."),
            id="an image that is gone",
        ),
        pytest.param(
            block("paragraph", '<p>a</p><embed embedtype="image" id="4" alt="" format="left"/>'),
            ("body.b1", "The image 'Annual report' (report 1.pdf) inside the text is left out."),
            id="an image inside text",
        ),
        pytest.param(
            block("paragraph", '<p>a</p><embed embedtype="media" url="https://v.example/1"/>'),
            ("body.b1", "The embed https://v.example/1 is left out."),
            id="an embed",
        ),
        pytest.param(
            block("paragraph", "<h2>Aims</h2><p>a <code>b</code></p><hr/>"),
            ("body.b1", "The formatting <code>, <h2>, <hr> is left out; its words are kept."),
            id="formatting that our editor does not have",
        ),
        pytest.param(
            block("paragraph", '<p><a linktype="page" id="99">a</a></p>'),
            (
                "body.b1",
                "A link leads to the page 99, which has no address; its words are kept.",
            ),
            id="a link in text to a page without address",
        ),
        pytest.param(
            block("paragraph", '<p><a linktype="document" id="99">a</a></p>'),
            ("body.b1", "A link leads to the document 99, which is gone; its words are kept."),
            id="a link in text to a document that is gone",
        ),
        pytest.param(
            block("paragraph", '<p><a linktype="user" id="1">a</a></p>'),
            ("body.b1", "A link of the kind 'user' is left out; its words are kept."),
            id="a link of the site's own kind",
        ),
        pytest.param(
            block("table", {"rows": [item([item("<p>a</p><p>b</p>", "i2")])]}),
            ("body.b1.rows.i1.i2", "The paragraphs of a cell become one."),
            id="several paragraphs in a cell",
        ),
    ],
)  # fmt: skip
def test_what_a_document_cannot_hold_is_named(raw, expected):
    _, losses = restore(raw)

    assert told(losses) == [expected]


def test_a_date_that_a_draft_holds_and_that_is_none_is_named():
    value = {
        "intro": "",
        "grouping": "none",
        "initiatives": [
            item({"text": "<p>a</p>", "dates": [item({"edtf": "next May"}, "d1")], "topics": []})
        ],
    }

    page, losses = restore(block("initiatives", value))

    assert [loss.path for loss in losses] == ["body.b1.initiatives.i1.dates.d1"]
    assert "next May" in str(losses[0].text)
    assert page.body == [
        nodes.Initiatives(id="b1", items=[nodes.Initiative(id="i1", html="<p>a</p>", dates=[])])
    ]


def test_a_topic_outside_of_the_section_is_named():
    value = {"initiatives": [item({"text": "<p>a</p>", "topics": [item(7, "t1"), item(8, "t2")]})]}

    page, losses = restore(block("initiatives", value))

    (node,) = page.body
    assert isinstance(node, nodes.Initiatives)
    assert (node.items[0].topics, node.items[0].topic_ids) == (["peace"], ["t1"])
    assert told(losses) == [
        (
            "body.b1.initiatives.i1.topics.t2",
            "It names the page 8, which is not in this section; that is left out.",
        )
    ]


def test_a_field_that_the_format_refuses_is_named_and_the_rest_stays():
    page, losses = restore(expected="soon", short_name="CN")

    assert (page.short_name, page.expected) == ("CN", None)
    assert [loss.path for loss in losses] == ["expected"]
    assert str(losses[0].text).startswith("'soon' is left out: ")


def test_links_inside_text_name_keys_urls_and_files():
    html = (
        '<p data-block-key="x1"><a linktype="page" id="7">a</a> <a id="8" linktype="page">b</a>'
        ' <a linktype="document" id="3">c</a> <a href="https://x.example/?a&amp;b">d</a></p>'
    )

    page, losses = restore(block("paragraph", html))

    (node,) = page.body
    assert isinstance(node, nodes.Paragraph)
    assert node.html == (
        '<p><a href="page:peace">a</a> <a href="https://site.example/news/">b</a>'
        f' <a href="document:{"a" * 40}/report%201.pdf">c</a>'
        ' <a href="https://x.example/?a&amp;b">d</a></p>'
    )
    assert losses == []


def test_ids_that_stand_twice_become_others_that_are_the_same_every_time():
    def ids() -> list[str | None]:
        seen = Ids()
        pages = [
            restore(
                block("paragraph", "<p>a</p>", "b1"), block("paragraph", "<p>b</p>", "b1"), ids=seen
            )[0]
            for _ in range(2)
        ]
        return [node.id for page in pages for node in page.body]

    assert ids()[0] == "b1"
    assert len(set(ids())) == 4
    assert ids() == ids()


def test_a_block_without_an_id_gets_one_that_is_the_same_every_time():
    raw = {"type": "paragraph", "value": "<p>a</p>"}

    (one, _), (other, _) = restore(raw), restore(raw)

    assert one.body[0].id
    assert one == other


def test_a_paragraph_of_nothing_is_left_out_without_a_word():
    page, losses = restore(block("paragraph", '<p data-block-key="x"></p>'))

    assert (page.body, losses) == ([], [])


def test_a_list_of_the_older_form_without_ids_is_read():
    page, _ = restore(block("members", {"members": [{"name": "Norvania", "role": "member"}]}))

    (node,) = page.body
    assert isinstance(node, nodes.Members)
    assert [member.name for member in node.items] == ["Norvania"]


def test_fields_that_only_sites_have_are_kept():
    page, _ = restore(seo_title="CN", show_in_menus=True, anchor_aliases=["cotn"])

    assert (page.seo_title, page.show_in_menus, page.anchor_aliases) == ("CN", True, ["cotn"])


def test_a_group_of_links_keeps_its_heading_its_slug_and_its_links():
    link = block("link", {"label": "Peace", "page": 7, "url": ""}, "l1")

    group, losses = restore_group(
        {"heading": "Agenda", "links": [link]}, key="agenda", slug="agenda-2", targets=TARGETS
    )

    assert losses == []
    assert group == nodes.LinkGroup(
        key="agenda",
        slug="agenda-2",
        heading="Agenda",
        links=[nodes.Link(id="l1", label="Peace", page="peace")],
    )
