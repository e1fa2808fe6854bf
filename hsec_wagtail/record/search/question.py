"""The question of a reader, and the rows that answer it, the best first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Case, Count, Max, QuerySet, Sum, When, Window

from hsec_wagtail.models.search_rows import SearchTerm
from hsec_wagtail.models.searching import clean_query
from hsec_wagtail.record.search.words import (
    LANGUAGES,
    WORD,
    fold_words,
    is_common,
    keys,
    stem_language,
)

__all__ = ["Question"]

#: Quotation marks of either language, with what is between them, or a word.
_PART = re.compile(rf"""["“”«»]\s*([^"“”«»]+?)\s*["“”«»]|({WORD.pattern})""")
#: More words narrow a search no further in practice.
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Question:
    """The words and phrases that must be in a row.

    Attributes:
        text: As it was asked, without control characters.
        words: The terms of each word, of which a row must have one; of the words of phrases, too.
        optional: Terms of words that are too frequent in another language than that of the question to be needed
            there; they count where they are found.
        phrases: Folded; each within one field.
        asked_alone: Terms of the words that stand in no phrase.
    """

    text: str
    words: tuple[frozenset[str], ...] = ()
    optional: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    asked_alone: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str, *, language: str) -> Self:
        """Return what ``text``, of any content, asks on pages in ``language``: all its words, phrases in quotes.

        Words that are too frequent to tell anything are left out.
        """
        text = clean_query(text)
        own = stem_language(language)
        needed: list[str] = []
        of_phrases: list[str] = []
        optional: list[str] = []
        phrases: list[str] = []
        for phrase, word in _PART.findall(text)[:_MOST_WORDS]:
            if phrase:
                phrases.append(fold_words(phrase))
                of_phrases += [one for one in WORD.findall(phrase) if not _is_common_anywhere(one)]
            elif not is_common(word, own):
                # "UN" is an organisation, "un" an article in French.
                rare = word.isupper() or not _is_common_anywhere(word)
                (needed if rare else optional).append(word)
        if not (needed or of_phrases):
            needed, optional = optional, []
        alone = _terms([*needed, *optional])
        return cls(
            text=text,
            words=tuple(
                dict.fromkeys(_terms([word]) for word in (needed + of_phrases)[:_MOST_WORDS])
            ),
            optional=_terms(optional),
            phrases=tuple(phrase for phrase in phrases if phrase),
            asked_alone=alone,
        )

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def terms(self) -> frozenset[str]:
        """The terms of all words."""
        return self.optional.union(*self.words)

    def ranked(self, sections: Collection[int]) -> QuerySet[Any, Any]:
        """Return ``row`` and ``score`` of the rows in ``sections`` that answer, the best first, and their ``total``.

        The pass that ranks them has found them all, and counts them as well.
        """
        found = self._answers(sections).annotate(score=Sum("weight"), total=Window(Count("*")))
        return found.order_by("-score", "row")

    def matching(self, sections: Collection[int]) -> QuerySet[Any, Any]:
        """Return ``row`` of the rows in ``sections`` that answer; none without a word."""
        return self._answers(sections).values("row")

    def _answers(self, sections: Collection[int]) -> QuerySet[Any, Any]:
        """Return the rows in one pass over the terms asked for: a query for each word and row would cost more."""
        if not self:
            return SearchTerm.objects.none().values("row")
        found = SearchTerm.objects.filter(section__in=sections, term__in=sorted(self.terms))
        for phrase in self.phrases:
            found = found.filter(row__folded__contains=f" {phrase} ")
        rows = found.values("row")
        if len(self.words) == 1 and not self.optional:
            # One term is enough, and most questions have one word only.
            return rows.distinct()
        has = {f"has_{place}": _has(word) for place, word in enumerate(self.words)}
        return rows.annotate(**has).filter(**dict.fromkeys(has, 1))


def _has(word: frozenset[str]) -> Max:
    return Max(Case(When(term__in=sorted(word), then=1), default=0))


def _is_common_anywhere(word: str) -> bool:
    return any(is_common(word, language) for language in LANGUAGES)


def _terms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        key for word in words for language in LANGUAGES for key in keys(word, language)
    )
