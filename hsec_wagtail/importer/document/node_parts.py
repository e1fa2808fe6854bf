"""The parts of nodes, walked by the rows of their types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from hsec_wagtail.importer.document.node_specs import block_spec, spec_of
from hsec_wagtail.importer.document.nodes import Node, RawBlock
from hsec_wagtail.importer.document.part_kinds import Part, PartKind
from hsec_wagtail.importer.document.stored_parts import change_value, value_parts

__all__ = ["NodePart", "change_html", "html_of", "node_parts"]


@dataclass(frozen=True, slots=True)
class NodePart:
    """A part of ``node``, which may be one within the node that was asked for.

    ``path`` is that of JSON: ``body[0].items[1].topics``. ``part`` is None for what no row describes.
    """

    path: str
    node: Node
    part: Part | None
    value: Any


def node_parts(node: Node, path: str = "") -> Iterator[NodePart]:
    """Yield the parts of ``node`` and of the nodes in it, in the order in which they are read.

    A list of pages, and the rows of a table, are one part each.
    """
    if isinstance(node, RawBlock):
        for one in value_parts(f"{path}.value", node.value, block_spec(node.block)):
            yield NodePart(one.path, node, one.part, one.value)
        return
    for part in spec_of(node).parts:
        value = getattr(node, part.field)
        if part.kind is PartKind.LIST:
            for n, item in enumerate(value):
                yield from node_parts(item, f"{path}.{part.field}[{n}]")
        else:
            yield NodePart(f"{path}.{part.field}", node, part, value)


def html_of(node: Node) -> Iterator[str]:
    """Yield the HTML in ``node`` and in the nodes in it, text by text."""
    for one in node_parts(node):
        if one.part and one.part.is_html and one.value:
            yield from _cells(one.value)


def _cells(value: str | list[list[str]]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        yield from (cell for row in value for cell in row)


def change_html(node: Node, change: Callable[[str], str]) -> None:
    """Put what ``change`` returns for it in place of each text of HTML in ``node`` and in the nodes in it."""
    if isinstance(node, RawBlock):
        spec = block_spec(node.block)
        node.value = change_value(node.value, spec, partial(_changed, change))
    for part in spec_of(node).parts:
        value = getattr(node, part.field)
        if part.kind is PartKind.LIST:
            for item in value:
                change_html(item, change)
        elif value and part.is_html:
            setattr(node, part.field, _changed(change, part, value))


def _changed(change: Callable[[str], str], part: Part, value: Any) -> Any:
    if isinstance(value, list):
        return [[change(cell) for cell in row] for row in value]
    return change(value) if part.is_html and isinstance(value, str) else value
