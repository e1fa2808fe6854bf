"""The nodes of a section document: what the body of a page, and the links beside it, are made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    model_validator,
)

from hsec_wagtail.dates import EDTF, DateError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import MAX_NESTING, nesting
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = [
    "Anchor",
    "BodyNode",
    "Contact",
    "Details",
    "DocumentItem",
    "Documents",
    "EdtfText",
    "File",
    "Found",
    "Funding",
    "Heading",
    "Html",
    "Image",
    "Initiative",
    "Initiatives",
    "Key",
    "Label",
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
    "Slug",
    "Span",
    "Table",
    "Url",
]

SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})

#: Start and end of a stretch of the source's text, in characters.
Span = tuple[int, int]


def _edtf(value: str) -> str:
    try:
        return str(EDTF.parse(value))
    except DateError as error:
        raise ValueError(str(error)) from error


def _url(value: str) -> str:
    # Browsers drop control characters and blanks before they look for a scheme.
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", value)
    try:
        scheme = urlsplit(bare).scheme
    except ValueError as error:
        raise ValueError(Message("not-a-url", value=value, fault=str(error))) from error
    if scheme.lower() not in SAFE_SCHEMES:
        raise ValueError(Message("scheme-refused", value=value, scheme=scheme))
    return value.strip()


def _target(value: str) -> str:
    """Return the URL of a link, which may lead to a part of a page of the document, too."""
    reference = parse_reference(value.strip())
    if reference is None:
        return _url(value)
    if not all(reference):
        raise ValueError(Message("not-a-page-reference", value=value))
    return value.strip()


def _slug(value: str) -> str:
    if value and not re.fullmatch(r"[\w-]+", value):
        raise ValueError(Message("not-a-slug", value=value))
    return value


def _html(value: str) -> str:
    depth = nesting(value)
    if depth > MAX_NESTING:
        raise ValueError(Message("elements-too-deep", depth=depth, most=MAX_NESTING))
    return value


# The lengths are those of the fields that hold them on a site.
EdtfText = Annotated[str, AfterValidator(_edtf), Field(max_length=50)]
Url = Annotated[str, AfterValidator(_url), Field(max_length=2000)]
Target = Annotated[str, AfterValidator(_target), Field(max_length=2000)]
Slug = Annotated[str, AfterValidator(_slug), Field(max_length=255)]
Anchor = Annotated[str, AfterValidator(_slug), Field(max_length=100)]
Label = Annotated[str, Field(max_length=255)]
BlockId = Annotated[str, Field(max_length=36)]
# Keys of items are made of three: those of the page, of the group and of the link.
Key = Annotated[str, Field(min_length=1, max_length=100)]
#: HTML as it came; it is cleaned on its way to the site.
Html = Annotated[str, AfterValidator(_html)]


class Node(BaseModel):
    """What all parts of a document share."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = Field(
        None, max_length=36, description="Block id; made from the keys when absent."
    )
    key: Key | None = Field(None, description="Names the node within its page, run after run.")
    span: Span | None = Field(None, description="Where the node stands in the source's text.")


class Found(Node):
    """A date as the source says it."""

    edtf: EdtfText
    label: Label = ""
    text: Label = ""


class File(BaseModel):
    """A document or an image of a site, as another site may know it again: by its content.

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
    url: Target | None = None
    page: Key | None = None

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
    """One action, with the dates it bears and the keys of the topics it is filed under."""

    html: Html
    dates: list[Found] = []
    topics: list[Key] = []
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

    name: str = Field(min_length=1, max_length=255)
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    role: Literal["member", "observer", "associate", "partner"] = "member"
    since: EdtfText | None = None
    until: EdtfText | None = None


class Members(Node):
    """Who takes part in a forum.

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
    """A word to the reader that stands out, from a day to a day if these are given."""

    type: Literal["notice"] = "notice"
    kind: Literal["announced", "information", "warning", "historical", "correction"] = "information"
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
    """Whom to write to."""

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
    language: str = Field("", max_length=35)


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
)
