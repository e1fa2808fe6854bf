"""The section document ``hsec-section/1``: a tree of pages, neutral of Wagtail.

What a reader makes of a source, what a person may correct by hand, and what the importer takes. The
JSON of a document is the fixture format; :func:`json_schema` publishes its schema.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from hsec_wagtail.dates import EDTF, DateError
from hsec_wagtail.importer.errors import DocumentError

__all__ = [
    "FORMAT",
    "BodyNode",
    "Contact",
    "Details",
    "Document",
    "Found",
    "Funding",
    "Heading",
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
    "Page",
    "Paragraph",
    "Quote",
    "SourceInfo",
    "Span",
    "Table",
    "digest",
    "dump_document",
    "json_schema",
    "load_document",
]

FORMAT: Final = "hsec-section/1"
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
        raise ValueError(f"{value!r} is not a URL: {error}.") from error
    if scheme.lower() not in SAFE_SCHEMES:
        raise ValueError(f"{value!r} has the scheme {scheme!r}; use http, https, mailto or tel.")
    return value.strip()


def _slug(value: str) -> str:
    if value and not re.fullmatch(r"[\w-]+", value):
        raise ValueError(f"{value!r} is not a slug; use letters, digits, hyphens and underscores.")
    return value


EdtfText = Annotated[str, AfterValidator(_edtf)]
Url = Annotated[str, AfterValidator(_url)]
Slug = Annotated[str, AfterValidator(_slug), Field(max_length=255)]
Label = Annotated[str, Field(max_length=255)]
Key = Annotated[str, Field(min_length=1, max_length=255)]


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


class Link(Node):
    """A label and its target: a URL, the key of a page of this document, or not known yet."""

    label: str = Field(min_length=1, max_length=255)
    url: Url | None = None
    page: Key | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Link:
        if self.url and self.page:
            raise ValueError("a link has a url or a page, not both.")
        return self


class LinkGroup(Node):
    """A titled group of links: quick links of a page, or a navigation of the site."""

    heading: Label = ""
    heading_span: Span | None = None
    slug: Slug = ""
    links: list[Link] = []


class Paragraph(Node):
    """Running text: one or more paragraphs of HTML."""

    type: Literal["paragraph"] = "paragraph"
    html: str


class Heading(Node):
    """A heading inside a page's body; ``level`` as on the page's own address, below its h1."""

    type: Literal["heading"] = "heading"
    text: str = Field(min_length=1, max_length=255)
    anchor: Slug = ""
    level: int = Field(2, ge=2, le=4)


class ListItem(Node):
    """One item of a plain list."""

    html: str


class ListNode(Node):
    """A plain list."""

    type: Literal["list"] = "list"
    ordered: bool = False
    items: list[ListItem]


class Initiative(Node):
    """One action, with the dates it bears and the keys of the topics it is filed under."""

    html: str
    dates: list[Found] = []
    topics: list[Key] = []


class Initiatives(Node):
    """Actions under the sentence that introduces them."""

    type: Literal["initiatives"] = "initiatives"
    intro: str = ""
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
    intro: str = ""
    display: Literal["list", "text"] = "list"
    items: list[Member]


class LinkNode(Link):
    """A link that stands by itself in a body."""

    type: Literal["link"] = "link"


class Notice(Node):
    """A word to the reader that stands out, from a day to a day if these are given."""

    type: Literal["notice"] = "notice"
    kind: Literal["announced", "information", "warning", "historical", "correction"] = "information"
    html: str
    starts: date | None = None
    ends: date | None = None


class Funding(Node):
    """A call for proposals."""

    type: Literal["funding"] = "funding"
    title: str = Field(min_length=1, max_length=255)
    html: str = ""
    opens: date | None = None
    closes: date | None = None
    eligibility: str = ""
    how_to_apply: str = ""
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
    rows: list[list[str]]


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
    html: str


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
)


class Page(Node):
    """A page and the pages below it."""

    type: Literal["section", "forum", "topic", "policy"]
    key: Key
    title: str = Field(min_length=1, max_length=255)
    title_span: Span | None = None
    slug: Slug = ""
    short_name: Label = ""
    anchor: Slug = ""
    lead: str = ""
    lead_span: Span | None = None
    status: Literal["announced", "active", "dormant", "ended"] = "active"
    expected: EdtfText | None = Field(None, description="When an announced page is expected.")
    layout: Literal["full", "cards"] = Field("full", description="How a section shows its forums.")
    search_description: str = ""
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

    name: str
    key: Key | None = Field(
        None,
        description="Names what the source is a copy of, copy after copy; by default the name.",
    )
    url: Url | None = None
    captured: date | None = None
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    length: int | None = Field(None, ge=0, description="Characters of the decoded text.")


class Document(BaseModel):
    """A section and what stood around it."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["hsec-section/1"] = FORMAT
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    source: SourceInfo | None = None
    trail: list[str] = Field([], description="Breadcrumb labels above the page, outermost first.")
    page: Page
    navigation: list[LinkGroup] = []

    @property
    def source_key(self) -> str:
        """What tells this section from others that an import brings below the same page."""
        known = self.source and (self.source.key or self.source.name)
        return known or self.page.key

    @model_validator(mode="after")
    def _sound_keys(self) -> Document:
        counted = Counter(page.key for page in self.page.walk())
        twice = sorted(key for key, count in counted.items() if count > 1)
        if twice:
            raise ValueError(
                f"page key {twice[0]!r} stands {counted[twice[0]]} times; keys are unique."
            )
        for place, key in self._references():
            if key not in counted:
                raise ValueError(f"{place} names the page {key!r}, which is not in this document.")
        return self

    def _references(self) -> Iterator[tuple[str, str]]:
        for page in self.page.walk():
            for group in page.quick_links:
                yield from ((f"quick link {x.label!r}", x.page) for x in group.links if x.page)
            for node in page.body:
                if isinstance(node, LinkNode) and node.page:
                    yield f"link {node.label!r} of {page.key!r}", node.page
                if isinstance(node, Initiatives):
                    for item in node.items:
                        yield from ((f"an initiative of {page.key!r}", key) for key in item.topics)
        for group in self.navigation:
            yield from ((f"navigation {x.label!r}", x.page) for x in group.links if x.page)


