"""The plan: what an import would do to the site, item by item. Pure; it reads a snapshot of the site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import islice

from hsec_wagtail.importer import document as doc
from hsec_wagtail.importer.align import aligned
from hsec_wagtail.importer.diff import differences
from hsec_wagtail.importer.document import Span
from hsec_wagtail.importer.keys import key_from
from hsec_wagtail.importer.merge import Conflict, Merged, Prefer, merge
from hsec_wagtail.importer.provenance import group_spans, spans
from hsec_wagtail.importer.section import Entry
from hsec_wagtail.importer.steps import (
    Action,
    Branch,
    Existing,
    Identity,
    Kind,
    Known,
    SiteSnapshot,
    Step,
)
from hsec_wagtail.importer.streamfield import FORM, Fields, canonical, group_fields, page_fields

__all__ = ["CHUNK", "OnConflict", "new_slugs", "plan_steps"]

#: How many items are compared at a time: what is loaded of the site is never more.
CHUNK = 500


class OnConflict(Enum):
    """What is done where the source and an editor changed the same part."""

    #: The editor's stays.
    KEEP = "keep"
    #: The source's is taken.
    THEIRS = "theirs"
    #: The source's is taken, into a draft that an editor may publish or not.
    DRAFT = "draft"


def plan_steps(
    branches: Iterable[Branch],
    snapshot: SiteSnapshot,
    *,
    on_conflict: OnConflict = OnConflict.KEEP,
) -> Iterator[list[Step]]:
    """Yield, at most :data:`CHUNK` at a time, the steps that bring ``branches`` to the site of ``snapshot``.

    Language by language, parents before children; last what is gone at the source.
    """
    taken = {language: _Slugs(slugs) for language, slugs in snapshot.group_slugs.items()}
    for branch in branches:
        planner = _Planner(branch, snapshot, taken.setdefault(branch.language, _Slugs()))
        yield from planner.steps(on_conflict)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An item as the source has it; ``fields`` and ``spans`` are made only where it may be written.

    ``sha256`` is of what the source says, not of where it says it.
    """

    kind: Kind
    type: str
    key: str
    title: str
    slug: str
    fields: Callable[[], Fields]
    sha256: str
    parent: str | None
    position: int
    source: int
    spans: Callable[[], Mapping[str, Span]]


