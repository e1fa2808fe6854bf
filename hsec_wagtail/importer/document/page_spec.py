"""The row of a page, and the fields of pages and groups of links as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_specs import GROUP
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.stored_parts import (
    PartChange,
    StoredPart,
    change_list,
    list_parts,
    value_parts,
)

__all__ = ["FIELD_PARTS", "PAGE", "Fields", "change_fields", "field_parts"]

#: Names of model fields -> values; StreamFields as lists of raw blocks.
Fields = dict[str, Any]


def _part(field: str, kind: PartKind, **more: Any) -> Part:
    return Part(field=field, kind=kind, **{"stored": field, **more})


#: A page, its fields in the order in which they are read. The plan decides on the slug; groups and children
#: are items of their own.
PAGE: Final = NodeSpec(
    node=doc.Page,
    parts=(
        _part("title", PartKind.PLAIN, span="title_span"),
        # Search finds a forum by it, and its anchor is made of it.
        _part("short_name", PartKind.PLAIN, shown=False, only_on=("forum",)),
        _part("lead", PartKind.RICH, span="lead_span"),
        _part("status", PartKind.SETTING),
        _part("expected", PartKind.EDTF),
        # Where it is empty the page makes its own.
        _part("anchor", PartKind.SETTING),
        _part("anchor_aliases", PartKind.SETTING, site_only=True),
        _part("slug", PartKind.SETTING, stored=None),
        _part("layout", PartKind.SETTING, only_on=("section",)),
        _part("search_description", PartKind.PLAIN, shown=False),
        _part("seo_title", PartKind.PLAIN, shown=False, site_only=True),
        _part("show_in_menus", PartKind.SETTING, site_only=True),
        _part("addresses", PartKind.DATA, stored=None),
        _part("changed", PartKind.DAY),
        _part("body", PartKind.LIST),
        _part("change_note", PartKind.PLAIN),
        _part("quick_links", PartKind.LIST, stored=None, item=GROUP),
    ),
)

#: The parts of pages and of groups by the names of the fields that hold them.
FIELD_PARTS: Final = {
    part.stored: part for spec in (GROUP, PAGE) for part in spec.parts if part.stored
}


def field_parts(fields: Mapping[str, Any]) -> Iterator[StoredPart]:
    """Yield the parts of stored ``fields``, of a page or a group, in the order in which they are read."""
    known = {name: part for name, part in FIELD_PARTS.items() if name in fields}
    for name, part in known.items():
        if part.kind is PartKind.LIST:
            yield from list_parts(name, fields[name], part)
        elif isinstance(fields[name], list | Mapping):
            yield from value_parts(name, fields[name], None, shown=part.shown)
        elif fields[name] is not None:
            yield StoredPart(name, part, fields[name], fields, part.shown)
    for name, value in fields.items():
        if name not in known:
            yield from value_parts(name, value, None)


def change_fields(fields: Mapping[str, Any], change: PartChange) -> Fields:
    """Return stored ``fields`` with their parts as ``change`` has them; what no row describes stays as it is."""
    changed: Fields = {}
    for name, value in fields.items():
        part = FIELD_PARTS.get(name)
        if part is None:
            changed[name] = value
        elif part.kind is PartKind.LIST:
            changed[name] = change_list(value, part, change)
        else:
            changed[name] = change(part, value)
    return changed
