"""The names editors know for places in a page: its fields, the blocks in them, and the parts of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext

from wagtail.blocks import Block, ListBlock

from hsec_wagtail.models.snippets import QuickLinksSnippet
from hsec_wagtail.page_models import page_models

__all__ = ["place_label"]


def place_label(steps: Sequence[Sequence[Any]]) -> str:
    """Return the name editors know for a place, such as ``Body, Initiatives 2, Initiative 3, Text``.

    Args:
        steps: Name of the field, then those of the blocks and parts inside, each with its number among
            the blocks of its type, 0 for what is not counted.
    """
    return ", ".join(_labels(steps))


def _labels(steps: Sequence[Sequence[Any]]) -> Iterator[str]:
    (name, _), *inside = steps
    field = _field(name)
    yield str(capfirst(field.verbose_name)) if field else _words(name)
    block: Block | None = getattr(field, "stream_block", None)
    for above, (name, number) in zip(steps, inside, strict=False):
        block = _part(block, name)
        # "Initiatives 2, Initiative 3" says enough: a list named like its block is not named twice.
        if number or name != above[0]:
            label = str(block.label) if block and block.label else _words(name)
            yield f"{label} {number}" if number else label


def _field(name: str) -> Any | None:
    models: list[Any] = [*page_models().values(), QuickLinksSnippet]
    for model in models:
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _part(block: Block | None, name: str) -> Block | None:
    """Return the part ``name`` of ``block``; None where a site no longer has it."""
    if isinstance(block, ListBlock):
        return block.child_block
    part: Block | None = getattr(block, "child_blocks", {}).get(name)
    return part


def _words(name: str) -> str:
    return gettext("Item") if name == "item" else name.replace("_", " ")
