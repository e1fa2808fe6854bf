"""Bundles: the files, standard input, folders, archives or packaged content that SOURCE arguments name."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Protocol

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.limits import Bounds, Deadline
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.files.folder import Folder
from hsec_wagtail.importer.reading.files.listing import (
    DOCUMENTS,
    FileEntry,
    Tally,
    is_document,
    is_page,
)
from hsec_wagtail.importer.reading.files.packaged import packaged_content, packaged_files
from hsec_wagtail.importer.reading.files.zip_archive import Archive
from hsec_wagtail.importer.text.file_names import readable_name

__all__ = ["Bounds", "Bundle", "SourceFile", "open_bundle"]

#: A section document names its format at its beginning.
_MARK = b"hsec-section/"
_BEGINNING = 4096


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of an import: its name in messages, its path among the others, and its bytes.

    ``path`` is its place below the top of the bundle, "" for what has none. The bytes are read each
    time they are asked for, one more than the bound at most.
    """

    name: str
    path: str
    _read: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self._read()


class _Container(Protocol):
    """Where the files of a source lie."""

    warnings: list[Message]

    def name_of(self, path: str) -> str: ...

    def entries(self) -> Iterator[FileEntry]: ...

    def find(self, path: str) -> str | None: ...

    def read(self, path: str, size: int) -> bytes: ...

    def close(self) -> None: ...


class Bundle:
    """The files of an import, in order; their bytes are read when they are asked for.

    Args:
        name: Name of the whole in messages.
        places: Where the files lie, by what stands before their paths.
        loose: Files that lie nowhere: standard input, packaged content.
        bounds: How much is read.
        named: Whether the files that lie in no folder or archive were named one by one, so that they are
            read whatever they are called.
        deadline: By when they must have been read.
    """

    def __init__(
        self,
        name: str,
        places: dict[str, _Container],
        *,
        bounds: Bounds,
        loose: Sequence[SourceFile] = (),
        named: bool = False,
        deadline: Deadline | None = None,
    ) -> None:
        self.name = name
        self._places = places
        self._size = bounds.source_bytes + 1
        self._deadline = deadline or Deadline(None)
        self._loose = loose
        self._paths: list[str] = []
        self._listed = False
        self._own_warnings: list[Message] = []
        try:
            self._list(bounds, named=named)
        except BaseException:
            self.close()
            raise
        #: Whether the files are pages that make one tree, not sources each for itself.
        alone = named and len(self._places) == 1 and len(self._paths) == 1
        self.is_site = bool(self._paths) and not alone and not is_document(self._paths[0])

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Files of the sources that are not read, and why."""
        said = [text for place in self._places.values() for text in place.warnings]
        return (*said, *self._own_warnings)

    def __len__(self) -> int:
        return len(self._loose) + len(self._paths)

    def __iter__(self) -> Iterator[SourceFile]:
        for number, file in enumerate(chain(self._loose, map(self.file, self._paths))):
            done = Message("files-read", name=self.name, done=number, total=len(self))
            self._deadline.check(SourceError, done)
            yield file

    def __enter__(self) -> Bundle:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open; nothing can be read any more."""
        for place in self._places.values():
            place.close()

    def file(self, path: str) -> SourceFile:
        """Return the file at ``path``, which :meth:`find` gave."""
        place, below = self._at(path)
        if place is None:
            raise KeyError(path)
        return SourceFile(place.name_of(below), path, lambda: place.read(below, self._size))

    def find(self, path: str) -> str | None:
        """Return the path of the file that ``path`` names: a page, or an image beside one; None if none is.

        Where no file has just this name, one that differs only in the case of letters is it, as on the
        servers of old.
        """
        place, below = self._at(path)
        found = None if place is None else place.find(below)
        return None if found is None else f"{path[: len(path) - len(below)]}{found}"

    def _at(self, path: str) -> tuple[_Container | None, str]:
        head, slash, below = path.partition("/")
        if slash and f"{head}/" in self._places:
            return self._places[f"{head}/"], below
        return self._places.get(""), path

    def _list(self, bounds: Bounds, *, named: bool) -> None:
        """List the pages, or the section documents where there are no pages."""
        tally = Tally(self.name, bounds)
        pages: list[str] = []
        documents: list[str] = []
        for prefix, place in self._places.items():
            for member in place.entries():
                name = member.path.rpartition("/")[2]
                if is_page(name) or is_document(name) or (named and not prefix):
                    tally.add(member)
                    (documents if is_document(name) else pages).append(f"{prefix}{member.path}")
        self._paths = self._choose(pages, documents)
        if not len(self):
            known = [".htm", ".html", ".asp", ".php", ".txt", *DOCUMENTS]
            raise SourceError("no-pages", name=self.name, known=known)

    def _choose(self, pages: list[str], documents: list[str]) -> list[str]:
        captures = [path for path in pages if path.lower().endswith(".txt")]
        if not documents:
            return pages
        if len(captures) == len(pages):
            self._own_warnings += [
                Message("beside-documents", name=self.file(path).name) for path in captures
            ]
            return documents
        # Sites have data files of their own; they are no pages.
        mixed = next(
            (path for path in documents if _MARK in self.file(path).data[:_BEGINNING]), None
        )
        if mixed:
            raise SourceError("pages-and-documents", name=self.name, page=pages[0], document=mixed)
        return pages


