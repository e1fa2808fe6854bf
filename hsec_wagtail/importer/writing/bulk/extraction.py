"""Words and references of StreamFields, found in one walk over their raw data.

Wagtail builds every block's Python value to find them, with queries for choosers and a parser for rich
text. Here a definition is compiled once into functions over the raw data, by the rules of
``get_searchable_content()`` and ``extract_references()`` of Wagtail's blocks in ``wagtail/blocks/``,
which are the same in 7.4 and 8.0. A block whose class has its own idea of them, or of its Python value,
goes Wagtail's way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

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
from wagtail.rich_text import extract_references_from_rich_text, get_text_for_indexing

from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.blocks.links import QuickLinkBlock
from hsec_wagtail.blocks.prose import ProseBlock
from hsec_wagtail.blocks.targets import PageListBlock, PageTargetBlock
from hsec_wagtail.models.table_rows import is_stream, per_model

__all__ = ["FoundInStreams", "Reference", "find_in", "find_in_streams", "rich_text_words"]


#: Model and id of a target, and the model path and the content path of the place that refers to it.
Reference = tuple[type[Model], Any, str, str]


@dataclass(slots=True)
class FoundInStreams:
    """The searchable texts of a value, and what it refers to."""

    words: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    #: References by choosers, which count only if their target exists.
    choices: list[Reference] = field(default_factory=list)


#: Model path and content path of what is below a block, up to the next name.
_Path = tuple[str, str]
_Walk = Callable[[Any, _Path, FoundInStreams], None]


def find_in_streams(instances: Sequence[Any]) -> dict[int, dict[str, FoundInStreams]]:
    """Return what the StreamFields of ``instances`` hold, by id() of the object and name of the field."""
    return {
        id(one): {
            name: find(field.value_from_object(one).raw_data)
            for name, field, find in _stream_fields(type(one))
        }
        for one in instances
    }


@per_model
def _stream_fields(model: type[Any]) -> list[tuple[str, Any, Callable[[Any], FoundInStreams]]]:
    return [
        (field.name, field, find_in(field.stream_block))
        for field in model._meta.concrete_fields
        if is_stream(field)
    ]


def find_in(block: Block) -> Callable[[Any], FoundInStreams]:
    """Return the function that finds words and references in raw data of ``block``."""
    walk = _walk(block, searched=True)

    def find(raw: Any) -> FoundInStreams:
        found = FoundInStreams()
        if walk is not None:
            walk(raw, ("", ""), found)
        return found

    return find


def _walk(block: Block, *, searched: bool) -> _Walk | None:
    """Return what walks over raw data of ``block``; None where there is never anything to find."""
    for kinds, compiled in _COMPILED:
        if _does_as(block, kinds, *_METHODS):
            return compiled(block, searched=searched and getattr(block, "search_index", True))
    if (not searched or _is_silent(block)) and _does_as(block, (Block,), "extract_references"):
        return None
    return lambda raw, above, found: _read(block, block.to_python(raw), searched, above, found)


_METHODS = ("get_searchable_content", "extract_references", "to_python", "bulk_to_python")


def _does_as(block: Block, kinds: Iterable[type[Block]], *methods: str) -> bool:
    """Tell whether ``methods`` of ``block`` are those of ``kinds``, not of a class made from one."""
    return all(
        any(getattr(type(block), name) is getattr(kind, name) for kind in kinds) for name in methods
    )


def _is_silent(block: Block) -> bool:
    """Tell whether ``block`` never has searchable content."""
    method = "get_searchable_content"
    return _does_as(block, (Block,), method) or (
        _does_as(block, (CharBlock, TextBlock, ChoiceBlock), method) and not block.search_index
    )


def _read(block: Block, value: Any, searched: bool, above: _Path, found: FoundInStreams) -> None:  # noqa: FBT001 - called for every value
    """Add what ``block`` itself finds in its Python ``value``."""
    if searched:
        found.words.extend(block.get_searchable_content(value))
    _refer(block.extract_references(value), above, found)


def _refer(references: Iterable[Reference], above: _Path, found: FoundInStreams) -> None:
    """Add ``references``, as a block gives them, as they are seen from the top."""
    model_start, content_start = above
    for model, pk, model_path, content_path in references:
        found.references.append(
            (
                model,
                pk,
                f"{model_start}{model_path}" if model_path else model_start[:-1],
                f"{content_start}{content_path}" if content_path else content_start[:-1],
            )
        )


def _struct(block: StructBlock, *, searched: bool) -> _Walk | None:
    children = [
        (name, child, walk)
        for name, child in block.child_blocks.items()
        if (walk := _walk(child, searched=searched)) is not None
    ]

    def visit(raw: Mapping[str, Any], above: _Path, found: FoundInStreams) -> None:
        model_path, content_path = above
        for name, child, walk in children:
            below = (f"{model_path}{name}.", f"{content_path}{name}.")
            if name in raw:
                walk(raw[name], below, found)
            else:
                _read(child, child.get_default(), searched, below, found)

    return visit if children else None


def _list(block: ListBlock, *, searched: bool) -> _Walk | None:
    walk = _walk(block.child_block, searched=searched)
    if walk is None:
        return None

    def visit(raw: Sequence[Any], above: _Path, found: FoundInStreams) -> None:
        # Items without an id get a new one each time they are read.
        if not all(map(block._item_is_in_block_format, raw)):
            _read(block, block.to_python(raw), searched, above, found)
            return
        model_path, content_path = above
        for item in raw:
            walk(item["value"], (f"{model_path}item.", f"{content_path}{item['id']}."), found)

    return visit


def _stream(block: StreamBlock, *, searched: bool) -> _Walk:
    children = {
        name: walk
        for name, child in block.child_blocks.items()
        if (walk := _walk(child, searched=searched)) is not None
    }

    def visit(raw: Iterable[Mapping[str, Any]], above: _Path, found: FoundInStreams) -> None:
        model_path, content_path = above
        for item in raw:
            name = item["type"]
            if name in children:
                below = (f"{model_path}{name}.", f"{content_path}{item.get('id')}.")
                children[name](item["value"], below, found)

    return visit


def _rich_text(block: RichTextBlock, *, searched: bool) -> _Walk:
    def visit(raw: Any, above: _Path, found: FoundInStreams) -> None:
        html = force_str(raw or "")
        if searched:
            found.words.append(rich_text_words(html))
        if "<a" in html or "<embed" in html:
            _refer(extract_references_from_rich_text(html), above, found)

    return visit


def _chooser(block: ChooserBlock, *, searched: bool) -> _Walk | None:
    model = block.model_class

    def visit(raw: Any, above: _Path, found: FoundInStreams) -> None:
        if raw is not None:
            model_path, content_path = above
            found.choices.append((model, raw, model_path[:-1], content_path[:-1]))

    return visit if issubclass(model, Model) else None


#: Kinds of blocks, and what compiles those that do as one of the classes.
_COMPILED: tuple[tuple[tuple[type[Block], ...], Any], ...] = (
    # A quick link reads what is stored as a struct does, and adds a mark.
    ((StructBlock, QuickLinkBlock), _struct),
    ((ListBlock, PageListBlock), _list),
    ((StreamBlock, BodyBlock), _stream),
    ((RichTextBlock, ProseBlock), _rich_text),
    ((ChooserBlock, PageTargetBlock), _chooser),
)

# What is exactly so needs no parser: tags that hold no text of their own kind, attributes in double
# quotes, entities that are closed. The groups are possessive: a text that is otherwise fails at once.
_NAME = r"(?:a|b|i|em|strong|p|ul|ol|li|h[1-6]|br|hr|embed|blockquote|code|sub|sup|del)"
_TAG = rf'</{_NAME}>|<{_NAME}(?: [a-z]+(?:-[a-z]+)*="[^"<>&]*")*+ ?/?>'
_PLAIN = re.compile(rf"(?:[^<>&]++|{_TAG}|&(?:[a-zA-Z][a-zA-Z0-9]*+|#[0-9]++);)*+")
_SPACED = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<(?:br|hr) ?/>")
_ANY_TAG = re.compile(r"<[^<>]*>")


def rich_text_words(html: str) -> str:
    """Return what ``wagtail.rich_text.get_text_for_indexing()`` returns, ten times faster where it is plain."""
    if not _PLAIN.fullmatch(html):
        return str(get_text_for_indexing(html))
    if "<" in html:
        html = _ANY_TAG.sub("", _SPACED.sub(" ", html))
    html = html.strip()
    return unescape(html) if "&" in html else html
