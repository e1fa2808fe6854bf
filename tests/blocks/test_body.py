import re

import pytest

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from wagtail.blocks import CharBlock
from wagtail.models import Page

from hsec_wagtail.blocks import BodyBlock, load_bodies
from hsec_wagtail.page_models import page_model
from tests.blocks.faults import draft_faults, publish_faults


def block(name, value, block_id="b1"):
    return {"type": name, "value": value, "id": block_id}


def heading(text, level="2", anchor=""):
    return block("heading", {"text": text, "level": level, "anchor": anchor})


def show(*raw, **context):
    (body,) = load_bodies([raw])
    return Template("{% load wagtailcore_tags %}{% include_block body %}").render(
        Context({"body": body, **context})
    )


def years(*edtfs):
    items = [{"text": "<p>x</p>", "dates": [{"edtf": edtf}]} for edtf in edtfs]
    return block("initiatives", {"grouping": "year", "initiatives": items})


@pytest.fixture
def stream(home, page, document, image):
    """Return a function for the raw data of a body with everything that has to be looked up."""
    number = iter(range(1000))
    parent = home.add_child(instance=page_model("section")(title="Section", slug="section"))

    def make():
        n = next(number)
        target = home.add_child(instance=Page(title=f"T{n}", slug=f"t{n}"))
        topic = parent.add_child(
            instance=page_model("topic")(title=f"Topic {n}", slug=f"topic-{n}")
        )
        prose = f'<p><a linktype="page" id="{target.pk}">x</a><a linktype="document" id="{document.pk}">y</a></p>'
        return [
            block("paragraph", prose),
            block(
                "initiatives",
                {"intro": prose, "initiatives": [{"text": prose, "topics": [topic.pk]}]},
            ),
            block("members", {"intro": prose, "members": [{"name": "A"}]}),
            block("notice", {"text": prose}),
            block("funding", {"title": "F", "description": prose, "eligibility": prose}),
            block("details", {"summary": "S", "text": prose}),
            block("table", {"rows": [[prose, prose]]}),
            block("link", {"label": "L", "page": target.pk}),
            block("link", {"label": "L", "document": document.pk}),
            block("documents", {"documents": [{"document": document.pk}]}),
            block("image", {"image": {"image": image.pk, "alt_text": "a", "decorative": False}}),
        ]

    return make


def test_queries_do_not_grow_with_the_bodies(stream, rf):
    raw = [stream() for _number in range(30)]
    template = Template(
        "{% load wagtailcore_tags %}{% for body in bodies %}{% include_block body %}{% endfor %}"
    )
    request = rf.get("/")

    def render(number):
        with CaptureQueriesContext(connection) as queries:
            html = template.render(
                Context({"bodies": load_bodies(raw[:number]), "request": request})
            )
        assert html.count("<figure") == number
        return len(queries)

    render(1)  # fills the cache of sites

    assert render(3) == render(30) <= 11


def test_loaded_body_is_what_its_page_would_read(stream):
    block = BodyBlock()
    # With the ids that blocks are given when they are stored.
    raw = block.get_prep_value(
        block.to_python(block.get_prep_value(block.bulk_to_python([stream()])[0]))
    )

    (body,) = load_bodies([raw])

    assert block.get_prep_value(body) == block.get_prep_value(block.to_python(raw))
    assert body.render_as_block() == block.to_python(raw).render_as_block()


def test_bodies_keep_their_order_and_ids(root_page):
    first, second = load_bodies([[block("quote", {"text": "a"}, "q1")], []])

    assert [(child.block_type, child.id) for child in first] == [("quote", "q1")]
    assert len(second) == 0


def test_blocks_of_a_site_are_read_with_its_own_stream():
    class OwnBody(BodyBlock):
        own = CharBlock()

    (body,) = load_bodies([[block("own", "word")]], block=OwnBody())

    assert body[0].value == "word"


def test_block_has_a_wrapper_of_its_own_class():
    assert re.match(
        r'<div class="hsec-block hsec-block--quote">', show(block("quote", {"text": "a"}))
    )


