"""Rich text as lines of plain text, with as much of its markup as tells two versions apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from django.utils.translation import gettext

from hsec_wagtail.admin.comparison.contents import Words
from hsec_wagtail.admin.comparison.raw_values import Titles

__all__ = ["compare_rich_text", "plain_lines"]

_LINES = frozenset("blockquote h1 h2 h3 h4 h5 h6 hr li ol p table tr ul".split())
_EMPHASIS = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}


def compare_rich_text(old: str, new: str, titles: Titles) -> Words | None:
    """Return what changed between two rich texts; None if nothing did.

    Where links lead elsewhere the targets are shown behind their labels; where only the form changed, so is that.
    """
    before, after = _parsed(old), _parsed(new)
    with_links = _targets(before, titles) != _targets(after, titles)
    lines = [list(_lines(one, titles if with_links else None)) for one in (before, after)]
    if lines[0] == lines[1] or _emphasis(before) != _emphasis(after):
        marked = titles if with_links else None
        lines = [list(_lines(one, marked, with_form=True)) for one in (before, after)]
    return None if lines[0] == lines[1] else Words.make(*lines)


def plain_lines(source: str) -> list[str]:
    """Return the lines of a rich text."""
    return list(_lines(_parsed(source), None))


def _parsed(source: str) -> Any:
    return BeautifulSoup(source, "html.parser")


def _emphasis(soup: Any) -> Counter[str]:
    return Counter(_EMPHASIS[tag.name] for tag in soup.find_all(list(_EMPHASIS)))


def _targets(soup: Any, titles: Titles) -> list[str]:
    return [_target(link, titles) for link in soup.find_all("a")]


def _target(link: Any, titles: Titles) -> str:
    kind, key = link.get("linktype"), link.get("id")
    if kind in ("page", "document") and key:
        return titles.of_link(kind, key)
    return str(link.get("href") or "")


def _lines(soup: Any, titles: Titles | None, *, with_form: bool = False) -> Iterator[str]:
    """Yield the lines; with the targets of links if there are ``titles`` for them."""
    line: list[str] = []
    for said in _said(soup, titles, with_form=with_form):
        if said is not None:
            line.append(said)
        elif text := " ".join("".join(line).split()):
            yield text
            line = []
    if text := " ".join("".join(line).split()):
        yield text


def _said(node: Any, titles: Titles | None, *, with_form: bool) -> Iterator[str | None]:
    """Yield texts, and None where a line ends."""
    for child in node.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                yield str(child)
            continue
        inside = _said(child, titles, with_form=with_form)
        if child.name == "br":
            yield None
        elif child.name in _LINES:
            yield from (None, _bullet(child), *inside, None)
        elif child.name == "a" and titles is not None:
            yield from (*inside, f" (→ {_target(child, titles)})")
        elif child.name in _EMPHASIS and with_form:
            name = _form(_EMPHASIS[child.name])
            yield from (f"‹{name}›", *inside, f"‹/{name}›")
        else:
            yield from inside


def _bullet(tag: Tag) -> str:
    if tag.name != "li" or tag.parent is None:
        return ""
    if tag.parent.name != "ol":
        return "• "
    return f"{sum(one.name == 'li' for one in tag.previous_siblings if isinstance(one, Tag)) + 1}. "


def _form(name: str) -> str:
    names = {
        "b": gettext("bold"),
        "i": gettext("italic"),
        "sup": gettext("superscript"),
        "sub": gettext("subscript"),
    }
    return names[name]
