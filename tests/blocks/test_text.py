import pytest

from hsec_wagtail.blocks import DetailsBlock, HeadingBlock, QuoteBlock
from tests.blocks.faults import draft_faults, publish_faults


def show(block, raw, **context):
    return block.render(block.to_python(raw), context).strip()


@pytest.mark.parametrize(
    ("level", "page_level", "tag"),
    [("2", 2, "h2"), ("3", 2, "h3"), ("2", 3, "h3"), ("4", 3, "h5"), ("4", 5, "h6"), ("x", 2, "h2"), ("", 2, "h2")],
)  # fmt: skip
def test_level_of_a_heading_follows_the_page(level, page_level, tag):
    html = show(HeadingBlock(), {"text": "A", "level": level}, hsec_heading_level=page_level)

    assert html == f'<{tag} class="hsec-heading">A</{tag}>'


def test_heading_has_its_stored_anchor():
    assert show(HeadingBlock(), {"text": "New name", "anchor": "old-name"}) == (
        '<h2 class="hsec-heading" id="old-name">New name</h2>'
    )


def test_anchor_that_the_page_has_already_is_numbered():
    taken = {"un", "un-2"}

    html = show(HeadingBlock(), {"text": "A", "anchor": "un"}, hsec_anchors=taken)

    assert 'id="un-3"' in html
    assert taken == {"un", "un-2", "un-3"}


def test_anchor_is_made_from_the_text_once():
    block = HeadingBlock()

    first = block.clean(block.to_python({"text": "Sécurité côtière", "level": "2"}))
    again = block.clean(block.to_python({"text": "Other", "anchor": first["anchor"], "level": "2"}))

    assert first["anchor"] == again["anchor"] == "sécurité-côtière"


def test_anchor_may_be_written_with_its_sign():
    block = HeadingBlock()

    assert block.clean(block.to_python({"text": "A", "anchor": "#un"}))["anchor"] == "un"


def test_anchor_with_blanks_is_refused_when_published():
    raw = {"text": "A", "anchor": "a b"}

    assert publish_faults(HeadingBlock(), raw) == {
        "anchor": ["Use letters, digits, hyphens and underscores only."]
    }
    assert draft_faults(HeadingBlock(), raw) == {}


def test_quotation_says_whose_it_is():
    html = show(QuoteBlock(), {"text": "Words", "attribution": "Somebody"})

    assert "<blockquote" in html
    assert ">Somebody</figcaption>" in html


def test_details_open_natively():
    html = show(DetailsBlock(), {"summary": "More", "text": "<p>Text</p>"})

    assert ">More</summary>" in html
    assert "<p>Text</p>" in html


def test_details_without_summary_are_not_hidden():
    html = show(DetailsBlock(), {"text": "<p>Text</p>"})

    assert "<details" not in html
    assert "<p>Text</p>" in html
