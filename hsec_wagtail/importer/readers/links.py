"""Lines that are links: a label with its address, in any of the forms that captures have."""

from __future__ import annotations

import re

from pydantic import ValidationError

from hsec_wagtail.importer.document import Link, Span
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import words

__all__ = ["is_address", "link_at"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_AROUND = " <>()[]:,-–—→"
_LONGEST_LABEL = 100


def is_address(text: str) -> bool:
    """Tell whether ``text`` is an address of the web and nothing else."""
    match = _ADDRESS.search(text)
    return bool(match) and not words(text.replace(match.group() if match else "", ""))


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