def open_bundle(
    sources: Sequence[str | Path],
    *,
    bounds: Bounds | None = None,
    deadline: Deadline | None = None,
) -> Bundle:
    """Return the files that ``sources`` name; the bundle is to be closed.

    A source is a file, a folder, a ZIP archive, ``-``, or the name of packaged content. Several make one
    bundle: files stand below the folder that all of them are in, folders and archives below their names.

    Raises:
        SourceError: Nothing of that name, too much, something that is not safe to read, or no page in it.
    """
    bounds = bounds or Bounds()
    names = list(dict.fromkeys(sources))
    title = ", ".join(readable_name(str(name)) for name in names[:3]) + (
        ", …" if len(names) > 3 else ""
    )
    loose: list[SourceFile] = []
    files: list[Path] = []
    places: dict[str, _Container] = {}
    try:
        for name in names:
            with _readable_errors(name):
                if found := _loose(name, bounds):
                    loose += found
                elif (place := _place(Path(name), bounds)) is not None:
                    places[_prefix(Path(name), places) if len(names) > 1 else ""] = place
                else:
                    files.append(Path(name))
        if files:
            places[""] = _folder_of(files)
        with _readable_errors(title):
            return Bundle(
                title, places, bounds=bounds, loose=loose, named=bool(files), deadline=deadline
            )
    except BaseException:
        for place in places.values():
            place.close()
        raise


@contextmanager
def _readable_errors(name: str | Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _no_such_file(name) from error
    except OSError as error:
        fault = error.strerror or str(error)
        raise SourceError("cannot-be-read", name=readable_name(str(name)), fault=fault) from error
    except ValueError as error:
        # A null character, or half of one.
        raise _no_such_file(name) from error


def _no_such_file(name: str | Path) -> SourceError:
    return SourceError("no-such-file", name=readable_name(str(name)), known=packaged_content())


def _loose(name: str | Path, bounds: Bounds) -> list[SourceFile]:
    """Return what ``name`` means where it is the name of no file."""
    if name == "-":
        data = sys.stdin.buffer.read(bounds.source_bytes + 1)
        return [SourceFile("standard input", "", lambda: data)]
    if Path(name).exists() or str(name) not in packaged_content():
        return []
    return [SourceFile(file, "", partial(bytes, data)) for file, data in packaged_files(str(name))]


def _place(path: Path, bounds: Bounds) -> _Container | None:
    """Return the folder or the archive that lies at ``path``, None for any other file."""
    if path.is_dir():
        return Folder(path)
    # What is not there is said now, not when it is read.
    if not stat.S_ISREG(path.stat().st_mode):
        raise SourceError("not-a-file", name=readable_name(str(path)))
    if path.suffix.lower() == ".zip":
        return Archive(path, bounds=bounds)
    return None


def _prefix(path: Path, places: Mapping[str, _Container]) -> str:
    """Return what stands before the paths of a folder or archive where there are several sources."""
    stem = path.resolve().name if path.is_dir() else path.stem
    numbers = (f"{stem}-{n}/" for n in count(2))
    return next(name for name in chain([f"{stem}/"], numbers) if name not in places)


def _folder_of(files: Sequence[Path]) -> Folder:
    """Return the folder that all of ``files`` are in, with just these in it."""
    if len(files) > 1 and any(file.is_absolute() or ".." in file.parts for file in files):
        # Not resolved: what was named may be a link.
        files = [Path(os.path.normpath(Path.cwd() / file)) for file in files]
    top = Path(os.path.commonpath([file.parent for file in files]))
    return Folder(top, only=[file.relative_to(top).as_posix() for file in files])
