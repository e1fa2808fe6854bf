"""The section document ``hsec-section/1``: a tree of pages, neutral of Wagtail.

Readers return it, a person may correct it by hand, and the importer takes it. The
JSON of a document is the fixture format; :func:`json_schema` publishes its schema.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.names import LANGUAGE
from hsec_wagtail.importer.document.node_parts import node_parts
from hsec_wagtail.importer.document.node_specs import SPECS, all_specs
from hsec_wagtail.importer.document.nodes import (
    BodyNode,
    LinkGroup,
    Node,
    RawBlock,
)
from hsec_wagtail.importer.document.page_links import referred
from hsec_wagtail.importer.document.part_kinds import Part, PartKind
from hsec_wagtail.importer.document.raw_node import check_raw_block
from hsec_wagtail.importer.document.values import (
    Address,
    Anchor,
    EdtfText,
    Html,
    Label,
    NodeKey,
    Slug,
    SourceName,
    Span,
    Url,
)
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = [
    "FORMAT",
    "Document",
    "Page",
    "SourceInfo",
    "dump_document",
    "json_schema",
    "load_document",
]

FORMAT: Final = "hsec-section/1"
#: Levels of pages below one another; Wagtail's tree ends some levels later.
MAX_PAGE_DEPTH = 50


class Page(Node):
    """A page and the pages below it."""

    type: Literal["section", "forum", "topic", "policy"]
    key: NodeKey
    title: str = Field(min_length=1, max_length=255)
    title_span: Span | None = None
    slug: Slug = ""
    short_name: Label = ""
    anchor: Anchor = ""
    lead: Html = ""
    lead_span: Span | None = None
    status: Literal["announced", "active", "dormant", "ended"] = "active"
    expected: EdtfText | None = Field(None, description="When an announced page is expected.")
    layout: Literal["full", "cards"] = Field("full", description="How a section shows its forums.")
    search_description: str = ""
    seo_title: Label | None = Field(None, description="Title for search engines.")
    show_in_menus: bool | None = None
    anchor_aliases: list[Anchor] | None = Field(None, description="Earlier anchors.")
    addresses: list[Address] = Field(
        [], description="Where the page stood before: absolute addresses, or paths from the root."
    )
    changed: date | None = Field(None, description="Day of the last real change.")
    change_note: str = ""
    quick_links: list[LinkGroup] = []
    body: list[Annotated[BodyNode, Field(discriminator="type")]] = []
    children: list[Page] = []

    def walk(self) -> Iterator[Page]:
        """Yield this page and all below it, parents first, siblings in order."""
        stack = [self]
        while stack:
            page = stack.pop()
            yield page
            stack.extend(reversed(page.children))


class SourceInfo(BaseModel):
    """Where a document came from."""

    model_config = ConfigDict(extra="forbid")

    name: SourceName
    key: SourceName | None = Field(
        None,
        min_length=1,
        description="Names what the source is a copy of, copy after copy; by default the name.",
    )
    url: Url | None = None
    captured: date | None = None
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    length: int | None = Field(None, ge=0, description="Characters of the decoded text.")


class Document(BaseModel):
    """A section with its source, breadcrumb and navigation."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["hsec-section/1"] = FORMAT
    language: str = Field("en", pattern=rf"^{LANGUAGE}$")
    source: SourceInfo | None = None
    trail: list[str] = Field([], description="Breadcrumb labels above the page, outermost first.")
    page: Page
    navigation: list[LinkGroup] = []

    @property
    def source_key(self) -> str:
        """Identity of the section among those imported below the same page."""
        known = self.source and (self.source.key or self.source.name)
        return known or self.page.key

    @model_validator(mode="after")
    def _sound_keys(self) -> Document:
        counted = Counter(page.key for page in self.page.walk())
        twice = sorted(key for key, count in counted.items() if count > 1)
        if twice:
            times = counted[twice[0]]
            raise ValueError(Message("page-key-repeated", key=twice[0], times=times))
        for page in self.page.walk():
            _check_node_keys(page)
            for n, node in enumerate(page.body):
                if isinstance(node, RawBlock):
                    check_raw_block(node, f"page {page.key}.body[{n}]")
        _check_keys(self.navigation, Message("place-navigation"))
        for group in self.navigation:
            name = group.heading or group.slug or group.key or ""
            _check_keys(group.links, Message("place-navigation-group", group=name))
        ids = Counter(node.id for node in _nodes_in(self) if node.id)
        if repeated := next((id for id, count in ids.items() if count > 1), None):
            times = ids[repeated]
            raise ValueError(Message("block-id-repeated", id=repeated, times=times))
        for place, key in self._references():
            if key not in counted:
                raise ValueError(Message("page-unknown", place=place, key=key))
        return self

    def _references(self) -> Iterator[tuple[str, str]]:
        """Yield the places that name pages of this document, and the keys that they name."""
        stack = [("page", self.page)]
        while stack:
            path, page = stack.pop()
            yield from ((f"{path}.lead", key) for key in referred(page.lead))
            for name in ("body", "quick_links"):
                for n, node in enumerate(getattr(page, name)):
                    yield from _named_in(node, f"{path}.{name}[{n}]")
            stack += [(f"{path}.children[{n}]", child) for n, child in enumerate(page.children)]
        for n, group in enumerate(self.navigation):
            yield from _named_in(group, f"navigation[{n}]")


