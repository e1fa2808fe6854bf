"""Cleaning of HTML before it reaches the database, whichever reader it came through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import nh3
from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

__all__ = ["MAX_NESTING", "SAFE_SCHEMES", "clean_html", "clean_text", "nesting", "unsafe_markup"]

#: What an address may begin with; "" is one of the site's own.
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})

#: Elements within elements of the same kind that are read; the parser's time grows with their square.
MAX_NESTING = 100

_MOST_READINGS = 5
_BREAK = "<br>"

# What Wagtail's rich text knows under the features that our blocks switch on.
_INLINE = {"a", "b", "br", "em", "i", "strong", "sub", "sup"}
_TAGS = _INLINE | {"li", "ol", "p", "ul"}
# Links to documents of the site and to pages of the import have schemes of their own on their way there.
_SCHEMES = {"document", "http", "https", "mailto", "page", "tel"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# The end tags of these may be left out, and br has none.
_UNCLOSED = frozenset("br dd dt hr img input li option p td th tr wbr".split())
# Elements that separate words are replaced by a blank where they are unknown.
_SEPARATING = (
    "address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|form"
)
_SEPARATING += "|h[1-6]|header|hr|main|nav|pre|section|summary|table|tbody|td|tfoot|th|thead|tr"
_UNKNOWN_BLOCK = re.compile(rf"</?(?:{_SEPARATING})\b", re.IGNORECASE)
_ANY_BLOCK = re.compile(rf"</?(?:{_SEPARATING}|li|ol|p|ul)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# HTML that is in form already, as most texts are: paragraphs and flat lists, inline elements that hold
# something and neither begin nor end with a blank. Of nh3, so that all elements end. Possessive, so that a
# text which is otherwise fails at once.
_RUN = (
    r"(?! )(?:[^<>&\s]|&(?:amp|lt|gt);| ++(?!</)"
    r'|<(?:b|em|i|strong|sub|sup|a(?: href="(?:[^"<>&]|&amp;)*+")?+)>(?! |</)'
    r"|</(?:a|b|em|i|strong|sub|sup)>)++"
)
_IN_FORM = re.compile(
    rf"(?:<p>{_RUN}</p>|<ul>(?:<li>{_RUN}</li>)++</ul>|<ol>(?:<li>{_RUN}</li>)++</ol>)*+"
)
_LINK = re.compile(r"<a[ >]")
_ODD_BLANKS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")


def clean_html(html: str, *, inline: bool = False) -> str:
    """Return ``html`` with nothing in it but rich text: no script, style, handler, frame or odd scheme.

    Text of other elements stays; only what a page never shows (script, style) goes with its element.
    It is a sequence of paragraphs and lists, with lists in items but no other block in a block, as
    Wagtail's editor wants it; ``inline``, it holds no block at all.
    """
    text = _without_controls(html)
    cleaned = _clean((_ANY_BLOCK if inline else _UNKNOWN_BLOCK).sub(r" \g<0>", text), inline=inline)
    if not inline and _is_in_form(cleaned):
        return cleaned
    # A parser repairs broken nesting differently on a second reading; what was read twice is stable.
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
    return cleaned if inline or _is_in_form(cleaned) else _in_blocks(cleaned)


def _is_in_form(html: str) -> bool:
    """Tell whether another reading would change nothing: parsers end a link where the next one begins."""
    return _IN_FORM.fullmatch(html) is not None and all(
        "</a>" in piece for piece in _LINK.split(html)[1:-1]
    )


def clean_text(text: str) -> str:
    """Return plain text without control characters, its white space folded except line breaks."""
    lines = (" ".join(line.split()) for line in _without_controls(text).splitlines())
    return "\n".join(lines).strip()


_ACTIVE = frozenset(
    "applet audio base button embed form frame frameset iframe input link math meta noscript object"
    " script select style svg template textarea video".split()
)
_ADDRESSES = frozenset("action background data formaction href poster src srcdoc srcset".split())


def unsafe_markup(text: str) -> str:
    """Return the first element or attribute of ``text`` that a browser would act on, "" if there is none.

    For what is stored as it is, since nobody says whether it is HTML: rich text passes, embeds of a site's own
    images and media among it, but no script, handler, form, frame or address of an odd scheme.
    """
    if "<" not in text:
        return ""
    for tag in BeautifulSoup(text, "html.parser").find_all(name=True):
        is_embed = tag.name == "embed" and "embedtype" in tag.attrs
        if tag.name.partition(":")[0] in _ACTIVE and not is_embed:
            return f"<{tag.name}>"
        for name, value in tag.attrs.items():
            if name.startswith("on") or name == "style" or (name in _ADDRESSES and _is_odd(value)):
                return f"{name} of <{tag.name}>"
    # What follows a "<" that begins no tag for one parser may begin one for another.
    return "a tag that does not end" if _OPEN_END.search(text) else ""


_OPEN_END = re.compile(r"<[a-zA-Z][^<>]*(?:<|$)")


def _is_odd(address: Any) -> bool:
    # Browsers drop control characters and blanks before they look for a scheme.
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", str(address))
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)", bare)
    return scheme is not None and scheme[0].lower() not in SAFE_SCHEMES


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
    """Return clean ``html`` as paragraphs and lists, which is all that Wagtail's editor opens."""
    blocks = _BlockBuilder()
    if "<" not in html:
        blocks.add(unescape(html))
        return blocks.html()
    for node, ends in _events(BeautifulSoup(html, "html.parser")):
        if not isinstance(node, Tag):
            blocks.add(str(node))
        elif ends:
            blocks.end(node)
        else:
            blocks.start(node)
    return blocks.html()


