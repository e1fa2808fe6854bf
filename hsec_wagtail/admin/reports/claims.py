"""Phrases that were true on the day on which they were written, found in English and French; pure.

A rule says which phrases, and why they grow stale. A number beside a list, "over a dozen" above fourteen entries, is
found by what the list has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

__all__ = ["COUNT", "RULES", "Claim", "Rule", "find_claims", "find_counts"]

#: Letters of a sentence on each side of the phrase that are shown.
_SHOWN = 160
#: Of a text that is read.
_LONGEST = 200_000

#: Signs that are written in several ways, a sign for each, so that places stay.
_ALIKE = str.maketrans("’ʼ‘\u00a0\u202f\u2009\t\n\r", "'''      ")


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases of one kind: a pattern for each language that is known, and why they grow stale."""

    name: str
    label: Promise
    patterns: Mapping[str, re.Pattern[str]]
    why: Promise


@dataclass(frozen=True, slots=True)
class Claim:
    """A phrase that may be stale.

    Attributes:
        rule: Name of the rule.
        sentence: The phrase in its sentence, shortened where that is long.
        why: In words.
    """

    rule: str
    phrase: str
    sentence: str
    why: str


def _words(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)


_SPANS_EN = "year|month|week|spring|summer|autumn|fall|winter|session"
_SPANS_FR = "années?|mois|semaines?"

RULES = (
    Rule(
        "recent",
        _("recently"),
        {
            "en": _words(
                "(?:more |most )?recently",
                "lately",
                "of late",
                "newly",
                "in recent (?:years|months|weeks|times)",
                "over the (?:last|past) (?:few|several) (?:years|months|weeks)",
            ),
            "fr": _words(
                "(?:plus )?récemment",
                "dernièrement",
                "nouvellement",
                "(?:ces|au cours des) derni(?:ers|ères) (?:temps|années|mois|semaines|jours)",
                "depuis peu",
            ),
        },
        _("It calls something new, which it is no more one day. Give the date instead."),
    ),
    Rule(
        "now",
        _("now"),
        {
            "en": _words(
                "currently",
                "presently",
                "at present",
                "at the moment",
                "at this time",
                "right now",
                "nowadays",
                "today",
                "to this day",
                "as of now",
            ),
            "fr": _words(
                "actuellement",
                "à l'heure actuelle",
                "présentement",
                "à présent",
                "en ce moment",
                "de nos jours",
                "aujourd'hui",
                "à ce jour",
            ),
        },
        _("It was true on the day on which it was written. Say since when, or as of which day."),
    ),
    Rule(
        "relative",
        _("this year, last month"),
        {
            "en": _words(rf"(?:this|last|next|the coming|the current) (?:{_SPANS_EN})"),
            "fr": _words(
                "cette (?:année|semaine|session)",
                "ce mois-ci",
                "cet (?:été|hiver|automne)",
                "ce printemps",
                "l'an (?:dernier|passé|prochain)",
                "l'année (?:dernière|passée|prochaine|en cours)",
                "(?:le mois|la semaine) (?:derni(?:er|ère)|passée?|prochaine?)",
            ),
        },
        _("It names another time as time goes by. Name the year or the month."),
    ),
    Rule(
        "soon",
        _("soon"),
        {
            "en": _words(
                "(?<!as )soon(?! (?:as|after)\\b)",
                "shortly(?! (?:after|before|thereafter|afterwards)\\b)",
                "in the near future",
                "in the coming (?:weeks|months|years)",
                "upcoming",
                "forthcoming",
            ),
            "fr": _words(
                "bientôt",
                "prochainement",
                "sous peu",
                "dans un (?:proche avenir|avenir proche)",
                rf"(?:au cours|dans le courant) des prochaine?s (?:{_SPANS_FR})",
                rf"dans les prochaine?s (?:{_SPANS_FR})",
            ),
        },
        _("It does not say when, nor whether it came about. Give the date, or what came of it."),
    ),
)

#: Name and label of what is said of the number of entries of a list.
COUNT = ("count", _("a number beside a list"))

