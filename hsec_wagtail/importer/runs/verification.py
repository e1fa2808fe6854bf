"""The result of a verification: the words of the sources on the site, and the fate of the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.word_search import Fate

__all__ = ["CheckedItem", "CheckedSource", "Counts", "LostWords", "Verification"]


_STATES = {
    "live": _("live"),
    "draft": _("draft"),
    "unpublished": _("unpublished"),
    "deleted": _("deleted"),
}
_FATES = {Fate.MOVED: _("moved"), Fate.CHANGED: _("changed"), Fate.GONE: _("gone")}
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
            return ngettext(
                "all %(count)d word there", "all %(count)d words there", self.content
            ) % {"count": self.content}
        counted = (
            (gettext("%(count)d moved"), self.moved),
            (gettext("%(count)d changed since"), self.changed),
            (gettext("%(count)d gone"), self.gone),
        )
        there = ngettext(
            "%(there)d of %(count)d word there", "%(there)d of %(count)d words there", self.content
        ) % {"there": self.there, "count": self.content}
        return ", ".join([there, *(text % {"count": count} for text, count in counted if count)])


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
    why: Message


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """One source; ``differs`` says how a file given for it is not what was imported, if so."""

    run: int
    name: str
    sha256: str
    language: str
    words: int
    left_out: int
    counts: Counts
    lost: tuple[LostWords, ...]
    differs: Message | None = None


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
    note: Message | None = None


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
            "items": [{**asdict(item), "note": _said(item.note)} for item in self.items],
        }

    def lines(self) -> Iterator[str]:
        """Yield it line by line as the console shows it, the summary last."""
        for source in self.sources:
            yield ngettext(
                "%(name)s (run %(run)d): %(words)d word, %(left_out)d left out with a reason; %(counts)s.",
                "%(name)s (run %(run)d): %(words)d words, %(left_out)d left out with a reason; %(counts)s.",
                source.words,
            ) % {
                "name": source.name,
                "run": source.run,
                "words": source.words,
                "left_out": source.left_out,
                "counts": source.counts,
            }
            if source.differs:
                yield f"    ! {source.differs}"
            yield from _some([_line(lost) for lost in source.lost])
        yield from _some([_note(item) for item in self.items if item.state != "live" or item.note])
        yield self._summary()

    def _summary(self) -> str:
        said = (
            gettext("Compared with the newest drafts: %(counts)s.")
            if self.draft
            else gettext("Compared with what is published: %(counts)s.")
        )
        return said % {"counts": self.counts}


def _source(source: CheckedSource) -> dict[str, Any]:
    lost = [{**asdict(one), "fate": one.fate.value, "why": _said(one.why)} for one in source.lost]
    return {**asdict(source), "lost": lost, "differs": _said(source.differs)}


def _said(message: Message | None) -> str:
    return str(message) if message else ""


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        more = len(lines) - _MOST_LINES
        said = ngettext(
            "and %(count)d more; --json names all.", "and %(count)d more; --json names all.", more
        )
        yield f"    {said % {'count': more}}"


def _note(item: CheckedItem) -> str:
    note = f"; {item.note}" if item.note else ""
    return f"    ! {item.language}  {item.title}: {_STATES[item.state]}{note}"


def _line(lost: LostWords) -> str:
    place = gettext("line %(line)d") % {"line": lost.line} if lost.line else lost.path
    where = f" ({lost.title}: {lost.why})" if lost.title else f" ({lost.why})"
    return f"    {str(_FATES[lost.fate]).upper():<7} {place}: {lost.text!r}{where}"
