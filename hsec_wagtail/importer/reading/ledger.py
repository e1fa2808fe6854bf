"""The ledger: the claim on each word of the source, and the proof that none was lost.

A reader says what is chrome and why. Its claims on content are verified: the ledger takes the text of
every node of the document, compares it with the source's words at the node's span, word by word and
in order, and only what is really there counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hsec_wagtail.importer.document.schema import Document
from hsec_wagtail.importer.document.texts import Leaf, leaves, navigation_leaves
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.word_matching import matches
from hsec_wagtail.importer.text.words import count_words, normal_form, words

__all__ = ["Chrome", "Claim", "Ledger", "Unclaimed"]


@dataclass(frozen=True, slots=True)
class Chrome:
    """A stretch of the source that is no content, and why."""

    span: Span
    reason: Message


@dataclass(frozen=True, slots=True)
class Claim:
    """A word of the source and its outcome: a node's path, or the reason why it was left out."""

    span: Span
    node: str = ""
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Words that stand together in the source and that nobody claimed."""

    span: Span
    text: str


class Ledger:
    """Every word of a source with its claim.

    Args:
        source: Where the words stand.
        texts: The leaves of the document that the reader made of them.
        chrome: Stretches that the reader left out, with reasons.

    A word is claimed once: by the first node, in the order of the document, that really holds it.
    """

    def __init__(
        self, source: Source, texts: Iterable[Leaf], chrome: Iterable[Chrome] = ()
    ) -> None:
        self._source = source
        self._owners: list[Claim | None] = [None] * len(source.words)
        for stretch in chrome:
            for n in source.within(*stretch.span):
                self._take(n, Claim(stretch.span, reason=stretch.reason))
        for leaf in texts:
            if leaf.span is not None:
                self._prove(leaf, leaf.span)

    @classmethod
    def of_document(cls, document: Document) -> Ledger:
        """Return the ledger of a document that is its own source: all its words are content."""
        texts = [*leaves(document), *navigation_leaves(document)]
        text = "\n".join(leaf.text for leaf in texts)
        ledger = cls.__new__(cls)
        ledger._source = Source(name="document", text=text, sha256="")
        ledger._owners = []
        offset = 0
        for leaf in texts:
            span = (offset, offset + len(leaf.text))
            # The claims of a leaf are one object: nobody asks where each word of a document stands.
            ledger._owners += [Claim(span, node=leaf.path)] * count_words(leaf.text)
            offset = span[1] + 1
        return ledger

    @property
    def words(self) -> int:
        """How many words the source has."""
        return len(self._owners)

    @property
    def content(self) -> int:
        """How many words are content of a node."""
        return sum(1 for claim in self._owners if claim and claim.node)

    @property
    def chrome(self) -> dict[Message, int]:
        """How many words were left out for each reason, in the order of the source."""
        counts: dict[Message, int] = {}
        for claim in self._owners:
            if claim and claim.reason:
                counts[claim.reason] = counts.get(claim.reason, 0) + 1
        return counts

    @property
    def unclaimed(self) -> list[Unclaimed]:
        """The stretches of words that nobody claimed, in the order of the source."""
        found: list[Unclaimed] = []
        for first, last in self._unclaimed_runs():
            span = (self._source.words[first].start, self._source.words[last].end)
            found.append(Unclaimed(span, self._source.text[slice(*span)]))
        return found

    @property
    def claims(self) -> list[Claim | None]:
        """The claim on each word, in order; None for a word without one."""
        return list(self._owners)

    def as_json(self) -> dict[str, Any]:
        """Return the ledger as the ``--ledger`` file holds it, its reasons as messages."""
        return {
            "words": self.words,
            "content": self.content,
            "chrome": [{"reason": reason, "words": count} for reason, count in self.chrome.items()],
            "unclaimed": [{"span": list(run.span), "text": run.text} for run in self.unclaimed],
        }

    def _take(self, n: int, claim: Claim) -> None:
        if self._owners[n] is None:
            self._owners[n] = claim

    def _prove(self, leaf: Leaf, span: Span) -> None:
        numbers = self._source.within(*span)
        there = [normal_form(self._source.words[n].text) for n in numbers]
        claimed = words(leaf.text)
        claim = Claim(span, node=leaf.path)
        matched = {place for place, _ in matches(there, claimed)}
        if leaf.aside and len(matched) < len(there):
            matched |= _aside(there, leaf.aside)
        for offset in matched:
            self._take(numbers[offset], claim)

    def _unclaimed_runs(self) -> Iterator[tuple[int, int]]:
        first: int | None = None
        for n, claim in enumerate(self._owners):
            if claim is None:
                first = n if first is None else first
            elif first is not None:
                yield first, n - 1
                first = None
        if first is not None:
            yield first, len(self._owners) - 1


def _aside(there: list[str], aside: str) -> set[int]:
    """Return the places in ``there`` that are the URL behind a label, shown beside it."""
    shown = {*words(aside), *words(aside.partition("://")[2])}
    return {n for n, word in enumerate(there) if word in shown}
