"""A document in the notation of the expectations, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.text.words import html_text

__all__ = ["dates_of", "outline", "wanted"]

Outline = dict[str, Any]


def wanted(expectation: Outline) -> Outline:
    """Return what the expectation says of the document, with what it leaves out filled in."""
    sections = [_wanted_section(section) for section in expectation.get("sections", [])]
    groups = expectation.get("quick_links", {}).items()
    return {
        "language": expectation["language"],
        "title": expectation["title"],
        "trail": expectation.get("trail", []),
        "lead": expectation["lead"],
        "opening": [_wanted_block(block) for block in expectation.get("opening", [])],
        "sections": sections,
        "quick_links": [[heading, links] for heading, links in groups],
        "navigation": expectation.get("navigation", []),
        "changed": _text(expectation.get("changed")),
        "dates": expectation["dates"],
    }


def _wanted_section(section: Outline) -> Outline:
    known = {"status": "active", "expected": None, **section}
    blocks = [_wanted_block(block) for block in section["blocks"]]
    return {**known, "expected": _text(known["expected"]), "blocks": blocks}


def _wanted_block(block: Outline) -> Outline:
    if "items" not in block:
        return block
    return {**block, "items": [[str(part) for part in item] for item in block["items"]]}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def outline(document: doc.Document, like: Outline) -> Outline:
    """Return what ``document`` is, in the form of ``like``.

    A text that begins as the one in its place in ``like`` is given as that beginning; what ``like``
    does not ask for, such as an anchor, is left out.
    """
    page = document.page
    links = [[group.heading, [_link(link) for link in group.links]] for group in page.quick_links]
    return {
        "language": document.language,
        "title": page.title if like["title"] is not None else None,
        "trail": document.trail,
        "lead": _begun(_said(page.lead), like["lead"]) or None,
        "opening": _blocks(page.body, like["opening"]),
        "sections": [
            _section(child, wish or {})
            for child, wish in _pairs(page.children, like["sections"])
            if child
        ],
        "quick_links": links,
        "navigation": [link.label for group in document.navigation for link in group.links],
        "changed": _text(page.changed),
        "dates": len(list(dates_of(document))),
    }


def dates_of(document: doc.Document) -> Iterable[nodes.Found]:
    """Yield every date of the initiatives of ``document``, page by page."""
    for page in document.page.walk():
        for node in page.body:
            if isinstance(node, nodes.Initiatives):
                yield from (found for item in node.items for found in item.dates)


def _section(page: doc.Page, like: Outline) -> Outline:
    facts: Outline = {
        "title": page.title,
        "status": page.status,
        "expected": page.expected,
        "blocks": _blocks(page.body, like.get("blocks", [])),
    }
    if "short" in like:
        facts["short"] = page.short_name
    if "anchor" in like:
        facts["anchor"] = page.anchor
    return facts


def _blocks(body: Sequence[nodes.BodyNode], like: Sequence[Outline]) -> list[Outline]:
    return [_block(node, wish or {}) for node, wish in _pairs(body, like) if node]


def _block(node: nodes.BodyNode, like: Outline) -> Outline:
    match node:
        case nodes.Paragraph(html=html):
            return {"p": _begun(_said(html), like.get("p"))}
        case nodes.Heading(text=text):
            return {"h": text}
        case nodes.ListNode(ordered=ordered, items=items):
            kind = "ordered" if ordered else "list"
            return {kind: _begun_all([_said(item.html) for item in items], like.get(kind))}
        case nodes.Initiatives():
            return _initiatives(node, like)
        case nodes.Members(items=members):
            return {"members": [_member(member) for member in members]}
        case nodes.LinkNode():
            return {"link": _link(node)}
        case nodes.Table():
            return _table(node, like)
        case nodes.Quote():
            return _quote(node, like)
        case _:
            return _other(node)


def _table(node: nodes.Table, like: Outline) -> Outline:
    size = f"{len(node.rows)}x{max(map(len, node.rows), default=0)}"
    known = {"table": size, "caption": node.caption, "header": node.header}
    return {name: said for name, said in known.items() if name == "table" or name in like}


def _quote(node: nodes.Quote, like: Outline) -> Outline:
    quote = {"quote": _begun(" ".join(node.text.split()), like.get("quote"))}
    return {**quote, "by": node.attribution} if node.attribution else quote


def _other(node: nodes.BodyNode) -> Outline:
    match node:
        case nodes.Notice(html=html):
            return {"notice": _said(html)}
        case nodes.Details(summary=summary):
            return {"details": summary}
        case _:
            return {node.type: ""}


def _initiatives(node: nodes.Initiatives, like: Outline) -> Outline:
    items = [
        [_begun(_said(item.html), str(wish[0]) if wish else None), *(d.edtf for d in item.dates)]
        for item, wish in _pairs(node.items, like.get("items", []))
        if item
    ]
    return {"initiatives": _said(node.intro) or None, "items": items}


def _member(member: nodes.Member) -> str:
    role = "" if member.role == "member" else f" ({member.role})"
    return f"{member.name}{role} {member.since or ''}".rstrip()


def _link(link: nodes.Link) -> list[str | None]:
    return [link.label, link.url or link.page]


def _said(html: str) -> str:
    return " ".join(html_text(html).split())


def _begun(text: str, beginning: object) -> str:
    start = str(beginning) if beginning else ""
    return start if start and text.startswith(start) else text


def _begun_all(texts: Sequence[str], beginnings: Sequence[str] | None) -> list[str]:
    return [_begun(text, start) for text, start in _pairs(texts, beginnings or []) if text]


def _pairs(found: Sequence[Any], wished: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return each of ``found`` with what stands in its place in ``wished``, if anything does."""
    return list(zip_longest(found, wished[: len(found)]))
