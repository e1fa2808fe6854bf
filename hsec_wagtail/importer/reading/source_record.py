"""The record of a source that was read: its text, its ledger, and its warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_parts import node_parts
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Ledger
from hsec_wagtail.importer.reading.source import Source

__all__ = ["SourceRecord", "chrome_spans", "dates_of", "record_of", "unresolved_in"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source as it was read.

    ``text`` is its visible text, "" for a document, which is its own source; ``chrome`` holds (start, end,
    reason) by characters of the text; ``dates``, ``unresolved`` (links without a target) and ``dead_links``
    (links to pages of its site that the import does not have) are those of its pages; ``images`` are the
    addresses of pictures that it shows. ``origin`` and ``trail`` are what its document says of where it
    came from, which an export of the pages says again.
    """

    name: str
    url: str
    sha256: str
    format: str
    profile: str
    language: str
    text: str
    chrome: tuple[tuple[int, int, Message], ...]
    ledger: dict[str, Any]
    warnings: tuple[Message, ...] = ()
    dates: tuple[dict[str, str], ...] = ()
    unresolved: tuple[str, ...] = ()
    dead_links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    origin: dict[str, Any] = field(default_factory=dict)
    trail: tuple[str, ...] = ()


def record_of(
    document: doc.Document,
    ledger: Ledger,
    source: Source,
    *,
    format: str,
    profile: str = "",
    warnings: Iterable[Message] = (),
    images: Iterable[str] = (),
) -> SourceRecord:
    """Return what is kept of ``source``, of which ``document`` was made."""
    pages = list(document.page.walk())
    return SourceRecord(
        name=source.name,
        url=(document.source and document.source.url) or "",
        sha256=source.sha256,
        format=format,
        profile=profile,
        language=document.language,
        text="" if format == "fixture" else source.text,
        chrome=() if format == "fixture" else tuple(chrome_spans(ledger, source)),
        ledger=_with_lines(ledger.as_json(), source),
        warnings=tuple(warnings),
        dates=tuple(dates_of(pages)),
        unresolved=tuple(unresolved_in(pages)),
        images=tuple(images),
        origin=document.source.model_dump(mode="json") if document.source else {},
        trail=tuple(document.trail),
    )


def _with_lines(ledger: dict[str, Any], source: Source) -> dict[str, Any]:
    """Return ``ledger`` with the line of the file at which each unclaimed stretch begins."""
    unclaimed = [{**run, "line": source.line_of(run["span"][0])} for run in ledger["unclaimed"]]
    return {**ledger, "unclaimed": unclaimed}


def chrome_spans(ledger: Ledger, source: Source) -> Iterator[tuple[int, int, Message]]:
    """Yield the stretches of words that were left out, and why, in the order of the source."""
    owned = zip(source.words, ledger.claims, strict=True)
    for reason, run in groupby(owned, key=lambda pair: pair[1].reason if pair[1] else None):
        words = [word for word, _ in run]
        if reason:
            yield words[0].start, words[-1].end, reason


def dates_of(pages: Iterable[doc.Page]) -> Iterator[dict[str, str]]:
    """Yield the dates that readers found in the bodies of ``pages``."""
    for page in pages:
        for one in (part for node in page.body for part in node_parts(node)):
            date = one.node
            if isinstance(date, nodes.Found) and one.part and one.part.field == "edtf":
                yield {
                    "page": page.key,
                    "text": date.text,
                    "edtf": date.edtf,
                    "label": date.label,
                }


def unresolved_in(pages: Iterable[doc.Page]) -> Iterator[str]:
    """Yield the labels of links of ``pages`` that have no target yet, with their pages."""
    for page in pages:
        links: list[nodes.Link] = [
            node for node in page.body if isinstance(node, nodes.LinkNode) and not node.document
        ]
        links += [link for group in page.quick_links for link in group.links]
        yield from (f"{page.key}: {link.label}" for link in links if not (link.url or link.page))
