"""A source in the HTML report: the outcome of its words, and the text beside the result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext

from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.runs.report import SourceReport
from hsec_wagtail.importer.runs.report_html.labels import kind_label, marked_text
from hsec_wagtail.importer.runs.report_html.segments import (
    ReportPart,
    SourceMark,
    marks_of,
    parts_of,
    segments,
)
from hsec_wagtail.models import ImportItem, ImportSource

__all__ = ["present_read", "present_stored"]


def present_stored(source: ImportSource, *, shown: bool) -> dict[str, Any]:
    """Return what the report shows of a source that a run kept, with its text if that is ``shown``."""
    text: dict[str, Any] = {}
    if shown:
        text = _beside(source)
    elif source.text:
        text["left_out"] = gettext("The text is left out: the report would be too large.")
    return {**_read(source, said(source.notes)), **text, "id": f"source-{source.position}"}


def present_read(source: SourceReport) -> dict[str, Any]:
    """Return what the report shows of a source of which no run was kept."""
    notes = {
        "warnings": source.warnings,
        "dates": source.dates,
        "unresolved": source.unresolved,
        "dead_links": source.dead_links,
        "images": source.images,
    }
    return _read(source, notes)


def _read(source: ImportSource | SourceReport, notes: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": source.name,
        "language": source.language,
        "facts": list(_facts(source)),
        "ledger": list(_ledger(said(source.ledger))),
        "lists": list(_lists(source.ledger, notes)),
        "dates": notes.get("dates") or (),
        "left_out": gettext("This is a section document: it is its own source.")
        if source.format == "fixture"
        else gettext("Its text is not kept."),
    }


def _facts(source: ImportSource | SourceReport) -> Iterator[tuple[str, str]]:
    facts = {
        gettext("Address"): getattr(source, "url", ""),
        gettext("Format"): source.format,
        gettext("Profile"): source.profile or gettext("none: general rules"),
        gettext("Language"): source.language,
        "SHA-256": source.sha256,
    }
    yield from ((label, value) for label, value in facts.items() if value)


def _ledger(ledger: dict[str, Any]) -> Iterator[tuple[str, int]]:
    if not ledger:
        return
    chrome = ledger["chrome"]
    yield gettext("Content"), ledger["content"]
    for entry in chrome:
        yield gettext("Left out: %(reason)s") % {"reason": entry["reason"]}, entry["words"]
    claimed = ledger["content"] + sum(entry["words"] for entry in chrome)
    yield gettext("Claimed by nothing"), ledger["words"] - claimed
    yield gettext("All words"), ledger["words"]


def _lists(ledger: dict[str, Any], notes: dict[str, Any]) -> Iterator[dict[str, Any]]:
    unclaimed = [entry["text"] for entry in ledger.get("unclaimed", ())]
    for title, entries, is_open in (
        (gettext("Words claimed by nothing"), unclaimed, True),
        (gettext("Warnings"), notes.get("warnings"), True),
        (gettext("Links without a target"), notes.get("unresolved"), False),
        (gettext("Links to no page of the import"), notes.get("dead_links"), False),
        (gettext("Pictures"), notes.get("images"), False),
    ):
        if entries:
            yield {"title": title, "entries": entries, "open": is_open}


def _beside(source: ImportSource) -> dict[str, Any]:
    marks = [SourceMark((start, end), reason=reason) for start, end, reason in said(source.chrome)]
    marks += [
        SourceMark(tuple(entry["span"]), reason=gettext("claimed by nothing"), lost=True)
        for entry in source.ledger.get("unclaimed", ())
    ]
    items: list[tuple[ImportItem, list[ReportPart]]] = []
    for item in source.items.order_by("position"):
        prefix = f"p{item.position}"
        parts = parts_of(item.written, item.spans, prefix=prefix)
        marks += marks_of(item.spans, parts, prefix=prefix)
        items.append((item, parts))
    cut = list(segments(source.text, marks))
    # What was left out of the source and is kept all the same, such as its navigation, has no stretch.
    found = {one.mark.target for one in cut if one.mark}
    return {
        "text": marked_text(cut),
        "items": [_item(item, parts, found) for item, parts in items],
        "left_out": "",
    }


def _item(item: ImportItem, parts: Iterable[ReportPart], found: Collection[str]) -> dict[str, Any]:
    shown = [
        {
            "id": part.id,
            "kind": kind_label(part.type),
            "text": part.text,
            "has_source": bool(part.id) and part.id in found,
        }
        for part in parts
    ]
    return {
        "title": item.title,
        "language": item.language,
        "place": f"item-{item.position}",
        "parts": shown,
    }
