"""Targets that a link may have, and links in the raw data of a body or a group, read without making its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["TARGETS", "has_target", "is_unresolved", "unresolved_links"]

#: What a link may lead to; one of them at most has a value.
TARGETS = ("page", "url", "document")


def has_target(link: Mapping[str, Any]) -> bool:
    """Return whether ``link``, raw or a value, leads anywhere."""
    return any(link.get(name) for name in TARGETS)


def is_unresolved(link: Mapping[str, Any]) -> bool:
    """Return whether ``link`` has a label, and no target is known yet."""
    return bool(link.get("label")) and not has_target(link)


def unresolved_links(data: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the blocks of links without a target in the raw data of a body, in its order."""
    for block in data:
        if block["type"] == "link" and is_unresolved(block["value"]):
            yield block
