"""Text whose UTF-8 was taken for windows-1252 and encoded once more: ``Ã©`` for ``é``."""

from __future__ import annotations

import re

__all__ = ["decoded_once_more"]

#: Fewer such sequences may be meant: a page may quote one.
_FEWEST = 2


def _characters(byte: int) -> set[str]:
    """Return what ``byte`` is shown as in windows-1252, and in latin-1."""
    return {bytes([byte]).decode("cp1252", "replace"), chr(byte)} - {"\ufffd"}


_BYTES = {ord(text): byte for byte in range(0x80, 0x100) for text in _characters(byte)}


def _class(first: int, last: int) -> str:
    found = {text for byte in range(first, last + 1) for text in _characters(byte)}
    return "[" + re.escape("".join(sorted(found))) + "]"


_REST = _class(0x80, 0xBF)
_SEQUENCE = re.compile(
    f"{_class(0xC2, 0xDF)}{_REST}|{_class(0xE0, 0xEF)}{_REST}{{2}}|{_class(0xF0, 0xF4)}{_REST}{{3}}"
)


def decoded_once_more(text: str) -> str | None:
    """Return ``text`` as it was before it was encoded twice, None if it was not.

    What is right already stays, so that a template in one encoding may surround a text in another.

    >>> decoded_once_more("le comitÃ© des rÃ©fugiÃ©s")
    'le comité des réfugiés'
    """
    if text.isascii():
        return None
    found = [sequence for sequence in _SEQUENCE.findall(text) if _decoded(sequence) != sequence]
    others = sum(1 for character in text if not character.isascii()) - sum(map(len, found))
    if len(found) < _FEWEST or others > len(found):
        return None
    return _SEQUENCE.sub(lambda match: _decoded(match[0]), text)


def _decoded(sequence: str) -> str:
    """Return the character that ``sequence`` stands for, or itself."""
    try:
        return bytes(_BYTES[ord(character)] for character in sequence).decode()
    except UnicodeDecodeError:
        return sequence
