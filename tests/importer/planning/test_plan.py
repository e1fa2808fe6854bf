"""The plan: what an import would do, from the documents and a snapshot of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.section import DocumentSection
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.planning.plan import plan_steps
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
from tests.importer import samples
from tests.importer.strategies import documents

PARENT = 3


def plan(
    data: dict[str, Any],
    snapshot: SiteSnapshot | None = None,
    on_conflict: OnConflict = OnConflict.KEEP,
) -> list[Step]:
    document = load_document(data, name="x")
    set_keys(document)
    branch = Branch(DocumentSection(document), document.language, PARENT)
    chunks = plan_steps([branch], snapshot or SiteSnapshot(), on_conflict=on_conflict)
    return [step for steps in chunks for step in steps]


def site(steps: list[Step], *edits: tuple[str, str, Any], **changes: Any) -> SiteSnapshot:
    """Return the snapshot of a site on which ``steps`` were carried out.

    ``edits`` are (key, field, value) that an editor changed since; ``changes`` those of every item.
    """
    existing = {
        step.identity: Existing(
            written=step.base,
            current={
                **step.fields,
                **{name: value for key, name, value in edits if key == step.key},
            },
        )
        for step in steps
    }
    known = {
        step.identity: replace(Known(n, step.slug, step.sha256, step.kind, step.title), **changes)
        for n, step in enumerate(steps, 10)
    }

    def load(identities: Collection[Identity]) -> Mapping[Identity, Existing]:
        return {identity: existing[identity] for identity in identities}

    return SiteSnapshot(known=known, load=load, page_slugs={PARENT: frozenset({steps[0].slug})})


def actions(steps: list[Step]) -> dict[str, str]:
    return {step.key: step.action.value for step in steps}


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

    again = plan(samples.section(), site(first))

    assert set(actions(again).values()) == {"unchanged"}
    assert not any(step.writes for step in again)


def test_nothing_of_the_site_is_loaded_for_what_the_source_has_unchanged():
    snapshot = replace(site(plan(samples.section())), load=lambda _: pytest.fail("loaded"))

    assert {step.action for step in plan(samples.section(), snapshot)} == {Action.UNCHANGED}


def test_what_the_source_changed_is_updated_field_by_field():
    again = plan(retitled("Security everywhere"), site(plan(samples.section())))

    changed = [(step.key, step.changes) for step in again if step.action is Action.UPDATE]
    assert changed == [("security", ("title",))]
    assert [(one.kind, one.path) for one in again[0].differences] == [("changed", "title")]


def test_a_text_in_other_words_keeps_its_block_and_says_where_it_stands_now():
    data = samples.section()
    node = data["page"]["children"][0]["body"][0]
    del node["key"]
    first = plan(data)
    node |= {"html": "<p>The council meets each autumn.</p>", "span": [3, 33]}

    (step,) = (step for step in plan(data, site(first)) if step.writes)

    (before,) = (step.fields["body"][0]["id"] for step in first if step.key == "council")
    assert (step.action, step.fields["body"][0]["id"]) == (Action.UPDATE, before)
    assert step.spans == {f"body.{before}": (3, 33)}


def test_what_both_changed_in_different_places_is_merged():
    snapshot = site(plan(samples.section()), ("security", "lead", "<p>By hand.</p>"))

    top = plan(retitled("Security everywhere"), snapshot)[0]

    assert (top.action, top.changes) == (Action.MERGE, ("title",))
    assert (top.fields["title"], top.fields["lead"]) == ("Security everywhere", "<p>By hand.</p>")


@pytest.mark.parametrize(
    ("choice", "action", "title", "as_draft"),
    [
        pytest.param(OnConflict.KEEP, Action.CONFLICT, "By hand", False, id="keep"),
        pytest.param(OnConflict.THEIRS, Action.MERGE, "Security everywhere", False, id="theirs"),
        pytest.param(OnConflict.DRAFT, Action.CONFLICT, "Security everywhere", True, id="draft"),
    ],
)
def test_what_both_changed_in_the_same_place_is_a_conflict(choice, action, title, as_draft):
    snapshot = site(plan(samples.section()), ("security", "title", "By hand"))

    top = plan(retitled("Security everywhere"), snapshot, choice)[0]

    assert (top.action, top.fields["title"], top.as_draft) == (action, title, as_draft)
    assert [conflict.path for conflict in top.conflicts] == ["title"]
    assert top.writes


def test_a_conflict_is_noted_once_and_shows_again_until_it_is_settled():
    edited = ("security", "title", "By hand")
    first = plan(retitled("Security everywhere"), site(plan(samples.section()), edited))

    snapshot = site(first)
    known = {
        **snapshot.known,
        ("en", "security"): replace(snapshot.known["en", "security"], conflicted=True),
    }
    again = plan(retitled("Security everywhere"), replace(snapshot, known=known))[0]

    assert (again.action, again.writes) == (Action.CONFLICT, False)
    assert again.conflicts == first[0].conflicts


def test_what_was_deleted_is_not_made_again_nor_what_stands_below_it():
    snapshot = site(plan(samples.section()))
    gone = replace(snapshot.known["en", "security"], there=False)

    again = plan(samples.section(), replace(snapshot, known={("en", "security"): gone}))

    assert {step.action for step in again if step.kind is ItemKind.PAGE} == {Action.KEEP}


def test_what_the_source_no_longer_has_is_named_and_stays():
    data = samples.section()
    left = [page for page in data["page"]["children"] if page["key"] != "alliance"]
    fewer = {**data, "page": {**data["page"], "children": left}}

    again = plan(fewer, site(plan(data)))

    assert [step.key for step in again if step.action is Action.GONE] == ["alliance"]
    assert not any(step.writes for step in again)


@pytest.mark.parametrize(
    ("taken", "slug", "notes"),
    [
        pytest.param([], "security-abroad", [], id="free"),
        pytest.param(
            ["security-abroad", "security-abroad-2"],
            "security-abroad-3",
            ["The slug 'security-abroad' is taken here; 'security-abroad-3' is used."],
            id="taken",
        ),
    ],
)
def test_a_slug_that_is_taken_gets_a_number(taken, slug, notes):
    step = plan(samples.section(), SiteSnapshot(page_slugs={PARENT: frozenset(taken)}))[0]

    assert (step.slug, said(step.notes)) == (slug, notes)


@given(documents())
def test_a_plan_for_an_empty_site_creates_all_with_unique_slugs(data):
    steps = plan(data)

    places: dict[tuple[ItemKind, str | None], list[str]] = defaultdict(list)
    for step in steps:
        places[step.kind, step.parent if step.kind is ItemKind.PAGE else None].append(step.slug)
    assert {step.action for step in steps} == {Action.CREATE}
    assert all(len(set(slugs)) == len(slugs) for slugs in places.values())


@given(documents())
def test_parents_stand_before_children(data):
    seen: set[str | None] = {None}
    for step in plan(data):
        assert step.parent in seen
        seen.add(step.key)


@given(documents())
def test_a_second_import_writes_nothing(data):
    again = plan(data, site(plan(data)))

    assert {step.action for step in again} == {Action.UNCHANGED}


@given(documents(), documents())
def test_what_an_editor_wrote_stays(before, after):
    first = plan(before)
    snapshot = site(first, *((step.key, "title", "By hand") for step in first))

    kept = [
        step for step in plan(after, snapshot) if step.fills and step.pk and "title" in step.fields
    ]

    assert all(step.fields["title"] == "By hand" for step in kept)


@pytest.mark.slow
def test_twenty_thousand_pages_of_one_title_are_planned_in_seconds():
    children = [{"type": "forum", "key": f"k{n}", "title": "Same"} for n in range(20_000)]
    data = samples.section(navigation=[])
    data["page"] = {**data["page"], "children": children, "quick_links": []}

    steps = plan(data)

    assert [steps[n].slug for n in (1, 2, 20_000)] == ["same", "same-2", "same-20000"]
