"""The nodes of a section document, of which bodies of pages and groups of links consist."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from hsec_wagtail.importer.document.values import (
    Anchor,
    BlockId,
    EdtfText,
    Html,
    Json,
    Label,
    LanguageCode,
    LinkURL,
    NodeKey,
    Slug,
    Span,
    Url,
)
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = [
    "BodyNode",
    "Contact",
    "Details",
    "DocumentItem",
    "Documents",
    "File",
    "Found",
    "Funding",
    "Heading",
    "Image",
    "Initiative",
    "Initiatives",
    "Link",
    "LinkGroup",
    "LinkNode",
    "ListItem",
    "ListNode",
    "Member",
    "Members",
    "Node",
    "Notice",
    "Paragraph",
    "Quote",
    "RawBlock",
    "Table",
]


class Node(BaseModel):
    """Base of all parts of a document."""

    model_config = ConfigDict(extra="forbid")

    id: BlockId | None = Field(None, description="Block id; made from the keys when absent.")
    key: NodeKey | None = Field(None, description="Names the node within its page, run after run.")
    span: Span | None = Field(None, description="Where the node stands in the source's text.")


class Found(Node):
    """A date as the source says it."""

    edtf: EdtfText
    label: Label = ""
    text: Label = ""


class File(BaseModel):
    """A document or an image of a site, identified by its content.

    ``pk`` is its id on the site that the document is imported to, and no part of the format.
    """

    model_config = ConfigDict(extra="forbid")

    title: Label = ""
    filename: Label = ""
    sha1: str = Field(pattern=r"^[0-9a-f]{40}$")

    _pk: int | None = PrivateAttr(None)

    @property
    def pk(self) -> int | None:
        """The id of the file on this site; None if it is not there, or was not looked for."""
        return self._pk

    def settle(self, pk: int | None) -> None:
        """Set the id on this site."""
        self._pk = pk


class Link(Node):
    """A label and its target: a URL, the key of a page of this document, or not known yet.

    The URL ``page:KEY#anchor`` is a part of a page of this document.
    """

    label: str = Field(min_length=1, max_length=255)
    url: LinkURL | None = None
    page: NodeKey | None = None

    @property
    def pages(self) -> list[str]:
        """The key of the page of this document that it leads to, if it leads to one."""
        reference = parse_reference(self.url) if self.url else None
        return [reference[0]] if reference else [self.page] if self.page else []

    @model_validator(mode="after")
    def _one_target(self) -> Link:
        if self.url and self.page:
            raise ValueError(Message("targets-of-link"))
        return self


class LinkGroup(Node):
    """A titled group of links: quick links of a page, or a navigation of the site."""

    heading: Label = ""
    heading_span: Span | None = None
    slug: Anchor = ""
    links: list[Link] = []


class Paragraph(Node):
    """Running text: one or more paragraphs of HTML."""

    type: Literal["paragraph"] = "paragraph"
    html: Html


class Heading(Node):
    """A heading inside a page's body; ``level`` as on the page's own address, below its h1."""

    type: Literal["heading"] = "heading"
    text: str = Field(min_length=1, max_length=255)
    anchor: Slug = ""
    level: int = Field(2, ge=2, le=4)


class ListItem(Node):
    """One item of a plain list."""

    html: Html


class ListNode(Node):
    """A plain list."""

    type: Literal["list"] = "list"
    ordered: bool = False
    items: list[ListItem]


class Initiative(Node):
    """One action, with its dates and the keys of the topics it is filed under."""

    html: Html
    dates: list[Found] = []
    topics: list[NodeKey] = []
    topic_ids: list[BlockId] | None = Field(None, description="Ids of the items of topics.")


class Initiatives(Node):
    """Actions under the sentence that introduces them."""

    type: Literal["initiatives"] = "initiatives"
    intro: Html = ""
    intro_span: Span | None = None
    items: list[Initiative]
    grouping: Literal["none", "year"] = "none"


class Member(Node):
    """A country or organisation in a forum."""

    name: str = Field(
        "",
        max_length=255,
        description="Empty for a country that is called as usual, in the language of the page.",
    )
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    role: Literal["member", "observer", "associate", "partner"] = "member"
    since: EdtfText | None = None
    until: EdtfText | None = None

    @model_validator(mode="after")
    def _is_named(self) -> Member:
        if not (self.name or self.country):
            raise ValueError(Message("member-unnamed"))
        return self


class Members(Node):
    """The members of a forum.

    ``display`` is "text" where the prose beside it names the members already: then the list is
    kept as data and not shown a second time.
    """

    type: Literal["members"] = "members"
    intro: Html = ""
    display: Literal["list", "text"] = "list"
    items: list[Member]


class LinkNode(Link):
    """A link that stands by itself in a body; its target may be a document, too."""

    type: Literal["link"] = "link"
    document: File | None = None

    @model_validator(mode="after")
    def _one_target_of_three(self) -> LinkNode:
        if self.document and (self.url or self.page):
            raise ValueError(Message("targets-of-link-block"))
        return self


class Notice(Node):
    """A notice to the reader, shown from one day to another if these are given.

    A historical one with the ``scope`` "imported" is shown below its section only on pages that an import created.
    """

    type: Literal["notice"] = "notice"
    kind: Literal["announced", "information", "warning", "historical", "correction"] = "information"
    scope: Literal["all", "imported"] = "all"
    html: Html
    starts: date | None = None
    ends: date | None = None


class Funding(Node):
    """A call for proposals."""

    type: Literal["funding"] = "funding"
    title: str = Field(min_length=1, max_length=255)
    html: Html = ""
    opens: date | None = None
    closes: date | None = None
    eligibility: Html = ""
    how_to_apply: Html = ""
    url: Url | None = None


class Quote(Node):
    """Somebody's words and whose they are."""

    type: Literal["quote"] = "quote"
    text: str
    attribution: Label = ""


