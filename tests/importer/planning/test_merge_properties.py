"""What holds for every merge."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from hsec_wagtail.importer.document.to_fields import Fields
from hsec_wagtail.importer.planning.merge import Conflict, Prefer, merge
from hsec_wagtail.importer.planning.raw_blocks import canonical, names, same
from tests.importer.strategies import sides, wild_fields

bases, sources, drafts = sides(""), sides("t"), sides("o")
either = pytest.mark.parametrize("prefer", Prefer)


def by_id(fields: Fields) -> dict[str, Any]:
    return {block["id"]: block for block in fields["body"]}


def order(fields: Fields, among: set[str]) -> list[str]:
    return [block["id"] for block in fields["body"] if block["id"] in among]


def parts(conflicts: tuple[Conflict, ...]) -> set[str]:
    return {conflict.path for conflict in conflicts}


@either
@given(base=bases, theirs=sources)
def test_what_only_the_source_changed_is_as_at_the_source(prefer, base, theirs):
    merged = merge(base, theirs, base, prefer=prefer)

    assert (canonical(merged.fields), merged.conflicts) == (canonical(theirs), ())


@either
@given(base=wild_fields, ours=wild_fields)
def test_without_a_change_at_the_source_all_stays(prefer, base, ours):
    merged = merge(base, base, ours, prefer=prefer)

    assert (merged.fields, merged.conflicts) == (ours, ())


@either
@given(base=wild_fields, both=wild_fields)
def test_what_both_changed_alike_is_no_conflict(prefer, base, both):
    merged = merge(base, both, both, prefer=prefer)

    assert (merged.fields, merged.conflicts) == (both, ())


@either
@given(base=bases, theirs=sources, ours=drafts)
def test_no_block_of_an_editor_s_own_is_lost(prefer, base, theirs, ours):
    merged = merge(base, theirs, ours, prefer=prefer)

    assert not names(ours) - names(base) - names(theirs) - names(merged.fields)
    was, now = by_id(ours), by_id(merged.fields)
    own = was.keys() - by_id(base).keys() - by_id(theirs).keys()
    assert {name: now[name] for name in own} == {name: was[name] for name in own}


@either
@given(base=bases, theirs=sources, ours=drafts)
def test_what_only_an_editor_edited_stays(prefer, base, theirs, ours):
    was, old, new = by_id(ours), by_id(base), by_id(theirs)
    common = was.keys() & old.keys() & new.keys()
    edited = {name for name in common if same(old[name], new[name])}

    now = by_id(merge(base, theirs, ours, prefer=prefer).fields)

    assert {name: now[name] for name in edited} == {name: was[name] for name in edited}


@given(base=bases, theirs=sources, ours=drafts)
def test_by_default_no_block_that_an_editor_edited_goes(base, theirs, ours):
    old = by_id(base)

    now = by_id(merge(base, theirs, ours).fields)

    assert not {
        name for name, block in by_id(ours).items() if not same(block, old.get(name))
    } - set(now)


@either
@given(base=bases, theirs=sources, ours=drafts)
def test_every_block_that_the_source_added_is_there(prefer, base, theirs, ours):
    new = by_id(theirs)
    added = new.keys() - by_id(base).keys() - by_id(ours).keys()

    now = by_id(merge(base, theirs, ours, prefer=prefer).fields)

    assert {name: now[name] for name in added} == {name: new[name] for name in added}


@either
@given(base=bases, theirs=sources, ours=drafts)
def test_the_next_merge_changes_nothing_and_shows_the_conflicts_left(prefer, base, theirs, ours):
    first = merge(base, theirs, ours, prefer=prefer)

    again = merge(first.base, theirs, first.fields, prefer=prefer)

    left = tuple(conflict for conflict in first.conflicts if not conflict.taken)
    assert (again.fields, again.base, again.conflicts) == (first.fields, first.base, left)


@given(base=bases, theirs=sources, ours=drafts)
def test_conflicts_are_the_same_from_either_side(base, theirs, ours):
    assert parts(merge(base, theirs, ours).conflicts) == parts(merge(base, ours, theirs).conflicts)


@given(base=bases, theirs=sources, ours=drafts)
def test_a_conflict_left_to_the_source_is_over_a_part_with_a_block_of_an_editor_s_own(
    base, theirs, ours
):
    for conflict in merge(base, theirs, ours, prefer=Prefer.THEIRS).conflicts:
        own = names(conflict.ours) - (names(conflict.base) | names(conflict.theirs))

        assert conflict.taken is not bool(own)


@either
@given(base=bases, theirs=sources, ours=drafts)
def test_the_next_base_is_what_the_source_has_unless_a_conflict_is_left(prefer, base, theirs, ours):
    merged = merge(base, theirs, ours, prefer=prefer)

    settled = all(conflict.taken for conflict in merged.conflicts)
    assert (merged.base == theirs) is settled


@given(base=bases, theirs=sources, ours=drafts)
def test_what_the_source_left_in_order_stays_in_the_editor_s(base, theirs, ours):
    now = merge(base, theirs, ours).fields
    common = by_id(base).keys() & by_id(theirs).keys() & by_id(ours).keys()

    if order(theirs, common) == order(base, common):
        kept = by_id(ours).keys() & by_id(now).keys()
        assert order(now, kept) == order(ours, kept)


@given(base=bases, theirs=sources, ours=drafts)
def test_what_the_editor_left_in_order_follows_the_source(base, theirs, ours):
    now = merge(base, theirs, ours).fields
    common = by_id(base).keys() & by_id(theirs).keys() & by_id(ours).keys()

    if order(ours, common) == order(base, common):
        assert order(now, common) == order(theirs, common)


@given(base=bases, theirs=sources, ours=drafts)
def test_two_blocks_that_an_editor_put_in_another_order_stay_in_it(base, theirs, ours):
    common = by_id(base).keys() & by_id(theirs).keys() & by_id(ours).keys()
    old, own = order(base, common), order(ours, common)

    new = order(merge(base, theirs, ours).fields, common)

    assert not [
        pair
        for pair in combinations(own, 2)
        if old.index(pair[0]) > old.index(pair[1]) and new.index(pair[0]) > new.index(pair[1])
    ]


@either
@given(base=wild_fields, theirs=wild_fields, ours=wild_fields)
def test_no_shape_of_data_stops_a_merge_or_costs_an_editor_a_block(prefer, base, theirs, ours):
    merged = merge(base, theirs, ours, prefer=prefer)

    assert not names(ours) - (names(base) | names(theirs)) - names(merged.fields)
    again = merge(merged.base, theirs, merged.fields, prefer=prefer)
    assert canonical(again.fields) == canonical(merged.fields)
