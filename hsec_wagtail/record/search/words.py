"""Words as a search compares them: without accents, ligatures and endings. Pure, and the same for every database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]
from anyascii import anyascii

__all__ = [
    "LANGUAGES",
    "WORD",
    "fold",
    "fold_words",
    "is_common",
    "keys",
    "plain",
    "stem_language",
    "terms",
]

#: A word, or initials with full stops. Hyphens and apostrophes part words.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_FRENCH_PLURAL = re.compile(r"(?<=...)[sx]$")
_FOLDED_WORD = re.compile(r"[a-z0-9]+")
#: As long as the column of terms.
_LONGEST = 48

_STEMMERS: dict[str, Any] = {
    "en": snowballstemmer.stemmer("english"),
    "fr": snowballstemmer.stemmer("french"),
}
#: Languages with endings that are known; "" stands for all others, whose words are only folded.
LANGUAGES = (*_STEMMERS, "")

#: Too frequent to tell anything; parts of words that an apostrophe leaves, too. Folded.
_COMMON = {
    "en": frozenset(
        "a an and are as at be been but by for from had has have he her his how i if in into is it its my no not of on"
        " or our s she so t than that the their them then there these they this those to was we were what when which"
        " who will with you your".split()
    ),
    "fr": frozenset(
        "a au aux avec c ce ces cet cette d dans de des du elle elles en est et etait ete etre eux il ils j je jusqu l"
        " la le les leur leurs lorsqu lui m mais mes meme n ne nos notre nous on ont ou par pas plus pour puisqu qu que"
        " qui quoi s sa se ses son sont sous sur t un une vos votre vous y".split()
    ),
    "": frozenset[str](),
}


def stem_language(code: str) -> str:
    """Return which of LANGUAGES the language ``code`` is."""
    base = code.lower().replace("_", "-").partition("-")[0]
    return base if base in _STEMMERS else ""


@lru_cache(65536)
def fold(text: str) -> str:
    """Return ``text`` in ASCII and small letters: "Lysøen" is "lysoen", "œuvre" is "oeuvre"."""
    return str(anyascii(text)).lower()


def fold_words(text: str) -> str:
    """Return the words of ``text`` folded, a space between them."""
    return " ".join(
        part for word in WORD.findall(text) for part in _FOLDED_WORD.findall(plain(word))
    )


@lru_cache(65536)
def plain(word: str) -> str:
    """Return a word folded; initials without their full stops."""
    return fold(word.replace(".", ""))


@lru_cache(65536)
def is_common(word: str, language: str) -> bool:
    """Return whether ``word`` is too frequent in ``language`` to tell anything."""
    return plain(word) in _COMMON[language]


@lru_cache(65536)
def keys(word: str, language: str) -> tuple[str, ...]:
    """Return the terms of ``word``: its stem as it is written, and as it is typed without accents.

    French has endings that are known by their accents only: "sécurité" has the stem "sécur", "securite" has "securit".
    Both are kept, so that either spelling finds either.
    """
    small = word.replace(".", "").lower()
    if language == "fr":
        # The stemmer takes "conflits" and "conflit" for two words.
        small = _FRENCH_PLURAL.sub("", small)
    stemmer = _STEMMERS.get(language)
    stems = {fold(stemmer.stemWord(one)) if stemmer else fold(one) for one in (small, fold(small))}
    return tuple(sorted(f"{language} {stem}"[:_LONGEST] for stem in stems if stem.strip()))


def terms(text: str, language: str) -> Iterator[str]:
    """Yield the terms of all words of ``text`` that tell something."""
    for word in WORD.findall(text):
        if not is_common(word, language):
            yield from keys(word, language)
