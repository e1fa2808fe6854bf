"""The blocks that a site adds to the bodies of its pages."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from wagtail.blocks import Block

from hsec_wagtail.blocks import BodyBlock

__all__ = ["site_blocks"]


def site_blocks() -> dict[str, Block]:
    """Return the blocks in the bodies of page models built on our mixins that are not ours, by their types."""
    found: dict[str, Block] = {}
    for model in apps.get_models():
        if getattr(model, "hsec_page_type", None):
            body: Any = model._meta.get_field("body")
            found |= body.stream_block.child_blocks
    return {name: block for name, block in found.items() if name not in BodyBlock.base_blocks}
