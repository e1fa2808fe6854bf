"""Words and references of StreamField values, read from their raw data by the definition of the blocks.

Wagtail builds every block's Python value to find them, with queries for choosers. Here a definition is
compiled once into functions over the raw data; a block whose own class does something else about it goes
Wagtail's way, by its Python value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.encoding import force_str

from wagtail.blocks import (
    Block,
    CharBlock,
    ChoiceBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.rich_text import extract_references_from_rich_text

from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.blocks.prose import ProseBlock
from hsec_wagtail.importer.writing.bulk.words import rich_text_words

__all__ = ["Reference", "references_in", "words_in"]


class Reference(NamedTuple):
    """A reference from a place in an object to another object."""

    model: type[Model]
    object_id: Any
    model_path: str
    content_path: str
    #: Whether it counts only if its target exists, as that of a chooser does.
    chosen: bool = False


Words = Callable[[Any], list[str]]
References = Callable[[Any], Iterable[Reference]]


def words_in(block: Block) -> Words:
    """Return the function that gives the searchable texts of raw data of ``block``."""
    return _words(block) or (lambda raw: [])


def references_in(block: Block) -> References:
    """Return the function that gives the references in raw data of ``block``."""
    return _references(block) or (lambda raw: ())


_CONVERTERS = ("to_python", "bulk_to_python")


def _does_as(block: Block, kinds: tuple[type[Block], ...], *methods: str) -> bool:
    """Tell whether ``methods`` of ``block`` are those of one of ``kinds``, not of a class made from it."""
    return isinstance(block, kinds) and all(
        any(getattr(type(block), name) is getattr(kind, name) for kind in kinds) for name in methods
    )


def _words(block: Block) -> Words | None:
    """Return a function over raw data of ``block``; None where there are never any words."""
    method = "get_searchable_content"
    if _does_as(block, (Block,), method):
        return None
    if _does_as(block, (CharBlock, TextBlock, ChoiceBlock), method) and not block.search_index:
        return None
    containers: tuple[tuple[tuple[type[Block], ...], Any], ...] = (
        ((StructBlock,), _struct_words),
        ((ListBlock,), _list_words),
        ((StreamBlock, BodyBlock), _stream_words),
        ((RichTextBlock, ProseBlock), _rich_text_words),
    )
    for kinds, compiled in containers:
        if _does_as(block, kinds, method, *_CONVERTERS):
            return compiled(block) if block.search_index else None
    return lambda raw: block.get_searchable_content(block.to_python(raw))


def _rich_text_words(block: RichTextBlock) -> Words:
    return lambda raw: [rich_text_words(force_str(raw or ""))]


def _struct_words(block: StructBlock) -> Words | None:
    children = [
        (name, child, words)
        for name, child in block.child_blocks.items()
        if (words := _words(child)) is not None
    ]

    def find(raw: Mapping[str, Any]) -> list[str]:
        found: list[str] = []
        for name, child, words in children:
            if name in raw:
                found.extend(words(raw[name]))
            else:
                found.extend(child.get_searchable_content(child.get_default()))
        return found

    return find if children else None


def _list_words(block: ListBlock) -> Words | None:
    words = _words(block.child_block)
    if words is None:
        return None

    def find(raw: Iterable[Any]) -> list[str]:
        found: list[str] = []
        for item in raw:
            found.extend(words(item["value"] if block._item_is_in_block_format(item) else item))
        return found

    return find


def _stream_words(block: StreamBlock) -> Words:
    children = {name: _words(child) for name, child in block.child_blocks.items()}

    def find(raw: Iterable[Mapping[str, Any]]) -> list[str]:
        found: list[str] = []
        for item in raw:
            words = children.get(item["type"])
            if words is not None:
                found.extend(words(item["value"]))
        return found

    return find


def _references(block: Block) -> References | None:
    """Return a function over raw data of ``block``; None where there is never a reference."""
    method = "extract_references"
    if _does_as(block, (Block,), method):
        return None
    if _does_as(block, (ChooserBlock,), method, *_CONVERTERS):
        return _chooser_references(block) if issubclass(block.model_class, Model) else None
    containers: tuple[tuple[tuple[type[Block], ...], Any], ...] = (
        ((StructBlock,), _struct_references),
        ((ListBlock,), _list_references),
        ((StreamBlock, BodyBlock), _stream_references),
        ((RichTextBlock, ProseBlock), _rich_text_references),
    )
    for kinds, compiled in containers:
        if _does_as(block, kinds, method, *_CONVERTERS):
            return compiled(block)
    return _by_value(block)


def _by_value(block: Block) -> References:
    return lambda raw: (
        Reference(*found) for found in block.extract_references(block.to_python(raw))
    )


def _chooser_references(block: ChooserBlock) -> References:
    model = block.model_class

    def find(raw: Any) -> tuple[Reference, ...]:
        return () if raw is None else (Reference(model, raw, "", "", chosen=True),)

    return find


def _rich_text_references(block: RichTextBlock) -> References:
    def find(raw: Any) -> Iterator[Reference]:
        html = force_str(raw or "")
        if "<a" in html or "<embed" in html:
            for found in extract_references_from_rich_text(html):
                yield Reference(*found)

    return find


def _struct_references(block: StructBlock) -> References | None:
    children = [
        (name, child, find)
        for name, child in block.child_blocks.items()
        if (find := _references(child)) is not None
    ]

    def find_all(raw: Mapping[str, Any]) -> Iterator[Reference]:
        for name, child, find in children:
            if name in raw:
                found = find(raw[name])
            else:
                found = (Reference(*one) for one in child.extract_references(child.get_default()))
            for one in found:
                yield _below(one, name, name)

    return find_all if children else None


def _list_references(block: ListBlock) -> References | None:
    find = _references(block.child_block)
    if find is None:
        return None

    def find_all(raw: Any) -> Iterator[Reference]:
        # Items without an id get a new one each time they are read.
        if not all(block._item_is_in_block_format(item) for item in raw):
            yield from _by_value(block)(raw)
            return
        for item in raw:
            for one in find(item["value"]):
                yield _below(one, "item", item["id"])

    return find_all


def _stream_references(block: StreamBlock) -> References:
    children = {name: _references(child) for name, child in block.child_blocks.items()}

    def find_all(raw: Iterable[Mapping[str, Any]]) -> Iterator[Reference]:
        for item in raw:
            find = children.get(item["type"])
            if find is not None:
                for one in find(item["value"]):
                    yield _below(one, item["type"], item.get("id"))

    return find_all


def _below(found: Reference, model_name: str, content_name: Any) -> Reference:
    """Return ``found`` as seen from the block above."""
    return Reference(
        found.model,
        found.object_id,
        f"{model_name}.{found.model_path}" if found.model_path else model_name,
        f"{content_name}.{found.content_path}" if found.content_path else content_name,
        found.chosen,
    )
