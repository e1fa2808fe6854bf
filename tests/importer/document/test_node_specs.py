"""The rows of the types of nodes: nothing that a node holds goes without one."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from hsec_wagtail.blocks import BodyBlock, QuickLinkBlock
from hsec_wagtail.blocks.links import UNKNOWN
from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.node_specs import GROUP, SPECS, all_specs, block_spec
from hsec_wagtail.importer.document.page_spec import PAGE
from hsec_wagtail.importer.document.part_kinds import NodeSpec, PartKind

#: What every node has: its identity, its place, and its type.
OF_ALL = frozenset({"id", "key", "span", "type"})
#: Pages below a page are pages, not parts of it.
OF_PAGES = frozenset({"children"})


def named(spec: NodeSpec) -> str:
    return spec.node.__name__


def test_every_type_of_node_of_a_body_has_a_row():
    described = [spec.node for spec in SPECS]

    assert sorted(map(str, [*described, nodes.RawBlock])) == sorted(
        map(str, get_args(nodes.BodyNode))
    )


@pytest.mark.parametrize("spec", [*all_specs(), PAGE], ids=named)
def test_every_field_of_a_node_is_part_of_its_row(spec):
    described = [name for part in spec.parts for name in (part.field, part.span, *part.ids) if name]
    fields = spec.node.model_fields.keys() - OF_ALL - OF_PAGES

    assert sorted(described) == sorted(fields)


@pytest.mark.parametrize("spec", [*all_specs(), PAGE], ids=named)
def test_a_list_of_nodes_says_what_they_are(spec):
    lists = {part.field: part.item for part in spec.parts if part.kind is PartKind.LIST}

    # The blocks of a body have types, which say it.
    assert [name for name, item in lists.items() if item is None and name != "body"] == []


@pytest.mark.parametrize("spec", [*all_specs(), PAGE], ids=named)
def test_what_a_row_names_is_a_part_of_it(spec):
    fields = {part.field for part in spec.parts}
    named = [*spec.key_parts, *spec.told_by, *(part.aside for part in spec.parts if part.aside)]
    conditions = [part.shown_unless[0] for part in spec.parts if part.shown_unless]

    assert {*named, *conditions} <= fields


def kinds_in(spec: NodeSpec) -> dict[str, str]:
    """Return what the JSON Schema says of the fields of a node: html, date, file, nodes or rows of html."""
    found = {}
    schema = spec.node.model_json_schema()
    # That of a page, which holds pages, is among its definitions.
    own = schema if "properties" in schema else schema["$defs"][named(spec)]
    for name, field in own["properties"].items():
        text = json.dumps(field)
        if "text/html" in text:
            found[name] = "rows" if text.count('"array"') == 2 else "html"
        elif '"date"' in text:
            found[name] = "date"
        elif "#/$defs/File" in text:
            found[name] = "file"
        elif "#/$defs/" in text and name != "children":
            found[name] = "nodes"
    return found


@pytest.mark.parametrize("spec", [*all_specs(), PAGE], ids=named)
def test_the_kind_of_a_part_is_that_of_its_type(spec):
    names = {
        PartKind.RICH: "html",
        PartKind.CELLS: "rows",
        PartKind.DAY: "date",
        PartKind.FILE: "file",
        PartKind.LIST: "nodes",
    }

    assert {part.field: names[part.kind] for part in spec.parts if part.kind in names} == kinds_in(
        spec
    )


def children(block: Any, stored: str) -> Any:
    """Return the block of the part ``stored``, dotted names followed."""
    for name in filter(None, stored.split(".")):
        block = block.child_blocks[name]
    return block


def stored_names(block: Any, prefix: str = "") -> set[str]:
    """Return the names of the parts of a struct block, dotted where a part is a struct itself."""
    found = set()
    for name, child in getattr(block, "child_blocks", {}).items():
        inner = stored_names(child, f"{prefix}{name}.")
        found |= inner or {f"{prefix}{name}"}
    # That of a link is stored only of drafts, see QuickLinkBlock.
    return found - {UNKNOWN}


def described_names(spec: NodeSpec) -> set[str]:
    return {part.stored for part in spec.parts if part.stored}


@pytest.mark.parametrize("name", BodyBlock.base_blocks)
def test_every_part_of_a_block_of_the_body_is_in_the_row_of_its_type(name):
    block, spec = BodyBlock.base_blocks[name], block_spec(name)
    assert spec is not None, f"{name} has no row"

    assert described_names(spec) == stored_names(block)
    for part in spec.parts:
        if part.item and part.stored:
            item = children(block, part.stored).child_block
            assert described_names(part.item) == stored_names(item), part.field


def test_every_part_of_a_quick_link_is_in_its_row():
    (links,) = [part for part in GROUP.parts if part.kind is PartKind.LIST]

    assert links.item
    assert described_names(links.item) == stored_names(QuickLinkBlock())
