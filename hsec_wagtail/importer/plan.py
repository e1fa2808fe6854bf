"""The plan: what an import would do to the site, item by item. Pure; it reads a snapshot of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from hsec_wagtail.importer import document as doc
from hsec_wagtail.importer.keys import key_from
from hsec_wagtail.importer.streamfield import Fields, canonical, group_fields, page_fields

__all__ = ["Action", "Branch", "Existing", "Kind", "Plan", "SiteSnapshot", "Step", "build_plan"]


class Action(Enum):
    """What becomes of an item."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    KEEP = "keep"


class Kind(Enum):
    """What an item is on the site."""

    PAGE = "page"
    LINKS = "links"


#: Language and key: what names an item of a source below the parent of an import.
Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Existing:
    """What an earlier run made of an item, and what it is now.

    ``written`` is what the run wrote, ``current`` the newest draft, or None if the item was deleted
    since; ``edited`` tells whether somebody changed it after the run; ``type`` is that of its page;
    ``barrier`` says why it may not be written now, if so.
    """

    pk: int
    slug: str
    written: Fields
    current: Fields | None
    edited: bool = False
    type: str = ""
    barrier: str = ""


@dataclass(frozen=True, slots=True)
class SiteSnapshot:
    """What the plan must know of the site.

    ``page_slugs`` holds the slugs in use by id of the parent page, ``group_slugs`` those of quick
    links by language.
    """

    existing: Mapping[Identity, Existing] = field(default_factory=dict)
    page_slugs: Mapping[int, frozenset[str]] = field(default_factory=dict)
    group_slugs: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """A document and where its pages go: the language of the tree there, and the parent's id.

    ``parent`` is None where the parent itself, a translation, is made by the import.
    """

    document: doc.Document
    language: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a plan.

    ``fields`` name other pages by key. ``parent`` is the key of the page above, for a group of links
    that of the page it stands beside; None means the parent of the import, or no page.
    """

    action: Action
    kind: Kind
    type: str
    language: str
    key: str
    title: str
    slug: str
    fields: Fields
    parent: str | None
    position: int = 0
    existing: Existing | None = None
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        """Language and key."""
        return (self.language, self.key)

    @property
    def writes(self) -> bool:
        """Whether the step changes the site."""
        return self.action in {Action.CREATE, Action.UPDATE}


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of an import, parents before children, language by language."""

    steps: tuple[Step, ...]

    @property
    def writes(self) -> bool:
        """Whether there is anything to do."""
        return any(step.writes for step in self.steps)

    def counts(self) -> dict[str, int]:
        """Return how many steps there are of each action."""
        return {
            action.value: sum(1 for step in self.steps if step.action is action)
            for action in Action
        }


def build_plan(branches: Iterable[Branch], snapshot: SiteSnapshot) -> Plan:
    """Return the plan that brings the documents of ``branches`` to the site of ``snapshot``."""
    steps: list[Step] = []
    slugs = {language: _Slugs(taken) for language, taken in snapshot.group_slugs.items()}
    for branch in branches:
        planner = _Planner(branch, snapshot, slugs.setdefault(branch.language, _Slugs()))
        steps += planner.steps()
    return Plan(tuple(steps))


