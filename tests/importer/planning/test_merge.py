"""The three-way merge: base, theirs and ours, block by block."""

from __future__ import annotations

from typing import Any

import pytest

from hsec_wagtail.importer.planning.merge import Conflict, Merged, Prefer, merge

Said = tuple[str, str]


def body(*blocks: Said) -> dict[str, Any]:
    """Return fields whose body has a paragraph for each id and text."""
    return {"body": [{"type": "paragraph", "value": text, "id": name} for name, text in blocks]}


def said(fields: dict[str, Any]) -> list[Said]:
    return [(block["id"], block["value"]) for block in fields["body"]]


def initiatives(*items: tuple[str, dict[str, Any]], intro: str = "Did:") -> dict[str, Any]:
    """Return fields whose body is one block of initiatives."""
    value = {
        "intro": intro,
        "initiatives": [{"type": "item", "value": value, "id": name} for name, value in items],
    }
    return {"body": [{"type": "initiatives", "value": value, "id": "did"}]}


def dated(text: str, *dates: Said) -> dict[str, Any]:
    """Return an initiative with dates by their ids."""
    return {
        "text": text,
        "dates": [{"type": "item", "value": {"edtf": edtf}, "id": name} for name, edtf in dates],
    }


BASE = body(("a", "A"), ("b", "B"), ("c", "C"))


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        pytest.param([("a", "A"), ("b", "B2"), ("c", "C")], [("a", "A"), ("b", "B"), ("c", "C3")],
                     [("a", "A"), ("b", "B2"), ("c", "C3")], id="each another block"),
        pytest.param([("a", "A"), ("n", "N"), ("b", "B"), ("c", "C")],
                     [("a", "A"), ("b", "B"), ("c", "C"), ("o", "O")],
                     [("a", "A"), ("n", "N"), ("b", "B"), ("c", "C"), ("o", "O")], id="each adds one"),
        pytest.param([("a", "A"), ("n", "N"), ("b", "B"), ("c", "C")],
                     [("a", "A"), ("o", "O"), ("b", "B"), ("c", "C")],
                     [("a", "A"), ("n", "N"), ("o", "O"), ("b", "B"), ("c", "C")],
                     id="both add at one place"),
        pytest.param([("a", "A"), ("b", "B"), ("n", "N"), ("c", "C")], [("a", "A"), ("c", "C")],
                     [("a", "A"), ("n", "N"), ("c", "C")], id="added behind one deleted here"),
        pytest.param([("a", "A2"), ("b", "B"), ("c", "C")], [("a", "A"), ("c", "C")],
                     [("a", "A2"), ("c", "C")], id="deleted here stays deleted"),
        pytest.param([("a", "A"), ("c", "C")], [("a", "A"), ("b", "B"), ("c", "C3")],
                     [("a", "A"), ("c", "C3")], id="deleted at source goes"),
        pytest.param([("c", "C"), ("a", "A"), ("b", "B")],
                     [("a", "A"), ("o", "O"), ("b", "B"), ("c", "C")],
                     [("c", "C"), ("a", "A"), ("o", "O"), ("b", "B")], id="moved at source"),
        pytest.param([("a", "A2"), ("b", "B"), ("c", "C")], [("c", "C"), ("a", "A"), ("b", "B")],
                     [("c", "C"), ("a", "A2"), ("b", "B")], id="moved here"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefer", Prefer)
def test_changes_of_both_sides_come_together(theirs, ours, expected, prefer):
    merged = merge(BASE, body(*theirs), body(*ours), prefer=prefer)

    assert (said(merged.fields), merged.conflicts) == (expected, ())
    assert merged.base == body(*theirs)


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        pytest.param(Prefer.OURS, "acb", id="ours"),
        pytest.param(Prefer.THEIRS, "bac", id="theirs"),
    ],
)
def test_what_both_moved_stands_where_the_preferred_side_has_it(prefer, expected):
    theirs = body(("b", "B"), ("a", "A"), ("c", "C"))
    ours = body(("a", "A"), ("c", "C"), ("b", "B"))

    merged = merge(BASE, theirs, ours, prefer=prefer)

    assert "".join(name for name, _text in said(merged.fields)) == expected


@pytest.mark.parametrize(
    ("theirs", "ours", "kind", "kept", "taken"),
    [
        pytest.param([("a", "A2")], [("a", "A3")], "changed", [("a", "A3")], [("a", "A2")],
                     id="changed"),
        pytest.param([("a", "A2")], [], "deleted here", [], [("a", "A2")], id="deleted here"),
        pytest.param([], [("a", "A3")], "deleted at source", [("a", "A3")], [],
                     id="deleted at source"),
    ],
)  # fmt: skip
def test_a_block_that_both_changed_is_a_conflict(theirs, ours, kind, kept, taken):
    base = body(("a", "A"))

    by_default = merge(base, body(*theirs), body(*ours))
    preferred = merge(base, body(*theirs), body(*ours), prefer=Prefer.THEIRS)

    assert [(conflict.path, conflict.kind) for conflict in by_default.conflicts] == [
        ("body.a", kind)
    ]
    assert (said(by_default.fields), by_default.base) == (kept, base)
    assert (said(preferred.fields), preferred.base) == (taken, body(*theirs))


def test_one_block_added_differently_on_both_sides_is_a_conflict():
    merged = merge(body(), body(("a", "theirs")), body(("a", "ours")))

    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.kind) == (None, "added on both sides")
    assert (said(merged.fields), said(merged.base)) == ([("a", "ours")], [])


