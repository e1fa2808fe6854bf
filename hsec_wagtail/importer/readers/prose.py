"""Running text of a capture: its HTML, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape

from babel import Locale

from hsec_wagtail.dates import find_dates
from hsec_wagtail.importer.document import Found, Member, Span
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import normalise

__all__ = ["dates_in", "members_in", "paragraph_html", "short_name", "split_intro", "text_html"]

_URL = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?»])[\s\u00a0]+(?=[^\W\d_a-zà-ÿ])")
_LATE = re.compile(
    r"\b(?:includ\w+|members?|participa\w+|compris\w+|membres?|pays|countries|states|états|comprend\w*"
    r"|compos\w+|regroup\w+|réuni\w+)\b",
    re.IGNORECASE,
)
_ROLES = (
    ("observer", re.compile(r"observ(?:er|ateur|atrice)", re.IGNORECASE)),
    ("associate", re.compile(r"associ(?:ate|é)", re.IGNORECASE)),
    ("partner", re.compile(r"part(?:ner|enaire)", re.IGNORECASE)),
)


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


def members_in(source: Source, span: Span, language: str) -> list[Member]:
    """Return the countries that a sentence lists as taking part, with their roles.

    A list counts from three countries on, where the words before it speak of members.
    """
    countries = _countries(language[:2])
    run: list[Member] = []
    begin = span[0]
    for item in _joined(source.text, list(_items(source.text, span)), countries):
        member = _member(source, item, countries)
        if member:
            run.append(member)
        elif _is_list(run, source, begin):
            break
        else:
            run, begin = [], item[0]
    return run if _is_list(run, source, begin) else []


def _is_list(run: list[Member], source: Source, begin: int) -> bool:
    if len(run) < 3 or run[0].span is None:
        return False
    return bool(_LATE.search(source.text, max(begin - 200, 0), run[0].span[0]))


# A list is parted by commas, semicolons, "and"; its first item follows a colon or the verb.
_PARTING = re.compile(r"\s*(?:[,;:.]\s*(?:and\b|et\b)?|\band\b|\bet\b)\s*", re.IGNORECASE)


def _items(text: str, span: Span) -> Iterator[Span]:
    start = span[0]
    depth_end = 0
    for match in _PARTING.finditer(text, *span):
        if match.start() < depth_end:
            continue
        bracket = text.find("(", start, match.start())
        if bracket >= 0 and (close := text.find(")", bracket, span[1])) > match.start():
            depth_end = close
            continue
        if match.start() > start:
            yield (start, match.start())
        start = match.end()
    if start < span[1]:
        yield (start, span[1])


def _joined(text: str, items: list[Span], countries: dict[str, str]) -> Iterator[Span]:
    """Yield ``items``, the two halves of a name such as "Trinidad and Tobago" as one."""
    n = 0
    while n < len(items):
        pair = (items[n][0], items[min(n + 1, len(items) - 1)][1])
        if n + 1 < len(items) and normalise(text[slice(*pair)]) in countries:
            yield pair
            n += 2
        else:
            yield items[n]
            n += 1


_ARTICLE = re.compile(r"(?:the|le|la|les)\s+|l['\u2019]", re.IGNORECASE)


def _member(source: Source, span: Span, countries: dict[str, str]) -> Member | None:
    text = source.text[slice(*span)]
    name, _bracket, remark = text.partition("(")
    bare = " ".join(name.split())
    bare = bare[match.end() :] if (match := _ARTICLE.match(bare)) else bare
    code = countries.get(normalise(bare))
    if code is None:
        return None
    role = next((role for role, said in _ROLES if said.search(remark)), "member")
    return Member(name=bare, country=code, role=role, span=span)


@cache
def _countries(language: str) -> dict[str, str]:
    """Return normalised country names -> ISO 3166-1 alpha-2, as the CLDR has them."""
    names: dict[str, str] = {}
    for code in dict.fromkeys((language if language in {"en", "fr"} else "en", "en", "fr")):
        for territory, name in Locale(code).territories.items():
            if len(territory) == 2 and territory.isalpha() and territory not in _NO_COUNTRIES:
                names.setdefault(normalise(name), territory)
    return names


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
