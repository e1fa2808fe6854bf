"""Running text of a capture: its HTML, and what it names."""

from __future__ import annotations

import re
from html import escape

from hsec_wagtail.dates import find_dates
from hsec_wagtail.importer.document import Found, Span
from hsec_wagtail.importer.source import Source

__all__ = ["dates_in", "paragraph_html", "short_name", "split_intro", "text_html"]

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


def paragraph_html(source: Source, span: Span) -> str:
    """Return the source's text at ``span`` as one paragraph."""
    return f"<p>{text_html(' '.join(source.text[slice(*span)].split()))}</p>"


def dates_in(source: Source, span: Span, language: str) -> list[Found]:
    """Return the dates that the source's text at ``span`` bears, in order."""
    text = source.text[slice(*span)]
    return [
        Found(
            edtf=found.edtf,
            label=found.label,
            text=" ".join(found.text.split()),
            span=(span[0] + found.span[0], span[0] + found.span[1]),
        )
        for found in find_dates(text, language=language)
    ]


def split_intro(source: Source, span: Span) -> tuple[Span | None, Span]:
    """Part a paragraph that ends with a colon: what comes before, and its last sentence."""
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
    if len(title) <= 5 and " " not in title:
        return title
    capitals = [word for word in re.findall(r"[^\W\d_]+", title) if word[0].isupper()]
    initials = "".join(word[0] for word in capitals)
    if len(initials) >= 2 and re.search(rf"(?<!\w){re.escape(initials)}(?!\w)", text):
        return initials
    return ""
