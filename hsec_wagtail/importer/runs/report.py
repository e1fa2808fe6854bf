"""The report of an import: its sources, its items, and its warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.importer.messages import Message, said, stored
from hsec_wagtail.importer.planning.diff import Difference
from hsec_wagtail.importer.planning.merge import Conflict
from hsec_wagtail.importer.planning.steps import Action, Step
from hsec_wagtail.importer.reading.readers import Readable
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.runs.run_report import in_words
from hsec_wagtail.models.labels import place_label

__all__ = ["ItemReport", "Report", "SourceReport", "SourceReports"]

_VERBS = {
    "create": (_("created"), _("to create")),
    "update": (_("updated"), _("to update")),
    "merge": (_("merged"), _("to merge")),
    "conflict": (_("with conflicts"), _("with conflicts")),
    "unchanged": (_("unchanged"), _("unchanged")),
    "keep": (_("left alone"), _("left alone")),
    "gone": (_("gone at source"), _("gone at source")),
}
_CHANGES = {
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "changed": _("changed"),
}
#: Of more sources than this the console shows only the sums.
_MANY_SOURCES = 20
#: How much of a changed text the console shows, in characters.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source as it was read."""

    name: str
    format: str
    profile: str
    language: str
    sha256: str
    ledger: dict[str, Any]
    warnings: tuple[Message, ...]
    dates: tuple[dict[str, str], ...]
    unresolved: tuple[str, ...]
    dead_links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: SourceRecord) -> SourceReport:
        """Return the report of a source as it was read, its text left out."""
        return cls(**{name: getattr(record, name) for name in cls.__slots__})


class SourceReports(Sequence[SourceReport]):
    """The reports of all sources of ``readings``, made anew each time: there may be thousands."""

    def __init__(self, readings: Sequence[Readable]) -> None:
        self._readings = readings

    def __iter__(self) -> Iterator[SourceReport]:
        for reading in self._readings:
            yield from map(SourceReport.of, reading.sources)

    def __len__(self) -> int:
        return sum(1 for reading in self._readings for _ in reading.sources)

    @overload
    def __getitem__(self, index: int) -> SourceReport: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[SourceReport, ...]: ...

    def __getitem__(self, index: int | slice) -> SourceReport | tuple[SourceReport, ...]:
        return tuple(self)[index]


