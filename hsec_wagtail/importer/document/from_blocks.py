"""Stored blocks as the nodes of a document, a function for each type of block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.conversion import Item, Place
from hsec_wagtail.importer.document.keys import block_id, key_from
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["block_node", "link_node"]

Made = TypeVar("Made")


def block_node(kind: str, value: Any, place: Place) -> doc.BodyNode | None:
    """Return the block ``value`` as a node, or None where no node can hold it; that is a loss."""
    make = _MAKERS.get(kind)
    if make is None:
        place.lose(Message("lost-block", kind=kind))
        return None
    return make(value, place)


def link_node(value: Any, place: Place) -> doc.Link | None:
    """Return the stored link of a group of quick links."""
    struct = place.check(value, ("label", "page", "url"))
    return place.make(doc.Link, id=place.id, **_link(struct, place))


def _link(struct: dict[str, Any], place: Place) -> dict[str, Any]:
    """Return label and target; where several are stored, the one that the site shows."""
    label, url = _text(struct, "label"), _text(struct, "url")
    page, document = struct.get("page"), struct.get("document")
    if (page and (url or document)) or (url and document):
        place.lose(Message("lost-targets"))
    target: dict[str, Any] = {}
    if page:
        target = _page_target(page, place)
    elif document:
        target = _document_target(document, place)
    elif url:
        target = {"url": place.targets.named(url)}
    shown = target.get("document")
    label = label or (shown.title if shown else "") or target.get("url") or ""
    return {"label": label, **target}


def _page_target(page: Any, place: Place) -> dict[str, Any]:
    if page in place.targets.keys:
        return {"page": place.targets.keys[page]}
    if address := place.targets.addresses.get(page):
        return {"url": address}
    place.lose(Message("lost-target-page", page=str(page)))
    return {}


def _document_target(document: Any, place: Place) -> dict[str, Any]:
    if document in place.targets.documents:
        return {"document": place.targets.documents[document]}
    place.lose(Message("lost-target-document", document=str(document)))
    return {}


def _paragraph(value: Any, place: Place) -> doc.BodyNode | None:
    html = place.html(value)
    return place.make(doc.Paragraph, id=place.id, html=html) if html else None


def _heading(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("text", "anchor", "level"))
    text = _text(struct, "text")
    anchor = struct.get("anchor") or (key_from(text) if text else "")
    level = struct.get("level") or "2"
    return place.make(doc.Heading, id=place.id, text=text, anchor=anchor, level=level)


def _initiatives(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("intro", "grouping", "initiatives"))
    items = place.at("initiatives").items(struct.get("initiatives"))
    return place.make(
        doc.Initiatives,
        id=place.id,
        intro=place.at("intro").html(struct.get("intro")),
        grouping=struct.get("grouping") or "none",
        items=_each(items, _initiative),
    )


def _initiative(value: Any, place: Place) -> doc.Initiative | None:
    struct = place.check(value, ("text", "dates", "topics"))
    topics = [
        (place.targets.keys[item.value], item.place.id)
        for item in place.at("topics").items(struct.get("topics"))
        if _is_topic(item)
    ]
    ids = [identity for _, identity in topics]
    return place.make(
        doc.Initiative,
        id=place.id,
        html=place.at("text").html(struct.get("text")),
        dates=_each(place.at("dates").items(struct.get("dates")), _date),
        topics=[key for key, _ in topics],
        topic_ids=ids if ids != _numbered(f"{place.id}/topics", len(ids)) else None,
    )


def _is_topic(item: Item) -> bool:
    if item.value in item.place.targets.keys:
        return True
    if item.value:
        item.place.lose(Message("lost-topic", topic=str(item.value)))
    return False


def _date(value: Any, place: Place) -> doc.Found | None:
    struct = place.check(value, ("edtf", "label", "text"))
    return place.make(
        doc.Found,
        id=place.id,
        edtf=struct.get("edtf") or "",
        label=_text(struct, "label"),
        text=_text(struct, "text"),
    )


def _members(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("intro", "display", "members"))
    return place.make(
        doc.Members,
        id=place.id,
        intro=place.at("intro").html(struct.get("intro")),
        display=struct.get("display") or "list",
        items=_each(place.at("members").items(struct.get("members")), _member),
    )


def _member(value: Any, place: Place) -> doc.Member | None:
    struct = place.check(value, ("name", "country", "role", "since", "until"))
    return place.make(
        doc.Member,
        id=place.id,
        name=_text(struct, "name"),
        role=struct.get("role") or "member",
        **{name: struct.get(name) or None for name in ("country", "since", "until")},
    )


def _link_block(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("label", "page", "url", "document"))
    return place.make(doc.LinkNode, id=place.id, **_link(struct, place))


def _notice(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("kind", "text", "starts", "ends"))
    return place.make(
        doc.Notice,
        id=place.id,
        kind=struct.get("kind") or "information",
        html=place.at("text").html(struct.get("text")),
        starts=struct.get("starts") or None,
        ends=struct.get("ends") or None,
    )


def _funding(value: Any, place: Place) -> doc.BodyNode | None:
    texts = {"html": "description", "eligibility": "eligibility", "how_to_apply": "how_to_apply"}
    struct = place.check(value, ("title", "opens", "closes", "url", *texts.values()))
    return place.make(
        doc.Funding,
        id=place.id,
        title=_text(struct, "title"),
        opens=struct.get("opens") or None,
        closes=struct.get("closes") or None,
        url=struct.get("url") or None,
        **{name: place.at(part).html(struct.get(part)) for name, part in texts.items()},
    )


def _quote(value: Any, place: Place) -> doc.BodyNode | None:
    names = ("text", "attribution")
    struct = place.check(value, names)
    return place.make(doc.Quote, id=place.id, **{name: _text(struct, name) for name in names})


def _contact(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("name", "address", "email", "phone", "url"))
    texts = {name: _text(struct, name) for name in ("name", "address", "email", "phone")}
    return place.make(doc.Contact, id=place.id, url=struct.get("url") or None, **texts)


def _details(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("summary", "text"))
    html = place.at("text").html(struct.get("text"))
    return place.make(doc.Details, id=place.id, summary=_text(struct, "summary"), html=html)


def _documents(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("heading", "documents"))
    items = place.at("documents").items(struct.get("documents"))
    heading = _text(struct, "heading")
    return place.make(doc.Documents, id=place.id, heading=heading, items=_each(items, _document))


def _document(value: Any, place: Place) -> doc.DocumentItem | None:
    struct = place.check(value, ("document", "title", "language"))
    target = _document_target(struct["document"], place) if struct.get("document") else {}
    return place.make(
        doc.DocumentItem,
        id=place.id,
        file=target.get("document"),
        title=_text(struct, "title"),
        language=struct.get("language") or "",
    )


def _image(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("image", "caption"))
    stored = struct.get("image")
    # Before it had a text for each place, Wagtail kept the id alone.
    image = stored if isinstance(stored, dict) else {"image": stored}
    place.at("image").check(image, ("image", "alt_text", "decorative"))
    number = image.get("image")
    file = place.targets.images.get(number) if number else None
    if number and file is None:
        place.lose(Message("lost-image", image=str(number)))
    return place.make(
        doc.Image,
        id=place.id,
        file=file,
        alt=_text(image, "alt_text"),
        decorative=bool(image.get("decorative")),
        caption=_text(struct, "caption"),
    )


def _table(value: Any, place: Place) -> doc.BodyNode | None:
    struct = place.check(value, ("caption", "header", "rows"))
    rows = place.at("rows").items(struct.get("rows"))
    cells = [row.place.items(row.value) for row in rows]
    row_ids = [row.place.id for row in rows]
    cell_ids = [[cell.place.id for cell in row] for row in cells]
    made = [_numbered(f"{place.id}/{n}", len(row)) for n, row in enumerate(cells)]
    return place.make(
        doc.Table,
        id=place.id,
        caption=_text(struct, "caption"),
        header=struct.get("header") or "row",
        rows=[[cell.place.html(cell.value, inline=True) for cell in row] for row in cells],
        row_ids=row_ids if row_ids != _numbered(place.id, len(rows)) else None,
        cell_ids=cell_ids if cell_ids != made else None,
    )


def _numbered(scope: str, count: int) -> list[str]:
    """Return the ids that an import gives items that have none."""
    return [block_id(scope, str(n)) for n in range(count)]


def _each(items: list[Item], make: Callable[[Any, Place], Made | None]) -> list[Made]:
    nodes = (make(item.value, item.place) for item in items)
    return [node for node in nodes if node is not None]


def _text(struct: dict[str, Any], name: str) -> str:
    return clean_text(str(struct.get(name) or ""))


_MAKERS: dict[str, Callable[[Any, Place], doc.BodyNode | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "initiatives": _initiatives,
    "members": _members,
    "notice": _notice,
    "funding": _funding,
    "link": _link_block,
    "documents": _documents,
    "contact": _contact,
    "quote": _quote,
    "details": _details,
    "image": _image,
    "table": _table,
}
