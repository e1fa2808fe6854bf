"""Keys: what names the pages and nodes of a document, run after run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.texts import body_leaves
from hsec_wagtail.importer.text.words import html_text, words

__all__ = ["block_id", "key_from", "set_keys"]

#: Namespace of all block ids of this app, of the form RFC 9562 gives version 5.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:hsec-wagtail:block")

#: As long as a key may be in a document.
_LONGEST = 100

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})


def key_from(text: str) -> str:
    """Return a slug of ``text`` in ASCII, "page" where nothing is left of it.

    >>> key_from("Réseau de la sécurité humaine")
    'reseau-de-la-securite-humaine'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    ascii_text = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:80].strip("-") or "page"


def block_id(page_key: str, node_key: str) -> str:
    """Return the id of a block, the same in every run: a UUID of version 5."""
    return str(uuid.uuid5(NAMESPACE, f"{page_key}\n{node_key}"))


def set_keys(document: doc.Document) -> None:
    """Give every node without one a key, from what it says.

    A node that comes again unchanged keeps its key wherever it stands; of equal ones the first is
    numbered 1, the second 2.
    """
    for page in document.page.walk():
        _set_keys(
            (node, f"{_kind(node)}-{_fingerprint(text)}" if node.key is None else "")
            for node, text in _nodes(page)
        )
    _set_keys((group, group.slug or key_from(group.heading)) for group in document.navigation)
    for group in document.navigation:
        _set_keys((link, key_from(link.label)) for link in group.links)


def _set_keys(nodes: Iterable[tuple[doc.Node, str]]) -> None:
    """Give each of ``nodes`` without a key its stem, numbered where a key is taken."""
    named = list(nodes)
    taken = {node.key for node, _ in named}
    counts: Counter[str] = Counter()
    for node, stem in named:
        while node.key is None:
            counts[stem] += 1
            number = f"-{counts[stem]}" if counts[stem] > 1 else ""
            key = f"{stem[: _LONGEST - len(number)]}{number}"
            if key not in taken:
                node.key = key
                taken.add(key)


def _nodes(page: doc.Page) -> Iterator[tuple[doc.Node, str]]:
    for node in page.body:
        yield node, " ".join(leaf.text for leaf in body_leaves(node, "")) or _data(node)
        match node:
            case doc.Initiatives(items=items):
                for item in items:
                    yield item, html_text(item.html)
                    yield from ((date, date.edtf + date.text) for date in item.dates)
            case doc.ListNode(items=entries):
                yield from ((entry, html_text(entry.html)) for entry in entries)
            case doc.Members(items=members):
                yield from ((member, member.name) for member in members)
            case doc.Documents(items=documents):
                yield from ((item, _file_name(item.file)) for item in documents)
    for group in page.quick_links:
        yield group, group.slug or group.heading
        yield from ((link, link.label) for link in group.links)


def _data(node: doc.BodyNode) -> str:
    match node:
        case doc.Members(items=members):
            return " ".join(member.name for member in members)
        case doc.Documents(items=documents):
            return " ".join(_file_name(item.file) for item in documents)
        case doc.Image(file=file):
            return _file_name(file)
    return ""


def _file_name(file: doc.File | None) -> str:
    return file.sha1 if file else ""


def _kind(node: doc.Node) -> str:
    return str(getattr(node, "type", type(node).__name__.lower()))


def _fingerprint(text: str) -> str:
    said = " ".join(words(text)).casefold()
    return hashlib.sha256(said.encode()).hexdigest()[:12]