class _Planner:
    """The steps of one branch."""

    def __init__(self, branch: Branch, snapshot: SiteSnapshot, group_slugs: _Slugs) -> None:
        self._branch = branch
        self._source_key = branch.section.source_key
        self._snapshot = snapshot
        self._group_slugs = group_slugs
        self._slugs = new_slugs(branch, snapshot)
        #: Keys of items that were deleted on the site, and of those below them.
        self._lost: set[str] = set()
        self._seen: set[Identity] = set()
        #: Old paths that lead somewhere already, and where.
        self._taken_paths: dict[str, str] = {}

    def steps(self, on_conflict: OnConflict) -> Iterator[list[Step]]:
        """Yield the steps in chunks."""
        for wanted in _batched(self._wanted()):
            known = [self._snapshot.known.get(self._identity(item.key)) for item in wanted]
            changed = [
                self._identity(item.key)
                for item, there in zip(wanted, known, strict=True)
                if there and there.there and (there.conflicted or item.sha256 != there.sha256)
            ]
            existing = self._snapshot.load(changed) if changed else {}
            new = [
                item.title
                for item, there in zip(wanted, known, strict=True)
                if item.kind is Kind.REDIRECT and not there
            ]
            self._taken_paths |= self._snapshot.taken_paths(new) if new else {}
            yield [
                self._step(item, there, existing.get(self._identity(item.key)), on_conflict)
                for item, there in zip(wanted, known, strict=True)
            ]
        if gone := list(self._gone()):
            yield gone

    def _identity(self, key: str) -> Identity:
        return (self._branch.language, key)

    def _wanted(self) -> Iterator[_Wanted]:
        section = self._branch.section
        for entry in section.entries():
            yield self._page(entry)
            for n, group in enumerate(entry.page.quick_links):
                page = entry.page.key
                yield self._group(group, f"{page}/links/{group.key}", page, page, n, entry.source)
            yield from self._redirects(entry)
        for n, group in enumerate(section.navigation):
            yield self._group(group, f"navigation/{group.key}", "navigation", None, n, 0)

    def _page(self, entry: Entry) -> _Wanted:
        page = entry.page
        return _Wanted(
            kind=Kind.PAGE,
            type=page.type,
            key=page.key,
            title=page.title,
            slug=_spelled(page.slug or key_from(page.title), self._snapshot),
            fields=lambda: page_fields(page, source_key=self._source_key),
            sha256=_sha256(page.model_dump_json(exclude={"children", "quick_links", "addresses"})),
            parent=entry.parent,
            position=0,
            source=entry.source,
            spans=lambda: spans(page, source_key=self._source_key),
        )

    def _group(
        self,
        group: doc.LinkGroup,
        key: str,
        scope: str,
        page: str | None,
        position: int,
        source: int,
    ) -> _Wanted:
        scope = f"{self._source_key}\n{scope}"
        slug = _spelled(group.slug or key_from(group.heading), self._snapshot)
        return _Wanted(
            kind=Kind.LINKS,
            type="links",
            key=key,
            title=group.heading or slug,
            slug=slug,
            fields=lambda: group_fields(group, scope=scope),
            sha256=_sha256(group.model_dump_json()),
            parent=page,
            position=position,
            source=source,
            spans=lambda: group_spans(group, scope=scope),
        )

    def _redirects(self, entry: Entry) -> Iterator[_Wanted]:
        """Yield redirects from the old addresses of a page."""
        paths = (self._snapshot.old_path(address) for address in entry.page.addresses)
        for path in dict.fromkeys(path for path in paths if path):
            sha256 = _sha256(path)
            yield _Wanted(
                kind=Kind.REDIRECT,
                type="redirect",
                key=f"redirect/{sha256[:32]}",
                title=path,
                slug="",
                fields=partial(dict, old_path=path),
                sha256=sha256,
                parent=entry.page.key,
                position=0,
                source=entry.source,
                spans=dict,
            )

    def _step(
        self,
        item: _Wanted,
        known: Known | None,
        existing: Existing | None,
        on_conflict: OnConflict,
    ) -> Step:
        self._seen.add(self._identity(item.key))
        bare = Step(
            Action.UNCHANGED,
            item.kind,
            item.type,
            self._branch.language,
            item.key,
            item.title,
            known.slug if known else "",
            parent=item.parent,
            position=item.position,
            pk=known.pk if known else None,
            sha256=item.sha256,
            source=item.source,
        )
        if item.parent in self._lost:
            self._lost.add(item.key)
            return _kept(bare, "The page above it was deleted here since the last import.")
        if known and not known.there:
            self._lost.add(item.key)
            again = "; it is not made again." if known.sha256 != item.sha256 else "."
            return _kept(bare, f"It was deleted here since the last import{again}")
        if known is None:
            return self._created(bare, item)
        if existing is None:
            return bare
        item = _aligned(item, existing)
        step = _compared(bare, item, existing, on_conflict, noted=_is_noted(known, item))
        return replace(step, spans=item.spans()) if step.writes else step

    def _created(self, bare: Step, item: _Wanted) -> Step:
        if item.kind is Kind.REDIRECT:
            if why := self._taken_paths.get(item.title):
                return _kept(bare, why)
            self._taken_paths[item.title] = (
                f"Another page of the source had the address {item.title}, too."
            )
            return replace(bare, action=Action.CREATE, fields=item.fields())
        if item.kind is Kind.LINKS:
            slug = self._group_slugs.take(item.slug)
        else:
            slug = self._slugs[item.key]
        notes = () if slug == item.slug else (_taken(item.kind, item.slug, slug),)
        fields = item.fields()
        return replace(
            bare,
            action=Action.CREATE,
            slug=slug,
            fields=fields,
            base=fields,
            spans=item.spans(),
            notes=notes,
        )

    def _gone(self) -> Iterator[Step]:
        for identity, known in self._snapshot.known.items():
            language, key = identity
            if language == self._branch.language and known.there and identity not in self._seen:
                yield Step(
                    Action.GONE,
                    known.kind,
                    known.kind.value,
                    language,
                    key,
                    known.title,
                    known.slug,
                    pk=known.pk,
                    notes=(
                        "The source no longer has it; it stays here until an editor deletes it.",
                    ),
                )


def new_slugs(branch: Branch, snapshot: SiteSnapshot) -> dict[str, str]:
    """Return the slugs that the pages of ``branch`` get which are not there yet, by their keys."""
    known = snapshot.known
    taken: dict[str | None, _Slugs] = {}
    slugs: dict[str, str] = {}
    for page in branch.section.outlines():
        if (branch.language, page.key) in known:
            continue
        if page.parent not in taken:
            above = known.get((branch.language, page.parent)) if page.parent else None
            pk = above.pk if above else branch.parent if page.parent is None else None
            taken[page.parent] = _Slugs(snapshot.page_slugs.get(pk or 0, ()))
        slugs[page.key] = taken[page.parent].take(_spelled(page.slug or page.key, snapshot))
    return slugs


def _spelled(slug: str, snapshot: SiteSnapshot) -> str:
    return slug if snapshot.unicode_slugs else key_from(slug)


def _is_noted(known: Known, item: _Wanted) -> bool:
    return known.conflicted and known.sha256 == item.sha256


def _kept(step: Step, why: str) -> Step:
    return replace(step, action=Action.KEEP, notes=(*step.notes, why))


