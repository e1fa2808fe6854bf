"""The plan: the steps of an import, item by item. Pure; it reads a snapshot of the site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.field_texts import group_spans, spans
from hsec_wagtail.importer.document.keys import slug_from
from hsec_wagtail.importer.document.section import PageEntry
from hsec_wagtail.importer.document.to_fields import FORM, Fields, group_fields, page_fields
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.align import aligned
from hsec_wagtail.importer.planning.compare import OnConflict, compared, kept
from hsec_wagtail.importer.planning.slugs import Slugs, allowed_slug, new_slugs
from hsec_wagtail.importer.planning.steps import (
    Action,
    Branch,
    Existing,
    Identity,
    ItemKind,
    Known,
    SiteSnapshot,
    Step,
)
from hsec_wagtail.importer.text.sequences import batched

__all__ = ["CHUNK", "plan_steps"]

#: How many items are compared at a time: what is loaded of the site is never more.
CHUNK = 500


def plan_steps(
    branches: Iterable[Branch],
    snapshot: SiteSnapshot,
    *,
    on_conflict: OnConflict = OnConflict.KEEP,
) -> Iterator[list[Step]]:
    """Yield, at most :data:`CHUNK` at a time, the steps that bring ``branches`` to the site of ``snapshot``.

    Language by language, parents before children; last the items that are gone at the source.
    """
    taken = {language: Slugs(slugs) for language, slugs in snapshot.group_slugs.items()}
    for branch in branches:
        planner = _Planner(branch, snapshot, taken.setdefault(branch.language, Slugs()))
        yield from planner.steps(on_conflict)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An item as the source has it; ``fields`` and ``spans`` are made only where it may be written.

    ``sha256`` is that of the content, whatever its place in the source.
    """

    kind: ItemKind
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

    def __init__(self, branch: Branch, snapshot: SiteSnapshot, group_slugs: Slugs) -> None:
        self._branch = branch
        self._source_key = branch.section.source_key
        self._snapshot = snapshot
        self._group_slugs = group_slugs
        self._slugs = new_slugs(branch, snapshot)
        #: Keys of items that were deleted on the site, and of those below them.
        self._lost: set[str] = set()
        self._seen: set[Identity] = set()
        #: Old paths that lead somewhere already, as the database compares them, and where.
        self._taken_paths: dict[str, Message] = {}

    def steps(self, on_conflict: OnConflict) -> Iterator[list[Step]]:
        """Yield the steps in chunks."""
        for wanted in batched(self._wanted(), CHUNK):
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
                if item.kind is ItemKind.REDIRECT and not there
            ]
            taken = self._snapshot.taken_paths(new) if new else {}
            self._taken_paths |= {self._snapshot.path_key(path): why for path, why in taken.items()}
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

    def _page(self, entry: PageEntry) -> _Wanted:
        page = entry.page
        return _Wanted(
            kind=ItemKind.PAGE,
            type=page.type,
            key=page.key,
            title=page.title,
            slug=allowed_slug(page.slug or slug_from(page.title), self._snapshot),
            fields=lambda: page_fields(page, source_key=self._source_key),
            sha256=_sha256(page.model_dump_json(exclude={"children", "quick_links", "addresses"})),
            parent=entry.parent,
            position=0,
            source=entry.source,
            spans=lambda: spans(page, source_key=self._source_key),
        )

    def _group(
        self,
        group: nodes.LinkGroup,
        key: str,
        scope: str,
        page: str | None,
        position: int,
        source: int,
    ) -> _Wanted:
        scope = f"{self._source_key}\n{scope}"
        slug = allowed_slug(group.slug or slug_from(group.heading), self._snapshot)
        return _Wanted(
            kind=ItemKind.LINKS,
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

    def _redirects(self, entry: PageEntry) -> Iterator[_Wanted]:
        """Yield redirects from the old addresses of a page."""
        paths = (self._snapshot.old_path(address) for address in entry.page.addresses)
        for path in dict.fromkeys(path for path in paths if path):
            sha256 = _sha256(path)
            yield _Wanted(
                kind=ItemKind.REDIRECT,
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
            return kept(bare, Message("parent-deleted-here"))
        if known and not known.there:
            self._lost.add(item.key)
            if known.sha256 != item.sha256:
                return kept(bare, Message("deleted-here-changed-at-source"))
            return kept(bare, Message("deleted-here"))
        if known is None:
            return self._created(bare, item)
        if existing is None:
            return bare
        item = _aligned(item, existing)
        step = compared(bare, item.fields(), existing, on_conflict, noted=_is_noted(known, item))
        return replace(step, spans=item.spans()) if step.writes else step

    def _created(self, bare: Step, item: _Wanted) -> Step:
        if item.kind is ItemKind.REDIRECT:
            path_key = self._snapshot.path_key
            if why := self._taken_paths.get(path_key(item.title)):
                return kept(bare, why)
            own = self._snapshot.own_path(self._identity(item.parent or ""))
            if path_key(item.title) == path_key(own):
                return kept(bare, Message("address-is-own"))
            self._taken_paths[path_key(item.title)] = Message("address-of-several", path=item.title)
            return replace(bare, action=Action.CREATE, fields=item.fields())
        if item.kind is ItemKind.LINKS:
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
                    notes=(Message("gone-at-source"),),
                )


def _is_noted(known: Known, item: _Wanted) -> bool:
    return known.conflicted and known.sha256 == item.sha256


def _taken(kind: ItemKind, wanted: str, slug: str) -> Message:
    if kind is ItemKind.LINKS:
        return Message("slug-of-links-taken", wanted=wanted, slug=slug)
    return Message("slug-taken", wanted=wanted, slug=slug)


def _aligned(item: _Wanted, existing: Existing) -> _Wanted:
    """Return ``item`` with the ids of the blocks that it had before, perhaps in other words."""
    found = aligned(existing.written, item.fields())

    def spans() -> dict[str, Span]:
        return {found.path(path): span for path, span in item.spans().items()}

    return replace(item, fields=lambda: found.fields, spans=spans)


_SPAN = re.compile(r'"(?:[a-z]+_)?span":(?:\[\d+,\d+\]|null),?')


def _sha256(said: str) -> str:
    """Return the fingerprint of ``said``, the JSON of a node or a path, whatever its place in the source."""
    return hashlib.sha256(f"{FORM}\n{_SPAN.sub('', said)}".encode()).hexdigest()
