"""Dates in words that a draft kept, as EDTF, once they are published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, StreamValue

from hsec_wagtail.blocks.edtf import EDTFBlock, clean_date, read_edtf

__all__ = ["settle_dates", "settled_date"]


def settle_dates(body: StreamValue) -> None:
    """Write the dates of ``body`` that can be read as EDTF; others stay as they were typed."""
    blocks = body.stream_block.child_blocks
    for place, raw in enumerate(body.raw_data):
        block = blocks.get(raw["type"])
        value = _settled(block, raw["value"])
        if value != raw["value"]:
            body.raw_data[place] = {**raw, "value": value}


def settled_date(written: str) -> str:
    """Return the EDTF of what is ``written``; as it is where it is EDTF, no date, or may be one of several."""
    if not written or read_edtf(written):
        return written
    try:
        return clean_date(written)
    except ValidationError:
        return written


def _settled(block: Any, value: Any) -> Any:
    """Return the raw ``value`` of ``block`` with its dates as EDTF."""
    if isinstance(block, EDTFBlock):
        return settled_date(value) if isinstance(value, str) else value
    if isinstance(block, BaseStructBlock) and isinstance(value, dict):
        blocks = block.child_blocks
        return {name: _settled(blocks.get(name), one) for name, one in value.items()}
    if isinstance(block, ListBlock) and isinstance(value, list):
        return [_settled_item(block.child_block, item) for item in value]
    if isinstance(block, BaseStreamBlock) and isinstance(value, list):
        return [_settled_item(block.child_blocks.get(item["type"]), item) for item in value]
    return value


def _settled_item(block: Any, item: Any) -> Any:
    """Return the raw ``item`` of a list or stream; items from before Wagtail gave them ids are bare."""
    if isinstance(item, dict) and "type" in item and "value" in item:
        return {**item, "value": _settled(block, item["value"])}
    return _settled(block, item)
