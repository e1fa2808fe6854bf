"""Verification: which words of the imported sources are still on the site, months later as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from hsec_wagtail.importer.document.field_texts import asides, lies_in, texts
from hsec_wagtail.importer.errors import VerifyError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.base import Readable
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.runs.claims import (
    Piece,
    SourceClaims,
    of_pieces,
    of_spans,
    pieces_of,
    relocated,
)
from hsec_wagtail.importer.runs.current_content import Current, load_current
from hsec_wagtail.importer.runs.history import (
    History,
    ItemRow,
    SourceRow,
    find_run,
    newest_runs,
)
from hsec_wagtail.importer.runs.verification import (
    CheckedItem,
    CheckedSource,
    Counts,
    LostWords,
    Verification,
)
from hsec_wagtail.importer.runs.word_search import Fate, ItemTexts, Stretch, WordSearch
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import ImportItem, ImportSource

__all__ = ["verify"]

#: How many sources are read at a time.
_BATCH = 50


def verify(
    run: int | None = None,
    *,
    parent: int | None = None,
    draft: bool = False,
    readings: Sequence[Readable] = (),
) -> Verification:
    """Return which words of the sources of ``run`` are on the site now.

    Args:
        run: By default the newest run of each section.
        parent: Id of a page; by default runs below any page are looked at.
        draft: Read the newest drafts, not what is published.
        readings: Sources read anew, which are compared with the site in place of those kept with the runs.

    Raises:
        VerifyError: There is no such run, or nothing of it to look at.
    """
    if run is not None:
        histories = [History.of(find_run(run))]
    else:
        histories = [History.of(one, languages=spoken) for one, spoken in newest_runs(parent)]
    check = _Check(draft=draft)
    if readings:
        for reading in readings:
            check.read_anew(reading, histories)
    else:
        for history in histories:
            check.stored(history)
    return check.result()


class _Checked(NamedTuple):
    """A source that was searched for; ``claims`` are kept where words of it are missing."""

    row: SourceRow
    claims: SourceClaims | None
    words: int
    differs: Message | None


@dataclass(frozen=True, slots=True)
class _SearchedItem:
    """An item that was searched through; its contents are not kept."""

    type: str
    id: str
    language: str
    key: str
    title: str
    state: str
    note: Message | None
    #: Parts that miss words -> whether they are still there.
    parts: dict[str, bool]

    @classmethod
    def of(cls, item: ImportItem, state: str, later: int | None) -> _SearchedItem:
        kind = ContentType.objects.get_for_id(item.content_type_id).model
        note = Message("written-later", run=later) if later else None
        return cls(kind, item.object_id, item.language, item.key, item.title, state, note, {})


class _Check:
    """One verification on its way."""

    def __init__(self, *, draft: bool) -> None:
        self._draft = draft
        self._search = WordSearch()
        self._sources: list[_Checked] = []
        self._items: dict[int, _SearchedItem] = {}

    def stored(self, history: History) -> None:
        """Search for the sources that are kept with a run."""
        of_source = history.items_of()
        for rows in batched(history.sources, _BATCH):
            full = ImportSource.objects.in_bulk([row.pk for row in rows])
            items = self._load([item for row in rows for item in of_source[row.pk]], history)
            old = _old_texts(history, [item for row in rows for item in of_source[row.pk]])
            for row in rows:
                mine = {item.pk: items[item.pk] for item in of_source[row.pk]}
                claims = _stored_claims(full[row.pk], mine, old)
                self._add(row, claims, mine)

    def read_anew(self, reading: Readable, histories: Sequence[History]) -> None:
        """Search for sources that were read anew."""
        pieces: dict[tuple[str, int], list[Piece]] = {}
        imported_as: set[str] = set()
        for number, record in enumerate(reading.sources):
            history, row, differs = _same_source(record, histories)
            key = history.source_key or reading.section.source_key
            if key not in imported_as:
                imported_as.add(key)
                for piece in pieces_of(reading.section, key):
                    pieces.setdefault((key, piece.source), []).append(piece)
            known = {item.key: item for item in history.in_language(record.language)}
            mine = {
                known[one.key].pk: one for one in pieces.get((key, number), ()) if one.key in known
            }
            items = self._load([known[one.key] for one in mine.values()], history)
            self._add(row, _new_claims(record, mine), items, differs=differs)

    def _load(
        self, rows: Sequence[ItemRow], history: History
    ) -> dict[int, tuple[ImportItem, Current]]:
        items = ImportItem.objects.in_bulk([row.pk for row in rows])
        current = load_current(items.values(), draft=self._draft)
        for row in rows:
            later = history.later.get((row.language, row.key))
            self._items[row.pk] = _SearchedItem.of(items[row.pk], current[row.pk].state, later)
        return {pk: (item, current[pk]) for pk, item in items.items()}

    def _add(
        self,
        row: SourceRow,
        claims: SourceClaims,
        items: Mapping[int, tuple[ImportItem, Current]],
        *,
        differs: Message | None = None,
    ) -> None:
        compared = {
            pk: _texts(item, current, rewritten=bool(self._items[pk].note))
            for pk, (item, current) in items.items()
        }
        missing = self._search.add(
            claims.source, chrome=claims.chrome, claims=claims.claimed, items=compared
        )
        for pk, path in filter(None, missing):
            there = any(lies_in(other, path) for other in compared[pk].now)
            self._items[pk].parts[path] = there
        kept = claims if missing else None
        self._sources.append(_Checked(row, kept, len(claims.source.words), differs))

    def result(self) -> Verification:
        """Return the result."""
        of_items: dict[int, dict[Fate, int]] = {pk: {} for pk in self._items}
        sources = []
        for checked, stretches in zip(self._sources, self._search.stretches(), strict=True):
            counts: dict[Fate, int] = {}
            for stretch in stretches:
                counts[stretch.fate] = counts.get(stretch.fate, 0) + stretch.words
                if stretch.part:
                    mine = of_items[stretch.part[0]]
                    mine[stretch.fate] = mine.get(stretch.fate, 0) + stretch.words
            sources.append(self._source(checked, stretches, counts))
        items = [_item(one, of_items[pk]) for pk, one in self._items.items()]
        return Verification(tuple(sources), tuple(items), draft=self._draft)

    def _source(
        self, checked: _Checked, stretches: Iterable[Stretch], counts: Mapping[Fate, int]
    ) -> CheckedSource:
        claims = checked.claims
        lost = [self._lost(one, claims) for one in stretches if one.fate in _LOST and claims]
        return CheckedSource(
            run=checked.row.run,
            name=checked.row.name,
            sha256=checked.row.sha256,
            language=checked.row.language,
            words=checked.words,
            left_out=counts.get(Fate.LEFT_OUT, 0),
            counts=_counts(counts),
            lost=tuple(lost),
            differs=checked.differs,
        )

    def _lost(self, stretch: Stretch, claims: SourceClaims) -> LostWords:
        source = claims.source
        item = self._items[stretch.part[0]] if stretch.part else None
        return LostWords(
            fate=stretch.fate,
            line=source.line_of(stretch.span[0]) if claims.has_lines else None,
            span=stretch.span,
            text=source.text[slice(*stretch.span)],
            words=stretch.words,
            id=item.id if item else "",
            title=item.title if item else "",
            path=stretch.part[1] if stretch.part else "",
            why=self._why(stretch, item),
        )

    def _why(self, stretch: Stretch, item: _SearchedItem | None) -> Message:
        if stretch.found is not None:
            return Message("words-now-in", title=self._items[stretch.found].title)
        if item is None or stretch.part is None:
            return Message("words-of-no-part")
        if item.state == "deleted":
            return Message("words-deleted")
        if item.note:
            return item.note
        if stretch.fate is Fate.CHANGED:
            return Message("words-edited")
        if item.parts[stretch.part[1]]:
            return Message("words-never-arrived")
        return Message("words-of-deleted-part")


_LOST = frozenset({Fate.MOVED, Fate.CHANGED, Fate.GONE})


def _counts(counts: Mapping[Fate, int]) -> Counts:
    return Counts(
        *(counts.get(fate, 0) for fate in (Fate.THERE, Fate.MOVED, Fate.CHANGED, Fate.GONE))
    )


def _item(one: _SearchedItem, counts: Mapping[Fate, int]) -> CheckedItem:
    return CheckedItem(
        one.type, one.id, one.language, one.key, one.title, one.state, _counts(counts), one.note
    )


def _texts(item: ImportItem, current: Current, *, rewritten: bool) -> ItemTexts:
    disputed = {one["path"] for one in item.conflicts if not one.get("taken")}
    return ItemTexts(
        now=texts(current.fields),
        written=texts(item.written),
        asides=asides(current.fields),
        disputed=disputed,
        rewritten=rewritten and current.state != "deleted",
    )


def _old_texts(history: History, rows: Iterable[ItemRow]) -> dict[int, Source]:
    """Return the sources of earlier runs that ``rows`` were read from."""
    wanted = history.older.keys() & {row.source for row in rows}
    full = ImportSource.objects.filter(pk__in=wanted)
    return {one.pk: Source(one.name, one.text, one.sha256) for one in full}


def _stored_claims(
    source: ImportSource,
    items: Mapping[int, tuple[ImportItem, Current]],
    old: Mapping[int, Source],
) -> SourceClaims:
    if not source.text:
        return of_pieces(
            source.name, source.sha256, {pk: item.written for pk, (item, _) in items.items()}
        )
    text = Source(source.name, source.text, source.sha256)
    spans_of = {}
    for pk, (item, _) in items.items():
        read_from = old.get(item.source_id or 0)
        spans_of[pk] = relocated(item.spans, old=read_from, new=text) if read_from else item.spans
    return of_spans(text, [(start, end) for start, end, _ in source.chrome], spans_of)


def _new_claims(record: SourceRecord, pieces: Mapping[int, Piece]) -> SourceClaims:
    if not record.text:
        fields_of = {pk: piece.fields for pk, piece in pieces.items()}
        return of_pieces(record.name, record.sha256, fields_of)
    source = Source(record.name, record.text, record.sha256)
    chrome = [(start, end) for start, end, _ in record.chrome]
    return of_spans(source, chrome, {pk: piece.spans for pk, piece in pieces.items()})


def _same_source(
    record: SourceRecord, histories: Sequence[History]
) -> tuple[History, SourceRow, Message | None]:
    """Return the run that read a source, the source as it was then, and how the two differ.

    Raises:
        VerifyError: No run read it.
    """
    rows = [(history, row) for history in histories for row in history.sources]
    for history, row in reversed(rows):
        if row.sha256 == record.sha256:
            return history, row, None
    named = [(history, row) for history, row in rows if row.name == record.name]
    if not named and len(rows) == 1:
        # It may have got another name since.
        named = rows
    if len(named) != 1:
        known = sorted({row.name for _, row in rows})[:10]
        raise VerifyError("read-by-no-run", name=record.name, known=known)
    ((history, row),) = named
    return history, row, _difference(record, row)


def _difference(record: SourceRecord, row: SourceRow) -> Message:
    """Return how a source differs from the one that a run read as ``row``."""
    if not row.sha256:
        return Message(
            "not-the-file-not-kept",
            name=record.name,
            run=row.run,
            known=row.name,
            sha256=record.sha256,
        )
    return Message(
        "not-the-file",
        name=record.name,
        run=row.run,
        known=row.name,
        sha256=record.sha256,
        before=row.sha256,
    )
