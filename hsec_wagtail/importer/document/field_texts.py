"""Provenance: the stretch of the source that each part of a page came from, and the texts of stored fields.

Parts are named by content paths, as Wagtail's comments and wagtail-localize spell them: ``title``,
``body.<block id>``, ``body.<block id>.initiatives.<item id>.text``, ``links.<block id>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_specs import all_specs, spec_of
from hsec_wagtail.importer.document.nodes import LinkGroup, Node
from hsec_wagtail.importer.document.page_spec import Fields, field_parts
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.texts import stored_text
from hsec_wagtail.importer.document.to_fields import identity, link_identity, says_something
from hsec_wagtail.importer.document.values import Span

__all__ = ["asides", "group_spans", "lies_in", "repeats", "spans", "texts"]


def spans(page: doc.Page, *, source_key: str) -> dict[str, Span]:
    """Return the span of each part of ``page`` in its source, in the order of the page.

    Parts whose place is not known are left out, and so are quick links, which are separate items. A
    plain list is one block: it extends from its first item to its last.
    """
    scope = f"{source_key}\n{page.key}"
    found: list[tuple[str, Span | None]] = [
        ("title", page.title_span or page.span),
        ("lead", page.lead_span if page.lead else None),
    ]
    for node in page.body:
        if says_something(node):
            block = identity(node, scope)
            found += _node_spans(node, f"body.{block}", block)
    return {path: span for path, span in found if span}


def group_spans(group: LinkGroup, *, scope: str) -> dict[str, Span]:
    """Return the spans of the heading and the links of ``group``; ``scope`` is that of its fields."""
    found: list[tuple[str, Span | None]] = [("heading", group.heading_span)]
    for link in group.links:
        found.append((f"links.{link_identity(group, link, scope)}", link.span))
    return {path: span for path, span in found if span}


def _node_spans(node: Node, path: str, own_id: str) -> Iterator[tuple[str, Span | None]]:
    """Yield the spans of ``node``, its parts and its items; ``own_id`` is its id, the scope of its items' ids."""
    spec = spec_of(node)
    lists = [part for part in spec.parts if part.kind is PartKind.LIST]
    # A list that is stored within its node's text has no place of its own.
    inside = [item.span for part in lists if part.stored is None for item in _items(node, part)]
    yield _own_path(path, spec), node.span or _hull(inside)
    for part in spec.parts:
        if part.span:
            yield f"{path}.{part.stored}", getattr(node, part.span)
    for part in lists:
        if part.stored is not None:
            for n, item in enumerate(_items(node, part)):
                item_id = identity(item, own_id, place=n)
                yield from _node_spans(item, f"{path}.{part.stored}.{item_id}", item_id)


def _items(node: Node, part: Part) -> list[Node]:
    items: list[Node] = getattr(node, part.field)
    return items


def _own_path(path: str, spec: NodeSpec) -> str:
    """Return the path of a node, or of its text where a list in it says the same again."""
    if any(part.repeats for part in spec.parts):
        return f"{path}.{next(part.stored for part in spec.parts if part.is_text)}"
    return path


def _hull(places: Iterable[Span | None]) -> Span | None:
    known = [span for span in places if span]
    return (min(start for start, _ in known), max(end for _, end in known)) if known else None


def texts(fields: Fields) -> dict[str, str]:
    """Return the text that people read of every part of ``fields`` that has any, in the order of the page.

    ``fields`` is what is stored: raw StreamField data, an editor's own blocks and a site's own block types
    included. The texts for which :func:`repeats` is true are included, too.
    """
    found = (one for one in field_parts(fields) if one.shown)
    # Control characters begin references to pages.
    return {
        one.path: text
        for one in found
        if (text := stored_text(one.part, one.value)) and not text.startswith("\x01")
    }


def asides(fields: Fields) -> dict[str, str]:
    """Return the addresses behind labels by the paths of the labels."""
    return {
        one.path: url
        for one in field_parts(fields)
        if one.part
        and one.part.aside
        and isinstance(url := one.struct.get(one.part.aside), str)
        and url
    }


def repeats(path: str) -> bool:
    """Tell whether the text at ``path`` repeats one elsewhere on the page, as the dates of an initiative do."""
    names = path.split(".")
    # Names and ids take turns: a list within an item is named two behind the list of the item.
    return any(pair in _REPEATING for pair in zip(names, names[2:], strict=False))


#: (Name of a list, name of a list in its items) of the lists whose texts repeat others.
_REPEATING = frozenset(
    (outer.stored, part.stored)
    for spec in all_specs()
    for outer in spec.parts
    if outer.item
    for part in outer.item.parts
    if part.repeats
)


def lies_in(path: str, part: str) -> bool:
    """Tell whether ``path`` is ``part`` or something within it."""
    return path == part or path.startswith(f"{part}.")
