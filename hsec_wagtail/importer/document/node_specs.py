"""One row for each type of node: the block that it becomes, and the kind of each of its parts.

Keys, the texts of the ledger, provenance, references, differences, alignment, conversion in both
directions and the JSON Schema read these rows; none of them lists fields of nodes separately. A part
has two names: that of the node's field and, dotted, that of the stored block's part. The kinds
are those of :class:`~hsec_wagtail.importer.document.part_kinds.PartKind`. A site's own blocks have rows, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from pydantic import BaseModel

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.site_blocks import described

__all__ = [
    "GROUP",
    "SPECS",
    "all_specs",
    "block_spec",
    "own_block_types",
    "reading_order",
    "spec_of",
]


def _plain(field: str, stored: str | None = None, **more: Any) -> Part:
    return Part(
        field=field, kind=PartKind.PLAIN, stored=field if stored is None else stored, **more
    )


def _rich(field: str, stored: str | None = None, **more: Any) -> Part:
    return Part(field=field, kind=PartKind.RICH, stored=field if stored is None else stored, **more)


def _setting(field: str, **more: Any) -> Part:
    return Part(field=field, kind=PartKind.SETTING, **{"stored": field, **more})


def _data(field: str, **more: Any) -> Part:
    return Part(field=field, kind=PartKind.DATA, **{"stored": field, **more})


def _day(field: str) -> Part:
    return Part(field=field, kind=PartKind.DAY, stored=field)


def _edtf(field: str) -> Part:
    return Part(field=field, kind=PartKind.EDTF, stored=field)


def _url(field: str) -> Part:
    return Part(field=field, kind=PartKind.URL, stored=field)


def _page(field: str, **more: Any) -> Part:
    return Part(field=field, kind=PartKind.PAGE, stored=field, **more)


def _file(field: str, stored: str, file: Literal["document", "image"], **more: Any) -> Part:
    return Part(field=field, kind=PartKind.FILE, stored=stored, file=file, **more)


def _list(field: str, stored: str | None, item: NodeSpec, **more: Any) -> Part:
    return Part(field=field, kind=PartKind.LIST, stored=stored, item=item, **more)


_DATE = NodeSpec(
    node=nodes.Found,
    parts=(_edtf("edtf"), _plain("label"), _plain("text")),
    key_parts=("edtf", "text"),
    told_by=("edtf",),
    is_label=True,
    is_value=True,
)
_INITIATIVE = NodeSpec(
    node=nodes.Initiative,
    parts=(
        _rich("html", "text"),
        _list("dates", "dates", _DATE, repeats=True),
        _page("topics", many=True, ids=("topic_ids",)),
    ),
)
_LIST_ITEM = NodeSpec(node=nodes.ListItem, parts=(_rich("html", ""),))
_MEMBER = NodeSpec(
    node=nodes.Member,
    parts=(
        _plain("name"),
        _data("country"),
        _data("role"),
        _edtf("since"),
        _edtf("until"),
    ),
    told_by=("country",),
    is_name=True,
)
_DOCUMENT_ITEM = NodeSpec(
    node=nodes.DocumentItem,
    parts=(_file("file", "document", "document"), _plain("title"), _data("language")),
    key_parts=("file",),
    told_by=("file",),
)
_LINK_PARTS = (_plain("label", aside="url"), _page("page"), _url("url"))

#: A link of a group, which becomes a block of the group.
LINK = NodeSpec(
    node=nodes.Link,
    parts=_LINK_PARTS,
    told_by=("page", "url"),
    is_label=True,
)
#: A group of links, which becomes a snippet.
GROUP = NodeSpec(
    node=nodes.LinkGroup,
    parts=(
        _plain("heading", span="heading_span"),
        _setting("slug", stored=None),
        _list("links", "links", LINK, item_type="link"),
    ),
)

#: A row for each type of node of a body, as :data:`hsec_wagtail.importer.document.nodes.BodyNode` lists them.
SPECS: Final = (
    NodeSpec(node=nodes.Paragraph, block="paragraph", parts=(_rich("html", ""),)),
    NodeSpec(
        node=nodes.Heading,
        block="heading",
        parts=(_plain("text"), _setting("anchor"), _setting("level")),
        is_label=True,
    ),
    # Stored as a paragraph that holds a list, so that editors have it in their text.
    NodeSpec(
        node=nodes.ListNode,
        parts=(_setting("ordered", stored=None), _list("items", None, _LIST_ITEM)),
    ),
    NodeSpec(
        node=nodes.Initiatives,
        block="initiatives",
        parts=(
            _rich("intro", span="intro_span"),
            _setting("grouping"),
            _list("items", "initiatives", _INITIATIVE),
        ),
    ),
    NodeSpec(
        node=nodes.Members,
        block="members",
        parts=(
            _rich("intro"),
            _setting("display"),
            _list("items", "members", _MEMBER, shown_unless=("display", "text")),
        ),
    ),
    NodeSpec(
        node=nodes.LinkNode,
        block="link",
        parts=(*_LINK_PARTS, _file("document", "document", "document", site_only=True)),
        told_by=("page", "url", "document"),
        is_label=True,
    ),
    NodeSpec(
        node=nodes.Notice,
        block="notice",
        parts=(
            _setting("kind"),
            _setting("scope"),
            _rich("html", "text"),
            _day("starts"),
            _day("ends"),
        ),
    ),
    NodeSpec(
        node=nodes.Funding,
        block="funding",
        parts=(
            _plain("title"),
            _rich("html", "description"),
            _day("opens"),
            _day("closes"),
            _rich("eligibility"),
            _rich("how_to_apply"),
            _url("url"),
        ),
    ),
    NodeSpec(node=nodes.Quote, block="quote", parts=(_plain("text"), _plain("attribution"))),
    NodeSpec(
        node=nodes.Table,
        block="table",
        parts=(
            _plain("caption"),
            _setting("header"),
            Part(field="rows", kind=PartKind.CELLS, stored="rows", ids=("row_ids", "cell_ids")),
        ),
    ),
    NodeSpec(
        node=nodes.Contact,
        block="contact",
        parts=(
            _plain("name"),
            _plain("address"),
            _plain("email"),
            _plain("phone"),
            _url("url"),
        ),
    ),
    NodeSpec(node=nodes.Details, block="details", parts=(_plain("summary"), _rich("html", "text"))),
    NodeSpec(
        node=nodes.Documents,
        block="documents",
        parts=(_plain("heading"), _list("items", "documents", _DOCUMENT_ITEM)),
    ),
    NodeSpec(
        node=nodes.Image,
        block="image",
        parts=(
            _file("file", "image.image", "image"),
            _data("decorative", stored="image.decorative"),
            _plain("alt", "image.alt_text"),
            _plain("caption"),
        ),
    ),
)


def _with_items(specs: Iterable[NodeSpec]) -> Iterator[NodeSpec]:
    for spec in specs:
        yield spec
        yield from _with_items(part.item for part in spec.parts if part.item)


def all_specs() -> list[NodeSpec]:
    """Return the rows of all types of node, of those within others, too; not those of a site's own blocks."""
    return list(dict.fromkeys(_with_items((*SPECS, GROUP))))


#: Of a site's own block only the stored value has parts, see :func:`block_spec`.
_RAW: Final = NodeSpec(node=nodes.RawBlock, parts=())
_BY_NODE: Final = {spec.node: spec for spec in (*all_specs(), _RAW)}
_BY_BLOCK: Final = {spec.block: spec for spec in SPECS if spec.block}


def spec_of(node: BaseModel) -> NodeSpec:
    """Return the row of a node; KeyError for anything else."""
    return _BY_NODE[type(node)]


def block_spec(block_type: str) -> NodeSpec | None:
    """Return the row of the blocks of a type, or None for a site's own that it does not describe."""
    return _BY_BLOCK.get(block_type) or described(block_type)


def reading_order(name: str) -> tuple[int, str]:
    """Return what sorts the names of stored parts as they are read, also where nobody knows of which block they are.

    Databases keep the parts of an object in an order of their own.
    """
    return _ORDER.get(name, len(_ORDER)), name


_ORDER: Final = {
    name: place
    for place, name in enumerate(
        dict.fromkeys(part.stored for spec in all_specs() for part in spec.parts if part.stored)
    )
}


def own_block_types() -> frozenset[str]:
    """Return the types of the blocks that a body has on every site."""
    return frozenset(_BY_BLOCK)
