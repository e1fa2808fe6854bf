"""Lines that are links: a label with its address, in any of the forms that captures have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from hsec_wagtail.importer.document.nodes import Link
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.source import Markup, Source
from hsec_wagtail.importer.text.words import words

__all__ = ["is_address", "link_at", "with_links"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_AROUND = " <>()[]:,-–—→"
# What points from or to a label, and is no part of it.
_AROUND_LABEL = " <>[]|»«→►▶"
_LONGEST_LABEL = 100
_LONGEST_TEXT = 255


def is_address(text: str) -> bool:
    """Tell whether ``text`` is an address of the web and nothing else."""
    match = _ADDRESS.search(text)
    return bool(match) and not words(text.replace(match.group() if match else "", ""))


def with_links(source: Source, lines: Sequence[Line], prefix: str) -> list[Line]:
    """Return ``lines``; those that ``prefix`` stands before are links, and it is no part of their labels.

    A prefix that says something stays in the label, so that no word of it gets lost.
    """
    return [_as_link(source, line, prefix) or line for line in lines] if prefix else list(lines)


def _as_link(source: Source, line: Line, prefix: str) -> Line | None:
    if line.is_item or line.is_marked or not line.is_label:
        return None
    if line.indent.endswith(prefix):
        return replace(line, is_link=True)
    if not prefix.strip() or not source.text.startswith(prefix, line.start):
        return None
    if words(prefix):
        return replace(line, is_link=True)
    bare = source.text[line.start + len(prefix) : line.end].lstrip()
    start = line.end - len(bare)
    return replace(line, start=start, outer=start, text=" ".join(bare.split()), is_link=True)


def link_at(source: Source, span: Span) -> Link | None:
    """Return the link that the source's text at ``span`` is, or None where it is something else.

    The address stands before or behind the label, or alone; no word of the text gets lost.
    """
    text = " ".join(source.text[slice(*span)].split())
    if source.markup and (link := _linked(source.markup, source, span)):
        return link if _may_be_label(link.label) else None
    match = _ADDRESS.search(text)
    if match is None:
        return None
    address = match.group().rstrip(".,;:)>]")
    before, after = text[: match.start()], text[match.start() + len(address) :]
    label = before.strip(_AROUND) or after.strip(_AROUND)
    said = words(text)
    if said not in ([*words(label), *words(address)], [*words(address), *words(label)]):
        return None
    if not _may_be_label(label):
        return None
    url = address if address.lower().startswith("http") else f"http://{address}"
    return _valid_link(label or address, url, span)


def _linked(markup: Markup, source: Source, span: Span) -> Link | None:
    """Return the link of a saved page that all words at ``span`` are the label of."""
    runs = [run for run in markup.within(*span) if words(source.text[run.start : run.end])]
    if not runs or not runs[0].href or any(run.link != runs[0].link for run in runs):
        return None
    said = [word for run in runs for word in words(source.text[run.start : run.end])]
    label = " ".join(source.text[slice(*span)].split())
    if said != words(label) or len(label) > _LONGEST_TEXT:
        return None
    return _valid_link(label.strip(_AROUND_LABEL) or label, runs[0].href, span)


def _may_be_label(label: str) -> bool:
    return len(label) <= _LONGEST_LABEL and not label.endswith((".", "!", "?"))


def _valid_link(label: str, url: str, span: Span) -> Link | None:
    try:
        return Link(label=label, url=url, span=span)
    except ValidationError:
        return None
