"""Raw values of blocks: brought into one form, and the titles of what they refer to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError

from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.field_block import ChooserBlock
from wagtail.documents import get_document_model

from hsec_wagtail.importer.planning.raw_blocks import as_blocks
from hsec_wagtail.page_models import base_page_model

__all__ = ["Titles", "child_of", "children", "with_ids"]

#: A link of rich text to a page or a document.
_LINK = re.compile(r'<a (?=[^<>]*\blinktype="(page|document)")(?=[^<>]*\bid="([^"]*)")')


def children(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """Yield the blocks in ``block`` with their raw values; types that it does not know are left out."""
    if isinstance(block, StructBlock):
        values = raw if isinstance(raw, Mapping) else {}
        yield from ((child, values.get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, (ListBlock, StreamBlock)):
        for item in as_blocks(raw) or ():
            child = child_of(block, item)
            if child is not None:
                yield child, item["value"]


def child_of(block: ListBlock | StreamBlock, item: Mapping[str, Any]) -> Block | None:
    """Return the block of which ``item`` has the value."""
    if isinstance(block, ListBlock):
        return block.child_block
    found: Block | None = block.child_blocks.get(item["type"])
    return found


def with_ids(block: Block, raw: Any) -> Any:
    """Return ``raw`` with items in the lists that had bare values, each with an id that nothing else has."""
    if isinstance(block, ListBlock):
        items = raw if isinstance(raw, list) else []
        return [
            {**item, "value": with_ids(block.child_block, item["value"])}
            for item in map(_as_item, items)
        ]
    if isinstance(block, StreamBlock):
        return [
            {**item, "value": with_ids(child, item["value"]) if child else item["value"]}
            for item in as_blocks(raw) or ()
            for child in (block.child_blocks.get(item["type"]),)
        ]
    if isinstance(block, StructBlock) and isinstance(raw, Mapping):
        known = {
            name: with_ids(child, raw[name])
            for name, child in block.child_blocks.items()
            if name in raw
        }
        return {**raw, **known}
    return raw


def _as_item(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and {"type", "value", "id"} <= value.keys():
        return value
    return {"type": "item", "value": value, "id": str(uuid4())}


class Titles:
    """The titles of the objects that raw values refer to, read together: a query for each model."""

    def __init__(self, block: Block, raws: Iterable[Any]) -> None:
        wanted: defaultdict[Any, set[Any]] = defaultdict(set)
        for raw in raws:
            for model, key in _references(block, raw):
                wanted[model].add(key)
        self._titles = {
            model: {str(key): str(one) for key, one in model._default_manager.in_bulk(keys).items()}
            for model, keys in wanted.items()
        }

    def of(self, model: Any, key: Any) -> str:
        """Return the title of the object ``key``; its number where it is deleted."""
        return self._titles.get(model, {}).get(str(key)) or f"#{key}"

    def of_link(self, kind: str, key: str) -> str:
        """Return the title of the page or document that a link of rich text leads to."""
        return self.of(_linked_model(kind), key)


def _linked_model(kind: str) -> Any:
    return base_page_model() if kind == "page" else get_document_model()


def _references(block: Block, raw: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(block, ChooserBlock):
        found = [(block.model_class, raw)] if raw else []
    elif isinstance(block, RichTextBlock):
        found = [(_linked_model(kind), key) for kind, key in _LINK.findall(str(raw or ""))]
    else:
        found = [one for child, value in children(block, raw) for one in _references(child, value)]
    for model, key in found:
        try:
            yield model, model._meta.pk.to_python(key)
        except (ValidationError, TypeError):
            continue
