"""The steps for existing pages: the source's change, the editor's, or both merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import Enum

from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.diff import differences
from hsec_wagtail.importer.planning.merge import Conflict, Merged, Prefer, merge
from hsec_wagtail.importer.planning.raw_blocks import canonical
from hsec_wagtail.importer.planning.steps import Action, Existing, Step

__all__ = ["OnConflict", "compared", "kept"]


class OnConflict(Enum):
    """The policy for parts that both the source and an editor changed."""

    #: The editor's stays.
    KEEP = "keep"
    #: The source's is taken.
    THEIRS = "theirs"
    #: The source's is taken, into a draft that an editor may publish or not.
    DRAFT = "draft"


def kept(step: Step, why: Message) -> Step:
    """Return ``step`` as one that leaves the item alone."""
    return replace(step, action=Action.KEEP, notes=(*step.notes, why))


def compared(
    bare: Step, theirs: Fields, existing: Existing, on_conflict: OnConflict, *, noted: bool
) -> Step:
    """Return the step for an item that the source changed, or that had a conflict.

    Base is what the source had at its last change, theirs what it has now, ours the newest draft.
    """
    theirs, base = _without_own_anchor(theirs, existing)
    base = _with_newer_fields(base, theirs, existing.current)
    compared_names = {*base, *theirs}
    current = {name: one for name, one in existing.current.items() if name in compared_names}
    existing = replace(existing, current=current)
    prefer = Prefer.OURS if on_conflict is OnConflict.KEEP else Prefer.THEIRS
    merged = merge(base, theirs, existing.current, prefer=prefer)
    changes = _differing(existing.current, merged.fields)
    if not changes and not merged.conflicts:
        return _rebased(bare, base, merged)
    if existing.type not in {"", bare.type}:
        return kept(
            bare,
            Message("type-changed", here=_TYPES[existing.type], there=_TYPES[bare.type]),
        )
    if existing.barrier:
        return replace(kept(bare, existing.barrier), changes=changes)
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
        notes=(Message("same-change"),),
    )


#: What a message calls the types of pages.
_TYPES = {
    "forum": Message("type-forum"),
    "policy": Message("type-policy"),
    "section": Message("type-section"),
    "topic": Message("type-topic"),
}


def _notes(
    on_conflict: OnConflict, conflicts: Collection[Conflict], *, existing: Existing
) -> Iterator[Message]:
    taken = sum(1 for conflict in conflicts if conflict.taken)
    if left := len(conflicts) - taken:
        yield Message("conflict-kept", count=left)
    if taken and on_conflict is OnConflict.DRAFT:
        yield Message("conflict-taken-as-draft", count=taken)
    elif taken:
        yield Message("conflict-taken", count=taken)
    if existing.has_draft:
        yield Message("has-draft")


def _with_newer_fields(base: Fields, theirs: Fields, current: Fields) -> Fields:
    """Return ``base`` with the fields that pages did not have when it was written, where they are empty still.

    One that an editor filled since stays without a base, so that it is never overwritten unsaid.
    """
    newer = {
        name: current[name] for name in theirs if name not in base and not current.get(name, True)
    }
    return base | newer


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
