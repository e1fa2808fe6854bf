"""Saved markup as a tree of Beautiful Soup, repaired as browsers repair it, within bounds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import Comment, Tag

from hsec_wagtail.importer.errors import ReadError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.html.tokens import MarkupKind, MarkupToken, MarkupTokens

__all__ = ["CLOSES", "MAX_DEPTH", "MAX_NODES", "Parsed", "parse"]

#: Most elements, texts and comments of a page that are read where the caller sets no other limit.
MAX_NODES = 200_000
#: Elements within elements that are read; browsers build trees that deep.
MAX_DEPTH = 512

#: Name of the elements that stand where inline markup ends around blocks that go on: "<b><p>…</b>…</p>".
CLOSES = "hsec-closes"

_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input isindex keygen link meta param source"
    " spacer track wbr".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdo big blink cite code del dfn em font i ins kbd label mark nobr q s samp small span"
    " strike strong sub sup tt u var".split()
)
_CELLS = frozenset({"td", "th", "caption"})
_ROWS = frozenset({"thead", "tbody", "tfoot"})
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLOSE_P = (
    _HEADINGS
    | _LISTS
    | frozenset(
        "address article aside blockquote center details dd div dl dt fieldset figcaption figure footer form"
        " frameset header hr li main nav noframes p pre section summary table td th tr".split()
    )
)
_ENDS_HEADING = frozenset({"p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"})
#: Tag -> elements that its beginning ends, and elements beyond which nothing is ended.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS | _CELLS | {"table", "dl"}),
    "dt": (frozenset({"dt", "dd"}), _LISTS | _CELLS | {"table", "dl"}),
    "dd": (frozenset({"dt", "dd"}), _LISTS | _CELLS | {"table", "dl"}),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
    "td": (_CELLS, frozenset({"table", "tr"})),
    "th": (_CELLS, frozenset({"table", "tr"})),
    "tr": (_CELLS | {"tr", "colgroup"}, frozenset({"table"})),
    "caption": (_CELLS | {"tr"} | _ROWS, frozenset({"table"})),
    **dict.fromkeys(_ROWS, (_CELLS | {"tr", "colgroup"} | _ROWS, frozenset({"table"}))),
    **dict.fromkeys(_HEADINGS, (_HEADINGS, _CELLS | _LISTS | {"div", "table", "blockquote"})),
    "body": (frozenset({"head"}), frozenset()),
    "frameset": (frozenset({"head"}), frozenset()),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, with the faults of its markup by line."""

    soup: BeautifulSoup
    faults: list[tuple[int, Message]]


def parse(
    markup: str, *, name: str, max_nodes: int = MAX_NODES, max_depth: int = MAX_DEPTH
) -> Parsed:
    """Return the tree of ``markup``.

    Raises:
        ReadError: More nodes, or deeper nesting, than is read.
    """
    builder = _TreeBuilder(markup, name, max_nodes, max_depth)
    # The builder has the markup: of a short text without markup Beautiful Soup warns.
    soup = BeautifulSoup("\n", builder=builder)
    return Parsed(soup, [(builder.line(offset), fault) for offset, fault in builder.tokens.faults])