def test_block_that_shows_nothing_has_no_wrapper():
    assert show(block("quote", {"text": ""})).strip() == ""


@pytest.mark.parametrize(
    ("raw", "level", "expected"),
    [
        pytest.param([years("2001")], 2, ["h2"], id="first under the title"),
        pytest.param([heading("A"), years("2001")], 2, ["h2", "h3"], id="below a heading"),
        pytest.param([heading("A"), heading("B", "3"), years("2001")], 2, ["h2", "h3", "h4"], id="below a lower heading"),
        pytest.param([heading("A"), years("2001")], 3, ["h3", "h4"], id="inside a section"),
    ],
)  # fmt: skip
def test_headings_stand_in_order(raw, level, expected):
    html = show(*raw, hsec_heading_level=level)

    assert re.findall(r"<(h\d)", html) == expected


def anchors_of(*raw, clean="clean"):
    block = BodyBlock()
    return [child.value["anchor"] for child in getattr(block, clean)(block.to_python(raw))]


@pytest.mark.parametrize("clean", ["clean", "clean_deferred"])
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            [heading("Aims"), heading("Aims"), heading("Aims")],
            ["aims", "aims-2", "aims-3"],
            id="of one text",
        ),
        pytest.param(
            [heading("Aims"), heading("Older", anchor="aims"), heading("Aims", anchor="aims-2")],
            ["aims-3", "aims", "aims-2"],
            id="links lead to those that were there",
        ),
    ],
)
def test_anchors_of_headings_are_numbered(raw, expected, clean):
    assert anchors_of(*raw, clean=clean) == expected


def test_the_same_anchor_given_twice_is_said_at_the_later_ones_and_kept_in_a_draft():
    raw = [heading("Aims", anchor="a"), heading("B", anchor="#a"), heading("", anchor="a")]
    refused = ["Another heading of this page has the anchor “a”; the next free one is “a-2”."]

    assert publish_faults(BodyBlock(), raw) == {
        1: {"anchor": refused},
        2: {"text": ["This field is required."], "anchor": refused},
    }
    assert anchors_of(*raw, clean="clean_deferred") == ["a", "a", "a"]


def test_numbered_anchors_stay_as_they_are():
    once = anchors_of(heading("Aims"), heading("Aims"))

    assert anchors_of(*(heading("Aims", anchor=anchor) for anchor in once)) == once


def test_half_filled_body_may_be_kept_as_a_draft(root_page):
    raw = [
        block(name, child.get_prep_value(child.get_default()))
        for name, child in BodyBlock().child_blocks.items()
    ]

    assert draft_faults(BodyBlock(), raw) == {}
    assert publish_faults(BodyBlock(), raw)


def test_references_of_all_targets_are_known(stream, page, document, image):
    body = BodyBlock()

    models = {model.__name__ for model, *_ in body.extract_references(body.to_python(stream()))}

    assert models == {"Page", "Document", "Image", page_model("topic").__name__}


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        pytest.param({"quote": "wagtail.blocks.CharBlock"}, "'quote' is a block of hsec_wagtail", id="one of ours"),
        pytest.param(["map"], r"HSEC_BODY_BLOCKS is \['map'\]; give a dict", id="a list"),
        pytest.param({"map": None}, r"HSEC_BODY_BLOCKS\['map'\]: ", id="no path"),
        pytest.param({"map": "wagtail.blocks.NoBlock"}, r"HSEC_BODY_BLOCKS\['map'\]: Module", id="not there"),
        pytest.param({"map": "wagtail.models.Page"}, "wagtail.models.Page is no block class", id="no block"),
    ],
)  # fmt: skip
def test_a_block_of_the_site_that_cannot_be_had_is_named(settings, blocks, message):
    settings.HSEC_BODY_BLOCKS = blocks

    with pytest.raises(ImproperlyConfigured, match=message):
        BodyBlock()


def test_blocks_of_the_site_stand_behind_ours(settings):
    settings.HSEC_BODY_BLOCKS = {"map": "wagtail.blocks.CharBlock"}

    assert list(BodyBlock().child_blocks) == [*BodyBlock.base_blocks, "map"]
