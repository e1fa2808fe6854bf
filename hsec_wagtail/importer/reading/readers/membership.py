"""Members of a forum, found in prose, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale

from hsec_wagtail.importer.document.nodes import Member
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.reading.readers.prose import dates_in
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import normalise

__all__ = ["members_in", "members_of_list", "members_of_table"]

#: Fewer countries than this are no list.
_FEWEST = 3
_INTRODUCTION = re.compile(
    r"\b(?:includ\w+|members?|participa\w+|compris\w+|membres?|pays|countries|states|états|comprend\w*"
    r"|compos\w+|regroup\w+|réuni\w+|observ\w+)\b",
    re.IGNORECASE,
)
_ROLES = (
    ("observer", re.compile(r"\bobserv(?:ers?|ateurs?|atrices?)\b", re.IGNORECASE)),
    ("associate", re.compile(r"\bassoci(?:ates?|ée?s?)\b", re.IGNORECASE)),
    ("partner", re.compile(r"\bpart(?:ners?|enaires?)\b", re.IGNORECASE)),
)
# "South Africa as an observer", « l'Afrique du Sud à titre d'observatrice ».
_AS = re.compile(
    r"\s*[,–—-]?\s*\b(?:as (?:an? |the )?|comme |à titre d[e'’]\s*|en (?:tant que|qualité d[e'’])\s*)"
    r"(?=[\w ]{0,20}(?:observ|associ|part))",
    re.IGNORECASE,
)
# The heading of a table's column that says since when a country takes part.
_SINCE = re.compile(
    r"\b(?:since|joined|accession|acceded|admi(?:tted|ssion)|depuis|adhésion)\b", re.IGNORECASE
)
# The items of a list are separated by commas, semicolons, "and"; the first follows a colon or the verb.
_SEPARATOR = re.compile(r"\s*(?:[,;:.]\s*(?:and\b|et\b)?|\band\b|\bet\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|le|la|les)\s+|l['\u2019]", re.IGNORECASE)
_SAINT = re.compile(r"\bst\b\.?")
#: The longest name of a country that pages write in two halves, in items.
_LONGEST_NAME = 80
_MOST_WORDS = 6


def members_in(source: Source, span: Span, language: str) -> list[Member]:
    """Return the countries that a sentence lists as taking part, with their roles.

    A list counts from three countries on, where the words before it speak of members.
    """
    countries = _countries(language[:2])
    run: list[Member] = []
    begin = span[0]
    role: str | None = None
    items = list(_joined(source.text, list(_items(source.text, span)), countries))
    for n, item in enumerate(items):
        following = items[n + 1] if n + 1 < len(items) else None
        if run and run[-1].span and item[0] < run[-1].span[1]:
            continue
        member = _member(source, item, countries, role)
        if not member and not run:
            member = _last_words(source, item, following, countries)
        if member:
            run.append(member)
        elif run and (said := _lone_role(source.text[slice(*item)])):
            role = said
        elif _is_list(run, source, begin):
            break
        else:
            run, begin, role = [], item[0], None
    return run if _is_list(run, source, begin) else []


def _last_words(
    source: Source, item: Span, following: Span | None, countries: dict[str, str]
) -> Member | None:
    """Return the country that ends the first item, as in "Its members are France".

    Its name may have a second half, which is the ``following`` item then.
    """
    text = source.text[slice(*item)].partition("(")[0]
    if not _INTRODUCTION.search(text):
        return None
    starts = [item[0] + match.start() for match in re.finditer(r"(?<=\s)\S", text)][-_MOST_WORDS:]
    for end in (following[1] if following else item[1], item[1]):
        for start in starts:
            if member := _member(source, (start, end), countries, None):
                return member
    return None


def members_of_list(source: Source, spans: Sequence[Span], language: str) -> list[Member]:
    """Return the countries that the items of a list are; nothing where one is something else."""
    countries = _countries(language[:2])
    found = [member for span in spans if (member := _member(source, span, countries, None))]
    return found if len(found) == len(spans) >= _FEWEST else []


def members_of_table(source: Source, rows: Sequence[Sequence[Span]], language: str) -> list[Member]:
    """Return the countries that the first cells of a table are, with the years in which they joined.

    A table without a column that says so may be of anything else about countries.
    """
    heads = [source.text[slice(*cell)] for cell in rows[0]] if rows else []
    column = next((n for n, head in enumerate(heads) if n and _SINCE.search(head)), None)
    if column is None:
        return []
    countries = _countries(language[:2])
    members: list[Member] = []
    for row in rows[1:]:
        member = _member(source, row[0], countries, None) if len(row) > column else None
        if member is None:
            return []
        dates = dates_in(source, row[column], language)
        members.append(member.model_copy(update={"since": dates[0].edtf if dates else None}))
    return members if len(members) >= _FEWEST else []


def _is_list(run: list[Member], source: Source, begin: int) -> bool:
    if len(run) < _FEWEST or run[0].span is None:
        return False
    return bool(_INTRODUCTION.search(source.text, max(begin - 200, 0), run[0].span[0]))


def _lone_role(text: str) -> str | None:
    """Return the role that ``text`` names and nothing else, as in "and, as an observer, Mexico"."""
    if len(text.split()) > 5:
        return None
    return next((role for role, said in _ROLES if said.search(text)), None)


def _items(text: str, span: Span) -> Iterator[Span]:
    """Yield the items of a list; separators in brackets do not count."""
    start = bracket = span[0]
    closed = span[0]
    last_close = text.rfind(")", *span)
    for match in _SEPARATOR.finditer(text, *span):
        if match.start() < closed:
            continue
        bracket = text.find("(", max(start, closed), match.start())
        if bracket >= 0 and bracket < last_close:
            close = text.find(")", bracket, span[1])
            if close > match.start():
                closed = close
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
        if (
            n + 1 < len(items)
            and pair[1] - pair[0] <= _LONGEST_NAME
            and _bare_name(text[slice(*pair)])[1] in countries
        ):
            yield pair
            n += 2
        else:
            yield items[n]
            n += 1


def _bare_name(text: str) -> tuple[str, str]:
    """Return the name in ``text`` without article and remark, and how it is looked up."""
    name = " ".join(text.partition("(")[0].split())
    if match := _AS.search(name):
        name = name[: match.start()]
    name = name.strip(" .;,:")
    name = name[match.end() :] if (match := _ARTICLE.match(name)) else name
    return name, _lookup(name)


def _lookup(name: str) -> str:
    folded = normalise(name).replace("&", "and").replace("-", " ")
    return " ".join(_SAINT.sub("saint", folded).split())


def _member(
    source: Source, span: Span, countries: dict[str, str], role: str | None
) -> Member | None:
    text = source.text[slice(*span)]
    if len(text) > 2 * _LONGEST_NAME:
        return None
    name, key = _bare_name(text)
    code = countries.get(key)
    if code is None:
        return None
    said = next((role for role, said in _ROLES if said.search(text)), role or "member")
    return Member.model_validate({"name": name, "country": code, "role": said, "span": span})


@cache
def _countries(language: str) -> dict[str, str]:
    """Return names of countries as they are looked up -> ISO 3166-1 alpha-2, as the CLDR has them."""
    names: dict[str, str] = {}
    for code in dict.fromkeys((language if language in {"en", "fr"} else "en", "en", "fr")):
        for territory, name in Locale(code).territories.items():
            if len(territory) == 2 and territory.isalpha() and territory not in _NO_COUNTRIES:
                names.setdefault(_lookup(name), territory)
    return {**_OTHER_NAMES, **names}


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
#: What pages call countries and the CLDR does not.
_OTHER_NAMES = {
    "bolivia (plurinational state of)": "BO",
    "brunei darussalam": "BN",
    "burma": "MM",
    "cabo verde": "CV",
    "czech republic": "CZ",
    "république tchèque": "CZ",
    "myanmar": "MM",
    "holy see": "VA",
    "saint siège": "VA",
    "ivory coast": "CI",
    "macedonia": "MK",
    "macédoine": "MK",
    "moldavie": "MD",
    "people's republic of china": "CN",
    "republic of korea": "KR",
    "république de corée": "KR",
    "republic of moldova": "MD",
    "russian federation": "RU",
    "fédération de russie": "RU",
    "slovak republic": "SK",
    "swaziland": "SZ",
    "the gambia": "GM",
    "turkey": "TR",
    "uk": "GB",
    "united states of america": "US",
    "états unis d'amérique": "US",
    "usa": "US",
    "viet nam": "VN",
    "bosnia and herzegovina": "BA",
    "trinité et tobago": "TT",
    "antigua et barbuda": "AG",
    "saint kitts and nevis": "KN",
    "saint vincent and the grenadines": "VC",
    "são tomé and príncipe": "ST",
    "sao tome and principe": "ST",
}
