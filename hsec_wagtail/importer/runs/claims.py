"""Claims: the stretches of a source, and the parts of pages that they were taken into. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.field_texts import group_spans, repeats, spans, texts
from hsec_wagtail.importer.document.section import Section
from hsec_wagtail.importer.document.to_fields import Fields, group_fields, page_fields
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.runs.word_search import SpanClaim
from hsec_wagtail.importer.text.word_matching import matches
from hsec_wagtail.importer.text.words import normal_form

__all__ = ["Piece", "SourceClaims", "of_pieces", "of_spans", "pieces_of", "relocated"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A page or a group of links as a section has it; ``source`` is the number of its source."""

    key: str
    source: int
    fields: Fields
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """A source, its stretches that are no content, and its claims.

    Not ``has_lines`` for a document, whose lines would tell nobody anything.
    """

    source: Source
    chrome: tuple[Span, ...]
    claimed: tuple[SpanClaim, ...]
    has_lines: bool = True


def of_spans(
    source: Source, chrome: Iterable[Span], spans_of: Mapping[int, Mapping[str, Span]]
) -> SourceClaims:
    """Return the claims on a source, by the spans of the parts of its items, by number."""
    claims = [
        SpanClaim((number, path), (span[0], span[1]))
        for number, places in spans_of.items()
        for path, span in places.items()
        # They stand within the initiatives, whose text they repeat.
        if not repeats(path)
    ]
    return SourceClaims(source, tuple(chrome), tuple(claims))


def of_pieces(name: str, sha256: str, fields_of: Mapping[int, Fields]) -> SourceClaims:
    """Return the claims on a document, which is its own source: the texts of its items, one by one."""
    claims: list[SpanClaim] = []
    parts: list[str] = []
    offset = 0
    for number, fields in fields_of.items():
        for path, text in texts(fields).items():
            if not repeats(path):
                claims.append(SpanClaim((number, path), (offset, offset + len(text))))
                parts.append(text)
                offset += len(text) + 1
    return SourceClaims(Source(name, "\n".join(parts), sha256), (), tuple(claims), has_lines=False)


def pieces_of(section: Section, source_key: str) -> Iterator[Piece]:
    """Yield the pages, groups of quick links and navigation of ``section``, with the keys that items have.

    ``source_key`` is the one under which the section was imported.
    """
    for entry in section.entries():
        page = entry.page
        fields = page_fields(page, source_key=source_key)
        yield Piece(page.key, entry.source, fields, spans(page, source_key=source_key))
        scope = f"{source_key}\n{page.key}"
        for group in page.quick_links:
            yield _group(group, f"{page.key}/links/{group.key}", entry.source, scope)
    for group in section.navigation:
        yield _group(group, f"navigation/{group.key}", 0, f"{source_key}\nnavigation")


def _group(group: nodes.LinkGroup, key: str, source: int, scope: str) -> Piece:
    return Piece(key, source, group_fields(group, scope=scope), group_spans(group, scope=scope))


def relocated(places: Mapping[str, Span], *, old: Source, new: Source) -> dict[str, Span]:
    """Return the spans in ``new`` of the words at ``places`` in ``old``; what is not whole is left out.

    For items that did not change while other parts of their source did.
    """
    if old.sha256 == new.sha256:
        return dict(places)
    now = dict(matches(_forms(old), _forms(new)))
    found: dict[str, Span] = {}
    for path, (start, end) in places.items():
        numbers = [now.get(n) for n in old.within(start, end)]
        first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
        if first is not None and last is not None and last - first == len(numbers) - 1:
            found[path] = (new.words[first].start, new.words[last].end)
    return found


def _forms(source: Source) -> list[str]:
    return [normal_form(word.text) for word in source.words]
