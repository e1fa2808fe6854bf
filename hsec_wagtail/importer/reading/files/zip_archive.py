"""ZIP archives of files: checked before anything in them is read, and never unpacked to disk."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.limits import Bounds
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.files.listing import (
    FileEntry,
    Tally,
    by_case,
    is_companion,
    is_hidden,
    path_order,
)
from hsec_wagtail.importer.text.file_names import readable_name

__all__ = ["Archive"]

_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_NESTED = re.compile(r".+\.(?:zip|7z|rar|tar|tgz|gz|bz2|xz|jar)", re.IGNORECASE)
#: Archives that hold no more than this are no bombs, however well they are packed.
_HARMLESS = 10_000_000
#: Bytes of the directory that a file may take up: a header and a long name.
_DIRECTORY_ENTRY = 600
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip


class _Watched(io.BufferedReader):
    """A file that refuses to be read in larger pieces than ``limit``, if that is set."""

    limit: int | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next ``size`` bytes."""
        if self.limit is not None and size is not None and size > self.limit:
            raise _TooLarge(size)
        return super().read(size)


class _TooLarge(Exception):
    """The directory of an archive has as many bytes as the argument says."""


class Archive:
    """The files of a ZIP archive.

    Args:
        path: The archive.
        bounds: What it may hold.

    Raises:
        SourceError: It is broken, holds too much, or something that a saved site does not.
    """

    def __init__(self, path: Path, *, bounds: Bounds) -> None:
        self._path = path
        self._name = readable_name(str(path))
        self.warnings: list[Message] = []
        self._file = _Watched(io.FileIO(path))
        try:
            self._zip = self._open(bounds)
            self._entries = self._check(bounds)
        except BaseException:
            self._file.close()
            raise
        self._alike = by_case(self._entries)

    def _open(self, bounds: Bounds) -> zipfile.ZipFile:
        # The directory is read in one piece, and is all in memory then.
        self._file.limit = bounds.files * _DIRECTORY_ENTRY
        try:
            return zipfile.ZipFile(self._file)
        except _TooLarge as error:
            raise SourceError(
                "archive-directory-too-large",
                name=self._name,
                bytes=error.args[0],
                most=bounds.files,
            ) from error
        except _BROKEN as error:
            raise SourceError("archive-broken", name=self._name, fault=str(error)) from error
        finally:
            self._file.limit = None

    def _check(self, bounds: Bounds) -> dict[str, zipfile.ZipInfo]:
        tally = Tally(self._name, bounds)
        entries: dict[str, zipfile.ZipInfo] = {}
        held = 0
        for info in self._zip.infolist():
            path = self._path_of(info)
            if info.is_dir() or path.endswith("/"):
                continue
            self._check_entry(info, path)
            if path in entries:
                raise SourceError("archived-file-twice", name=self._name, path=path[:200])
            tally.add(FileEntry(path, info.file_size))
            held += info.file_size
            entries[path] = info
        packed = max(self._path.stat().st_size, 1)
        if held > max(_HARMLESS, packed * bounds.expansion):
            raise SourceError(
                "archive-expands", name=self._name, bytes=held, times=bounds.expansion
            )
        return {path: entries[path] for path in sorted(entries, key=path_order)}

    def _path_of(self, info: zipfile.ZipInfo) -> str:
        """Return the path of an entry, separated by slashes.

        Raises:
            SourceError: It leads out of the archive.
        """
        name = info.orig_filename
        if not info.flag_bits & _NAME_IS_UTF8:
            name = _as_utf8(name)
        path = name.replace("\\", "/")
        parts = path.removesuffix("/").split("/")
        if "\0" in path or path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts:
            raise SourceError("archived-file-leads-out", name=self._name, path=name[:200])
        tail = "/" if path.endswith("/") else ""
        return "/".join(part for part in parts if part not in {"", "."}) + tail

    def _check_entry(self, info: zipfile.ZipInfo, path: str) -> None:
        if stat.S_ISLNK(info.external_attr >> 16):
            raise SourceError("archived-file-is-link", name=self._name, path=path[:200])
        if info.flag_bits & _ENCRYPTED:
            raise SourceError("archived-file-encrypted", name=self._name, path=path[:200])
        if _NESTED.fullmatch(path):
            raise SourceError("archived-file-is-archive", name=self._name, path=path[:200])

    def name_of(self, path: str) -> str:
        """Return what messages call the file at ``path``."""
        return f"{self._name}/{readable_name(path)}"

    def entries(self) -> Iterator[FileEntry]:
        """Yield the files in order, without hidden ones and those beside saved pages."""
        for path, info in self._entries.items():
            *folders, name = path.split("/")
            if not any(map(is_hidden, (*folders, name))) and not any(map(is_companion, folders)):
                yield FileEntry(path, info.file_size)

    def find(self, path: str) -> str | None:
        """Return the path of the file that ``path`` names, whatever the case of its letters; None if not one does."""
        return path if path in self._entries else self._alike.get(path.casefold())

    def read(self, path: str, size: int) -> bytes:
        """Return the first ``size`` bytes of the file at ``path``.

        Raises:
            SourceError: It is damaged.
        """
        try:
            with self._zip.open(self._entries[path]) as file:
                return file.read(size)
        except _BROKEN as error:
            raise SourceError(
                "archived-file-broken", name=self.name_of(path), fault=str(error)
            ) from error

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()
        self._file.close()


def _as_utf8(name: str) -> str:
    """Return ``name``, read as the code page of DOS, as the UTF-8 that it may be: many tools do not say so."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
