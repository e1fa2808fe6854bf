"""What a SOURCE on the command line names: a file, standard input, a folder, packaged content."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.packaged import packaged_content, packaged_files

__all__ = ["SourceFile", "open_source"]

_DOCUMENTS = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes and what messages call them."""

    name: str
    data: bytes


def open_source(source: str | Path, *, max_bytes: int | None = None) -> list[SourceFile]:
    """Return the files that ``source`` names: one, or those of a folder or of packaged content.

    Of each no more is read than shows that it is larger than ``max_bytes``, if that is given.

    Raises:
        SourceError: Nothing of that name, or it cannot be read.
    """
    size = -1 if max_bytes is None else max_bytes + 1
    if source == "-":
        return [SourceFile("standard input", sys.stdin.buffer.read(size))]
    path = Path(source)
    try:
        if path.is_dir():
            return _folder(path, size)
        if not path.exists() and str(source) in packaged_content():
            return [SourceFile(name, data) for name, data in packaged_files(str(source))]
        return [_file(path, size)]
    except FileNotFoundError as error:
        known = ", ".join(packaged_content())
        raise SourceError(
            f"{path}: no such file. Give the path of a file, - for standard input,"
            f" or the name of packaged content ({known})."
        ) from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _folder(path: Path, size: int) -> list[SourceFile]:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _DOCUMENTS)
    if not files:
        raise SourceError(
            f"{path}: a folder without section documents ({', '.join(_DOCUMENTS)}). Name the files to import."
        )
    return [_file(file, size) for file in files]


def _file(path: Path, size: int) -> SourceFile:
    with path.open("rb") as file:
        return SourceFile(str(path), file.read(size))