def test_a_conflict_names_its_place_and_all_three_sides():
    base = initiatives(("x", dated("Signed it.")), ("y", dated("Ratified it.")))
    theirs = initiatives(("x", dated("Signed it.")), ("y", dated("Ratified it late.")))
    ours = initiatives(("x", dated("Signed it.")), ("y", dated("Never ratified it.")))

    (conflict,) = merge(base, theirs, ours).conflicts

    assert conflict == Conflict(
        path="body.did.initiatives.y.text",
        steps=(
            ("body", 0),
            ("initiatives", 1),
            ("initiatives", 0),
            ("item", 2),
            ("text", 0),
        ),
        base="Ratified it.",
        theirs="Ratified it late.",
        ours="Never ratified it.",
        kind="changed",
        taken=False,
    )
    assert conflict.as_json() == {
        "path": "body.did.initiatives.y.text",
        "label": [["body", 0], ["initiatives", 1], ["initiatives", 0], ["item", 2], ["text", 0]],
        "base": "Ratified it.",
        "theirs": "Ratified it late.",
        "ours": "Never ratified it.",
        "kind": "changed",
        "taken": False,
    }


def test_without_a_base_what_the_source_has_more_stands_behind_its_neighbour():
    merged = merge({}, body(("a", "A"), ("n", "N"), ("b", "B")), body(("a", "A"), ("b", "B")))

    assert said(merged.fields) == [("a", "A"), ("n", "N"), ("b", "B")]


def test_places_are_numbered_as_the_merged_page_has_them():
    quote = {"type": "quote", "value": {"text": "A"}, "id": "a"}
    theirs = {"body": [quote, *body(("b", "B2"))["body"]]}

    (conflict,) = merge(
        body(("a", "A"), ("b", "B")), theirs, body(("a", "A"), ("b", "B3"))
    ).conflicts

    assert conflict.steps == (("body", 0), ("paragraph", 1))


def test_a_block_is_merged_only_as_deep_as_both_sides_changed_it():
    base = initiatives(("x", dated("Signed it.", ("d", "1999"))), ("y", dated("Sent ships.")))
    theirs = initiatives(
        ("x", dated("Signed it.", ("d", "1999-06"))), ("y", dated("Sent ships.")), intro="Then:"
    )
    ours = initiatives(
        ("x", dated("Signed it gladly.", ("d", "1999"), ("e", "2000"))), ("o", dated("Own."))
    )

    merged = merge(base, theirs, ours)

    assert merged == Merged(
        fields=initiatives(
            ("x", dated("Signed it gladly.", ("d", "1999-06"), ("e", "2000"))),
            ("o", dated("Own.")),
            intro="Then:",
        ),
        base=theirs,
        conflicts=(),
    )


def test_a_conflict_leaves_the_old_base_of_its_part_only():
    base = {**body(("a", "A"), ("b", "B")), "title": "Old"}
    theirs = {**body(("a", "A2"), ("b", "B2")), "title": "New"}
    ours = {**body(("a", "A3"), ("b", "B")), "title": "Old"}

    merged = merge(base, theirs, ours)

    assert merged.base == {**body(("a", "A"), ("b", "B2")), "title": "New"}


def test_the_preferred_source_does_not_delete_what_holds_an_item_of_an_editor_s_own():
    base = initiatives(("x", dated("Signed it.")))
    ours = initiatives(("x", dated("Signed it.")), ("o", dated("Own.")))

    merged = merge(base, body(), ours, prefer=Prefer.THEIRS)

    assert (merged.fields, merged.base) == (ours, base)
    assert [(conflict.kind, conflict.taken) for conflict in merged.conflicts] == [
        ("deleted at source", False)
    ]


def test_a_block_whose_type_and_text_changed_is_one_conflict():
    theirs = {"body": [{"type": "quote", "value": {"text": "A"}, "id": "a"}]}
    ours = body(("a", "A3"))

    merged = merge(body(("a", "A")), theirs, ours)

    assert merged.fields == ours
    assert [conflict.path for conflict in merged.conflicts] == ["body.a"]


def test_what_an_editor_s_form_spells_otherwise_is_no_change():
    base = body(("a", "<p>One <b>two</b></p>"))
    ours = body(("a", '<p data-block-key="k1">One <strong>two</strong></p>'))
    theirs = body(("a", "<p>One <b>three</b></p>"))

    assert merge(base, theirs, ours) == Merged(theirs, theirs, ())


def test_a_block_without_an_id_stays_though_the_source_deleted_its_like():
    block = {"type": "paragraph", "value": "Own."}

    merged = merge(
        {"body": [block, *BASE["body"]]}, body(("a", "A")), {"body": [block, *BASE["body"][1:]]}
    )

    assert merged.fields == {"body": [block]}


def test_copies_with_one_id_are_all_kept():
    ours = body(("a", "A"), ("a", "A copied"), ("b", "B"), ("a", "A again"), ("c", "C"))

    merged = merge(BASE, body(("c", "C"), ("b", "B"), ("a", "A2")), ours)

    assert sorted(said(merged.fields)) == [
        ("a", "A again"), ("a", "A copied"), ("a", "A2"), ("b", "B"), ("c", "C")
    ]  # fmt: skip


def test_fields_of_the_site_s_own_stay():
    merged = merge({"title": "A"}, {"title": "B"}, {"title": "A", "colour": "blue"})

    assert merged.fields == {"title": "B", "colour": "blue"}


def test_a_field_that_the_source_is_silent_on_stays_with_its_base():
    merged = merge({"lead": "A", "title": "A"}, {"title": "A"}, {"lead": "A", "title": "A"})

    assert (merged.fields, merged.base) == ({"lead": "A", "title": "A"},) * 2


def test_text_where_a_list_was_is_a_conflict_that_stays():
    merged = merge(BASE, body(("a", "A")), {"body": "lost its blocks"})

    assert merged.fields == {"body": "lost its blocks"}
    assert [conflict.path for conflict in merged.conflicts] == ["body"]