class Table(Node):
    """Rows of HTML cells."""

    type: Literal["table"] = "table"
    caption: Label = ""
    header: Literal["none", "row", "column", "both"] = "row"
    rows: list[list[Html]]
    row_ids: list[BlockId] | None = Field(None, description="Ids of the rows.")
    cell_ids: list[list[BlockId]] | None = Field(None, description="Ids of the cells, row by row.")


class Contact(Node):
    """Contact details."""

    type: Literal["contact"] = "contact"
    name: str = Field(min_length=1, max_length=255)
    address: str = ""
    email: Label = ""
    phone: Label = ""
    url: Url | None = None


class Details(Node):
    """Text behind a summary that opens it."""

    type: Literal["details"] = "details"
    summary: str = Field(min_length=1, max_length=255)
    html: Html


class DocumentItem(Node):
    """A document to download, under its own title if no other is given."""

    file: File | None = None
    title: Label = ""
    language: LanguageCode = ""


class Documents(Node):
    """Documents to download."""

    type: Literal["documents"] = "documents"
    heading: Label = ""
    items: list[DocumentItem]


class Image(Node):
    """An image of the site; ``alt`` is its text at this place."""

    type: Literal["image"] = "image"
    file: File | None = None
    alt: str = ""
    decorative: bool = False
    caption: str = Field("", max_length=500)


class RawBlock(Node):
    """A block of a site's own, as it is stored.

    What the site describes of it (``hsec_parts``) is as in other nodes: HTML of a document, ``page:KEY`` or
    null for a page, title, file name and SHA-1 for a file. The rest is kept as it is.
    """

    type: Literal["raw"] = "raw"
    block: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$", description="Type of the block.")
    value: Json

    _files: dict[str, int | None] = PrivateAttr(default_factory=dict)

    def settle(self, sha1: str, pk: int | None) -> None:
        """Set the id on this site of a file that the block names."""
        self._files[sha1] = pk

    def file_id(self, file: Any) -> int | None:
        """Return the id on this site of a file of the block; None if it is not there."""
        return self._files.get(str(file.get("sha1"))) if isinstance(file, dict) else None


BodyNode = (
    Paragraph
    | Heading
    | ListNode
    | Initiatives
    | Members
    | LinkNode
    | Notice
    | Funding
    | Quote
    | Table
    | Contact
    | Details
    | Documents
    | Image
    | RawBlock
)
