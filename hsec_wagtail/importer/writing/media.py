"""Documents and images of a site: named in a section document, and found again.

A file is known by its content: the SHA-1 that Wagtail keeps with it. Where a site has the same content under
several titles, the one of the same title and file name is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import unquote

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_parts import (
    NodePart,
    change_html,
    html_of,
    node_parts,
)
from hsec_wagtail.importer.document.part_kinds import PartKind
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.sequences import batched

__all__ = ["describe_files", "settle_files"]

_BATCH = 500
_LINK = re.compile(r'<a href="document:([^"/]*)/?([^"]*)">((?:(?!</a>).)*)(?:</a>)?', re.DOTALL)


def describe_files(
    *, documents: Collection[int], images: Collection[int]
) -> tuple[dict[int, nodes.File], dict[int, nodes.File]]:
    """Return how a section document names the site's ``documents`` and ``images``, by their ids.

    Those that are gone, or whose file is, are left out.
    """
    return _described(get_document_model(), documents), _described(get_image_model(), images)


def _described(model: Any, pks: Collection[int]) -> dict[int, nodes.File]:
    found = {}
    for batch in batched(sorted(pks), _BATCH):
        for row in model._default_manager.filter(pk__in=batch):
            if sha1 := row.file_hash or _hash(row):
                found[row.pk] = nodes.File(
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
    named = list(_named(document))
    known = {
        "document": _candidates(get_document_model(), _hashes(named, "document")),
        "image": _candidates(get_image_model(), _hashes(named, "image")),
    }
    missing: dict[tuple[str, str], nodes.File] = {}
    for one in named:
        pk = _choose(known[one.kind].get(one.file.sha1, ()), one.file)
        one.settle(pk)
        # A link in text does not know the title that another place may know.
        if pk is None and (one.file.title or (one.kind, one.file.sha1) not in missing):
            missing[one.kind, one.file.sha1] = one.file
    _settle_links(document, known["document"])
    return tuple(_missing(kind, file) for (kind, _), file in missing.items())


def _missing(kind: str, file: nodes.File) -> Message:
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


def _choose(rows: Collection[Any], file: nodes.File) -> int | None:
    best = max(
        rows, key=lambda row: (row.title == file.title, row.filename == file.filename), default=None
    )
    return None if best is None else int(best.pk)


class _Named(NamedTuple):
    """A file that a document names, of a kind, and what takes its id on this site."""

    kind: str
    file: nodes.File
    settle: Callable[[int | None], None]


def _hashes(named: Iterable[_Named], kind: str) -> set[str]:
    return {one.file.sha1 for one in named if one.kind == kind}


def _named(document: doc.Document) -> Iterator[_Named]:
    """Yield the files that ``document`` names, in its order."""
    for page in document.page.walk():
        yield from _linked(page.lead)
        for node in page.body:
            for one in node_parts(node):
                if one.value and one.part and one.part.kind is PartKind.FILE:
                    yield _shown(one, one.part.file)
            for html in html_of(node):
                yield from _linked(html)


def _shown(one: NodePart, kind: str) -> _Named:
    if isinstance(one.node, nodes.RawBlock):
        file = nodes.File.model_validate(one.value)
        return _Named(kind, file, partial(one.node.settle, file.sha1))
    return _Named(kind, one.value, one.value.settle)


def _linked(html: str) -> Iterator[_Named]:
    """Yield the documents that links in ``html`` lead to; :func:`_settle_links` gives these their ids."""
    for match in _LINK.finditer(html) if "document:" in html else ():
        if file := _file_of(match):
            yield _Named("document", file, lambda pk: None)


def _file_of(link: re.Match[str]) -> nodes.File | None:
    if not re.fullmatch(r"[0-9a-f]{40}", link[1]):
        return None
    return nodes.File(filename=PurePath(unquote(link[2])).name[-255:], sha1=link[1])


def _settle_links(document: doc.Document, known: Mapping[str, Collection[Any]]) -> None:
    """Put ids in place of hashes in the links to documents; a link without an id loses its tags."""

    def put(link: re.Match[str]) -> str:
        file = _file_of(link)
        pk = _choose(known.get(file.sha1, ()), file) if file else None
        return link[3] if pk is None else f'<a href="document:{pk}">{link[3]}</a>'

    def settled(html: str) -> str:
        return _LINK.sub(put, html) if "document:" in html else html

    for page in document.page.walk():
        page.lead = settled(page.lead)
        for node in page.body:
            change_html(node, settled)
