"""The steps of a plan, the snapshot that they compare with, and the branches that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from hsec_wagtail.importer.document.section import Section
from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.diff import Difference
from hsec_wagtail.importer.planning.merge import Conflict

__all__ = [
    "Action",
    "Branch",
    "Existing",
    "Identity",
    "ItemKind",
    "Known",
    "SiteSnapshot",
    "Step",
]


class Action(Enum):
    """The action of a step."""

    CREATE = "create"
    #: Only the source changed it.
    UPDATE = "update"
    #: The source and an editor changed it, each something else.
    MERGE = "merge"
    #: The source and an editor changed the same part.
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"
    #: It may not be written, or was deleted here.
    KEEP = "keep"
    #: An earlier run made it, and the source no longer has it.
    GONE = "gone"


class ItemKind(Enum):
    """The kind of an item on the site."""

    PAGE = "page"
    LINKS = "links"
    #: From an old address of a page.
    REDIRECT = "redirect"


#: Language and key: what names an item of a source below the parent of an import.
Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The facts about an item of an earlier run: enough to tell whether the source has it unchanged.

    ``slug`` and ``there`` are as the site has it now, ``sha256`` is of the fields as the source had
    them.
    """

    pk: int
    slug: str
    sha256: str
    kind: ItemKind
    title: str
    there: bool = True
    #: Whether the run before left a conflict in it.
    conflicted: bool = False


@dataclass(frozen=True, slots=True)
class Existing:
    """The contents of an item at the source's last change, and now.

    ``written`` is the base of the comparison, ``current`` the newest draft; ``has_draft`` tells
    whether that holds more than what is live; ``type`` is that of its page; ``barrier`` says why it may
    not be written now, if so.
    """

    written: Fields
    current: Fields
    has_draft: bool = False
    type: str = ""
    barrier: Message | None = None


def _no_contents(_: Collection[Identity]) -> Mapping[Identity, Existing]:
    return {}


def _no_redirects(_: str) -> str:
    return ""


def _no_path(_: Identity) -> str:
    return ""


def _none_taken(_: Collection[str]) -> Mapping[str, Message]:
    return {}


@dataclass(frozen=True, slots=True)
class SiteSnapshot:
    """The facts about the site that the plan needs.

    ``known`` holds every item of earlier runs, ``load`` gets the contents of some. ``page_slugs`` holds
    the slugs in use by id of the parent page, where pages are to be made, ``group_slugs`` those of
    quick links by language. Unless ``unicode_slugs`` they are spelled in ASCII. ``old_path`` returns what a
    redirect from an address has as its path, "" where none can be made; ``taken_paths`` says which of
    some paths lead somewhere already, and where; ``own_path`` is that of a page when the import is done.
    ``path_key`` is the same for paths that the database takes for the same.
    """

    known: Mapping[Identity, Known] = field(default_factory=dict)
    load: Callable[[Collection[Identity]], Mapping[Identity, Existing]] = _no_contents
    page_slugs: Mapping[int, frozenset[str]] = field(default_factory=dict)
    group_slugs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unicode_slugs: bool = True
    old_path: Callable[[str], str] = _no_redirects
    taken_paths: Callable[[Collection[str]], Mapping[str, Message]] = _none_taken
    own_path: Callable[[Identity], str] = _no_path
    path_key: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Branch:
    """A section and where its pages go: the language of the tree there, and the parent's id.

    ``parent`` is None where the parent itself, a translation, is made by the import.
    """

    section: Section
    language: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a plan.

    ``fields`` is what the site gets and ``base`` what the next run compares with; both name other
    pages by key. ``parent`` is the key of the page above, for a group of links that of the page it
    stands beside; None means the parent of the import, or no page. ``pk`` is that of what is there.
    ``as_draft`` tells that the page may not go live by this import, since somebody's draft would go with it.
    """

    action: Action
    kind: ItemKind
    type: str
    language: str
    key: str
    title: str
    slug: str
    parent: str | None = None
    position: int = 0
    pk: int | None = None
    fields: Fields = field(default_factory=dict)
    base: Fields = field(default_factory=dict)
    sha256: str = ""
    source: int = 0
    spans: Mapping[str, Span] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Message, ...] = ()
    as_draft: bool = False
    #: The same was found, and noted, by the run before.
    noted: bool = False
    #: Both sides made the same change, so that only the base is another one now.
    rebased: bool = False

    @property
    def identity(self) -> Identity:
        """Language and key."""
        return (self.language, self.key)

    @property
    def fills(self) -> bool:
        """Whether the step writes fields."""
        return self.action is Action.CREATE or bool(self.changes and self.action in _FILLING)

    @property
    def writes(self) -> bool:
        """Whether the step changes the site, if only by noting a conflict or another base."""
        return self.fills or self.rebased or (self.action is Action.CONFLICT and not self.noted)


_FILLING = frozenset({Action.UPDATE, Action.MERGE, Action.CONFLICT})
