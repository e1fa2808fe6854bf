"""The plan: what an import would do, from the documents and a snapshot of the site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from hsec_wagtail.importer.document import load_document
from hsec_wagtail.importer.keys import set_keys
from hsec_wagtail.importer.plan import (
    Action,
    Branch,
    Existing,
    Kind,
    Plan,
    SiteSnapshot,
    Step,
    build_plan,
)
from tests.importer import samples
from tests.importer.strategies import documents

PARENT = 3


def plan(data: dict[str, Any], snapshot: SiteSnapshot | None = None) -> Plan:
    document = load_document(data, name="x")
    set_keys(document)
    return build_plan([Branch(document, document.language, PARENT)], snapshot or SiteSnapshot())


def written(planned: Plan, **changes: Any) -> SiteSnapshot:
    """Return the snapshot of a site on which ``planned`` was carried out."""
    existing = {
        step.identity: replace(Existing(n, step.slug, step.fields, step.fields), **changes)
        for n, step in enumerate(planned.steps, 10)
    }
    return SiteSnapshot(existing=existing, page_slugs={PARENT: frozenset({planned.steps[0].slug})})


def actions(planned: Plan) -> dict[str, str]:
    return {step.key: step.action.value for step in planned.steps}


def retitled(title: str) -> dict[str, Any]:
    data = samples.section()
    data["page"] = {**data["page"], "title": title}
    return data


def test_on_an_empty_site_everything_is_created_parents_first():
    assert actions(plan(samples.section())) == {
        "security": "create",
        "security/links/agenda": "create",
        "council": "create",
        "alliance": "create",
        "peace": "create",
        "navigation/main-menu": "create",
    }


def test_what_is_there_is_unchanged():
    first = plan(samples.section())

    again = plan(samples.section(), written(first))

    assert set(actions(again).values()) == {"unchanged"}
    assert not again.writes


def test_what_the_source_changed_is_updated_field_by_field():
    again = plan(retitled("Security everywhere"), written(plan(samples.section())))

    changed = [(step.key, step.changes) for step in again.steps if step.action is Action.UPDATE]
    assert changed == [("security", ("title",))]


def test_what_an_editor_changed_is_kept():
    snapshot = written(plan(samples.section()), edited=True)

    again = plan(retitled("Security everywhere"), snapshot)

    assert actions(again)["security"] == "keep"
    assert again.steps[0].notes == (
        "It was edited here since the last import; the editor's text stays.",
    )


def test_what_was_deleted_is_not_made_again_nor_what_stands_below_it():
    snapshot = written(plan(samples.section()))
    gone = replace(snapshot.existing["en", "security"], current=None)

    again = plan(samples.section(), replace(snapshot, existing={("en", "security"): gone}))

    assert {step.action for step in again.steps if step.kind is Kind.PAGE} == {Action.KEEP}


@pytest.mark.parametrize(
    ("taken", "slug", "notes"),
    [
        pytest.param([], "security-abroad", (), id="free"),
        pytest.param(
            ["security-abroad", "security-abroad-2"],
            "security-abroad-3",
            ("The slug 'security-abroad' is taken here; 'security-abroad-3' is used.",),
            id="taken",
        ),
    ],
)
def test_a_slug_that_is_taken_gets_a_number(taken, slug, notes):
    step = plan(samples.section(), SiteSnapshot(page_slugs={PARENT: frozenset(taken)})).steps[0]

    assert (step.slug, step.notes) == (slug, notes)


@given(documents())
def test_a_plan_for_an_empty_site_creates_all_with_unique_slugs(data):
    steps = plan(data).steps

    places: dict[tuple[Kind, str | None], list[str]] = defaultdict(list)
    for step in steps:
        places[step.kind, step.parent if step.kind is Kind.PAGE else None].append(step.slug)
    assert {step.action for step in steps} == {Action.CREATE}
    assert all(len(set(slugs)) == len(slugs) for slugs in places.values())


@given(documents())
def test_parents_stand_before_children(data):
    seen: set[str | None] = {None}
    for step in plan(data).steps:
        assert step.parent in seen
        seen.add(step.key)


@given(documents())
def test_a_second_import_writes_nothing(data):
    again = plan(data, written(plan(data)))

    assert {step.action for step in again.steps} == {Action.UNCHANGED}


@given(documents(), documents())
def test_nothing_that_was_edited_is_updated(before, after):
    again = plan(after, written(plan(before), edited=True))

    assert not [step for step in again.steps if step.action is Action.UPDATE]


@pytest.mark.slow
def test_twenty_thousand_pages_of_one_title_are_planned_in_seconds():
    children = [{"type": "forum", "key": f"k{n}", "title": "Same"} for n in range(20_000)]
    data = samples.section(navigation=[])
    data["page"] = {**data["page"], "children": children, "quick_links": []}

    steps: tuple[Step, ...] = plan(data).steps

    assert [steps[n].slug for n in (1, 2, 20_000)] == ["same", "same-2", "same-20000"]
