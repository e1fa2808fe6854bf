"""Lines that are links: a label with its address, in any of the forms that captures have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from hsec_wagtail.importer.document import Link, Span
from hsec_wagtail.importer.readers.lines import Line
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import words

__all__ = ["is_address", "link_at", "with_links"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_AROUND = " <>()[]:,-–—→"
_LONGEST_LABEL = 100


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
    match = _ADDRESS.search(text)
    if match is None:
        return None
    address = match.group().rstrip(".,;:)>]")
    before, after = text[: match.start()], text[match.start() + len(address) :]
    label = before.strip(_AROUND) or after.strip(_AROUND)
    said = words(text)
    if said not in ([*words(label), *words(address)], [*words(address), *words(label)]):
        return None
    if len(label) > _LONGEST_LABEL or label.endswith((".", "!", "?")):
        return None
    url = address if address.lower().startswith("http") else f"http://{address}"
    try:
        return Link(label=label or address, url=url, span=span)
    except ValidationError:
        return None
