"""Dates in words, in English and in French."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from .edtf import EDTF, Edge, Point, Precision

_SEASONS = {
    "en": {21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
    "fr": {21: "printemps", 22: "été", 23: "automne", 24: "hiver"},
}
_QUALIFIERS = {
    "en": {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "},
    "fr": {"": "", "~": "vers ", "?": "peut-être ", "%": "peut-être vers "},
}
_DASH = "\u2013"
_L, _D = "l\u2019", "d\u2019"
# "de" and "à" with the article of a French date; _D stands for no article and an elision.
_DE = {"": "de ", "le ": "du ", _L: f"de {_L}", "les ": "des ", _D: _D, "un ": f"{_D}un "}
_A = {"": "à ", "le ": "au ", _L: f"à {_L}", "les ": "aux ", _D: "à ", "un ": "à un "}
#: From this year on a year needs no word before it to be known as one.
_PLAIN_YEARS = 1000


def say(value: EDTF | str, *, language: str = "en") -> str:
    """Return ``value`` in words, what its parts share said once: "since 1990", « du 12 au 14 mai 2003 ».

    Args:
        value: A value, or the EDTF text of one.
        language: A language code; those beginning with "fr" are French, all others English.

    Raises:
        DateError: ``value`` is a text that is no EDTF date.

    Spaces are plain ones, so that the words can be searched for and compared.
    """
    value = EDTF.parse(value) if isinstance(value, str) else value
    french = language.lower().startswith("fr")
    start, end = value.start, value.end
    if isinstance(start, Point) and end in (None, start):
        return _french(start) if french else _english(start)
    if isinstance(start, Point) and isinstance(end, Point):
        return _french_interval(start, end) if french else _english_interval(start, end)
    return _french_half(start, end) if french else _english_half(start, end)


def _ordinal(number: int) -> str:
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _roman(number: int) -> str:
    text = ""
    for worth, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, number = divmod(number, worth)
        text += sign * count
    return text


# Reading the data of a locale takes longer than all the rest of this module.
@cache
def _months(language: str) -> Mapping[int, str]:
    """Return the names of the months by number."""
    names: Mapping[int, str] = Locale(language).months["format"]["wide"]
    return names


def month_name(month: int, *, language: str = "en") -> str:
    """Return the name of a month, 1 to 12, in the languages of ``say``."""
    return _months("fr" if language.lower().startswith("fr") else "en")[month]


def _day_and_month(point: Point, language: str) -> str:
    month = point.month or 0
    if month > 12:
        return _SEASONS[language][month]
    name = _months(language)[month] if month else ""
    if point.day is None:
        return name
    return f"{_french_day(point.day) if language == 'fr' else point.day} {name}"


def _french_day(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _english(point: Point) -> str:
    year = str(point.year) if point.year >= _PLAIN_YEARS else f"the year {point.year}"
    match point.precision:
        case Precision.CENTURY:
            words = f"the {_ordinal(point.year // 100 + 1)} century"
        case Precision.DECADE:
            words = f"the {point.year}s"
        case Precision.YEAR:
            words = year
        case _:
            of = "" if year.isdecimal() else "of "
            words = f"{_day_and_month(point, 'en')} {of}{year}"
    if point.unspecified:
        is_month = point.month is None and point.unspecified == 1
        words = f"{'a month' if is_month else 'a day'} in {words}"
    return _QUALIFIERS["en"][point.qualifier] + words


def _french_parts(point: Point) -> tuple[str, str]:
    """Return the article that ``point`` takes after a preposition, and the words.

    Instead of an article, _D says that "de" is elided before the words.
    """
    match point.precision:
        case Precision.CENTURY:
            century = point.year // 100 + 1
            return "le ", f"{_roman(century)}{'er' if century == 1 else 'e'} siècle"
        case Precision.DECADE:
            return "les ", f"années {point.year}"
    year = str(point.year) if point.year >= _PLAIN_YEARS else f"{_L}an {point.year}"
    of = "" if year.isdecimal() else "de "
    whole = point.precision is Precision.YEAR
    words = year if whole else f"{_day_and_month(point, 'fr')} {of}{year}"
    article = "" if whole else _french_article(point, words)
    if not point.unspecified:
        return article, words
    is_month = whole and point.unspecified == 1
    return "un ", f"{'mois' if is_month else 'jour'} {_DE[article]}{words}"


def _french_article(point: Point, words: str) -> str:
    elided = words[0] in "aoéh"
    if point.precision is Precision.MONTH:
        return _D if elided else ""
    return _L if elided else "le "


def _french(point: Point) -> str:
    article, words = _french_parts(point)
    if point.qualifier or point.unknown or point.unspecified:
        return _QUALIFIERS["fr"][point.qualifier] + article.replace(_D, "") + words
    return words


def _is_shared(start: Point, end: Point) -> bool:
    """Tell whether both ends lie in one year and are days, or are months or seasons, of it."""
    exact = not (start.unknown or start.unspecified or end.unspecified)
    return start.year == end.year and start.precision is end.precision and exact


def _left_part(start: Point, end: Point, language: str) -> str:
    """Return what is to be said of ``start`` when ``end`` is said in full with the same year."""
    if start.day is not None and start.month == end.month:
        return _french_day(start.day) if language == "fr" else str(start.day)
    return _day_and_month(start, language)


def _english_interval(start: Point, end: Point) -> str:
    qualified = any(
        point.qualifier or point.unknown or point.unspecified or point.year < _PLAIN_YEARS
        for point in (start, end)
    )
    # "winter 2003-2004" would be one winter.
    season_to_other = start.precision is Precision.SEASON and not _is_shared(start, end)
    if qualified or season_to_other:
        return f"from {_english(start)} to {_english(end)}"
    if start.month is None and end.month is None:
        return f"{start.year}{_DASH}{end.year}"
    if not _is_shared(start, end):
        return f"{_english(start)} {_DASH} {_english(end)}"
    left = _left_part(start, end, "en")
    dash = f" {_DASH} " if " " in left else _DASH
    return f"{left}{dash}{_english(end)}"


def _french_interval(start: Point, end: Point) -> str:
    article, words = _french_parts(start)
    if (
        _is_shared(start, end)
        and start.month is not None
        and not start.qualifier
        and not end.qualifier
    ):
        words = _left_part(start, end, "fr")
    return f"{_after(_DE, start, article, words)} {_after(_A, end, *_french_parts(end))}"


def _after(preposition: dict[str, str], point: Point, article: str, words: str) -> str:
    if point.qualifier:
        return preposition[""] + _french(point)
    return preposition[article] + words


def _english_half(start: Point | Edge, end: Point | Edge | None) -> str:
    if isinstance(start, Point):
        since = "since {}" if end is Edge.OPEN else "from {}, end unknown"
        return since.format(_english(start))
    until = "until {}" if start is Edge.OPEN else "to {}, start unknown"
    return until.format(_english(end)) if isinstance(end, Point) else ""


def _french_half(start: Point | Edge, end: Point | Edge | None) -> str:
    if isinstance(start, Point):
        article, words = _french_parts(start)
        if end is Edge.OPEN:
            since = article.replace(_D, "") + words
            if start.qualifier == "~":
                return f"depuis {since} environ"
            return f"depuis {_french(start) if start.qualifier else since}"
        return f"à partir {_after(_DE, start, article, words)}, fin inconnue"
    if not isinstance(end, Point):
        return ""
    article, words = _french_parts(end)
    if start is Edge.UNKNOWN:
        return f"{_after(_A, end, article, words)}, début inconnu"
    plain = not (end.qualifier or end.unspecified) and end.precision in (
        Precision.YEAR,
        Precision.MONTH,
    )
    return f"jusqu\u2019{f'en {words}' if plain else _after(_A, end, article, words)}"
