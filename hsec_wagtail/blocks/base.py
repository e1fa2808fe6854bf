"""Base classes of the struct and list blocks of the app."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import ListBlock, StructBlock, StructBlockValidationError

__all__ = ["PREVIEW_TEMPLATE", "HsecStructBlock", "ItemListBlock", "heading_level"]

PREVIEW_TEMPLATE = "hsec_wagtail/block_preview.html"


class HsecStructBlock(StructBlock):
    """A struct block with a preview, and with rules that wait until a page is published."""

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; a draft may break the rules of :meth:`find_faults`."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (faults := self.find_faults(cleaned)):
            raise StructBlockValidationError(block_errors=faults)
        return cleaned

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return what is wrong with the children together, by the child that shows it."""
        return {}

    class Meta:
        preview_template = PREVIEW_TEMPLATE


class ItemListBlock(ListBlock):
    """A list of structs whose API representation keeps the stable ids of the items."""

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Return the items' representations, each with its ``id``."""
        return [
            {"id": item.id, **self.child_block.get_api_representation(item.value, context=context)}
            for item in value.bound_blocks
        ]


def heading_level(context: dict[str, Any]) -> int:
    """Return the level of a heading that a block makes by itself, 2 to 6.

    ``hsec_block_level`` is set by a body for the blocks below one of its headings;
    ``hsec_heading_level`` by the page for all of a body.
    """
    level = context.get("hsec_block_level") or context.get("hsec_heading_level") or 2
    return min(int(level), 6)
