"""Cleaning: what HTML may reach the database, whichever reader it came through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import nh3

__all__ = ["MAX_NESTING", "clean_html", "clean_text", "nesting"]

#: Elements within elements of the same kind that are read; the parser's time grows with their square.
MAX_NESTING = 100

_MOST_READINGS = 5

# What Wagtail's rich text knows under the features that our blocks switch on.
_INLINE = {"a", "b", "br", "em", "i", "strong", "sub", "sup"}
_TAGS = _INLINE | {"li", "ol", "p", "ul"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLEAN_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
# The end tags of these may be left out, and br has none.
_UNCLOSED = frozenset("br dd dt hr img input li option p td th tr wbr".split())
# Elements that part words go with a blank in their place where they are not known.
_PARTING = (
    "address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|form"
)
_PARTING += "|h[1-6]|header|hr|main|nav|pre|section|summary|table|tbody|td|tfoot|th|thead|tr"
_UNKNOWN_BLOCK = re.compile(rf"</?(?:{_PARTING})\b", re.IGNORECASE)
_ANY_BLOCK = re.compile(rf"</?(?:{_PARTING}|li|ol|p|ul)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ODD_BLANKS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")


def clean_html(html: str, *, inline: bool = False) -> str:
    """Return ``html`` with nothing in it but rich text: no script, style, handler, frame or odd scheme.

    Text of other elements stays; only what a page never shows (script, style) goes with its element.
    Running text without a block around it becomes a paragraph, unless ``inline``.
    """
    text = _without_controls(html)
    cleaned = _clean((_ANY_BLOCK if inline else _UNKNOWN_BLOCK).sub(r" \g<0>", text), inline=inline)
    # Broken nesting is mended differently on a second reading; what was read twice stays.
    for _ in range(_MOST_READINGS):
        again = _clean(cleaned, inline=inline)
        if again == cleaned:
            break
        cleaned = again
    return cleaned


def _clean(html: str, *, inline: bool) -> str:
    cleaned = nh3.clean(
        html,
        tags=_INLINE if inline else _TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    ).strip()
    return cleaned if inline else _in_blocks(cleaned)


def clean_text(text: str) -> str:
    """Return plain text without control characters, white space folded but for line breaks."""
    lines = (" ".join(line.split()) for line in _without_controls(text).splitlines())
    return "\n".join(lines).strip()


def nesting(html: str) -> int:
    """Return how many elements of one kind are open at once, at most."""
    opened: Counter[str] = Counter()
    deepest = 0
    for match in _TAG.finditer(html):
        tag = match.group(2).lower()
        if tag not in _UNCLOSED:
            opened[tag] = max(opened[tag] + (-1 if match.group(1) else 1), 0)
            deepest = max(deepest, opened[tag])
    return deepest


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", _ODD_BLANKS.sub(" ", text))


def _in_blocks(html: str) -> str:
    """Return clean ``html`` with what stands outside of its blocks in paragraphs."""
    parts: list[str] = []
    running: list[str] = []
    for piece, is_block in _pieces(html):
        if is_block:
            parts += [_paragraph("".join(running)), piece]
            running = []
        else:
            running.append(piece)
    return "".join([*parts, _paragraph("".join(running))])


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the outermost elements of clean ``html`` and the text between, with whether each holds blocks."""
    depth = start = 0
    is_block = False
    for match in _CLEAN_TAG.finditer(html):
        closes, tag = match.groups()
        if tag == "br":
            continue
        if not closes:
            if not depth:
                yield html[start : match.start()], False
                start, is_block = match.start(), False
            depth += 1
            is_block = is_block or tag not in _INLINE
        elif depth:
            depth -= 1
            if not depth:
                yield html[start : match.end()], is_block
                start = match.end()
    yield html[start:], False


def _paragraph(html: str) -> str:
    bare = html.strip()
    return f"<p>{bare}</p>" if bare else ""
