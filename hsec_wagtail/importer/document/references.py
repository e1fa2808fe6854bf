"""What stored fields lead to: the ids of pages, documents and images in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["References", "find_references"]

_TAG = re.compile(r"<(?:a|embed)\b[^>]*>")
_KIND = re.compile(r'\b(?:linktype|embedtype)="(page|document|image)"')
_ID = re.compile(r'\bid="([0-9]{1,18})"')


@dataclass(slots=True)
class References:
    """The ids of what is led to, by kind."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)

    def add(self, kind: str, pk: int) -> None:
        """Take note of one; ``kind`` is page, document or image."""
        found = {"page": self.pages, "document": self.documents, "image": self.images}
        found[kind].add(pk)


def find_references(many: Iterable[Mapping[str, Any]]) -> References:
    """Return what the ``many`` fields of pages and groups lead to.

    A number counts where our blocks keep an id: under ``page``, ``document`` or ``image``, or in ``topics``.
    """
    references = References()
    stack: list[tuple[str, Any]] = [item for fields in many for item in fields.items()]
    while stack:
        name, value = stack.pop()
        if isinstance(value, Mapping):
            # What is in an item is in the list that holds the item.
            stack += [(name if part == "value" else part, inner) for part, inner in value.items()]
        elif isinstance(value, list):
            stack += [(name, inner) for inner in value]
        elif isinstance(value, str):
            _find_in_text(value, references)
        elif isinstance(value, int) and not isinstance(value, bool):
            kind = "page" if name == "topics" else name
            if kind in {"page", "document", "image"}:
                references.add(kind, value)
    return references


def _find_in_text(html: str, references: References) -> None:
    for tag in _TAG.findall(html) if "type=" in html else ():
        kind, number = _KIND.search(tag), _ID.search(tag)
        if kind and number:
            references.add(kind[1], int(number[1]))
