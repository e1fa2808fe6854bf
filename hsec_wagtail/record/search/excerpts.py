"""The part of a text that answers a question, with what was asked for marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hsec_wagtail.record.search.question import Question
from hsec_wagtail.record.search.words import WORD, fold_words, keys, stem_language

__all__ = ["excerpt", "mark"]

#: About as much as two lines of a list.
_LENGTH = 240
#: Hits that are looked at in a long text, and words before the first.
_MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a word or phrase that is asked for stands, and which it is."""

    start: int
    end: int
    what: str


def mark(text: str, question: Question, *, language: str) -> SafeString:
    """Return ``text`` escaped, with ``<mark>`` around what ``question`` asks for."""
    return _marked(text, list(_hits(text, question, language)), 0, len(text))


def excerpt(text: str, question: Question, *, language: str) -> SafeString:
    """Return the part of ``text`` that has most of what ``question`` asks for, else its beginning; escaped and marked."""
    hits = list(islice(_hits(text, question, language), _MOST_HITS))
    start, end = _window(text, hits)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{_marked(text, hits, start, end)}{after}")  # noqa: S308 - escaped


def _hits(text: str, question: Question, language: str) -> Iterator[_Hit]:
    code = stem_language(language)
    phrases = [phrase.split() for phrase in question.phrases]
    words = list(WORD.finditer(text))
    folded = [fold_words(word[0]) for word in words] if phrases else []
    for place, word in enumerate(words):
        for phrase in phrases:
            last = place + len(phrase) - 1
            if folded[place : last + 1] == phrase and last < len(words):
                yield _Hit(word.start(), words[last].end(), " ".join(phrase))
        shared = question.asked_alone.intersection(keys(word[0], code))
        if shared:
            yield _Hit(word.start(), word.end(), min(shared))


def _window(text: str, hits: Sequence[_Hit]) -> tuple[int, int]:
    """Return where to begin and to end: within a paragraph, at words."""
    if len(text) <= _LENGTH and "\n" not in text:
        return 0, len(text)

    def seen(first: _Hit) -> set[str]:
        return {hit.what for hit in hits if 0 <= hit.start - first.start < _LENGTH * 3 // 4}

    best = max(hits, key=lambda hit: (len(seen(hit)), -hit.start)) if hits else None
    at = best.start if best else 0
    start = text.rfind("\n", 0, at) + 1
    if at - start > _LENGTH // 4:
        start = text.find(" ", at - _LENGTH // 4, at) + 1 or at
    stop = text.find("\n", at)
    end = min(stop if stop >= 0 else len(text), start + _LENGTH)
    if end < len(text) and text[end] not in " \n":
        end = max(text.rfind(" ", at, end), best.end if best else 0) or end
    return start, end


def _marked(text: str, hits: Sequence[_Hit], start: int, end: int) -> SafeString:
    parts, at = [], start
    for hit in hits:
        if at <= hit.start and hit.end <= end:
            parts += [
                escape(text[at : hit.start]),
                f"<mark>{escape(text[hit.start : hit.end])}</mark>",
            ]
            at = hit.end
    return mark_safe("".join([*parts, escape(text[at:end])]))  # noqa: S308 - escaped
