"""What the source says in other words keeps its block id."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.to_fields import page_fields
from hsec_wagtail.importer.planning.align import Aligned, aligned
from hsec_wagtail.importer.planning.raw_blocks import names
from tests.importer import samples
from tests.importer.strategies import sides, wild_fields

Said = tuple[str, Any]


def block(kind: str, name: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": name, "value": value}


def body(*blocks: Said, kind: str = "paragraph") -> dict[str, Any]:
    """Return fields whose body has a block for each id and value."""
    return {"body": [block(kind, name, value) for name, value in blocks]}


def within(part: str, *items: Said, name: str = "did") -> dict[str, Any]:
    """Return fields whose body is one block, of the type that has such a list, with a list of items."""
    value = {part: [block("item", *item) for item in items]}
    if part == "dates":
        return within("initiatives", ("action", {"text": SPRING, **value}), name=name)
    return body((name, value), kind="table" if part == "rows" else part)


def ids(value: Any) -> list[str]:
    """Return the ids of all blocks in ``value``, in order."""
    if isinstance(value, list):
        return [name for part in value for name in ids(part)]
    if not isinstance(value, dict):
        return []
    own = [value["id"]] if "value" in value and "id" in value else []
    return own + [name for part in value.values() for name in ids(part)]


def says(value: Any) -> Any:
    """Return ``value`` without ids."""
    if isinstance(value, list):
        return [says(part) for part in value]
    if isinstance(value, dict):
        return {name: says(part) for name, part in value.items() if name != "id"}
    return value


SPRING = "<p>The council meets in the capital each spring.</p>"
AUTUMN = "<p>The council meets in the capital each autumn.</p>"
FUND = "<p>A fund pays for lighthouses along the coast.</p>"
FUNDS = "<p>A fund now pays for beacons along the coast.</p>"
OTHER = "<p>Nobody knows why gulls sing.</p>"


@pytest.mark.parametrize(
    ("base", "theirs", "expected"),
    [
        pytest.param([("a", SPRING)], [("x", AUTUMN)], ["a"], id="a word changed"),
        pytest.param([("a", SPRING), ("b", FUND)], [("x", AUTUMN), ("y", FUNDS)], ["a", "b"],
                     id="two side by side"),
        pytest.param([("a", "one two three four")], [("x", "one two five six")], ["a"],
                     id="half of the words"),
        pytest.param([("a", "one two three four")], [("x", "one six five seven")], ["x"],
                     id="less than half"),
        pytest.param([("a", SPRING)], [("x", OTHER)], ["x"], id="another text"),
        pytest.param([("a", SPRING)], [("x", OTHER), ("y", AUTUMN)], ["x", "a"], id="one before"),
        pytest.param([("b", FUND), ("a", SPRING)], [("y", AUTUMN)], ["a"], id="one gone"),
        pytest.param([("a", SPRING)], [("x", AUTUMN), ("y", AUTUMN)], ["a", "y"], id="two of one"),
        pytest.param([("a", SPRING), ("b", AUTUMN)], [("y", AUTUMN)], ["b"], id="one of two"),
        pytest.param([("a", SPRING), ("m", OTHER)], [("m", OTHER), ("x", AUTUMN)], ["m", "x"],
                     id="in another gap"),
        pytest.param([("a", SPRING), ("m", OTHER)], [("m", OTHER), ("x", SPRING)], ["m", "a"],
                     id="unchanged in another gap"),
        pytest.param([("a", SPRING), ("b", FUND)], [("y", FUNDS), ("x", AUTUMN.upper())], ["y", "a"],
                     id="crossed: the likelier"),
        pytest.param([("a", SPRING)], [("x", SPRING), ("a", AUTUMN)], ["x", "a"], id="a known id"),
        pytest.param([("a", SPRING), ("a", FUND)], [("x", AUTUMN)], ["x"], id="twice in the base"),
        pytest.param([("a", SPRING)], [("x", AUTUMN), ("x", OTHER)], ["x", "x"],
                     id="twice in the source"),
        pytest.param([("a", "")], [("x", OTHER)], ["x"], id="nothing to compare"),
    ],
)  # fmt: skip
def test_a_text_keeps_the_id_of_what_it_is_a_new_wording_of(base, theirs, expected):
    assert ids(aligned(body(*base), body(*theirs)).fields) == expected


def test_blocks_of_another_type_are_other_blocks():
    base, theirs = body(("a", SPRING)), body(("x", SPRING), kind="notice")

    assert aligned(base, theirs) == Aligned(theirs, {})


def heading(text: str) -> dict[str, Any]:
    return {"text": text, "anchor": "", "level": "2"}


def test_the_only_heading_between_two_neighbours_may_say_anything():
    base = [block("heading", "h", heading("Partners")), block("paragraph", "a", SPRING)]
    theirs = [block("heading", "x", heading("Whom we meet")), block("paragraph", "a", SPRING)]

    assert ids(aligned({"body": base}, {"body": theirs}).fields) == ["h", "a"]


def test_of_several_headings_in_a_gap_none_is_taken_for_another():
    base = body(("h", heading("Partners")), ("i", heading("Costs")), kind="heading")
    theirs = body(("x", heading("Whom we meet")), ("y", heading("Prices")), kind="heading")

    assert aligned(base, theirs).renamed == {}


def test_a_heading_is_the_only_one_once_the_texts_beside_it_are_found():
    base = [block("heading", "h", heading("Partners")), block("paragraph", "a", SPRING),
            block("heading", "i", heading("Costs"))]  # fmt: skip
    theirs = [block("heading", "x", heading("Allies")), block("paragraph", "y", AUTUMN),
              block("heading", "z", heading("Prices"))]  # fmt: skip

    assert ids(aligned({"body": base}, {"body": theirs}).fields) == ["h", "a", "i"]


@pytest.mark.parametrize(
    ("part", "base", "theirs", "same"),
    [
        pytest.param("links", {"label": "Report", "url": "/a"}, {"label": "Report", "url": "/b"},
                     True, id="link moved"),
        pytest.param("links", {"label": "Report", "url": "/a"}, {"label": "Findings", "url": "/a"},
                     True, id="link renamed"),
        pytest.param("links", {"label": "Report", "url": ""}, {"label": "Findings", "url": "/a"},
                     True, id="link found"),
        pytest.param("links", {"label": "Report", "url": "/a"}, {"label": "Costs", "url": "/b"},
                     False, id="another link"),
        pytest.param("members", {"name": "Tarn", "country": ""}, {"name": "Tarn (chair)", "country": ""},
                     True, id="member with a word more"),
        pytest.param("members", {"name": "Ivory Coast", "country": "CI"},
                     {"name": "Côte d’Ivoire", "country": "CI"}, True, id="country renamed"),
        pytest.param("members", {"name": "Tarn", "country": ""}, {"name": "Orland", "country": ""},
                     False, id="another member"),
        pytest.param("members", {"name": "Northern Union", "country": ""},
                     {"name": "Southern Union", "country": ""}, False, id="half a name"),
        pytest.param("members", {"name": "Congo", "country": "CG"}, {"name": "Congo", "country": "CD"},
                     False, id="another country of the name"),
        pytest.param("dates", {"edtf": "1999", "text": "1999"}, {"edtf": "2001", "text": "2001"},
                     True, id="date corrected"),
        pytest.param("documents", {"document": 3, "title": "Plan"}, {"document": 3, "title": "Map"},
                     True, id="document renamed"),
        pytest.param("members", "\x01page:peace", "\x01page:trade", False, id="another thing"),
    ],
)  # fmt: skip
def test_an_item_is_known_by_what_it_names(part, base, theirs, same):
    if part == "links":
        found = aligned({part: [block("link", "a", base)]}, {part: [block("link", "x", theirs)]})
    else:
        found = aligned(within(part, ("a", base)), within(part, ("x", theirs)))

    assert ids(found.fields)[-1] == ("a" if same else "x")


def test_items_are_looked_at_in_a_block_that_kept_its_id():
    base = within("initiatives", ("a", {"text": SPRING}), ("b", {"text": FUND}))
    theirs = within("initiatives", ("a", {"text": SPRING}), ("x", {"text": FUNDS}))

    found = aligned(base, theirs)

    assert (ids(found.fields), found.renamed) == (["did", "a", "b"], {"x": "b"})


def test_a_block_brings_the_ids_of_its_items_along():
    date = {"edtf": "1999", "label": "", "text": "1999"}
    base = within("initiatives", ("a", {"text": SPRING, "dates": [block("item", "d", date)]}),
                  ("b", {"text": FUND, "dates": []}))  # fmt: skip
    theirs = within("initiatives", ("x", {"text": AUTUMN, "dates": [block("item", "z", date)]}),
                    ("y", {"text": FUND, "dates": []}), name="new")  # fmt: skip

    found = aligned(base, theirs)

    assert ids(found.fields) == ["did", "a", "d", "b"]
    assert found.path("body.new.initiatives.x.dates.z") == "body.did.initiatives.a.dates.d"


def table(prefix: str, *rows: str) -> dict[str, Any]:
    """Return fields with a table whose rows are given as words."""
    return within(
        "rows",
        *(
            (f"{prefix}{r}", [block("item", f"{prefix}{r}/{c}", cell) for c, cell in enumerate(row.split())])
            for r, row in enumerate(rows)
        ),
        name=prefix,
    )  # fmt: skip


def test_cells_of_a_row_go_by_their_places():
    found = aligned(
        table("t", "Port 5 7 open", "Quay 1 2 shut"), table("x", "Port 7 9 open", "Quay 1 2 shut")
    )

    assert ids(found.fields) == ids(table("t", "Port 5 7 open", "Quay 1 2 shut"))


def test_a_row_that_was_put_in_between_is_a_new_one():
    found = aligned(table("t", "Port 5", "Quay 1"), table("x", "Port 5", "Pier 3", "Quay 1"))

    assert [name for name in ids(found.fields) if "/" not in name] == ["t", "t0", "x1", "t1"]


def test_what_was_aligned_once_is_found_again_when_the_source_moved_it():
    """The base of the third import has the first's ids and the second's words."""
    base = body(("a", SPRING), ("b", FUND), ("c", OTHER))
    second = aligned(base, body(("a", SPRING), ("y", FUNDS), ("c", OTHER)))

    third = aligned(second.fields, body(("y", FUNDS), ("a", SPRING), ("c", OTHER)))

    assert ids(third.fields) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("first", "expected"),
    [pytest.param(0, 0, id="from the start"), pytest.param(1, 1, id="from the end")],
)
def test_in_a_long_gap_the_place_decides(first, expected):
    texts = [f"word{n} word{n}a word{n}b word{n}c" for n in range(400)]
    base = body(*((f"a{n}", text) for n, text in enumerate(texts)))
    theirs = body(*((f"x{n}", f"{text} more") for n, text in enumerate(texts) if n >= first))

    assert ids(aligned(base, theirs).fields) == [f"a{n}" for n in range(expected, 400)]


@pytest.mark.slow
@pytest.mark.parametrize("words", [pytest.param(4, id="short"), pytest.param(2000, id="long")])
def test_many_changed_texts_are_aligned_in_seconds(words):
    count = 40_000 // words + 200
    said = " ".join(["and"] * words)
    start = time.perf_counter()

    found = aligned(
        body(*((f"a{n}", f"{said} {n}") for n in range(count))),
        body(*((f"x{n}", f"{said} {n} more") for n in range(count))),
    )

    assert (len(found.renamed), time.perf_counter() - start < 20) == (count, True)


# --- what always holds


def _renewed(fields: Any, chosen: frozenset[str]) -> Any:
    """Return ``fields`` with other ids for the ``chosen`` ones."""
    if isinstance(fields, list):
        return [_renewed(part, chosen) for part in fields]
    if not isinstance(fields, dict):
        return fields
    parts = {name: _renewed(part, chosen) for name, part in fields.items()}
    return parts | ({"id": f"new-{parts['id']}"} if parts.get("id") in chosen else {})


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    """Return fields some of whose ids no other side has."""
    fields = draw(sides(""))
    known = sorted(set(ids(fields)))
    return _renewed(fields, draw(st.frozensets(st.sampled_from(known))) if known else frozenset())


bases = sides("")


@given(bases)
def test_the_same_fields_are_left_as_they_are(base):
    assert aligned(base, base) == Aligned(base, {})


@given(bases, sources())
def test_nothing_but_ids_is_another(base, theirs):
    found = aligned(base, theirs)

    assert says(found.fields) == says(theirs)
    assert ids(found.fields) == [found.renamed.get(name, name) for name in ids(theirs)]


@given(bases, sources())
def test_ids_stay_unique_and_go_from_the_source_s_to_the_base_s(base, theirs):
    found = aligned(base, theirs)

    assert found.renamed.keys() <= set(ids(theirs)) - set(ids(base))
    assert set(found.renamed.values()) <= set(ids(base)) - set(ids(theirs))
    assert sorted(Counter(ids(found.fields)).values()) == sorted(Counter(ids(theirs)).values())


@given(bases, sources())
def test_what_is_aligned_needs_no_more(base, theirs):
    once = aligned(base, theirs).fields

    assert aligned(base, once) == Aligned(once, {})


@given(wild_fields, wild_fields)
@example(
    {"body": [{"type": "p", "value": "", "id": None}]},
    {"body": [{"type": "p", "value": "", "id": []}]},
)
@example(body(("a", "one"), kind=["odd"]), body(("x", "one two"), kind=["odd"]))  # type: ignore[arg-type]
def test_no_shape_of_data_stops_it_or_makes_two_blocks_one(base, theirs):
    found = aligned(base, theirs)

    assert says(found.fields) == says(theirs)
    assert sorted(names(found.fields).values()) == sorted(names(theirs).values())
    assert aligned(base, found.fields).renamed == {}


_word = st.sampled_from(
    [f"{a}{b}" for a in ("ka", "lo", "mi", "su") for b in ("ran", "tel", "vos", "ni")]
)
_text = st.lists(_word, min_size=6, max_size=12)


@st.composite
def changed(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of a captured page, and of the same page with one word changed."""
    bodies = draw(st.lists(_text | st.lists(_text, min_size=1, max_size=4), min_size=1, max_size=6))
    said = list(_leaves(bodies))
    assume(len({tuple(text) for text in said}) == len(said))
    before = _captured(bodies)
    text = draw(st.sampled_from(said))
    text[draw(st.integers(0, len(text) - 1))] = "changed"
    return before, _captured(bodies)


def _leaves(bodies: list[Any]) -> Iterator[list[str]]:
    for part in bodies:
        yield from (part if isinstance(part[0], list) else [part])


def _captured(bodies: list[Any]) -> dict[str, Any]:
    """Return the fields of a page with paragraphs and lists of initiatives, named by what they say."""
    nodes = [
        {"type": "initiatives", "items": [{"html": " ".join(text)} for text in part]}
        if isinstance(part[0], list)
        else {"type": "paragraph", "html": f"<p>{' '.join(part)}</p>"}
        for part in bodies
    ]
    data = samples.section()
    data["page"] = {"type": "policy", "key": "page", "title": "Page", "body": nodes}
    document = load_document(data, name="x")
    set_keys(document)
    return page_fields(document.page, source_key="x")


@given(changed())
def test_all_ids_stay_where_one_word_changed(pair):
    before, after = pair

    found = aligned(before, after)

    assert ids(found.fields) == ids(before)
    assert ids(after) != ids(before)