def _events(root: Tag) -> Iterator[tuple[PageElement, bool]]:
    """Yield what stands in ``root`` in order, elements where they begin and again where they end."""
    # Not recursive: elements of every kind may be nested MAX_NESTING deep, all in one another.
    opened: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.children))]
    while opened:
        parent, rest = opened[-1]
        node = next(rest, None)
        if node is None:
            opened.pop()
            if opened:
                yield parent, True
        else:
            yield node, False
            if isinstance(node, Tag):
                opened.append((node, iter(node.children)))


@dataclass(slots=True)
class _List:
    """A list that has not ended: the HTML of its items, and how many li elements have not.

    A ``stray`` one was put around items that stand outside of any list.
    """

    tag: str
    stray: bool = False
    items: list[str] = field(default_factory=list)
    opened: int = 0

    def html(self) -> str:
        inner = "".join(f"<li>{item}</li>" for item in self.items)
        return f"<{self.tag}>{inner}</{self.tag}>" if inner else ""


class _BlockBuilder:
    """Paragraphs and lists with only inline content in them, made of elements in any order.

    A block begins with the first text that shows; inline elements around several blocks are repeated in
    each of them. Blanks and breaks wait for the text behind them: no block begins or ends with one.
    """

    def __init__(self) -> None:
        self._done: list[str] = []
        self._lists: list[_List] = []
        self._inline: list[Tag] = []
        # The HTML of the block that is open, how many of the inline elements are in it, what waits.
        self._run: list[str] = []
        self._written = 0
        self._waiting: list[str] = []

    def html(self) -> str:
        """Return the HTML made so far."""
        self._close_block()
        while self._lists:
            self._close_list()
        return "".join(self._done)

    def add(self, text: str) -> None:
        """Take ``text``."""
        bare = text.strip()
        before, _, after = text.partition(bare) if bare else (text, "", "")
        self._waiting.append(before)
        if not bare:
            return
        self._leave_stray_list()
        if self._run:
            blanks = _escape(_folded("".join(self._waiting)))
            self._run.append(_BREAK * self._waiting.count(_BREAK) or blanks)
        self._run += [_start_tag(tag) for tag in self._inline[self._written :]]
        self._written = len(self._inline)
        self._run.append(_escape(bare))
        self._waiting = [after]

    def start(self, tag: Tag) -> None:
        """Take the beginning of ``tag``."""
        match tag.name:
            case "br":
                self._waiting.append(_BREAK)
            case "p":
                self._separate()
            case "ul" | "ol":
                self._close_block()
                self._leave_stray_list()
                self._lists.append(_List(tag.name))
            case "li":
                self._close_block()
                if not self._lists:
                    self._lists.append(_List("ul", stray=True))
                self._lists[-1].opened += 1
            case _:
                self._inline.append(tag)

    def end(self, tag: Tag) -> None:
        """Take the end of ``tag``."""
        match tag.name:
            case "br":
                pass
            case "p":
                self._separate()
            case "ul" | "ol":
                self._close_block()
                self._close_list()
            case "li":
                self._close_block()
                self._lists[-1].opened -= 1
            case _:
                self._inline.pop()
                if self._written > len(self._inline):
                    self._run.append(f"</{tag.name}>")
                    self._written -= 1

    def _separate(self) -> None:
        """Separate the following content: by a paragraph, or in an item, which holds none, by a break."""
        if not self._lists:
            self._close_block()
        elif _BREAK not in self._waiting:
            self._waiting.append(_BREAK)

    def _close_block(self) -> None:
        if self._run:
            ends = (f"</{tag.name}>" for tag in reversed(self._inline[: self._written]))
            html = "".join([*self._run, *ends])
            if self._lists:
                self._lists[-1].items.append(html)
            else:
                self._done.append(f"<p>{html}</p>")
        self._run, self._written, self._waiting = [], 0, []

    def _leave_stray_list(self) -> None:
        if self._lists and self._lists[-1].stray and not self._lists[-1].opened:
            self._close_list()

    def _close_list(self) -> None:
        html = self._lists.pop().html()
        if not self._lists:
            self._done.append(html)
        elif self._lists[-1].items:
            # Also where it stands between two items: a list holds nothing but items.
            self._lists[-1].items[-1] += html
        elif html:
            self._lists[-1].items.append(html)


def _folded(blanks: str) -> str:
    """Return ``blanks`` as they are read when they are all that stands between two elements."""
    if not blanks or blanks.strip(" \t\n\r\f\v"):
        return blanks
    return "\n" if "\n" in blanks else " "


def _start_tag(tag: Tag) -> str:
    href = tag.get("href")
    return f"<{tag.name}>" if href is None else f'<{tag.name} href="{_quoted(str(href))}">'


def _quoted(text: str) -> str:
    return _escape(text).replace('"', "&quot;")


def _escape(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")
