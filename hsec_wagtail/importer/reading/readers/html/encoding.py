"""Decoding of saved pages, whatever encoding they declare."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.source import BOMS
from hsec_wagtail.importer.text.encoded_twice import decoded_once_more

__all__ = ["Decoded", "decode_page", "looks_like_html"]

#: How far into a page the encoding may be declared: browsers look no further than a kilobyte, editors write
#: long comments before it.
_HEAD = 8192

_DECLARED = re.compile(
    rb"<meta\b[^<>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w:.-]+)"
    rb"|\A\s*<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# As the WHATWG says: what calls itself one of these is in the encoding of Windows.
_MEANS_WINDOWS = frozenset({"ascii", "iso8859-1", "cp1252"})
# Bytes that no character of windows-1252 has stand for control characters, as in browsers.
_WINDOWS = [
    bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256)
]
_WINDOWS_TABLE = {byte: text for byte, text in enumerate(_WINDOWS) if text != chr(byte)}
#: Encodings of pages that declare none: what their letters beyond ASCII are, where they are words.
_CYRILLIC = re.compile("[а-яё]{3}")
# Signs that texts are full of, and words of a single letter beyond ASCII.
_SIGNS = frozenset("«»’‘“”–—…•·©®°€£§½\u00a0")
_WORDS = frozenset("àÀéÉèóyáúåøæöÅØÆÖ")
_AROUND = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and warnings of a wrong declaration."""

    text: str
    encoding: str
    warnings: tuple[Message, ...] = ()


def decode_page(data: bytes) -> Decoded:
    """Return the text of ``data``: by its byte order mark, what it declares if that is true, or by its bytes.

    A text that was encoded twice is decoded twice.
    """
    decoded = _decode(data)
    text = decoded_once_more(decoded.text)
    if text is None:
        return decoded
    return replace(decoded, text=text, warnings=(*decoded.warnings, Message("encoded-twice")))


def _decode(data: bytes) -> Decoded:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _marked(data[len(bom) :], encoding)
    if encoding := _unmarked_utf_16(data):
        return Decoded(data.decode(encoding, "replace"), encoding)
    declared = _declaration(data)
    is_utf_8, is_ascii = _decodes(data, "utf-8"), data.isascii()
    codec = _codec(declared)
    if is_utf_8:
        warned = not is_ascii and bool(declared) and codec != "utf-8"
        return _told(data.decode("utf-8"), "utf-8", declared if warned else "")
    if codec in _MEANS_WINDOWS:
        return Decoded(_windows(data), "windows-1252")
    if codec and codec != "utf-8" and _decodes(data, codec):
        return Decoded(data.decode(codec), codec)
    text, encoding = _guess(data)
    return _told(text, encoding, declared, guessed=True)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = "\ufffd" in text and not _decodes(data, encoding)
    warning = Message("encoding-broken", encoding=encoding)
    return Decoded(text, encoding, (warning,) if broken else ())


def _told(text: str, encoding: str, declared: str, *, guessed: bool = False) -> Decoded:
    if declared:
        untrue = Message("encoding-untrue", declared=declared, encoding=encoding)
        return Decoded(text, encoding, (untrue,))
    warning = Message("encoding-not-declared", encoding=encoding)
    return Decoded(text, encoding, (warning,) if guessed else ())


def _unmarked_utf_16(data: bytes) -> str:
    """Return the UTF-16 that markup without a byte order mark is in, if it is."""
    head = data[:80]
    if b"<\0" in head and head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    if b"\0<" in head and head[0::2].count(0) > len(head) // 3:
        return "utf-16-be"
    return ""


def _declaration(data: bytes) -> str:
    match = _DECLARED.search(_COMMENT.sub(b"", data[:_HEAD]))
    return (match.group(1) or match.group(2)).decode("ascii", "replace") if match else ""


def _codec(declared: str) -> str:
    """Return Python's name of the encoding ``declared``, "" where it has none."""
    try:
        name = codecs.lookup(declared).name if declared else ""
    except LookupError:
        return ""
    # What declares these in bytes that can be searched for a declaration is not in them.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return False
    return True


def _windows(data: bytes) -> str:
    return data.decode("latin-1").translate(_WINDOWS_TABLE)


def _guess(data: bytes) -> tuple[str, str]:
    """Return the text of ``data``, which is not UTF-8, and the encoding by which it reads best."""
    for encoding in ("cp1251", "koi8-r"):
        text = data.decode(encoding, "replace")
        if len(_CYRILLIC.findall(text)) * 20 > len(text.split()):
            return text, encoding
    texts = {
        "windows-1252": _windows(data),
        "mac-roman": data.decode("mac-roman"),
        "cp850": data.decode("cp850"),
    }
    best = max(texts, key=lambda encoding: _likely(texts[encoding]))
    return texts[best], best


def _likely(text: str) -> int:
    """Return how much of ``text`` beyond ASCII is what texts hold: small letters in words, usual signs."""
    return sum(_likelihood(*match.groups()) for match in _AROUND.finditer(text))


def _likelihood(before: str, character: str, after: str) -> int:
    if not character.isalpha():
        return 1 if character in _SIGNS else -1
    if not (before.isalpha() or after.isalpha()):
        return 0 if character in _WORDS else -1
    return 1 if character.islower() or not before.islower() else -1


_SUFFIXES = frozenset(
    ".htm .html .xhtml .shtml .shtm .stm .asp .aspx .php .php3 .phtml .jsp .cfm .cgi .do".split()
)
_TEXTS = frozenset({".txt", ".text", ".md"})
_HEAD = 16_384

# What stands before the first element: an XML declaration, comments, the mark of who saved the page.
_PROLOGUE = re.compile(r"(?:\s+|<\?[^<>]*>|<!--(?:(?!-->).)*-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+html\b[^<>]*>", re.IGNORECASE)
_FRAME = re.compile(r"<(?:html|head|body|frameset)\b[^<>]*>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:title|meta|link|script|style|base|table|div|center|font|p|h[1-6]|ul|ol|img|br|hr|a|b|nav|main"
    r"|header|section|article|form|noscript|html|head|body|frameset|basefont|span|tr|td)\b[^<>]*>",
    re.IGNORECASE,
)
_END = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)


def looks_like_html(data: bytes, name: str) -> bool:
    """Tell whether ``data`` is the markup of a page.

    A text that merely quotes markup is not: in it, text follows the first tag. So the source of a page
    that was saved as text is recognised by its first two tags, with nothing between them.
    """
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    suffix = PurePath(name).suffix.lower()
    if head.lstrip()[:1] in {"{", "["}:
        return False
    if suffix in _SUFFIXES:
        return "<" in head
    start = _PROLOGUE.match(head)
    place = start.end() if start else 0
    if doctype := _DOCTYPE.match(head, place):
        return bool(_ELEMENT.match(head, _gap(head, doctype.end())))
    if frame := _FRAME.match(head, place):
        return bool(_ELEMENT.match(head, _gap(head, frame.end())))
    first = _ELEMENT.match(head, place)
    return bool(first) and suffix not in _TEXTS and len(_END.findall(head)) > 2


def _gap(head: str, place: int) -> int:
    match = _PROLOGUE.match(head, place)
    return match.end() if match else place
