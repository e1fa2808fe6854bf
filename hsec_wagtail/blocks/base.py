"""Base classes of the struct and list blocks of the app."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks import (
    ListBlock,
    StreamValue,
    StructBlock,
    StructBlockValidationError,
)
from wagtail.blocks.list_block import (
    ListBlockAdapter,
    ListBlockValidationError,
    ListValue,
)

from hsec_wagtail.blocks.faults import together
from hsec_wagtail.blocks.item_labels import label_of
from hsec_wagtail.blocks.posted_items import UnreadableItem, read_items, sign_stored

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

    def completed(self, value: Any, *, language: str) -> Any:
        """Return ``value`` as readers are told it, with what follows from other children filled in."""
        return value

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
    """A list of structs, published without those that are empty; its API representation keeps their stable ids.

    Its edit form makes the fields of an item when it is opened, and posts the list as one field. The first ``open_items`` are
    open from the beginning; if it is None, all are.
    """

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        """Return the states of the items; what need not be open has a ``label``, and its value as it is ``stored``."""
        states: list[dict[str, Any]] = super().get_form_state(value)
        if self.meta.open_items is None:
            return states
        child = self.child_block
        return [
            {**state, "label": label_of(child, item), "stored": sign_stored(child, item)}
            for state, item in zip(states, value, strict=True)
        ]

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> ListValue:
        """Return the list that was posted, as one field or as the fields of Wagtail's own list."""
        return ListValue(self, bound_blocks=read_items(self.child_block, data, files, prefix))

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        """Return whether nothing of the list was posted."""
        return prefix not in data and super().value_omitted_from_data(data, files, prefix)

    def clean(self, value: Any) -> ListValue:
        """Return the cleaned list; a draft keeps what an editor has only begun."""
        unreadable = _unreadable(value)
        try:
            cleaned: ListValue = super().clean(value)
        except ListBlockValidationError as error:
            error.block_errors |= unreadable
            raise
        if unreadable:
            raise ListBlockValidationError(block_errors=unreadable)
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

    class Meta:
        open_items = 3


def _unreadable(value: Any) -> dict[int, ValidationError]:
    """Return an error for each item of ``value`` that was not posted as our form does it, by its place."""
    message = gettext("This item did not arrive whole. Reload the page, and enter it again.")
    return {
        place: ValidationError(message, code="unreadable")
        for place, item in enumerate(getattr(value, "bound_blocks", ()))
        if isinstance(item, UnreadableItem)
    }


class ItemListBlockAdapter(ListBlockAdapter):
    """Describes a list to ``item-list.js``; without that script the form has Wagtail's own list."""

    def js_args(self, block: ItemListBlock) -> list[Any]:
        """Return what Wagtail's own list is told, and how many items are open at first."""
        *others, meta = super().js_args(block)
        return [*others, {**meta, "hsecItems": {"open": block.meta.open_items}}]

    @cached_property
    def media(self) -> Media:
        """Return Wagtail's scripts, then ours."""
        return super().media + Media(
            js=[versioned_static("hsec_wagtail/js/item-list.js")],
            css={"all": [versioned_static("hsec_wagtail/css/admin-blocks.css")]},
        )


register(ItemListBlockAdapter(), ItemListBlock)


def heading_level(context: dict[str, Any]) -> int:
    """Return the level of a heading that a block makes by itself, 2 to 6.

    ``hsec_block_level`` is set by a body for the blocks below one of its headings;
    ``hsec_heading_level`` by the page for all of a body.
    """
    level = context.get("hsec_block_level") or context.get("hsec_heading_level") or 2
    return min(int(level), 6)
