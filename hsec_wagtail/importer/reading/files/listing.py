"""The files of a folder or an archive: pages, companions of pages, hidden files, and their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.limits import Bounds

__all__ = [
    "FileEntry",
    "Tally",
    "by_case",
    "is_companion",
    "is_document",
    "is_hidden",
    "is_page",
    "path_order",
]

DOCUMENTS = (".json", ".yaml", ".yml")

# Mirroring tools put a page's query into its name.
_PAGE = re.compile(r".+\.(?:[sx]?html?|aspx?|php|jsp|cfm|txt)(?:[?@].*)?", re.IGNORECASE)
#: What browsers and Word call the folder of what a saved page shows.
_COMPANION = re.compile(r".+(?:_files|\.files|_fichiers|_dateien|-dateien)", re.IGNORECASE)
_OF_SYSTEMS = frozenset({"__macosx", "robots.txt"})


class FileEntry(NamedTuple):
    """A file by its path below the top, separated by slashes, and its size in bytes."""

    path: str
    size: int


def is_page(name: str) -> bool:
    """Tell whether the file called ``name`` may be a saved page or a text capture."""
    return bool(_PAGE.fullmatch(name))


def is_document(name: str) -> bool:
    """Tell whether the file called ``name`` may be a section document."""
    return name.lower().endswith(DOCUMENTS)


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder called ``name`` is no part of the site that was saved."""
    return name.startswith(".") or name.lower() in _OF_SYSTEMS


def is_companion(name: str) -> bool:
    """Tell whether the folder called ``name`` holds what a saved page shows, not pages."""
    return bool(_COMPANION.fullmatch(name))


def path_order(path: str) -> tuple[tuple[bool, str, str], ...]:
    """Return what to sort paths by: the files of a folder, then what is in the folders below it."""
    *folders, name = path.split("/")
    return (*((True, part.casefold(), part) for part in folders), (False, name.casefold(), name))


def by_case(names: Iterable[str]) -> dict[str, str]:
    """Return ``names`` by their spelling in one case, without those that differ in nothing else."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for name in names:
        folded = name.casefold()
        if folded in found:
            twice.add(folded)
        found[folded] = name
    return {folded: name for folded, name in found.items() if folded not in twice}


class Tally:
    """Counts the files of an import and refuses one too many.

    Args:
        name: Name of the whole in messages.
        bounds: What is allowed.
    """

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._name = name
        self._bounds = bounds
        self._files = 0
        self._bytes = 0

    def add(self, member: FileEntry) -> None:
        """Count ``member``.

        Raises:
            SourceError: It is one file, or its bytes are some, too many.
        """
        self._files += 1
        self._bytes += member.size
        if self._files > self._bounds.files:
            raise SourceError("too-many-files", name=self._name, most=self._bounds.files)
        if self._bytes > self._bounds.total_bytes:
            raise SourceError("too-many-bytes", name=self._name, most=self._bounds.total_bytes)
