"""Keys, which name the pages and nodes of a document in every run."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.node_specs import spec_of
from hsec_wagtail.importer.document.nodes import File, Node, RawBlock
from hsec_wagtail.importer.document.part_kinds import PartKind
from hsec_wagtail.importer.document.texts import node_leaves, own_text
from hsec_wagtail.importer.text.words import words

__all__ = ["ascii_slug", "block_id", "key_from", "set_keys", "slug_from"]

#: Namespace of all block ids of this app, of the form RFC 9562 gives version 5.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:hsec-wagtail:block")

#: As long as a key may be in a document.
_LONGEST = 100

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})


def key_from(text: str) -> str:
    """Return a slug of ``text``, Latin letters in ASCII and others as they are, "page" where nothing is left of it.

    >>> key_from("Réseau de la sécurité humaine")
    'reseau-de-la-securite-humaine'
    >>> key_from("Чистые озёра")
    'чистые-озёра'
    """
    kept = "".join(_kept(unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))))
    plain = unicodedata.normalize("NFC", kept)
    return re.sub(r"-+", "-", plain).strip("-")[:80].strip("-") or "page"


def slug_from(text: str) -> str:
    """Return a slug of ``text`` as Django takes it: its key without vowel signs and other marks.

    >>> slug_from("मानव सुरक्षा")
    'मनव-सरकष'
    """
    key = key_from(text)
    kept = "".join(one for one in key if not unicodedata.category(one).startswith("M"))
    return re.sub(r"-+", "-", kept).strip("-") or "page"


def ascii_slug(text: str) -> str:
    """Return a slug of ``text`` in ASCII, "page" where nothing is left of it.

    >>> ascii_slug("Озёра UN")
    'un'
    """
    ascii_text = key_from(text).encode("ascii", "ignore").decode()
    return re.sub(r"-+", "-", ascii_text).strip("-") or "page"


def _kept(decomposed: str) -> Iterator[str]:
    """Yield what a key keeps of each character, a hyphen for what is no letter and no digit."""
    is_latin = True
    for character in decomposed:
        if character.isascii():
            is_latin = True
            yield character if character.isalnum() else "-"
        elif unicodedata.category(character).startswith("M"):
            yield "" if is_latin else character
        elif unicodedata.category(character) in {"Ll", "Lo", "Lm", "Nd"}:
            # Latin letters that no accent makes have no place in ASCII.
            is_latin = unicodedata.name(character, "").startswith("LATIN ")
            yield "" if is_latin else character


def block_id(page_key: str, node_key: str) -> str:
    """Return the id of a block, the same in every run: a UUID of version 5."""
    return str(uuid.uuid5(NAMESPACE, f"{page_key}\n{node_key}"))


def set_keys(document: doc.Document) -> None:
    """Give every node without a key one, made from its content.

    An unchanged node keeps its key wherever it is moved; of equal ones the first is
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


def _set_keys(nodes: Iterable[tuple[Node, str]]) -> None:
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


def _nodes(page: doc.Page) -> Iterator[tuple[Node, str]]:
    """Yield the nodes of ``page``, those within others behind these, with what their keys are made of."""
    for node in page.body:
        said = " ".join(leaf.text for leaf in node_leaves(node, ""))
        yield node, said or " ".join(_facts(node))
        yield from _items(node)
    for group in page.quick_links:
        yield group, group.slug or group.heading
        yield from ((link, link.label) for link in group.links)


def _items(node: Node) -> Iterator[tuple[Node, str]]:
    for item in _items_in(node):
        fields = spec_of(item).key_parts
        said = "".join(_fact(getattr(item, name)) for name in fields) if fields else own_text(item)
        yield item, said or " ".join(_facts(item))
        yield from _items(item)


def _items_in(node: Node) -> Iterator[Node]:
    for part in spec_of(node).parts:
        if part.kind is PartKind.LIST:
            yield from getattr(node, part.field)


def _facts(node: Node) -> Iterator[str]:
    """Yield the data that identify a node without text, then those of its items."""
    if isinstance(node, RawBlock):
        yield json.dumps(node.value, ensure_ascii=False, sort_keys=True)
        return
    parts = (part for part in spec_of(node).parts if part.kind is not PartKind.SETTING)
    values = (getattr(node, part.field) for part in parts if part.kind is not PartKind.LIST)
    yield from filter(None, map(_fact, values))
    for item in _items_in(node):
        yield own_text(item) or " ".join(_facts(item))


def _fact(value: Any) -> str:
    if isinstance(value, File):
        return value.sha1
    if isinstance(value, list):
        return " ".join(map(_fact, value))
    return "" if value is None or value is False else str(value)


def _kind(node: Node) -> str:
    return str(getattr(node, "type", type(node).__name__.lower()))


def _fingerprint(text: str) -> str:
    said = " ".join(words(text)).casefold()
    return hashlib.sha256(said.encode()).hexdigest()[:12]
