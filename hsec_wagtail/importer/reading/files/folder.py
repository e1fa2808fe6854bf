"""Folders of files, walked without leaving them and read up to a given size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.files.listing import FileEntry, by_case, is_companion, is_hidden
from hsec_wagtail.importer.text.file_names import readable_name

__all__ = ["Folder", "read_path"]

_PIECE = 65_536
_NOT_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Folder:
    """The files below a folder; what leads out of it is not followed.

    Paths are made of readable names; files and folders whose names are not are found by these.

    Args:
        root: The folder.
        only: Paths below it that were named one by one; None for all.
    """

    def __init__(self, root: Path, *, only: Sequence[str] | None = None) -> None:
        self._root = root
        self._real = root.resolve()
        #: Paths as the file system has them, by their readable ones, where these differ.
        self._stored: dict[str, str] = {}
        self._only = None if only is None else [self._readable(path) for path in only]
        self._named = frozenset(self._only or ())
        self._listed: tuple[str | None, dict[str, str]] = (None, {})
        self.warnings: list[Message] = []

    def name_of(self, path: str) -> str:
        """Return what messages call the file at ``path``."""
        return readable_name(str(self._root / path))

    def _readable(self, stored: str, folder: str = "") -> str:
        """Return the readable path of the file or folder at the ``stored`` path, in the readable ``folder``."""
        above, _, name = stored.rpartition("/") if folder else ("", "", stored)
        readable = readable_name(name)
        path = f"{folder}/{readable}" if folder else readable
        # Two names that read the same, one of them perhaps just so.
        while self._stored.get(path, stored) != stored or (
            readable != name and _exists(self._root / above / readable)
        ):
            path, readable = f"{path}~", f"{readable}~"
        if path != stored:
            self._stored[path] = stored
        return path

    def _at(self, path: str) -> Path:
        """Return where the file or folder of the readable ``path`` lies."""
        return self._root / self._stored.get(path, path)

    def entries(self) -> Iterator[FileEntry]:
        """Yield the files in order, without hidden ones and those beside saved pages."""
        if self._only is not None:
            yield from (FileEntry(path, self._at(path).stat().st_size) for path in self._only)
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
        stored = self._stored.get(folder, folder)
        with os.scandir(self._root / stored) as entries:
            listed = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
        for entry in listed:
            path = self._readable(f"{stored}/{entry.name}" if stored else entry.name, folder)
            if is_hidden(entry.name):
                continue
            if entry.is_symlink() and not self._holds(Path(entry.path)):
                self.warnings.append(Message("symbolic-link", name=self.name_of(path)))
            elif entry.is_dir(follow_symlinks=False):
                below += [] if is_companion(entry.name) else [path]
            elif entry.is_file():
                files.append(FileEntry(path, entry.stat().st_size))
        return files, below

    def _holds(self, path: Path) -> bool:
        """Tell whether a file of the folder lies at ``path``; not what nobody may look at, nor a circle of links."""
        try:
            target = path.resolve()
            return target.is_relative_to(self._real) and target.is_file()
        except (OSError, RuntimeError, ValueError):
            return False

    def find(self, path: str) -> str | None:
        """Return the path of the file that ``path`` names, whatever the case of its letters; None if not one does."""
        if not _is_plain(path):
            return None
        found = ""
        for part in path.split("/"):
            path = f"{found}/{part}" if found else part
            if not _exists(self._at(path)):
                part = self._names_in(found).get(part.casefold(), "")
                if not part:
                    return None
            found = f"{found}/{part}" if found else part
        return found if self._holds(self._at(found)) else None

    def _names_in(self, folder: str) -> dict[str, str]:
        """Return the names in a folder by their spelling in one case; that of the last one is kept."""
        if self._listed[0] != folder:
            self._listed = (folder, by_case(self._names(folder)))
        return self._listed[1]

    def _names(self, folder: str) -> list[str]:
        stored = self._stored.get(folder, folder)
        try:
            names = [path.name for path in (self._root / stored).iterdir()]
        except OSError:
            return []
        paths = [self._readable(f"{stored}/{name}" if stored else name, folder) for name in names]
        return [path.rpartition("/")[2] for path in paths]

    def read(self, path: str, size: int) -> bytes:
        """Return the first ``size`` bytes of the file at ``path``, which :meth:`find` or :meth:`entries` gave."""
        # A link that was named itself may lead anywhere.
        if path not in self._named and not self._holds(self._at(path)):
            raise SourceError("outside-folder", name=self.name_of(path))
        return read_path(self._at(path), size)

    def close(self) -> None:
        """Nothing is open."""


def _is_plain(path: str) -> bool:
    """Tell whether ``path`` goes down, and only down, from the top."""
    return "\0" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # A name too long for any file, as links of a page may have.
        return False


def read_path(path: Path, size: int) -> bytes:
    """Return the first ``size`` bytes of a file.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        # Not blocking: a pipe that nobody writes to would be waited for for ever.
        with os.fdopen(os.open(path, os.O_RDONLY | _NOT_BLOCKING), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise SourceError("not-a-file", name=readable_name(str(path)))
            # Not at once: as much memory as is asked for would be reserved.
            pieces: list[bytes] = []
            while size > 0 and (piece := file.read(min(size, _PIECE))):
                pieces.append(piece)
                size -= len(piece)
            return b"".join(pieces)
    except FileNotFoundError as error:
        raise SourceError("file-gone", name=readable_name(str(path))) from error
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or str(error)
        raise SourceError("cannot-be-read", name=readable_name(str(path)), fault=fault) from error
