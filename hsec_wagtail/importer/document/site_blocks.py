"""A site's own blocks: the declarations of their parts, and their rows.

A block class declares ``hsec_parts``, words for the kinds of its parts. It needs nothing of this package
for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hsec_wagtail.importer.document.nodes import RawBlock
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind

__all__ = ["described", "register_site_block", "site_block_parts", "unregister_site_block"]

#: The rows by the types of the blocks.
_DESCRIBED: dict[str, NodeSpec] = {}


def described(block_type: str) -> NodeSpec | None:
    """Return the row of a site's own block; None where the site does not describe it."""
    return _DESCRIBED.get(block_type)


def register_site_block(block_type: str, parts: Any) -> None:
    """Give a site's own block a row.

    Args:
        block_type: Its name in the body.
        parts: What its class declares as ``hsec_parts``, see :func:`site_block_parts`.

    Raises:
        ValueError: ``parts`` has another form.
    """
    found = tuple(site_block_parts(parts))
    _DESCRIBED[block_type] = NodeSpec(node=RawBlock, block=block_type, parts=found)


def unregister_site_block(block_type: str) -> None:
    """Forget the row of a site's own block."""
    _DESCRIBED.pop(block_type, None)


#: The words for kinds in ``hsec_parts``.
_KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": {"kind": PartKind.PLAIN},
    "rich": {"kind": PartKind.RICH},
    "setting": {"kind": PartKind.SETTING},
    "data": {"kind": PartKind.DATA},
    "day": {"kind": PartKind.DAY},
    "edtf": {"kind": PartKind.EDTF},
    "url": {"kind": PartKind.URL},
    "page": {"kind": PartKind.PAGE},
    "document": {"kind": PartKind.FILE, "file": "document"},
    "image": {"kind": PartKind.FILE, "file": "image"},
}


def site_block_parts(parts: Any, prefix: str = "") -> Iterator[Part]:
    """Yield the parts that ``hsec_parts`` describes.

    It is the word for a kind (plain, rich, setting, data, day, edtf, url, page, document, image), a dict of
    such descriptions for a struct, or a list of one description for a list.

    Raises:
        ValueError: It has another form; the text names the place.
    """
    place = prefix or "hsec_parts"
    if isinstance(parts, str) and parts in _KINDS:
        yield Part(field=prefix, stored=prefix, **_KINDS[parts])
    elif isinstance(parts, dict) and all(isinstance(name, str) and name for name in parts):
        for name, part in parts.items():
            yield from site_block_parts(part, f"{prefix}.{name}" if prefix else name)
    elif isinstance(parts, list) and len(parts) == 1:
        item = NodeSpec(node=RawBlock, parts=tuple(site_block_parts(parts[0])))
        yield Part(field=prefix, kind=PartKind.LIST, stored=prefix, item=item)
    else:
        raise ValueError(
            f"{place}: {parts!r} is no kind of part; use one of {', '.join(_KINDS)},"
            " a dict for a struct, or a list of one of these for a list."
        )
