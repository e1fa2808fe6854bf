"""References in stored fields: the ids of pages, documents and images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hsec_wagtail.importer.document.page_spec import field_parts
from hsec_wagtail.importer.document.part_kinds import PartKind

__all__ = ["ReferencedObjects", "find_references"]

_TAG = re.compile(r"<(?:a|embed)\b[^>]*>")
_KIND = re.compile(r'\b(?:linktype|embedtype)="(page|document|image)"')
_ID = re.compile(r'\bid="([0-9]{1,18})"')


@dataclass(slots=True)
class ReferencedObjects:
    """The ids of referenced objects, by kind."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)

    def add(self, kind: str, pk: int) -> None:
        """Add one; ``kind`` is page, document or image."""
        found = {"page": self.pages, "document": self.documents, "image": self.images}
        found[kind].add(pk)


def find_references(many: Iterable[Mapping[str, Any]]) -> ReferencedObjects:
    """Return the references in the ``many`` fields of pages and groups.

    Rich text may hold links in blocks that no row describes, too; a number is a reference only
    where a row says what it is.
    """
    references = ReferencedObjects()
    for fields in many:
        for one in field_parts(fields):
            if isinstance(one.value, str):
                _find_in_text(one.value, references)
            elif one.part and isinstance(one.value, int) and not isinstance(one.value, bool):
                if one.part.kind is PartKind.PAGE:
                    references.add("page", one.value)
                elif one.part.kind is PartKind.FILE:
                    references.add(one.part.file, one.value)
    return references


def _find_in_text(html: str, references: ReferencedObjects) -> None:
    for tag in _TAG.findall(html) if "type=" in html else ():
        kind, number = _KIND.search(tag), _ID.search(tag)
        if kind and number:
            references.add(kind[1], int(number[1]))
