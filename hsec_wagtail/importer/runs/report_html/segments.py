"""A source and the parts made of it, side by side, for the HTML report. Pure.

Every stretch of the source leads to the part that it became, and every part back to its stretch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

from hsec_wagtail.importer.document.field_texts import repeats, texts
from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.document.values import Span

__all__ = [
    "ReportPart",
    "Segment",
    "SourceMark",
    "display_text",
    "marks_of",
    "parts_of",
    "segments",
]


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part of a page or of a group of links: what it says, and its place in the report.

    ``type`` is that of the block or the name of the field; ``id`` is "" where no place in the source is
    known.
    """

    id: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A stretch of the source: ``target`` is the id of the part it became, or ``reason`` says why it is left out."""

    span: Span
    target: str = ""
    reason: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of the source that have the same mark; ``first`` of those that have it."""

    text: str
    mark: SourceMark | None
    first: bool = False


def parts_of(fields: Fields, spans: Mapping[str, Span], *, prefix: str) -> list[ReportPart]:
    """Return the parts of what was written, in the order of the page; their ids begin with ``prefix``.

    Texts within one span are one part: so are a link's label and what stands beside it.
    """
    kinds = _block_types(fields)
    ids = _ids(spans, prefix)
    grouped: dict[str, list[str]] = {}
    for path, text in texts(fields).items():
        if not repeats(path):
            owner = next((one for one in _upwards(path) if one in ids), path)
            grouped.setdefault(owner, []).append(text.strip())
    return [
        ReportPart(ids.get(path, ""), _type_of(path, kinds), "\n".join(strings))
        for path, strings in grouped.items()
    ]


def marks_of(
    spans: Mapping[str, Span], parts: Sequence[ReportPart], *, prefix: str
) -> Iterator[SourceMark]:
    """Yield the marks of the stretches that became ``parts``, and no others."""
    shown = {part.id for part in parts}
    for path, target in _ids(spans, prefix).items():
        if target in shown:
            start, end = spans[path]
            yield SourceMark((start, end), target=target)


def segments(text: str, marks: Iterable[SourceMark]) -> Iterator[Segment]:
    """Yield ``text`` cut where a mark begins or ends; of marks within one another the innermost counts.

    What was left out counts before what stands around it. In O(n log n) of the marks.
    """
    starts: dict[int, list[SourceMark]] = {}
    edges = {0, len(text)}
    for mark in marks:
        start, end = max(mark.span[0], 0), min(mark.span[1], len(text))
        if start < end:
            starts.setdefault(start, []).append(mark)
            edges |= {start, end}
    places = sorted(edges)
    around: list[tuple[bool, int, int, SourceMark]] = []
    seen: set[int] = set()
    number = 0
    for start, end in pairwise(places):
        for mark in starts.get(start, ()):
            number += 1
            heappush(around, (bool(mark.target), mark.span[1] - mark.span[0], number, mark))
        while around and around[0][3].span[1] <= start:
            heappop(around)
        mark_here = around[0][3] if around else None
        first = mark_here is not None and id(mark_here) not in seen
        seen.add(id(mark_here))
        yield Segment(text[start:end], mark_here, first)


def _ids(spans: Mapping[str, Span], prefix: str) -> dict[str, str]:
    places = sorted(
        (path for path in spans if not repeats(path)), key=lambda path: (spans[path], path)
    )
    return {path: f"{prefix}-{n}" for n, path in enumerate(places, 1)}


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


def _block_types(fields: Fields) -> dict[str, str]:
    return {
        f"{name}.{block.get('id')}": str(block.get("type", ""))
        for name, value in fields.items()
        if isinstance(value, list)
        for block in value
        if isinstance(block, Mapping)
    }


def _type_of(path: str, kinds: Mapping[str, Any]) -> str:
    block = ".".join(path.split(".")[:2])
    return str(kinds.get(block) or path.split(".")[0])


def display_text(value: Any) -> str | None:
    """Return ``value``, a part of stored fields, as text for a person; None for a missing one.

    Where it has no visible text it is shown as data.
    """
    if value is None:
        return None
    text = "\n".join(part.strip() for part in texts({"": value}).values())
    return text or json.dumps(value, ensure_ascii=False)