class _TreeBuilder(HTMLTreeBuilder):
    """Builds the tree: ends what the markup leaves open, counts, and stops at the bounds."""

    def __init__(self, markup: str, name: str, max_nodes: int, max_depth: int) -> None:
        super().__init__(multi_valued_attributes={}, string_containers={})
        self.soup: Any = None
        self.tokens = MarkupTokens(markup)
        self._name = name
        self._max_nodes = max_nodes
        self._max_depth = max_depth
        self._nodes = 0
        self._line_ends = [n for n, character in enumerate(markup) if character == "\n"]

    def line(self, offset: int) -> int:
        """Return the number of the line, from 1, of the character at ``offset``."""
        return bisect_right(self._line_ends, offset) + 1

    def feed(self, markup: str | bytes) -> None:
        """Put the tokens into the tree; what is given is not looked at."""
        for token in self.tokens:
            self._count(token)
            match token.kind:
                case MarkupKind.TEXT:
                    self.soup.handle_data(token.text)
                case MarkupKind.COMMENT:
                    self.soup.endData()
                    self.soup.handle_data(token.text)
                    self.soup.endData(Comment)
                case MarkupKind.START:
                    self._start(token)
                case MarkupKind.END:
                    self._end(token)

    def _count(self, token: MarkupToken) -> None:
        self._nodes += 1
        if self._nodes > self._max_nodes:
            line = self.line(token.offset)
            raise ReadError("too-many-nodes", name=self._name, line=line, most=self._max_nodes)

    def _start(self, token: MarkupToken) -> None:
        name = token.text
        if name in _CLOSE_P:
            self._close({"p"}, _CELLS | _LISTS | {"table", "li", "template"})
        if name in _ENDS:
            self._close(*_ENDS[name], outermost=True)
        elif name in _ENDS_HEADING:
            self._end_full_heading()
        elif name == "a":
            self._end_inline(name, token.offset)
        if len(self.soup.tagStack) > self._max_depth:
            line = self.line(token.offset)
            raise ReadError("nested-too-deep", name=self._name, line=line, most=self._max_depth)
        self._push(name, token.attributes, token.offset)
        if name in _VOID:
            self.soup.handle_endtag(name)

    def _end_full_heading(self) -> None:
        """End the innermost open heading if text stands in it: a block never goes on in one."""
        stack: list[Tag] = self.soup.tagStack if any(map(self._is_open, _HEADINGS)) else []
        for n in range(len(stack) - 1, 0, -1):
            if stack[n].name in _HEADINGS:
                self.soup.endData()
                if stack[n].get_text(strip=True):
                    self._pop_to(n)
                return
            if stack[n].name in _CELLS or stack[n].name == "table":
                return

    def _push(self, name: str, attributes: dict[str, str], offset: int) -> None:
        self.soup.handle_starttag(name, None, None, attributes, sourceline=self.line(offset))

    def _end(self, token: MarkupToken) -> None:
        name = token.text
        if name == "br" or (name == "p" and not self._is_open("p")):
            # As in browsers: a lone end tag of a paragraph is an empty one.
            self._start(token)
            self.soup.handle_endtag(name)
        elif name in _HEADINGS:
            self._close(_HEADINGS, _CELLS | {"table"})
        elif name in _INLINE:
            self._end_inline(name, token.offset)
        elif name in _VOID or not self._is_open(name):
            return
        elif name in {"li", "dd", "dt"}:
            self._close({name}, _LISTS | _CELLS | {"table", "dl"})
        elif name == "table" or name in {"body", "html", "frameset", "noframes"}:
            self._close({name}, frozenset())
        else:
            self._close({name}, _CELLS - {name} | {"table"} - {name})

    def _end_inline(self, name: str, offset: int) -> None:
        """End inline markup; where blocks inside go on, mark the place."""
        stack = self.soup.tagStack if self._is_open(name) else []
        blocks = False
        for n in range(len(stack) - 1, 0, -1):
            if stack[n].name == name and not blocks:
                self._pop_to(n)
                return
            if stack[n].name == name:
                self._push(CLOSES, {"name": name}, offset)
                self.soup.handle_endtag(CLOSES)
                return
            if stack[n].name in _CELLS or stack[n].name == "table":
                return
            blocks = blocks or stack[n].name not in _INLINE

    def _is_open(self, name: str) -> bool:
        return bool(self.soup.open_tag_counter.get(name))

    def _close(self, names: Set[str], barriers: Set[str], *, outermost: bool = False) -> None:
        """End the innermost or outermost open element of ``names``, with all in it, inside of any barrier."""
        if not any(map(self._is_open, names)):
            return
        stack: list[Tag] = self.soup.tagStack
        found = None
        for n in range(len(stack) - 1, 0, -1):
            if stack[n].name in names:
                found = n
                if not outermost:
                    break
            elif stack[n].name in barriers:
                break
        if found:
            self._pop_to(found)

    def _pop_to(self, place: int) -> None:
        self.soup.endData()
        while len(self.soup.tagStack) > place:
            self.soup.popTag()
