"""Documents and images of a site: how a section document names them, and how they are found again.

A file is known by its content: the SHA-1 that Wagtail keeps with it. Where a site has the same content under
several titles, the one of the same title and file name is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.sequences import batched

__all__ = ["describe_files", "settle_files"]

_BATCH = 500
_LINK = re.compile(r'<a href="document:([^"/]*)/?([^"]*)">((?:(?!</a>).)*)(?:</a>)?', re.DOTALL)


def describe_files(
    *, documents: Collection[int], images: Collection[int]
) -> tuple[dict[int, doc.File], dict[int, doc.File]]:
    """Return how a section document names the site's ``documents`` and ``images``, by their ids.

    Those that are gone, or whose file is, are left out.
    """
    return _described(get_document_model(), documents), _described(get_image_model(), images)


def _described(model: Any, pks: Collection[int]) -> dict[int, doc.File]:
    found = {}
    for batch in batched(sorted(pks), _BATCH):
        for row in model._default_manager.filter(pk__in=batch):
            if sha1 := row.file_hash or _hash(row):
                found[row.pk] = doc.File(
                    title=row.title[:255], filename=row.filename[-255:], sha1=sha1
                )
    return found


def _hash(row: Any) -> str:
    """Return the hash of a file that Wagtail has not hashed yet; "" if it is not there. Nothing is saved."""
    try:
        with row.open_file() as file:
            return str(hash_filelike(file))
    except (OSError, ValueError):
        return ""


def settle_files(document: doc.Document) -> tuple[Message, ...]:
    """Give every file that ``document`` names its id on this site; return a warning for each that is not here."""
    places = list(_places(document))
    wanted = {
        kind: {file.sha1 for _, files in places for k, file in files if k == kind}
        for kind in ("document", "image")
    }
    known = {
        "document": _candidates(get_document_model(), wanted["document"]),
        "image": _candidates(get_image_model(), wanted["image"]),
    }
    missing: dict[tuple[str, str], doc.File] = {}
    for node, files in places:
        for kind, file in files:
            file.settle(_choose(known[kind].get(file.sha1, ()), file))
            # A link in text does not know the title that another place may know.
            if file.pk is None and (file.title or (kind, file.sha1) not in missing):
                missing[kind, file.sha1] = file
        _rewrite_links(node, {file.sha1: file.pk for kind, file in files if kind == "document"})
    return tuple(_missing(kind, file) for (kind, _), file in missing.items())


def _missing(kind: str, file: doc.File) -> Message:
    names = [name for name in (file.title, file.filename) if name]
    if kind == "image":
        return Message("image-missing", names=names, sha1=file.sha1)
    return Message("document-missing", names=names, sha1=file.sha1)


def _candidates(model: Any, hashes: Collection[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for batch in batched(sorted(hashes), _BATCH):
        for row in model._default_manager.filter(file_hash__in=batch).order_by("pk"):
            found.setdefault(row.file_hash, []).append(row)
    return found


def _choose(rows: Collection[Any], file: doc.File) -> int | None:
    best = max(
        rows, key=lambda row: (row.title == file.title, row.filename == file.filename), default=None
    )
    return None if best is None else int(best.pk)


def _places(document: doc.Document) -> Iterator[tuple[BaseModel, list[tuple[str, doc.File]]]]:
    """Yield the nodes that name files, each with the kinds and files."""
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, BaseModel) and not isinstance(value, doc.File):
            parts = value.__dict__
            stack += reversed(parts.values())
            kind = "image" if isinstance(value, doc.Image) else "document"
            files = [(kind, part) for part in parts.values() if isinstance(part, doc.File)]
            files += [("document", file) for text in _texts(value) for file in _linked(text)]
            if files or any("document:" in text for text in _texts(value)):
                yield value, files


def _texts(node: BaseModel) -> Iterator[str]:
    for part in node.__dict__.values():
        if isinstance(part, str):
            yield part
        elif isinstance(node, doc.Table) and isinstance(part, list):
            yield from (cell for row in part if isinstance(row, list) for cell in row)


def _linked(html: str) -> Iterator[doc.File]:
    for sha1, name, _ in _LINK.findall(html) if "document:" in html else ():
        if re.fullmatch(r"[0-9a-f]{40}", sha1):
            yield doc.File(filename=PurePath(unquote(name)).name[-255:], sha1=sha1)


def _rewrite_links(node: BaseModel, pks: dict[str, int | None]) -> None:
    """Put ids in place of hashes in the links to documents; a link without an id loses its tags."""

    def put(match: re.Match[str]) -> str:
        pk = pks.get(match[1])
        return match[3] if pk is None else f'<a href="document:{pk}">{match[3]}</a>'

    def rewritten(value: Any) -> Any:
        if isinstance(value, list):
            return [rewritten(part) for part in value]
        return _LINK.sub(put, value) if isinstance(value, str) and "document:" in value else value

    for name, value in node.__dict__.items():
        if isinstance(value, str) or (name == "rows" and isinstance(node, doc.Table)):
            setattr(node, name, rewritten(value))
