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


def open_source(source: str | Path) -> list[SourceFile]:
    """Return the files that ``source`` names: one, or those of a folder or of packaged content.

    Raises:
        SourceError: Nothing of that name, or it cannot be read.
    """
    if source == "-":
        return [SourceFile("standard input", sys.stdin.buffer.read())]
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    if not path.exists() and str(source) in packaged_content():
        return [SourceFile(name, data) for name, data in packaged_files(str(source))]
    return [_file(path)]


def _folder(path: Path) -> list[SourceFile]:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _DOCUMENTS)
    if not files:
        raise SourceError(
            f"{path}: a folder without section documents ({', '.join(_DOCUMENTS)}). Name the files to import."
        )
    return [_file(file) for file in files]


def _file(path: Path) -> SourceFile:
    try:
        return SourceFile(str(path), path.read_bytes())
    except FileNotFoundError as error:
        known = ", ".join(packaged_content())
        raise SourceError(
            f"{path}: no such file. Give the path of a file, - for standard input,"
            f" or the name of packaged content ({known})."
        ) from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}.") from error
