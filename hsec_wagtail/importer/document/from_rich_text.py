"""Rich text of a site as the HTML of a document, and the losses on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote

from hsec_wagtail.importer.document.nodes import File
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_html
from hsec_wagtail.importer.text.urls import page_reference

__all__ = ["LinkTargets", "document_html", "document_reference"]

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Elements that cleaning keeps, and elements without a meaning.
_HELD = frozenset("a b br em i li ol p strong sub sup ul".split())
_PLAIN = frozenset("div span".split())


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """The pages and files that the ids in stored fields stand for.

    ``keys`` are those of the pages that the document holds, ``parts`` the same by their addresses, for
    links to a part of a page; ``addresses`` are the URLs of other pages; ``documents`` and ``images`` are
    files of the site.
    """

    keys: Mapping[int, str] = field(default_factory=dict)
    addresses: Mapping[int, str] = field(default_factory=dict)
    documents: Mapping[int, File] = field(default_factory=dict)
    images: Mapping[int, File] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def named(self, url: str) -> str:
        """Return ``url``, or the reference to the part of a page of the document that it leads to."""
        address, _, anchor = url.partition("#")
        return (
            page_reference(self.parts[address], anchor) if anchor and address in self.parts else url
        )


def document_reference(file: File) -> str:
    """Return the ``href`` by which HTML of a document names ``file``."""
    return f"document:{file.sha1}/{quote(file.filename, safe='')}"


def document_html(
    html: str, *, targets: LinkTargets, lose: Callable[[Message], None], inline: bool = False
) -> str:
    """Return ``html`` as a document holds it: ids become keys and addresses, and it is clean.

    Losses are reported to ``lose``, a message each. An import of the result gives the same rich text again.
    """
    odd: set[str] = set()

    def converted(tag: re.Match[str]) -> str:
        end, name = tag[1], tag[2].lower()
        attributes = {} if end else _attributes(tag[3])
        if name == "embed":
            lose(_embed(attributes, targets))
            return " "
        if name == "a" and not end and "linktype" in attributes:
            return _link(attributes, targets, lose)
        if name == "a" and (href := attributes.get("href")):
            return _start(targets.named(href))
        if name not in _HELD | _PLAIN:
            odd.add(name)
        return tag[0]

    linked = _TAG.sub(converted, html) if "<" in html else html
    if inline and linked.count("<p") > 1:
        lose(Message("lost-cell-paragraphs"))
    if odd:
        lose(Message("lost-formatting", names=[f"<{name}>" for name in sorted(odd)]))
    return clean_html(linked, inline=inline).replace("<br>", "<br/>")


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or "")
        for match in _ATTRIBUTE.finditer(text)
    }


def _embed(attributes: Mapping[str, str], targets: LinkTargets) -> Message:
    if attributes.get("embedtype") == "image":
        file = targets.images.get(_number(attributes.get("id")))
        if file is None:
            return Message("lost-image-in-text-gone", image=str(attributes.get("id")))
        return Message("lost-image-in-text", title=file.title, filename=file.filename)
    shown = attributes.get("url") or attributes.get("embedtype") or "?"
    return Message("lost-embed", embed=shown)


def _link(
    attributes: Mapping[str, str], targets: LinkTargets, lose: Callable[[Message], None]
) -> str:
    kind, number = attributes["linktype"], _number(attributes.get("id"))
    match kind:
        case "page" if number in targets.keys:
            return _start(page_reference(targets.keys[number]))
        case "page" if targets.addresses.get(number):
            return _start(targets.addresses[number])
        case "page":
            lose(Message("lost-link-to-page", page=str(attributes.get("id"))))
        case "document" if number in targets.documents:
            return _start(document_reference(targets.documents[number]))
        case "document":
            lose(Message("lost-link-to-document", document=str(attributes.get("id"))))
        case _:
            lose(Message("lost-link", kind=kind))
    # The end tag that is left means nothing.
    return ""


def _start(href: str) -> str:
    return f'<a href="{escape(href)}">'


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else -1
