"""Errors of blocks put together, so that an editor is told all that is wrong at once, each at its place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

__all__ = ["by_child", "of_items", "together"]

_OF_BLOCKS = (StructBlockValidationError, ListBlockValidationError, StreamBlockValidationError)


def together(first: ValidationError | None, second: ValidationError) -> ValidationError:
    """Return one error that says what both say, children's errors at the children."""
    if first is None:
        return second
    for kind in _OF_BLOCKS:
        if isinstance(first, kind) and isinstance(second, kind):
            return kind(
                block_errors=by_child(first.block_errors, second.block_errors),
                non_block_errors=[*first.non_block_errors, *second.non_block_errors],
            )
    # An error of a block says by itself only that there are some.
    for whole, plain in ((first, second), (second, first)):
        if isinstance(whole, _OF_BLOCKS):
            return together(whole, type(whole)(non_block_errors=plain.error_list))
    return ValidationError([*first.error_list, *second.error_list])


def by_child(
    first: dict[Any, ValidationError], second: dict[Any, ValidationError]
) -> dict[Any, ValidationError]:
    """Return the errors of both, put together where they are of the same child."""
    return {**first, **{name: together(first.get(name), fault) for name, fault in second.items()}}


def of_items(faults: dict[int, dict[str, ValidationError]]) -> ValidationError:
    """Return the error of a list of structs from the faults of children, by the place of the item."""
    return ListBlockValidationError(
        block_errors={
            place: StructBlockValidationError(block_errors=children)
            for place, children in faults.items()
        }
    )
