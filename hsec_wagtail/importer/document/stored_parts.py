"""The parts of stored blocks, walked and changed by the rows of their types.

Parts are named by content paths, as Wagtail's comments and wagtail-localize spell them:
``<block id>``, ``<block id>.initiatives.<item id>.text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.importer.document.node_specs import block_spec, reading_order
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind

__all__ = [
    "PartChange",
    "StoredPart",
    "change_list",
    "change_value",
    "item_spec",
    "list_parts",
    "stored_value",
    "value_parts",
]


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part of what is stored.

    ``part`` is its row; None for what no row describes, of which only strings and numbers are parts.
    ``struct`` holds it and what stands beside it. ``shown`` tells whether readers of the page see it.
    """

    path: str
    part: Part | None
    value: Any
    struct: Mapping[str, Any]
    shown: bool


#: Returns the new value of a part; never called for parts that no row describes.
PartChange = Callable[[Part, Any], Any]


def value_parts(
    path: str, value: Any, spec: NodeSpec | None, *, shown: bool = True
) -> Iterator[StoredPart]:
    """Yield the parts of a block's ``value`` in the order in which they are read, then what no row describes."""
    if spec is None or not spec.parts:
        yield from _unknown(path, value, shown=shown)
    elif whole := spec.part_at(""):
        yield from _whole(path, whole, value, {}, shown=shown)
    elif isinstance(value, Mapping):
        for part in spec.parts:
            if part.stored is not None:
                yield from _part(f"{path}.{part.stored}", part, value, shown=shown)
        known = spec.stored_names()
        for name in sorted(value.keys() - known, key=reading_order):
            yield from _unknown(f"{path}.{name}", value[name], shown=shown)
    else:
        yield from _unknown(path, value, shown=shown)


def _part(path: str, part: Part, struct: Mapping[str, Any], *, shown: bool) -> Iterator[StoredPart]:
    value, shown = stored_value(struct, part), shown and part.is_shown(struct)
    yield from _whole(path, part, value, struct, shown=shown)


def _whole(
    path: str, part: Part, value: Any, struct: Mapping[str, Any], *, shown: bool
) -> Iterator[StoredPart]:
    if part.kind is PartKind.LIST:
        yield from list_parts(path, value, part, shown=shown)
    elif isinstance(value, list) and (part.kind is PartKind.CELLS or part.many):
        for name, one in _items(value):
            yield from _whole(f"{path}.{name}", part, one["value"], struct, shown=shown)
    elif isinstance(value, list | Mapping) and part.kind is not PartKind.FILE:
        # Of another form than its row says: its words count, too.
        yield from _unknown(path, value, shown=shown)
    elif value is not None:
        yield StoredPart(path, part, value, struct, shown)


def stored_value(struct: Mapping[str, Any], part: Part) -> Any:
    """Return what a stored struct has as ``part``; None if it has no such part."""
    value: Any = struct
    for name in (part.stored or "").split("."):
        if not isinstance(value, Mapping):
            # Before an image had a text for each place, Wagtail kept its id alone.
            return value if part.kind is PartKind.FILE else None
        value = value.get(name)
    return value


def list_parts(path: str, value: Any, part: Part, *, shown: bool = True) -> Iterator[StoredPart]:
    """Yield the parts of the items of a stored list or stream."""
    if not isinstance(value, list):
        yield from _unknown(path, value, shown=shown)
        return
    for name, raw in _items(value):
        yield from value_parts(f"{path}.{name}", raw["value"], item_spec(part, raw), shown=shown)


def item_spec(part: Part, raw: Mapping[str, Any]) -> NodeSpec | None:
    """Return the row of an item of a stored list or stream."""
    if part.item is None:
        return block_spec(str(raw.get("type")))
    return part.item if raw.get("type", part.item_type) == part.item_type else None


def _items(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the items of a stored list with their names in paths; those of an older form are bare values."""
    for n, raw in enumerate(value if isinstance(value, list) else ()):
        if isinstance(raw, Mapping) and "value" in raw:
            yield str(raw.get("id") or n), raw
        else:
            yield str(n), {"value": raw}


def _unknown(path: str, value: Any, *, shown: bool) -> Iterator[StoredPart]:
    """Yield the strings and numbers in ``value``."""
    stack = [(path, value)]
    while stack:
        place, one = stack.pop()
        inner: list[tuple[str, Any]] = []
        if isinstance(one, Mapping):
            names = sorted(one, key=reading_order)
            inner = [(f"{place}.{name}", one[name]) for name in names]
        elif isinstance(one, list):
            inner = [(f"{place}.{name}", raw["value"]) for name, raw in _items(one)]
        elif one is not None:
            yield StoredPart(place, None, one, {}, shown)
        stack += reversed(inner)


def change_value(value: Any, spec: NodeSpec | None, change: PartChange) -> Any:
    """Return a block's ``value`` with its parts changed by ``change``; the rest is unchanged."""
    if spec is None:
        return value
    if whole := spec.part_at(""):
        return _changed(value, whole, change)
    if not isinstance(value, Mapping):
        return value
    struct = dict(value)
    for part in spec.parts:
        if part.stored:
            _change_at(struct, part.stored, part, change)
    return struct


def _change_at(struct: dict[str, Any], name: str, part: Part, change: PartChange) -> None:
    outer, _, inner = name.partition(".")
    if outer not in struct:
        return
    if not inner:
        struct[outer] = _changed(struct[outer], part, change)
    elif isinstance(struct[outer], Mapping):
        struct[outer] = dict(struct[outer])
        _change_at(struct[outer], inner, part, change)


def _changed(value: Any, part: Part, change: PartChange) -> Any:
    if part.kind is PartKind.LIST:
        return change_list(value, part, change)
    if part.kind is PartKind.CELLS:
        return _each(value, lambda row: _each(row, lambda cell: change(part, cell)))
    if part.many:
        return _each(value, lambda one: change(part, one))
    return change(part, value)


def change_list(value: Any, part: Part, change: PartChange) -> Any:
    """Return a stored list or stream with the parts of its items changed by ``change``."""
    if not isinstance(value, list):
        return value
    return [
        {**raw, "value": change_value(raw["value"], item_spec(part, raw), change)}
        if isinstance(raw, Mapping) and "value" in raw
        else change_value(raw, part.item, change)
        for raw in value
    ]


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {**raw, "value": change(raw["value"])}
        if isinstance(raw, Mapping) and "value" in raw
        else change(raw)
        for raw in value
    ]