_NUMBERS: dict[str, dict[str, int]] = {
    "en": {
        **{word: n for n, word in enumerate(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            " eighteen nineteen twenty".split(), 2)},
        "half a dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36, "a score": 20, "thirty": 30,
        "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100,
    },
    "fr": {
        **{word: n for n, word in enumerate(
            "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
            " dix-neuf vingt".split(), 2)},
        "une demi-douzaine": 6, "une dizaine": 10, "une douzaine": 12, "une quinzaine": 15, "une vingtaine": 20,
        "une trentaine": 30, "une quarantaine": 40, "une cinquantaine": 50, "une soixantaine": 60,
        "une centaine": 100, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
    },
}  # fmt: skip

#: Words before a number -> whether there must be more than it (1), fewer (-1), or about as many (0).
_ABOUT: dict[str, dict[str, int]] = {
    "en": {
        "over": 1, "more than": 1, "upwards of": 1, "well over": 1, "fewer than": -1, "less than": -1, "nearly": -1,
        "almost": -1, "close to": 0, "about": 0, "around": 0, "some": 0, "approximately": 0, "roughly": 0,
    },
    "fr": {
        "plus de": 1, "plus d'": 1, "au-delà de": 1, "moins de": -1, "moins d'": -1, "près de": -1, "près d'": -1,
        "presque": -1, "environ": 0, "quelque": 0, "autour de": 0, "autour d'": 0,
    },
}  # fmt: skip

#: What is counted is no entry of a list.
_NO_ENTRIES = (
    r"(?!\s*(?:%|\$|€|per ?cent|p\. ?100|pour cent|thousand|million|billion|mille|milliard|years?|months?|weeks?|days?"
    r"|hours?|ans?\b|années?|mois|semaines?|jours?|heures?|dollars?))"
)


def _count_pattern(language: str) -> re.Pattern[str]:
    before = "|".join(sorted(map(re.escape, _ABOUT[language]), key=len, reverse=True))
    names = "|".join(sorted(map(re.escape, _NUMBERS[language]), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w$€-])(?P<about>{before})\s*(?<=[\s'])(?P<number>{names}|[0-9]{{1,3}})(?![\w.,]*[0-9]|[\w-]){_NO_ENTRIES}",
        re.IGNORECASE,
    )


_COUNTS = {language: _count_pattern(language) for language in _ABOUT}


def find_claims(text: str, *, language: str) -> Iterator[Claim]:
    """Yield the phrases of ``text`` that may be stale, rule by rule; none in a language that is not known."""
    base, shown = _base(language), _composed(text)
    for rule in RULES:
        if pattern := rule.patterns.get(base):
            for found in pattern.finditer(shown.translate(_ALIKE)):
                phrase = shown[found.start() : found.end()]
                yield Claim(rule.name, phrase, _sentence(shown, found), str(rule.why))


def find_counts(text: str, *, language: str, count: int) -> Iterator[Claim]:
    """Yield what ``text``, which stands beside a list of ``count`` entries, says of about how many there are."""
    base, shown = _base(language), _composed(text)
    if count < 1 or base not in _COUNTS:
        return
    for found in _COUNTS[base].finditer(shown.translate(_ALIKE)):
        written = " ".join(found["number"].lower().split())
        number = int(written) if written.isdecimal() else _NUMBERS[base][written]
        sign = _ABOUT[base][found["about"].lower()]
        wrong = (sign > 0 and count <= number) or (sign < 0 and count >= number)
        said = (
            gettext("The list beside it has %(count)d, which is something else.")
            if wrong
            else gettext("The list beside it has %(count)d, and grows. Give the number, or none.")
        )
        phrase = shown[found.start() : found.end()]
        yield Claim(COUNT[0], phrase, _sentence(shown, found), said % {"count": count})


def _base(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text[:_LONGEST])


_ENDS = re.compile(r"[.!?…](?=\s)|\s\|\s")


def _sentence(text: str, found: re.Match[Any]) -> str:
    """Return the sentence of what was found, or the part of it around that if it is long."""
    first, last = max(0, found.start() - _SHOWN), min(len(text), found.end() + _SHOWN)
    before = [end.end() for end in _ENDS.finditer(text, first, found.start())]
    after = _ENDS.search(text, found.end(), min(len(text), last + 1))
    start, stop = before[-1] if before else first, after.end() if after else last
    said = " ".join(text[start:stop].strip(" |").split())
    opening = "… " if not before and start else ""
    return f"{opening}{said}{' …' if not after and stop < len(text) else ''}"