def _named_in(node: Node, path: str) -> Iterator[tuple[str, str]]:
    """Yield the places in ``node`` that name pages, and the keys that they name."""
    for one in node_parts(node, path):
        if one.part and one.value:
            yield from ((one.path, key) for key in _page_keys(one.node, one.part, one.value))


def _page_keys(node: Node, part: Part, value: Any) -> Iterable[str]:
    match part.kind:
        case PartKind.PAGE if not isinstance(node, RawBlock):
            return value if part.many else [value]
        # A site's own block names a page as a link does, since its parts hold strings.
        case PartKind.URL | PartKind.PAGE:
            reference = parse_reference(value) if isinstance(value, str) else None
            return [reference[0]] if reference else []
        case PartKind.RICH:
            return referred(value)
        case PartKind.CELLS:
            return (key for row in value for cell in row for key in referred(cell))
    return ()


def _check_node_keys(page: Page) -> None:
    groups = [link for group in page.quick_links for link in group.links]
    for nodes in (page.body, page.quick_links, groups):
        _check_keys(nodes, Message("place-page", page=page.key))


def _check_keys(nodes: Sequence[Node], place: Message) -> None:
    named = Counter(node.key for node in nodes if node.key)
    if twice := next((key for key, count in named.items() if count > 1), None):
        raise ValueError(Message("key-repeated", key=twice, times=named[twice], place=place))


def _nodes_in(document: Document) -> Iterator[Node]:
    """Yield every node of ``document``: pages, what their bodies are made of, links."""
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, BaseModel):
            stack += value.__dict__.values()
            if isinstance(value, Node):
                yield value


def load_document(data: Any, *, name: str) -> Document:
    """Return the document that ``data`` (parsed JSON or YAML) describes.

    Raises:
        DocumentError: ``data`` is not a section document; the first faults are named by their path.
    """
    if not isinstance(data, dict):
        found = type(data).__name__
        raise DocumentError("document-expected", name=name, format=FORMAT, found=found)
    if data.get("format") != FORMAT:
        found = str(data.get("format"))
        raise DocumentError("document-of-another-format", name=name, found=found, format=FORMAT)
    if (depth := _page_depth(data.get("page"))) > MAX_PAGE_DEPTH:
        raise DocumentError("document-pages-too-deep", name=name, depth=depth, most=MAX_PAGE_DEPTH)
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        raise DocumentError("document-invalid", faults=_explain(error, name)) from error
    except RecursionError as error:
        raise DocumentError("document-pages-too-deep-to-count", name=name) from error


def _page_depth(page: Any) -> int:
    depth = 0
    level = [page]
    while level:
        depth += 1
        below = (page.get("children") for page in level if isinstance(page, dict))
        level = [child for pages in below if isinstance(pages, list) for child in pages]
    return depth


def _explain(error: ValidationError, name: str) -> list[Message]:
    faults = error.errors(include_url=False)
    lines = [
        Message("fault-at", name=name, path=_path(fault["loc"]), fault=words_of(fault))
        for fault in faults[:5]
    ]
    if len(faults) > 5:
        lines.append(Message("faults-more", name=name, count=len(faults) - 5))
    return lines


def _path(location: Iterable[str | int]) -> str:
    """Return ``page.children[2].title`` for a pydantic location.

    Pydantic puts the tag of a union's member into the location; it is no part of the data's path.
    """
    text = ""
    after_index = False
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
            after_index = True
        elif after_index and part in _TAGS:
            after_index = False
        else:
            text += f".{part}" if text else part
            after_index = False
    return text or "document"


_TAGS = frozenset(spec.node.model_fields["type"].default for spec in SPECS) | {
    RawBlock.model_fields["type"].default
}


#: Left out of the JSON where they are not known: places in a source, and facts that only a site knows.
_LEFT_OUT = frozenset(
    {"id", "span", "title_span", "lead_span", "anchor_aliases", "seo_title", "show_in_menus"}
).union(
    *(
        {part.span, *part.ids, part.field if part.site_only else ""}
        for spec in all_specs()
        for part in spec.parts
    )
)


def dump_document(document: Document) -> str:
    """Return the document as JSON text: keys in the order of the format, a link's unknown target as null."""
    data = _without_unknown_places(document.model_dump(mode="json"))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _without_unknown_places(value: Any) -> Any:
    if isinstance(value, dict):
        # A person who reads it wants to know first what a node is.
        first = {"type": value["type"]} if "type" in value else {}
        return first | {
            name: _without_unknown_places(part)
            for name, part in value.items()
            if (part is not None or name not in _LEFT_OUT) and (part or name != "addresses")
        }
    if isinstance(value, list):
        return [_without_unknown_places(part) for part in value]
    return value


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    schema = Document.model_json_schema()
    # The model fills it in for readers; of a file load_document() demands it.
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "required": ["format", *schema["required"]],
        "title": FORMAT,
    }