class _Planner:
    def __init__(self, branch: Branch, snapshot: SiteSnapshot, group_slugs: _Slugs) -> None:
        self._branch = branch
        self._source_key = branch.document.source_key
        self._snapshot = snapshot
        self._group_slugs = group_slugs
        self._lost: set[str] = set()

    def steps(self) -> list[Step]:
        document = self._branch.document
        root_slugs = _Slugs(self._snapshot.page_slugs.get(self._branch.parent or 0, ()))
        steps = self._pages([document.page], None, root_slugs)
        for n, group in enumerate(document.navigation):
            steps.append(self._group(group, f"navigation/{group.key}", "navigation", None, n))
        return steps

    def _pages(self, pages: Sequence[doc.Page], parent: str | None, taken: _Slugs) -> list[Step]:
        """Return the steps of sibling pages and of all below them; no recursion over the depth."""
        steps: list[Step] = []
        stack = [(page, parent, taken) for page in reversed(pages)]
        while stack:
            page, above, slugs = stack.pop()
            step = self._page(page, above, slugs)
            steps.append(step)
            for n, group in enumerate(page.quick_links):
                key = f"{page.key}/links/{group.key}"
                steps.append(self._group(group, key, page.key, page.key, n))
            below = self._slugs_below(step)
            stack += [(child, page.key, below) for child in reversed(page.children)]
        return steps

    def _slugs_below(self, step: Step) -> _Slugs:
        pk = step.existing.pk if step.existing else None
        return _Slugs(self._snapshot.page_slugs.get(pk, ()) if pk else ())

    def _page(self, page: doc.Page, parent: str | None, taken: _Slugs) -> Step:
        fields = page_fields(page, source_key=self._source_key)
        wanted = page.slug or key_from(page.title)
        existing = self._snapshot.existing.get((self._branch.language, page.key))
        notes: list[str] = []
        if existing:
            slug = existing.slug
        else:
            slug = taken.take(wanted)
            if slug != wanted:
                notes.append(f"The slug {wanted!r} is taken here; {slug!r} is used.")
        return self._step(
            Kind.PAGE, page.type, page.key, page.title, slug, fields, parent, 0, existing, notes
        )

    def _group(
        self, group: doc.LinkGroup, key: str, scope: str, page: str | None, position: int
    ) -> Step:
        fields = group_fields(group, scope=f"{self._source_key}\n{scope}")
        wanted = group.slug or key_from(group.heading)
        existing = self._snapshot.existing.get((self._branch.language, key))
        notes: list[str] = []
        if existing:
            slug = existing.slug
        else:
            slug = self._group_slugs.take(wanted)
            if slug != wanted:
                notes.append(
                    f"Quick links with the slug {wanted!r} are there already; {slug!r} is used."
                )
        title = group.heading or wanted
        return self._step(
            Kind.LINKS, "links", key, title, slug, fields, page, position, existing, notes
        )

    def _step(
        self,
        kind: Kind,
        type_: str,
        key: str,
        title: str,
        slug: str,
        fields: Fields,
        parent: str | None,
        position: int,
        existing: Existing | None,
        notes: list[str],
    ) -> Step:
        action, changes, why = _compare(fields, existing)
        if action is Action.UPDATE and existing and existing.type not in {"", type_}:
            action = Action.KEEP
            why = f"It is a {existing.type} here and a {type_} in the source; a page cannot change its type."
        if action is Action.UPDATE and existing and existing.barrier:
            action, why = Action.KEEP, existing.barrier
        if parent in self._lost:
            action, changes = Action.KEEP, ()
            why = "The page above it was deleted here since the last import."
        if action is Action.KEEP and (existing is None or existing.current is None):
            self._lost.add(key)
        if why:
            notes.append(why)
        return Step(
            action, kind, type_, self._branch.language, key, title, slug, fields, parent, position,
            existing, changes, tuple(notes),
        )  # fmt: skip


def _compare(fields: Fields, existing: Existing | None) -> tuple[Action, tuple[str, ...], str]:
    """Return what to do, the names of the fields that the source changed, and a word about it.

    Base is what the last run wrote, theirs the source, ours the newest draft on the site. What an
    editor changed is never written over.
    """
    if existing is None:
        return Action.CREATE, (), ""
    changes = _differing(existing.written, fields)
    if existing.current is None:
        why = "It was deleted here since the last import; it is not made again." if changes else ""
        return Action.KEEP, changes, why or "It was deleted here since the last import."
    if not changes or not _differing(existing.current, fields):
        return Action.UNCHANGED, (), ""
    if existing.edited:
        return (
            Action.KEEP,
            changes,
            "It was edited here since the last import; the editor's text stays.",
        )
    return Action.UPDATE, changes, ""


def _differing(one: Fields, other: Fields) -> tuple[str, ...]:
    """Return the names of the fields of ``one`` and ``other`` that differ; both must hold them."""
    return tuple(
        name for name in one if name in other and canonical(one[name]) != canonical(other[name])
    )


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
