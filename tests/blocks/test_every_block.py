"""What all blocks have in common."""

import json
import re
from collections.abc import Iterator

import pytest

from django.core.serializers.json import DjangoJSONEncoder
from django.test import RequestFactory
from django.utils import translation

from wagtail.blocks import Block, StructBlock

from hsec_wagtail.blocks import (
    BodyBlock,
    DocumentItemBlock,
    InitiativeBlock,
    InitiativeDateBlock,
    MemberBlock,
    QuickLinkBlock,
)
from hsec_wagtail.blocks.links import QuickLinksBlock
from hsec_wagtail.page_models import page_models

BODY = BodyBlock()
STREAM_BLOCKS = list(BODY.child_blocks.items())
ITEM_BLOCKS = [
    ("document item", DocumentItemBlock()),
    ("initiative", InitiativeBlock()),
    ("initiative date", InitiativeDateBlock()),
    ("member", MemberBlock()),
    ("quick link", QuickLinkBlock()),
]


def blocks(pairs):
    return pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in pairs])


def test_body_has_the_blocks_that_documents_are_made_into():
    assert set(BODY.child_blocks) == {
        "paragraph", "heading", "initiatives", "members", "link", "notice", "funding", "documents",
        "quote", "image", "table", "contact", "details",
    }  # fmt: skip


def structs_in(block: Block, path: str) -> Iterator[tuple[str, Block]]:
    """Yield the struct blocks in ``block`` with their paths."""
    if isinstance(block, StructBlock):
        yield path, block
    children = getattr(block, "child_blocks", {})
    if child := getattr(block, "child_block", None):
        children = {"item": child}
    for name, inner in children.items():
        yield from structs_in(inner, f"{path}.{name}")


STRUCTS = [
    *structs_in(BODY, "body"),
    *structs_in(QuickLinksBlock(), "links"),
    ("body.paragraph", BODY.child_blocks["paragraph"]),
]


def test_blocks_are_walked_to_the_innermost():
    assert {path for path, _block in STRUCTS} >= {
        "body.initiatives.initiatives.item.dates.item",
        "body.members.members.item",
        "body.image.image",
        "links.link",
    }


@blocks(STRUCTS)
def test_block_tells_an_editor_when_to_use_it(block: Block):
    assert block.meta.icon != "placeholder"
    assert str(block.label)
    assert len(str(block.get_description())) > 20
    assert str(block.meta.group)


@blocks([pair for pair in STRUCTS if isinstance(pair[1], StructBlock)])
def test_collapsed_block_says_what_is_in_it(block: Block):
    named = re.findall(r"\{(\w+)\}", block.meta.label_format)

    assert named
    assert set(named) <= set(block.child_blocks)


@blocks(STRUCTS)
def test_description_is_french_for_those_who_read_french(block: Block):
    english = str(block.get_description())

    with translation.override("fr"):
        assert str(block.get_description()) != english


def test_every_type_of_page_says_when_to_use_it():
    for model in page_models().values():
        assert len(model.get_page_description()) > 20


@blocks(STREAM_BLOCKS + ITEM_BLOCKS)
def test_preview_is_a_page_without_inline_style_or_script(block: Block, image, document):
    assert block.is_previewable
    value = block.get_preview_value()
    context = {
        "request": RequestFactory().get("/"),
        "block_def": block,
        "block_class": type(block),
        "bound_block": block.bind(value),
        "page_title": "Preview",
    }
    html = _render(
        block.get_preview_template(value, context), block.get_preview_context(value, context)
    )

    assert 'class="hsec"' in html
    assert re.search(r'<div class="hsec">\s*<', html)
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|javascript:", html)


def _render(template, context):
    from django.template.loader import render_to_string

    return render_to_string(template, context)


@blocks(STREAM_BLOCKS + ITEM_BLOCKS)
def test_preview_value_may_be_published(block: Block, image, document):
    raw = block.get_prep_value(block.get_preview_value())

    block.clean(block.to_python(raw))


@blocks([pair for pair in STREAM_BLOCKS + ITEM_BLOCKS if pair[0] not in ("image", "document item")])
def test_preview_does_without_content_of_the_site(block: Block, root_page):
    value = block.get_preview_value()

    assert block.render(value, {}).strip()


@blocks(STREAM_BLOCKS + ITEM_BLOCKS)
def test_preview_is_french_for_those_who_read_french(block: Block, root_page):
    english = block.render(block.get_preview_value(), {})

    with translation.override("fr"):
        assert block.render(block.get_preview_value(), {}) != english


@blocks([pair for pair in STREAM_BLOCKS if pair[0] != "paragraph"])
def test_empty_draft_shows_nothing(block: Block):
    assert block.render(block.to_python({}), {}).strip() == ""


def test_empty_paragraph_shows_nothing():
    block = BODY.child_blocks["paragraph"]

    assert block.render(block.to_python(""), {}).strip() == ""


@blocks(STREAM_BLOCKS)
def test_empty_draft_may_be_kept(block: Block):
    value = block.get_default()

    block.clean_deferred(value)

    assert block.is_deferred_validation is False


@blocks(STREAM_BLOCKS)
def test_raw_value_stays_as_it_is(block: Block, image, document):
    raw = block.get_prep_value(block.to_python(block.get_prep_value(block.get_preview_value())))

    again = block.get_prep_value(block.bulk_to_python([raw])[0])

    assert again == raw


@blocks(STREAM_BLOCKS + ITEM_BLOCKS)
def test_api_representation_is_json(block: Block, image, document):
    value = block.to_python(block.get_prep_value(block.get_preview_value()))

    assert json.dumps(block.get_api_representation(value), cls=DjangoJSONEncoder)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "initiatives", "Signed the Convention on Derelict Nets in June 2030.", id="text"
        ),
        pytest.param("members", "Harbour Cities’ League", id="member"),
        pytest.param("funding", "Associations registered in Norvania.", id="eligibility"),
        pytest.param("table", "Missions", id="cell"),
        pytest.param("documents", "Report on derelict nets", id="document"),
        pytest.param("link", "Treaties in force", id="label"),
        pytest.param("image", "Delegates at the Council of Seas", id="caption"),
    ],
)
def test_search_finds_what_the_public_reads(name, expected, root_page):
    block = BODY.child_blocks[name]

    assert expected in block.get_searchable_content(block.get_preview_value())


@pytest.mark.parametrize("word", ["member", "none", "year", "https://", "2031-02-03", "list"])
def test_search_does_not_find_settings(word, root_page):
    content = [
        str(text)
        for block in BODY.child_blocks.values()
        for text in block.get_searchable_content(block.get_preview_value())
    ]

    assert word not in " ".join(content).split()
    assert not any(text.startswith("https://") for text in content)


def test_checks_find_nothing(db):
    from django.core.checks import run_checks

    assert BODY.check() == []
    assert [message for message in run_checks() if "StreamField" in str(message)] == []
