"""Running text of a capture: its HTML, its dates, and the short name it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from hsec_wagtail.dates import find_dates
from hsec_wagtail.importer.document.nodes import Found
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.readers.day_orders import order_of
from hsec_wagtail.importer.reading.readers.phrases import SMALL_WORDS
from hsec_wagtail.importer.reading.source import Markup, Source, TextRun

__all__ = ["dates_in", "inline_html", "paragraph_html", "short_name", "split_intro", "text_html"]

_URL = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?»])[\s\u00a0]+(?=[^\W\d_a-zà-ÿ])")


def text_html(text: str) -> str:
    """Return ``text`` as HTML: markup in it is text, addresses become links."""
    parts: list[str] = []
    end = 0
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?)]}'»")
        href = url if url.lower().startswith("http") else f"http://{url}"
        parts.append(escape(text[end : match.start()], quote=False))
        parts.append(f'<a href="{escape(href)}">{escape(url, quote=False)}</a>')
        end = match.start() + len(url)
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)


def inline_html(source: Source, span: Span) -> str:
    """Return the source's text at ``span`` as HTML, with the links, emphasis and line breaks of a saved page."""
    if source.markup is None:
        return text_html(" ".join(source.text[slice(*span)].split()))
    parts: list[str] = []
    opened: list[str] = []
    link = 0
    for run in _pieces(source, source.markup, span):
        tags = _tags(run)
        keep = 0
        same_link = run.link == link
        while keep < min(len(tags), len(opened)) and tags[keep] == opened[keep] and same_link:
            keep += 1
        parts += [f"</{_name(tag)}>" for tag in reversed(opened[keep:])]
        parts += [f"<{tag}>" for tag in tags[keep:]]
        text = source.text[run.start : run.end]
        parts.append(_escaped(text) if run.href else text_html(text))
        opened, link = tags, run.link
    parts += [f"</{_name(tag)}>" for tag in reversed(opened)]
    return _folded("".join(parts))


def _pieces(source: Source, markup: Markup, span: Span) -> Iterator[TextRun]:
    """Yield runs for all of ``span``, plain ones for what is set as plain text."""
    end = span[0]
    for run in markup.within(*span):
        if run.start > end:
            yield TextRun(end, run.start)
        yield run
        end = run.end
    if end < span[1]:
        yield TextRun(end, span[1])


def _tags(run: TextRun) -> list[str]:
    """Return the tags around a run, outermost first."""
    tags = [f'a href="{escape(run.href)}"'] if run.href else []
    tags += ["b"] if run.bold else []
    tags += ["i"] if run.italic else []
    return [*tags, run.shift] if run.shift else tags


def _name(tag: str) -> str:
    return tag.partition(" ")[0]


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _folded(html: str) -> str:
    """Return ``html`` with its white space folded; the end of a line of a saved page is a break."""
    lines = (" ".join(line.split()) for line in html.split("\n"))
    return "<br>".join(line for line in lines if line)


def paragraph_html(source: Source, span: Span) -> str:
    """Return the source's text at ``span`` as one paragraph."""
    return f"<p>{inline_html(source, span)}</p>"


def dates_in(source: Source, span: Span, language: str) -> list[Found]:
    """Return the dates in the source's text at ``span``, in order."""
    text = source.text[slice(*span)]
    return [
        Found(
            edtf=found.edtf,
            label=found.label,
            text=" ".join(found.text.split()),
            span=(span[0] + found.span[0], span[0] + found.span[1]),
        )
        for found in find_dates(text, language=language, order=order_of(source, language))
    ]


def split_intro(source: Source, span: Span) -> tuple[Span | None, Span]:
    """Split a paragraph that ends with a colon: the text before, and its last sentence."""
    text = source.text[slice(*span)]
    ends = list(_SENTENCE_END.finditer(text))
    if not ends:
        return None, span
    last = ends[-1]
    return (span[0], span[0] + last.start()), (span[0] + last.end(), span[1])


def short_name(title: str, text: str) -> str:
    """Return the short name of a forum: in brackets in its title, or its initials if the text says them.

    >>> short_name("Organization of American States", "Since joining the OAS in 1990")
    'OAS'
    """
    if match := re.search(r"\(([^()\s]{2,12})\)\s*\Z", title):
        return match.group(1)
    if len(title) <= 5 and " " not in title and title.isupper():
        return title
    capitals = [
        word
        for word in re.findall(r"[^\W\d_]+", title)
        if word[0].isupper() and not (title.isupper() and word.casefold() in SMALL_WORDS)
    ]
    initials = "".join(word[0] for word in capitals)
    if len(initials) < 2:
        return ""
    if re.search(rf"(?<!\w){re.escape(initials)}(?!\w)", text):
        return initials
    said = dict.fromkeys(re.findall(r"(?<!\w)[A-Z]{3,8}(?!\w)", text))
    return next((name for name in said if _abbreviates(name, initials, title)), "")


def _abbreviates(name: str, initials: str, title: str) -> bool:
    """Tell whether ``name`` has the initials of the title, and a letter or two more of it."""
    return (
        name[0] == initials[0]
        and len(name) <= len(initials) + 2
        and _in_order(initials, name)
        and _in_order(name.casefold(), title.casefold())
    )


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
