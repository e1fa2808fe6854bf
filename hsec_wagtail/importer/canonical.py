"""Stored values as they are compared: what an editor's form adds or spells otherwise put aside."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["canonical", "fingerprint"]

_KEYS_OF_EDITOR = re.compile(r' data-block-key="[^"]*"')
_LINE_ENDS = re.compile(r"\r+\n")
_BLANKS = re.compile(r"[ \t\n]+")
_LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</p>).)*)</p>", re.DOTALL)
_BLANKS_IN_TAGS = re.compile(r" ?(</?(?:p|li|ul|ol)>) ?")


def canonical(value: Any) -> Any:
    """Return ``value`` as it is compared: what an editor's form adds or spells otherwise put aside.

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
