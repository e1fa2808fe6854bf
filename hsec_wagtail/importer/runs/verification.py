"""The result of a verification: the words of the sources on the site, and the fate of the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.runs.word_search import Fate

__all__ = ["CheckedItem", "CheckedSource", "Counts", "LostWords", "Verification"]


#: How many lines of a kind the console shows.
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """How many words of content are where; see :class:`~hsec_wagtail.importer.runs.word_search.Fate`."""

    there: int = 0
    moved: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def content(self) -> int:
        """All of them."""
        return self.there + self.moved + self.changed + self.gone

    def __str__(self) -> str:
        if self.there == self.content:
            return f"all {self.content} words there"
        named = {"moved": self.moved, "changed since": self.changed, "gone": self.gone}
        rest = ", ".join(f"{count} {name}" for name, count in named.items() if count)
        return f"{self.there} of {self.content} words there, {rest}"


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words that stand together in a source and are not where they were taken to.

    ``line`` is that of the source, None for a document, which has none. ``id`` and ``path`` say what
    they were taken into, ``why`` where they are or what took them.
    """

    fate: Fate
    line: int | None
    span: Span
    text: str
    words: int
    id: str
    title: str
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """One source; ``differs`` says how a file given for it is not what was imported, "" if it is."""

    run: int
    name: str
    sha256: str
    language: str
    words: int
    left_out: int
    counts: Counts
    lost: tuple[LostWords, ...]
    differs: str = ""


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One page or group of links; ``state`` is "live", "draft", "unpublished" or "deleted"."""

    type: str
    id: str
    language: str
    key: str
    title: str
    state: str
    counts: Counts
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """The result; ``draft`` if the newest drafts were read, not what is published."""

    sources: tuple[CheckedSource, ...]
    items: tuple[CheckedItem, ...]
    draft: bool = False

    @property
    def counts(self) -> Counts:
        """The words of all sources."""
        every = [source.counts for source in self.sources]
        return Counts(
            *(
                sum(getattr(one, name) for one in every)
                for name in ("there", "moved", "changed", "gone")
            )
        )

    @property
    def complete(self) -> bool:
        """Whether no word is gone."""
        return not self.counts.gone

    def as_json(self) -> dict[str, Any]:
        """Return the verification as ``--json`` prints it."""
        return {
            "complete": self.complete,
            "draft": self.draft,
            "counts": asdict(self.counts),
            "sources": [_source(source) for source in self.sources],
            "items": [asdict(item) for item in self.items],
        }

    def lines(self) -> Iterator[str]:
        """Yield it line by line as the console shows it, the summary last."""
        for source in self.sources:
            yield (
                f"{source.name} (run {source.run}): {source.words} words, {source.left_out} left out with a"
                f" reason; {source.counts}."
            )
            if source.differs:
                yield f"    ! {source.differs}"
            yield from _some([_line(lost) for lost in source.lost])
        yield from _some([_note(item) for item in self.items if item.state != "live" or item.note])
        yield self._summary()

    def _summary(self) -> str:
        read = "the newest drafts" if self.draft else "what is published"
        return f"Compared with {read}: {self.counts}."


def _source(source: CheckedSource) -> dict[str, Any]:
    lost = [{**asdict(one), "fate": one.fate.value} for one in source.lost]
    return {**asdict(source), "lost": lost}


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"    and {len(lines) - _MOST_LINES} more; --json names all."


def _note(item: CheckedItem) -> str:
    note = f"; {item.note}" if item.note else ""
    return f"    ! {item.language}  {item.title}: {item.state}{note}"


def _line(lost: LostWords) -> str:
    place = f"line {lost.line}" if lost.line else lost.path
    where = f" ({lost.title}: {lost.why})" if lost.title else f" ({lost.why})"
    return f"    {lost.fate.value.upper():<7} {place}: {lost.text!r}{where}"
