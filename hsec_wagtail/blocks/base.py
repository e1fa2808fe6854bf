"""Base classes of the struct and list blocks of the app."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import (
    ListBlock,
    StreamValue,
    StructBlock,
    StructBlockValidationError,
)
from wagtail.blocks.list_block import ListValue

from hsec_wagtail.blocks.faults import together

__all__ = [
    "PREVIEW_TEMPLATE",
    "HsecStructBlock",
    "ItemListBlock",
    "heading_level",
    "without_empty",
]

PREVIEW_TEMPLATE = "hsec_wagtail/block_preview.html"


class HsecStructBlock(StructBlock):
    """A struct block with a preview, and with rules that wait until a page is published."""

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; a draft may break the rules of :meth:`find_faults`.

        What is wrong with the children together is said with what is wrong with each.
        """
        if self.is_empty(value):
            return value
        refused: ValidationError | None = None
        try:
            cleaned = super().clean(value)
        except StructBlockValidationError as error:
            if self.is_deferred_validation:
                raise
            cleaned, refused = self._clean_the_others(value, error), error
        if not self.is_deferred_validation and (faults := self.find_faults(cleaned)):
            refused = together(refused, StructBlockValidationError(block_errors=faults))
        if refused is not None:
            raise refused
        return cleaned

    def _clean_the_others(self, value: Any, refused: StructBlockValidationError) -> Any:
        """Return the value with those children cleaned that were not refused."""
        return self._to_struct_value(
            [
                (
                    name,
                    child if name in refused.block_errors else self.child_blocks[name].clean(child),
                )
                for name, child in value.items()
            ]
        )

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return what is wrong with the children together, by the child that shows it.

        A child that was refused by itself is as it was typed.
        """
        return {}

    def is_empty(self, value: Any) -> bool:
        """Return whether nothing is left to show, as where what the block refers to was deleted.

        Nothing else is checked then, and the lists and bodies that hold the block drop it when they are published.
        """
        return False

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, and beside each rich text ``name`` its HTML for the public as ``name_html``."""
        shown: dict[str, Any] = super().get_api_representation(value, context=context)
        for name, child in self.child_blocks.items():
            if hasattr(child, "get_api_html"):
                shown[f"{name}_html"] = child.get_api_html(value.get(name))
        return shown

    class Meta:
        preview_template = PREVIEW_TEMPLATE


def without_empty(stream: StreamValue) -> StreamValue:
    """Return ``stream`` without the blocks that are empty."""
    kept = [
        (child.block_type, child.value, child.id)
        for child in stream
        if not (isinstance(child.block, HsecStructBlock) and child.block.is_empty(child.value))
    ]
    return StreamValue(stream.stream_block, kept)


class ItemListBlock(ListBlock):
    """A list of structs, published without those that are empty; its API representation keeps their stable ids."""

    def clean(self, value: Any) -> ListValue:
        """Return the cleaned list; a draft keeps what an editor has only begun."""
        cleaned: ListValue = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        kept = [item for item in cleaned.bound_blocks if not self.child_block.is_empty(item.value)]
        return ListValue(self, bound_blocks=kept)

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
