"""The use of an element, judged by its content: a layout list, a quote, a bar, headings."""

from __future__ import annotations

from bs4.element import Comment, Tag

from hsec_wagtail.importer.reading.readers.html.tables import inside
from hsec_wagtail.importer.text.words import words

__all__ = ["CONTROLS", "has_term_headings", "is_bar", "is_layout_list", "is_quote"]

#: Elements that are part of a form, and what is in them too.
CONTROLS = frozenset({"label", "option", "optgroup", "legend", "button", "select", "textarea"})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "ul", "ol", "table", "blockquote", "div", "dl"})
_NO_QUOTE = frozenset({"ul", "ol", "table", "dl", "a", "blockquote", "form"})
#: A quote has no more paragraphs than this.
_LONGEST_QUOTE = 4
_LONGEST_BAR = 15
_LONGEST_DEFINITION = 60


def is_layout_list(tag: Tag) -> bool:
    """Tell whether a list lays out a page: headings or tables stand in it."""
    return any(
        isinstance(node, Tag) and (node.name in _HEADINGS or node.name == "table")
        for node in inside(tag)
    )


def is_quote(tag: Tag, *, introduced: bool) -> bool:
    """Tell whether a blockquote quotes: old editors indented whole pages with it.

    ``introduced`` says that what stands above ends with a colon.
    """
    said: list[str] = []
    has_source, paragraphs = False, 0
    for node in inside(tag):
        if not isinstance(node, Tag):
            said += [] if isinstance(node, Comment) else [str(node)]
            continue
        has_source = has_source or node.name in {"cite", "q"}
        paragraphs += node.name == "p"
        if node.name in _HEADINGS or node.name in _NO_QUOTE or paragraphs > _LONGEST_QUOTE:
            return False
    text = "".join(said).strip()
    return has_source or introduced or text.startswith(("\u201c", "\u00ab", '"', "\u2018"))


def is_bar(tag: Tag) -> bool:
    """Tell whether a cell is a coloured bar with a few words on it: a heading."""
    row = tag.find_parent("tr")
    styles = [str(part.get("style", "")).lower() for part in (tag, row) if part is not None]
    coloured = any(part is not None and part.get("bgcolor") for part in (tag, row))
    if not coloured and not any("background" in style for style in styles):
        return False
    count = 0
    for node in inside(tag):
        if isinstance(node, Tag):
            if node.name in _BLOCKS - {"p", "div"} or (node.name == "a" and "href" in node.attrs):
                return False
        elif not isinstance(node, Comment):
            count += len(words(str(node)))
            if count > _LONGEST_BAR:
                return False
    return count > 0


def has_term_headings(tag: Tag) -> str:
    """Return what the terms of a definition list are: "headings" of long texts, "items", or "none"."""
    has_term, count = False, 0
    for node in inside(tag):
        if isinstance(node, Tag):
            has_term = has_term or node.name == "dt"
            count = 0 if node.name in {"dt", "dd"} else count
            if node.name in _BLOCKS - {"dl"} and node.find_parent("dd") is not None:
                return "headings" if has_term else "none"
        elif not isinstance(node, Comment):
            count += len(words(str(node)))
            if count > _LONGEST_DEFINITION:
                return "headings" if has_term else "none"
    return "items" if has_term else "none"
