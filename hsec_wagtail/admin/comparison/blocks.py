"""The changes between two raw values of a block, whatever the block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, singledispatch
from typing import Any

from wagtail.admin.compare import get_comparison_class_for_block
from wagtail.blocks import (
    Block,
    FieldBlock,
    ListBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
)

from hsec_wagtail.admin.comparison.columns import pair_columns
from hsec_wagtail.admin.comparison.contents import (
    Cells,
    Content,
    Entry,
    Fields,
    Gap,
    Html,
    Items,
    Rows,
    Words,
)
from hsec_wagtail.admin.comparison.entries import changed_entries, items_of
from hsec_wagtail.admin.comparison.raw_values import Titles, child_of, children
from hsec_wagtail.admin.comparison.texts import compare_rich_text, plain_lines
from hsec_wagtail.admin.comparison.values import has_prose, in_words
from hsec_wagtail.importer.planning.raw_blocks import as_blocks, same

__all__ = ["changes"]


@singledispatch
def changes(block: Block, old: Any, new: Any, titles: Titles) -> Content | None:
    """Return what changed in the raw value of ``block``; None if nothing did.

    Lists have items with ids. None is the value of what was not there, or is there no more.
    """
    if same(old, new):
        return None
    comparison = get_comparison_class_for_block(block)(
        block, old is not None, new is not None, block.to_python(old), block.to_python(new)
    )
    if old is None or new is None:
        return Html(comparison.htmlvalue(comparison.val_a if new is None else comparison.val_b))
    return Html(comparison.htmldiff())


@changes.register(StaticBlock)
def _static(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    return None


@changes.register(FieldBlock)
def _field(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    if same(old, new):
        return None
    before, after = in_words(block, old, titles), in_words(block, new, titles)
    if before == after:
        # Such as a date that was typed in words, and its EDTF.
        before, after = str(old), str(new)
    if has_prose(block) and " " in before and " " in after:
        return Words.make(before.splitlines(), after.splitlines())
    return Words.exchange(before, after) if before or after else None


@changes.register(RichTextBlock)
def _rich_text(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    if same(old, new):
        return None
    return compare_rich_text(str(old or ""), str(new or ""), titles)


@changes.register(StructBlock)
def _struct(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    before, after = children(block, old), children(block, new)
    found = [
        (child.label or child.name, changed)
        for (child, one), (_child, other) in zip(before, after, strict=True)
        if (changed := changes(child, one, other, titles)) is not None
    ]
    return Fields(tuple(found)) if found else None


@changes.register(StreamBlock)
def _stream(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    entries = changed_entries(block, old, new, partial(_item_changes, block, titles))
    return Items(entries) if entries else None


@changes.register(ListBlock)
def _list(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    if isinstance(block.child_block, ListBlock):
        return _grid(block, old, new, titles)
    if _is_row(block.child_block):
        return _rows(block, old, new, titles)
    return _stream(block, old, new, titles)


def _item_changes(block: Any, titles: Titles, old: Any, new: Any) -> Content | None:
    child = child_of(block, new or old)
    if child is None:
        return None
    return changes(child, old and old["value"], new and new["value"], titles)


def _is_row(block: Block) -> bool:
    """Return whether ``block`` is a struct of single values, such as a member or a date."""
    return isinstance(block, StructBlock) and all(
        isinstance(child, FieldBlock) and not isinstance(child, RichTextBlock)
        for child in block.child_blocks.values()
    )


def _rows(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    row = block.child_block

    def compare(one: Any, other: Any) -> Cells | None:
        before, after = (children(row, item and item["value"]) for item in (one, other))
        pairs = zip(before, after, strict=True)
        return _changed_row(
            tuple(_cell(child, a, b, titles) for (child, a), (_child, b) in pairs), one, other
        )

    entries = changed_entries(block, old, new, compare)
    head = tuple(child.label or child.name for child in row.child_blocks.values())
    return Rows(head, entries) if entries else None


def _changed_row(cells: Cells, old: Any, new: Any) -> Cells | None:
    """Return the ``cells`` of a row; None where the row is in both versions and says the same."""
    return None if old and new and not any(cell.changed for cell in cells) else cells


def _grid(block: Any, old: Any, new: Any, titles: Titles) -> Content | None:
    """Return the rows of a table that changed, below the first one."""
    child = block.child_block.child_block
    before, after = items_of(old), items_of(new)
    both = [(before[key], row) for key, row in after.items() if key in before] or [(None, None)]
    columns = pair_columns([_texts(one) for one, _ in both], [_texts(other) for _, other in both])

    def cells(one: Any, other: Any) -> Cells:
        here, there = _texts(one), _texts(other)
        return tuple(_cell(child, _at(here, i), _at(there, j), titles) for i, j in columns)

    def compare(one: Any, other: Any) -> Cells | None:
        return _changed_row(cells(one, other), one, other)

    entries = changed_entries(block, old, new, compare)
    if entries and isinstance(entries[0], Gap):
        first = next(iter(after.values()))
        rest = [Gap(entries[0].count - 1)] if entries[0].count > 1 else []
        entries = (Entry("", "", 1, 0, "", cells(first, first)), *rest, *entries[1:])
    return Rows((), entries) if entries else None


def _texts(row: Any) -> list[Any]:
    """Return the cells of a row."""
    return [cell["value"] for cell in as_blocks(row and row["value"]) or ()]


def _at(row: Sequence[Any], place: int | None) -> Any:
    return row[place] if place is not None and place < len(row) else None


def _cell(block: Any, old: Any, new: Any, titles: Titles) -> Words:
    changed = changes(block, old, new, titles)
    if isinstance(changed, Words):
        return changed
    if isinstance(block, RichTextBlock):
        return Words.same(" ".join(plain_lines(str(new or ""))))
    return Words.same(in_words(block, new, titles))
