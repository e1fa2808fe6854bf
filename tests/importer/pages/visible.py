"""What a browser shows of a page, found by another road than the reader's: the standard library's parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

__all__ = ["visible_text"]

_UNSEEN = frozenset({"head", "script", "style", "template"})
_VOID = frozenset("area base basefont br col frame hr img input link meta param source wbr".split())
_INLINE = frozenset(
    "a abbr acronym b big cite code em font i label o:p q small span strong sub sup time tt u".split()
)
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def visible_text(markup: str) -> str:
    """Return the text of ``markup`` that is shown, a line or more for each block."""
    collector = _Collector()
    collector.feed(markup)
    collector.close()
    return "".join(collector.parts)


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def set_cdata_mode(self, elem: str, **options: Any) -> None:
        # Later releases of the parser make plain text of what stands for frames, too.
        if elem != "noframes":
            super().set_cdata_mode(elem, **options)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")
        if tag == "body":
            # A head may be left open.
            self._hidden.clear()
        given = dict(attrs)
        unseen = (
            tag in _UNSEEN or "hidden" in given or _DISPLAY_NONE.search(given.get("style") or "")
        )
        if tag not in _VOID and (unseen or tag in self._hidden):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
