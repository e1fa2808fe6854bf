"""The blocks that a site adds: what is checked of them, and what a document may bring."""

from __future__ import annotations

from typing import Any

import pytest

from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, StructBlock

from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.site_blocks import described, unregister_site_block
from hsec_wagtail.importer.errors import PlanError
from hsec_wagtail.importer.writing import site_blocks
from hsec_wagtail.models import PolicyPage, SectionPage


class MapBlock(StructBlock):
    place = CharBlock()
    zoom = IntegerBlock()
    stops = ListBlock(CharBlock())

    hsec_parts: Any = {"place": "plain", "zoom": "data"}


@pytest.fixture
def map_block(monkeypatch) -> Any:
    """A block ``map`` in the bodies of sections."""
    block = MapBlock()
    block.set_name("map")
    body = SectionPage._meta.get_field("body").stream_block
    monkeypatch.setitem(body.child_blocks, "map", block)
    yield block
    unregister_site_block("map")


def pages(value: Any) -> Any:
    page = {
        "type": "section",
        "key": "coasts",
        "title": "Coasts",
        "body": [{"type": "raw", "block": "map", "value": value}],
    }
    return load_document({"format": "hsec-section/1", "page": page}, name="x").page.walk()


@pytest.mark.usefixtures("map_block")
def test_a_block_that_says_what_its_parts_are_gets_a_row():
    site_blocks.describe_site_blocks()

    spec = described("map")
    assert spec is not None
    assert [(part.stored, part.kind.value) for part in spec.parts] == [
        ("place", "plain"),
        ("zoom", "data"),
    ]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        pytest.param("words", "'words' is no kind of part", id="no kind"),
        pytest.param({"place": "plain", "depth": "data"}, "no part 'depth'; its parts are place, zoom, stops.", id="no part"),
    ],
)  # fmt: skip
def test_a_description_that_cannot_be_read_is_a_system_check(map_block, monkeypatch, parts, fault):
    monkeypatch.setattr(map_block, "hsec_parts", parts, raising=False)

    (message,) = site_blocks.check_site_blocks()

    assert message.id == "hsec.E007"
    assert fault in message.msg


@pytest.mark.usefixtures("map_block")
def test_a_block_that_the_page_has_is_taken():
    site_blocks.refuse_unknown_blocks(
        pages({"place": "Port", "stops": ["Quay", {"type": "item", "value": "Pier"}]})
    )


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        pytest.param(["no", "struct"], "value is no object.", id="a list"),
        pytest.param({"depth": 3}, "value has no part 'depth'; its parts are place, zoom, stops.", id="a part more"),
        pytest.param({"place": {"x": 1}}, "value.place is one value", id="an object"),
        pytest.param({"stops": "Quay"}, "value.stops is no list.", id="no list"),
        pytest.param({"stops": [["Quay"]]}, "value.stops[0] is one value", id="a list in a list"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("map_block")
def test_a_value_that_the_block_would_drop_is_refused(value, fault):
    with pytest.raises(PlanError) as refused:
        site_blocks.refuse_unknown_blocks(pages(value))

    assert fault in str(refused.value)


def test_a_block_that_the_page_does_not_have_is_refused():
    assert "map" not in PolicyPage._meta.get_field("body").stream_block.child_blocks

    with pytest.raises(PlanError, match="a block 'map', which this site does not have"):
        site_blocks.refuse_unknown_blocks(pages({"place": "Port"}))
