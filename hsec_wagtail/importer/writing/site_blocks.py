"""The blocks that a site adds to the bodies of its pages: their rows, and those of a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register

from wagtail.blocks import BaseStreamBlock, FieldBlock, ListBlock, StructBlock
from wagtail.blocks.struct_block import BaseStructBlock

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.nodes import RawBlock
from hsec_wagtail.importer.document.site_blocks import register_site_block, site_block_parts
from hsec_wagtail.importer.errors import PlanError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.models.bodies import site_blocks
from hsec_wagtail.page_models import page_model

__all__ = ["check_site_blocks", "describe_site_blocks", "refuse_unknown_blocks"]


def describe_site_blocks() -> None:
    """Give each block of the site that declares ``hsec_parts`` a row, and have the others checked."""
    register(check_site_blocks)
    for name, block in site_blocks().items():
        parts = getattr(block, "hsec_parts", None)
        if parts is not None and not _fault(block):
            register_site_block(name, parts)


def check_site_blocks(**kwargs: Any) -> list[CheckMessage]:
    """Name the blocks of the site whose ``hsec_parts`` cannot be read."""
    return [
        Error(
            f"hsec_parts of the block {name!r} cannot be read: {fault}",
            hint="See the how-to on a site's own blocks.",
            obj=block,
            id="hsec.E007",
        )
        for name, block in site_blocks().items()
        if (fault := _fault(block))
    ]


def _fault(block: Any) -> str:
    parts = getattr(block, "hsec_parts", None)
    try:
        found = list(site_block_parts(parts)) if parts is not None else []
    except ValueError as error:
        return str(error)
    names = {part.stored.partition(".")[0] for part in found if part.stored}
    children = getattr(block, "child_blocks", None)
    if isinstance(children, dict) and (odd := names - children.keys()):
        return f"it has no part {min(odd)!r}; its parts are {', '.join(children)}."
    return ""


def refuse_unknown_blocks(pages: Iterable[doc.Page]) -> None:
    """Refuse a document whose blocks this site does not have: nobody would see their words.

    Raises:
        PlanError: A block has a type, or a form, that the page's body does not know.
    """
    for page in pages:
        for node in page.body:
            if isinstance(node, RawBlock):
                _refuse_unknown(page, node)


def _refuse_unknown(page: doc.Page, node: RawBlock) -> None:
    body = page_model(page.type)._meta.get_field("body")
    block = body.stream_block.child_blocks.get(node.block)
    if block is None:
        raise PlanError("block-unknown", page=page.key, block=node.block)
    if fault := _misfit(block, node.value, "value"):
        raise PlanError("block-misfit", page=page.key, block=node.block, fault=fault)


def _misfit(block: Any, value: Any, place: str) -> Message | None:
    """Return where ``value`` has another form than ``block``, which would drop it without a word; None if it fits."""
    if value is None:
        return None
    if isinstance(block, BaseStructBlock):
        if not isinstance(value, dict):
            return Message("value-no-object", place=place)
        if odd := value.keys() - block.child_blocks.keys():
            known = list(block.child_blocks)
            return Message("value-part-unknown", place=place, part=min(odd), known=known)
        inner = (
            (block.child_blocks[name], part, f"{place}.{name}") for name, part in value.items()
        )
    elif isinstance(block, ListBlock | BaseStreamBlock):
        if not isinstance(value, list):
            return Message("value-no-list", place=place)
        inner = (_item(block, one, f"{place}[{n}]") for n, one in enumerate(value))
    elif isinstance(value, dict | list) and isinstance(block, FieldBlock):
        return Message("value-no-scalar", place=place)
    else:
        return None
    return next((fault for part in inner if (fault := _misfit(*part))), None)


def _item(block: Any, raw: Any, place: str) -> tuple[Any, Any, str]:
    """Return the block, the value and the place of an item of a list or a stream."""
    is_item = isinstance(raw, dict) and "value" in raw and "type" in raw
    if isinstance(block, ListBlock):
        return block.child_block, raw["value"] if is_item else raw, place
    known = block.child_blocks.get(raw["type"]) if is_item else None
    # A struct without parts takes nothing, so that an unknown type is named.
    return (known, raw["value"], place) if known else (StructBlock(), raw, place)