def _taken(kind: Kind, wanted: str, slug: str) -> str:
    if kind is Kind.LINKS:
        return f"Quick links with the slug {wanted!r} are there already; {slug!r} is used."
    return f"The slug {wanted!r} is taken here; {slug!r} is used."


def _aligned(item: _Wanted, existing: Existing) -> _Wanted:
    """Return ``item`` with the ids of the blocks that it had before, in other words maybe."""
    found = aligned(existing.written, item.fields())

    def spans() -> dict[str, Span]:
        return {found.path(path): span for path, span in item.spans().items()}

    return replace(item, fields=lambda: found.fields, spans=spans)


def _compared(
    bare: Step, item: _Wanted, existing: Existing, on_conflict: OnConflict, *, noted: bool
) -> Step:
    """Return the step for an item that the source changed, or that had a conflict.

    Base is what the source had at its last change, theirs what it has now, ours the newest draft.
    """
    theirs, base = _without_own_anchor(item.fields(), existing)
    prefer = Prefer.OURS if on_conflict is OnConflict.KEEP else Prefer.THEIRS
    merged = merge(base, theirs, existing.current, prefer=prefer)
    changes = _differing(existing.current, merged.fields)
    if not changes and not merged.conflicts:
        return _rebased(bare, base, merged)
    if existing.type not in {"", item.type}:
        return _kept(
            bare,
            f"It is a {existing.type} here and a {item.type} in the source; a page cannot change its type.",
        )
    if existing.barrier:
        return replace(_kept(bare, existing.barrier), changes=changes)
    left = on_conflict is OnConflict.DRAFT or not all(one.taken for one in merged.conflicts)
    left = left and bool(merged.conflicts)
    edited = bool(merged.conflicts) or bool(_differing(base, existing.current))
    action = Action.CONFLICT if left else Action.MERGE if edited else Action.UPDATE
    drafted = existing.has_draft or (left and on_conflict is OnConflict.DRAFT)
    return replace(
        bare,
        action=action,
        fields=merged.fields,
        base=merged.base,
        changes=changes,
        differences=differences(existing.current, merged.fields),
        conflicts=merged.conflicts,
        notes=tuple(_notes(on_conflict, merged.conflicts, existing=existing)),
        as_draft=drafted,
        noted=noted,
    )


def _rebased(bare: Step, base: Fields, merged: Merged) -> Step:
    """Return the step for a page that needs no change: unchanged, or changed alike on both sides."""
    if not _differing(base, merged.base):
        return bare
    return replace(
        bare,
        action=Action.MERGE,
        base=merged.base,
        rebased=True,
        notes=("The same change was made here and at the source.",),
    )


def _notes(
    on_conflict: OnConflict, conflicts: Collection[Conflict], *, existing: Existing
) -> Iterator[str]:
    taken = sum(1 for conflict in conflicts if conflict.taken)
    where = " in a draft" if on_conflict is OnConflict.DRAFT else ""
    for count, outcome in (
        (len(conflicts) - taken, "the editor's text stays"),
        (taken, f"the source's text was taken{where}"),
    ):
        if count:
            parts = "1 part" if count == 1 else f"{count} parts"
            yield f"Changed both here and at the source: {parts}; {outcome}."
    if existing.has_draft:
        yield "It has a draft that is not published, so that the import went into the draft as well."


def _without_own_anchor(theirs: Fields, existing: Existing) -> tuple[Fields, Fields]:
    """Return what the source has, and its base, without the anchor that a page made for itself."""
    if not theirs.get("anchor"):
        return {name: value for name, value in theirs.items() if name != "anchor"}, {
            name: value for name, value in existing.written.items() if name != "anchor"
        }
    if not existing.written.get("anchor"):
        return theirs, {**existing.written, "anchor": existing.current.get("anchor")}
    return theirs, existing.written


def _differing(one: Fields, other: Fields) -> tuple[str, ...]:
    """Return the names of the fields of ``one`` and ``other`` that differ; both must hold them."""
    return tuple(
        name for name in other if name in one and canonical(one[name]) != canonical(other[name])
    )


_SPAN = re.compile(r'"(?:[a-z]+_)?span":(?:\[\d+,\d+\]|null),?')


def _sha256(said: str) -> str:
    """Return the fingerprint of ``said``, the JSON of a node or a path, wherever in the source it stood."""
    return hashlib.sha256(f"{FORM}\n{_SPAN.sub('', said)}".encode()).hexdigest()


class _Slugs:
    """The slugs in use at one place."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return ``wanted``, or with the first number that makes it free; it is in use then."""
        slug = wanted
        while slug in self._taken:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            slug = f"{wanted[:90]}-{self._last[wanted]}"
        self._taken.add(slug)
        return slug


def _batched(items: Iterable[_Wanted]) -> Iterator[list[_Wanted]]:
    # itertools.batched comes with Python 3.12.
    rest = iter(items)
    while batch := list(islice(rest, CHUNK)):
        yield batch
