"""Folders of files, walked without leaving them and read up to a given size."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.files.listing import FileEntry, by_case, is_companion, is_hidden

__all__ = ["Folder", "read_path"]

_PIECE = 65_536


class Folder:
    """The files below a folder; what leads out of it is not followed.

    Args:
        root: The folder.
        only: Paths below it that were named one by one; None for all.
    """

    def __init__(self, root: Path, *, only: Sequence[str] | None = None) -> None:
        self._root = root
        self._real = root.resolve()
        self._only = only
        self._named = frozenset(only or ())
        self._listed: tuple[str | None, dict[str, str]] = (None, {})
        self.warnings: list[Message] = []

    def name_of(self, path: str) -> str:
        """Return what messages call the file at ``path``."""
        return str(self._root / path)

    def entries(self) -> Iterator[FileEntry]:
        """Yield the files in order, without hidden ones and those beside saved pages."""
        if self._only is not None:
            yield from (FileEntry(path, (self._root / path).stat().st_size) for path in self._only)
            return
        # Folders still to be walked, the next one last: not recursive, and one listing at a time.
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            files, below = self._list(folder)
            yield from files
            waiting += reversed(below)

    def _list(self, folder: str) -> tuple[list[FileEntry], list[str]]:
        files: list[FileEntry] = []
        below: list[str] = []
        with os.scandir(self._root / folder) as entries:
            listed = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
        for entry in listed:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if is_hidden(entry.name):
                continue
            if entry.is_symlink() and not self._leads_to_file_inside(entry):
                self.warnings.append(Message("symbolic-link", name=self.name_of(path)))
            elif entry.is_dir(follow_symlinks=False):
                below += [] if is_companion(entry.name) else [path]
            elif entry.is_file():
                files.append(FileEntry(path, entry.stat().st_size))
        return files, below

    def _leads_to_file_inside(self, entry: os.DirEntry[str]) -> bool:
        target = Path(entry.path).resolve()
        return target.is_relative_to(self._real) and target.is_file()

    def find(self, path: str) -> str | None:
        """Return the path of the file that ``path`` names, whatever the case of its letters; None if not one does."""
        if not _is_plain(path):
            return None
        found = ""
        for part in path.split("/"):
            here = self._root / found
            if not (here / part).exists():
                part = self._names_in(found).get(part.casefold(), "") if here.is_dir() else ""
                if not part:
                    return None
            found = f"{found}/{part}" if found else part
        return found if self._is_inside(found) else None

    def _names_in(self, folder: str) -> dict[str, str]:
        """Return the names in a folder by their spelling in one case; that of the last one is kept."""
        if self._listed[0] != folder:
            self._listed = (
                folder,
                by_case(entry.name for entry in (self._root / folder).iterdir()),
            )
        return self._listed[1]

    def _is_inside(self, path: str) -> bool:
        target = (self._root / path).resolve()
        return target.is_relative_to(self._real) and target.is_file()

    def read(self, path: str, size: int) -> bytes:
        """Return the first ``size`` bytes of the file at ``path``, which :meth:`find` or :meth:`entries` gave."""
        # A link that was named itself may lead anywhere.
        if path not in self._named and not self._is_inside(path):
            raise SourceError("outside-folder", name=self.name_of(path))
        return read_path(self._root / path, size)

    def close(self) -> None:
        """Nothing is open."""


def _is_plain(path: str) -> bool:
    """Tell whether ``path`` goes down, and only down, from the top."""
    return "\0" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))


def read_path(path: Path, size: int) -> bytes:
    """Return the first ``size`` bytes of a file.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            # Not at once: as much memory as is asked for would be reserved.
            pieces: list[bytes] = []
            while size > 0 and (piece := file.read(min(size, _PIECE))):
                pieces.append(piece)
                size -= len(piece)
            return b"".join(pieces)
    except FileNotFoundError as error:
        raise SourceError("file-gone", name=str(path)) from error
    except OSError as error:
        raise SourceError(
            "cannot-be-read", name=str(path), fault=error.strerror or str(error)
        ) from error
