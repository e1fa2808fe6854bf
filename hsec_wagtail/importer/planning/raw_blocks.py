"""Raw blocks of StreamFields and lists: identified, compared, and found by the steps to them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hsec_wagtail.importer.document.page_spec import FIELD_PARTS
from hsec_wagtail.importer.document.part_kinds import NodeSpec, Part, PartKind
from hsec_wagtail.importer.document.stored_parts import item_spec

__all__ = [
    "ABSENT",
    "BlockKey",
    "FieldSpot",
    "Steps",
    "as_blocks",
    "canonical",
    "fingerprint",
    "has_id",
    "keyed",
    "names",
    "same",
    "spots",
]

#: Stands for a field or a block that is missing; compares like an empty one.
ABSENT: Final = object()

#: A raw block: {"type", "value", "id"}.
Block = Mapping[str, Any]

#: The way to a place: names of fields, blocks and parts, each with its number among the blocks of its
#: type, 0 if it is not counted.
Steps = tuple[tuple[str, int], ...]

#: Identifies a block in its list: its id, or its content; and how many of that name come before it.
BlockKey = tuple[tuple[str, str], int]


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same to an editor; nothing is the same as empty."""
    if one is other or one == other:
        return True
    if isinstance(one, list) and isinstance(other, list):
        # Part by part, so that the first difference ends it.
        return len(one) == len(other) and all(
            a == b or canonical(a) == canonical(b) for a, b in zip(one, other, strict=True)
        )
    return _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    return None if value is ABSENT else canonical(value) or None


def as_blocks(value: Any) -> list[Any] | None:
    """Return ``value`` as a list of blocks, empty for what is empty; None if it is something else."""
    if isinstance(value, list):
        return value if all(_is_block(part) for part in value) else None
    return [] if _plain(value) is None else None


def _is_block(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value and "value" in value


def keyed(blocks: Iterable[Block]) -> dict[BlockKey, Any]:
    """Return ``blocks`` by their keys, in order.

    Of blocks with one id, which copies may have, the second is another block. One without an id is
    known by what it says.
    """
    found: dict[BlockKey, Any] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for block in blocks:
        name = _name(block)
        found[name, seen[name]] = block
        seen[name] += 1
    return found


def has_id(key: BlockKey) -> bool:
    """Return whether the block of ``key`` has an id."""
    return key[0][0] == "id"


def _name(block: Block) -> tuple[str, str]:
    identity = canonical(block.get("id")) or None
    if identity is None:
        return ("says", fingerprint(dict(block)))
    return ("id", identity if isinstance(identity, str) else repr(identity))


def names(value: Any) -> Counter[tuple[str, str]]:
    """Return how often each block is in ``value``, at any depth."""
    found: Counter[tuple[str, str]] = Counter()
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, dict):
            if _is_block(part):
                found[_name(part)] += 1
            rest += part.values()
        elif isinstance(part, list):
            rest += part
    return found


@dataclass(frozen=True, slots=True)
class FieldSpot:
    """A place in the fields of a page.

    ``path`` is the content path, as comments on pages and translations spell it; ``steps`` are the
    names of fields, blocks and parts on the way, from which ``hsec_wagtail.models.labels`` makes a label.
    ``spec`` and ``part`` are the rows of the block and of the part here, None where none describes it;
    ``inside`` is the name of the part of the block that holds this one, if one does.
    """

    path: str
    steps: Steps
    spec: NodeSpec | None = None
    part: Part | None = None
    inside: str = ""

    @classmethod
    def of_field(cls, name: str) -> FieldSpot:
        """Return the place of a field."""
        return cls(name, ((name, 0),), part=FIELD_PARTS.get(name))

    def of_part(self, name: str) -> FieldSpot:
        """Return the place of a part of the struct here."""
        stored = f"{self.inside}.{name}" if self.inside else name
        part = self.spec.part_at(stored) if self.spec else None
        return FieldSpot(f"{self.path}.{name}", (*self.steps, (name, 0)), self.spec, part, stored)

    def of_block(self, key: BlockKey, block: Block, number: int) -> FieldSpot:
        """Return the place of a block of the list here, the ``number``-th of its type."""
        kind = str(block["type"])
        name = key[0][1] if has_id(key) else str(number)
        path, steps = f"{self.path}.{name}", (*self.steps, (kind, number))
        if self.part is None or self.part.kind is not PartKind.LIST:
            # The cells of a row, and the pages of a list, are parts of the same kind as the whole.
            return FieldSpot(path, steps, part=self.part)
        spec = item_spec(self.part, block)
        return FieldSpot(path, steps, spec, spec.part_at("") if spec else None)


def spots(
    spot: FieldSpot, blocks: Mapping[BlockKey, Block]
) -> Iterator[tuple[BlockKey, FieldSpot]]:
    """Yield the key and the place of each of ``blocks``, which are the list at ``spot``."""
    counts: Counter[str] = Counter()
    for key, block in blocks.items():
        kind = str(block["type"])
        counts[kind] += 1
        yield key, spot.of_block(key, block, counts[kind])


_KEYS_OF_EDITOR = re.compile(r' data-block-key="[^"]*"')
_LINE_ENDS = re.compile(r"\r+\n")
_BLANKS = re.compile(r"[ \t\n]+")
_LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</p>).)*)</p>", re.DOTALL)
_BLANKS_IN_TAGS = re.compile(r" ?(</?(?:p|li|ul|ol)>) ?")


def canonical(value: Any) -> Any:
    """Return ``value`` as it is compared: additions and spellings of an editor's form are ignored.

    Draftail gives every block of rich text a key, writes ``<b>`` for ``<strong>`` and puts lone words,
    such as those of a table's cell, into a paragraph and folds blanks; forms save "" for None and end lines
    as the web does.
    """
    if isinstance(value, dict):
        return {name: part for name, part in ((n, canonical(p)) for n, p in value.items()) if part}
    if isinstance(value, list):
        return [canonical(part) for part in value]
    if isinstance(value, str):
        return _canonical_text(value)
    return value or None


def _canonical_text(text: str) -> str | None:
    text = _LINE_ENDS.sub("\n", text)
    if "<" not in text and "&" not in text:
        return text.strip() or None
    plain = _KEYS_OF_EDITOR.sub("", text)
    for one, other in (("strong>", "b>"), ("em>", "i>"), ("&nbsp;", "\u00a0"), ("<br/>", "<br>"),
                       ("&#x27;", "'"), ("&quot;", '"')):  # fmt: skip
        plain = plain.replace(one, other)
    plain = _BLANKS_IN_TAGS.sub(r"\1", _BLANKS.sub(" ", plain)).strip()
    if alone := _LONE_PARAGRAPH.fullmatch(plain):
        plain = alone[1].strip()
    return plain or None


def fingerprint(fields: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical form of ``fields``."""
    text = json.dumps(canonical(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