@dataclass(frozen=True, slots=True)
class ItemReport:
    """The action on one item, done or planned."""

    action: str
    kind: str
    type: str
    language: str
    key: str
    title: str
    slug: str
    id: int | None = None
    live: bool | None = None
    changes: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @classmethod
    def of_parent(cls, title: str, language: str) -> ItemReport:
        """Return the report of a page that was made so that a translation has a parent."""
        note = Message("made-as-parent")
        return cls("create", "page", "parent", language, "", title, "", notes=(note,))

    @classmethod
    def of(cls, step: Step, *, pk: int | None, live: bool | None) -> ItemReport:
        """Return the report of a step; ``pk`` is None in a dry run of something new."""
        return cls(
            action=step.action.value,
            kind=step.kind.value,
            type=step.type,
            language=step.language,
            key=step.key,
            title=step.title,
            slug=step.slug,
            id=pk,
            live=live,
            changes=step.changes,
            notes=step.notes,
            differences=step.differences,
            conflicts=step.conflicts,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """An import as a whole.

    ``run`` is what ``hsec_undo`` takes; None where nothing was written.
    """

    sources: Sequence[SourceReport]
    items: tuple[ItemReport, ...]
    dry_run: bool = False
    run: int | None = None
    parent: str = ""
    warnings: tuple[Message, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def conflicts(self) -> int:
        """How many items have conflicts that are left to an editor."""
        return self.counts.get(Action.CONFLICT.value, 0)

    @property
    def loses_much(self) -> bool:
        """Whether of a page more was left out, by its form alone, than a person should trust."""
        return any(warning.code == "loses-much" for warning in self.warnings)

    def as_json(self) -> dict[str, Any]:
        """Return the report as ``--json`` prints it: what it says is in the reader's language."""
        sources = [_as_dict(source) for source in self.sources]
        items = [_as_dict(item) for item in self.items]
        report: dict[str, Any] = said(self._data(sources, items))
        return report

    def as_stored(self) -> dict[str, Any]:
        """Return the report as its run keeps it: messages with their codes, no sources and no items."""
        report: dict[str, Any] = stored(self._data([], []))
        return report

    def _data(self, sources: Sequence[Any], items: Sequence[Any]) -> dict[str, Any]:
        return {
            "run": self.run,
            "dry_run": self.dry_run,
            "parent": self.parent,
            "counts": self.counts,
            "sources": sources,
            "items": items,
            "warnings": self.warnings,
        }

    def lines(self) -> Iterator[str]:
        """Yield the report line by line as the console shows it, the summary last."""
        yield from (f"! {warning}" for warning in self.warnings if warning.code == "loses-much")
        yield from _lines_of(self.sources)
        for item in self.items:
            verb = _VERBS[item.action][self.dry_run]
            draft = " (" + gettext("draft") + ")" if item.live is False else ""
            changed = f" [{', '.join(item.changes)}]" if item.changes else ""
            yield f"{verb:>14}  {item.type:<8} {item.language}  {item.title}{draft}{changed}"
            yield from (f"{'':>14}    {line}" for line in _changes(item))
            yield from (f"{'':>14}  ! {note}" for note in item.notes)
        yield from (f"! {warning}" for warning in self.warnings if warning.code != "loses-much")
        yield self._summary()

    def _summary(self) -> str:
        counts = ", ".join(
            f"{count} {_VERBS[action][self.dry_run]}"
            for action, count in self.counts.items()
            if count
        )
        said = {
            "parent": self.parent,
            "counts": counts or gettext("nothing to do"),
            "run": self.run,
        }
        if self.dry_run:
            return gettext("Dry run below %(parent)s: %(counts)s. Nothing was written.") % said
        if self.run is None:
            return gettext("Below %(parent)s: %(counts)s. Nothing was written.") % said
        return (
            gettext("Run %(run)s below %(parent)s: %(counts)s. Undo with: hsec_undo %(run)s") % said
        )


def _changes(item: ItemReport) -> Iterator[str]:
    for one in item.differences:
        said = f"{_short(one.before)!r} -> {_short(one.after)!r}" if one.kind == "changed" else ""
        yield f"{_CHANGES[one.kind]} {place_label(one.steps)}{': ' if said else ''}{said}"
    for conflict in item.conflicts:
        yield gettext("CONFLICT %(place)s") % {"place": place_label(conflict.steps)}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _lines_of(sources: Sequence[SourceReport]) -> Iterator[str]:
    """Yield the lines of each source, of many only their sums and what would be lost."""
    if len(sources) <= _MANY_SOURCES:
        for source in sources:
            yield from _source_lines(source)
        return
    words = content = count = 0
    for source in sources:
        count += 1
        words += source.ledger["words"]
        content += source.ledger["content"]
        yield from (f"{source.name}: {line.strip()}" for line in _unclaimed(source))
    yield gettext(
        "%(count)d sources: %(words)d words, %(content)d content. What was made of each is in the report:"
        " --report FILE.html, or --report FILE.json."
    ) % {"count": count, "words": words, "content": content}


def _unclaimed(source: SourceReport) -> Iterator[str]:
    for entry in source.ledger["unclaimed"]:
        said = gettext("UNCLAIMED at %(place)d") % {"place": entry["span"][0]}
        yield f"    {said}: {entry['text']!r}"


def _source_lines(source: SourceReport) -> Iterator[str]:
    if source.format == "fixture":
        yield _document_line(source)
    else:
        yield _text_line(source)
        for entry in source.ledger["chrome"]:
            left_out = ngettext(
                "left out: %(count)d word, %(reason)s",
                "left out: %(count)d words, %(reason)s",
                entry["words"],
            ) % {"count": entry["words"], "reason": entry["reason"]}
            yield f"    {left_out}"
        yield from _unclaimed(source)
        for date in source.dates:
            label = f" ({date['label']})" if date["label"] else ""
            found = gettext("date: %(text)s = %(edtf)s") % date
            yield f"    {found}{label}"
    yield from (f"    {line}" for line in _link_lines(source))
    yield from (f"    ! {warning}" for warning in source.warnings)


def _link_lines(source: SourceReport) -> Iterator[str]:
    for link in source.unresolved:
        yield gettext("link without a target: %(link)s") % {"link": link}
    for link in source.dead_links:
        yield gettext("leads to no page of this import: %(link)s") % {"link": link}


def _document_line(source: SourceReport) -> str:
    words = source.ledger["words"]
    return ngettext(
        "%(name)s: section document, %(language)s, %(words)d word.",
        "%(name)s: section document, %(language)s, %(words)d words.",
        words,
    ) % {"name": source.name, "language": source.language, "words": words}


def _text_line(source: SourceReport) -> str:
    ledger = source.ledger
    stretches = len(ledger["unclaimed"])
    how = gettext("general rules")
    if source.profile:
        how = gettext("profile %(profile)s") % {"profile": source.profile}
    return gettext(
        "%(name)s: %(format)s, %(language)s, %(how)s: %(words)s, %(content)d content, %(left_out)d left out"
        " with a reason, %(unclaimed)s."
    ) % {
        "name": source.name,
        "format": source.format,
        "language": source.language,
        "how": how,
        "words": ngettext("%(count)d word", "%(count)d words", ledger["words"])
        % {"count": ledger["words"]},
        "content": ledger["content"],
        "left_out": sum(entry["words"] for entry in ledger["chrome"]),
        "unclaimed": ngettext(
            "%(count)d stretch unclaimed", "%(count)d stretches unclaimed", stretches
        )
        % {"count": stretches},
    }


def _as_dict(value: SourceReport | ItemReport) -> dict[str, Any]:
    return {name: _as_data(getattr(value, name)) for name in value.__slots__}


def _as_data(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_as_data(one) for one in part]
    return in_words(part.as_json()) if isinstance(part, Difference | Conflict) else part
