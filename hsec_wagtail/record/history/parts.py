"""The parts of a version of a page, as readers saw them: its fields, and each block of its body, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from django.utils.text import capfirst

from hsec_wagtail.blocks.anchors import free_anchor
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.today import another_day, day_of
from hsec_wagtail.models.context import prepare
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.record.history.fields import page_with

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Part", "parts_of"]

#: Elements that are a line of their own; of a table, each row.
_LINES = frozenset(
    "address blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p section"
    " summary table tr ul".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a version of a page.

    Attributes:
        key: The same in all versions: name of a field, or id of a block.
        label: As editors know it.
        lines: Its words.
    """

    key: str
    label: str
    lines: tuple[str, ...]


def parts_of(
    page: Any, versions: Sequence[PublishedVersion], request: HttpRequest, *, language: str
) -> list[list[Part]]:
    """Return the parts of each of ``versions`` of ``page``, those that say something; links by the rights of today.

    The queries are those of showing the page, once.
    """
    pages = [page_with(page, version.content or {}) for version in versions]
    prepare(pages)
    parts = []
    for then, version in zip(pages, versions, strict=True):
        with another_day(day_of(version.at)):
            found = [
                *_fields(then, language),
                *_blocks(then, request, language),
            ]
        parts.append([part for part in found if part.lines])
    return parts


def _fields(page: Any, language: str) -> Iterator[Part]:
    texts = {
        "title": page.title,
        "short_name": getattr(page, "short_name", ""),
        "status": page.get_status_display(),
        "expected": date_in_words(page.expected, language=language) if page.expected else "",
    }
    for name, text in texts.items():
        yield Part(name, _label(page, name), (str(text),) if text else ())
    yield Part("lead", _label(page, "lead"), tuple(_read_lines(page.lead_html)))


def _label(page: Any, name: str) -> str:
    if name not in {field.name for field in page._meta.concrete_fields}:
        return name
    return str(capfirst(page._meta.get_field(name).verbose_name))


def _blocks(page: Any, request: HttpRequest, language: str) -> Iterator[Part]:
    context = {
        "page": page,
        "request": request,
        "hsec_language": language,
        "hsec_anchors": set(),
    }
    keys: set[str] = set()
    for child in page.body:
        # Of blocks that were copied with their ids, each is a part of its own.
        key = free_anchor(child.id or child.block_type, keys)
        keys.add(key)
        label = str(child.block.label) or child.block_type
        yield Part(key, label, tuple(_read_lines(str(child.render(context)))))


def _read_lines(html: str) -> Iterator[str]:
    """Yield the texts of ``html`` that stand on lines of their own."""
    strings = (
        string
        for string in BeautifulSoup(str(html), "html.parser").descendants
        if isinstance(string, NavigableString) and not isinstance(string, PreformattedString)
    )
    for _line, group in groupby(strings, key=lambda string: id(_line_of(string))):
        if text := " ".join("".join(_spaced(string) for string in group).split()):
            yield text


def _line_of(string: NavigableString) -> Tag | None:
    return next((one for one in string.parents if one.name in _LINES), None)


def _spaced(string: NavigableString) -> str:
    """Return the text of ``string``; that of a cell apart from the one before."""
    parent = string.parent
    in_cell = parent is not None and parent.name in {"td", "th"}
    return f" {string} " if in_cell else str(string)
