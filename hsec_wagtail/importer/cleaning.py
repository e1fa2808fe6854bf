"""Cleaning: what HTML may reach the database, whichever reader it came through."""

from __future__ import annotations

import re

import nh3

__all__ = ["clean_html", "clean_text"]

# What Wagtail's rich text knows under the features that our blocks switch on.
_TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
_INLINE = {"a", "b", "br", "em", "i", "strong", "sub", "sup"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCK = re.compile(r"<(?:p|ul|ol)\b")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_html(html: str, *, inline: bool = False) -> str:
    """Return ``html`` with nothing in it but rich text: no script, style, handler, frame or odd scheme.

    Text of other elements stays; only what a page never shows (script, style) goes with its element.
    Running text without a block around it becomes a paragraph, unless ``inline``.
    """
    cleaned = nh3.clean(
        _CONTROLS.sub("", html),
        tags=_INLINE if inline else _TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    ).strip()
    if inline or not cleaned or _BLOCK.match(cleaned):
        return cleaned
    return f"<p>{cleaned}</p>"


def clean_text(text: str) -> str:
    """Return plain text without control characters, white space folded but for line breaks."""
    lines = (" ".join(line.split()) for line in _CONTROLS.sub("", text).splitlines())
    return "\n".join(lines).strip()
