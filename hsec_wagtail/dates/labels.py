"""The words that label dates: "signed June 1999", « ratifiée en juin 2000 »."""

import unicodedata

from .reading import TokenReading
from .tokens import TokenKind

_ENGLISH = (
    "signed ratified adopted acceded accepted approved accessed concluded deposited denounced proclaimed tabled submitted "
    "established created founded formed launched opened closed began begun started ended completed held hosted convened "
    "published released issued announced updated modified revised amended reviewed renewed extended joined elected endorsed "
    "agreed negotiated drafted introduced implemented inaugurated appointed effective dated expired withdrawn suspended"
)
_FRENCH = (
    "signé ratifié adopté adhéré accepté approuvé conclu déposé dénoncé proclamé présenté soumis établi créé fondé formé "
    "lancé ouvert fermé clos commencé débuté terminé achevé tenu organisé convoqué publié diffusé émis annoncé modifié "
    "révisé amendé examiné renouvelé prolongé élu entériné négocié rédigé instauré inauguré nommé daté expiré retiré suspendu"
)
_LABELS = frozenset(
    (
        *_ENGLISH.split(),
        *(stem + ending for stem in _FRENCH.split() for ending in ("", "e", "s", "es")),
    )
)
#: By last word, the words that may stand three before the date.
_PHRASES = {
    "force": frozenset(("entered", "entry", "came", "entering")),
    "vigueur": frozenset(("entré", "entrée", "entrés", "entrées")),
    "jour": frozenset(("mis", "mise", "mises")),
}
_BETWEEN = frozenset(("in", "on", "the", "en", "le", "la", "l'", "au", "a", "dans"))


def usual_labels(language: str) -> tuple[str, ...]:
    """Return the labels to choose from in a language; English ones unless its code begins with "fr"."""
    if language.lower().startswith("fr"):
        return (*_FRENCH.split(), "entré en vigueur", "mis à jour")
    return (*_ENGLISH.split(), "entered into force")


def label_before(reading: TokenReading, first: int) -> str:
    """Return the word or phrase right before the date at ``first`` that says what happened then, or ""."""
    at = first - 1
    for _ in range(4):
        if not _is_between(reading, at):
            break
        at -= 1
    if reading.tokens[at].kind is not TokenKind.WORD:
        return ""
    word = _plain(reading, at)
    if at > 2 and _plain(reading, at - 2) in _PHRASES.get(word, ()):
        return " ".join(_plain(reading, place) for place in range(at - 2, at + 1))
    return word if word in _LABELS else ""


def _is_between(reading: TokenReading, at: int) -> bool:
    token = reading.tokens[at]
    if token.kind is TokenKind.WORD:
        return token.norm in _BETWEEN or token.norm in reading.words.weekdays
    return token.surface == ":" or (
        token.surface == "," and reading.tokens[at - 1].norm in reading.words.weekdays
    )


def _plain(reading: TokenReading, at: int) -> str:
    return unicodedata.normalize("NFC", reading.tokens[at].surface).lower()