def load_document(data: Any, *, name: str) -> Document:
    """Return the document that ``data`` (parsed JSON or YAML) describes.

    Raises:
        DocumentError: ``data`` is not a section document; the first faults are named by their path.
    """
    if not isinstance(data, dict):
        raise DocumentError(
            f'{name}: not a section document: expected an object with "format": "{FORMAT}",'
            f" found {type(data).__name__}."
        )
    if data.get("format") != FORMAT:
        raise DocumentError(
            f"{name}: not a section document: format is {data.get('format')!r}, expected {FORMAT!r}."
        )
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        raise DocumentError(_explain(error, name)) from error
    except RecursionError as error:
        raise DocumentError(f"{name}: pages are nested too deep.") from error


def _explain(error: ValidationError, name: str) -> str:
    faults = error.errors(include_url=False, include_context=False)
    lines = [f"{name}: {_path(fault['loc'])}: {fault['msg']}" for fault in faults[:5]]
    if len(faults) > 5:
        lines.append(f"{name}: and {len(faults) - 5} more.")
    return "\n".join(lines)


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


_TAGS = frozenset(
    "paragraph heading list initiatives members link notice funding quote table contact details".split()
)


def dump_document(document: Document) -> str:
    """Return the document as JSON text: keys in the order of the format, no empty extras."""
    data = document.model_dump(mode="json", exclude_none=True, exclude_defaults=False)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def digest(document: Document) -> str:
    """Return the SHA-256 of what the document says, whatever the order of keys."""
    data = document.model_dump(mode="json", exclude={"source"})
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    schema = Document.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **schema}
