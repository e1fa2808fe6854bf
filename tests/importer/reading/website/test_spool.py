"""The spool: what is set aside comes back, and leaves nothing behind."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.reading.website.spool import Spool

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda parts: (
        st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(_json, max_size=5))
def test_what_was_put_comes_back(values):
    spool = Spool()
    for number, value in enumerate(values):
        spool.put("thing", number, value)

    assert [spool.get("thing", number) for number in range(spool.count("thing"))] == values
    spool.close()


def test_kinds_are_apart():
    spool = Spool()
    spool.put("a", 0, "one")
    spool.put("b", 0, "other")

    assert (spool.get("a", 0), spool.get("b", 0)) == ("one", "other")


def test_what_is_put_again_replaces_what_was_there():
    spool = Spool()
    spool.put("a", 0, "one")
    spool.put("a", 0, "other")

    assert (spool.get("a", 0), spool.count("a")) == ("other", 1)


def test_what_was_not_put_is_not_there():
    with pytest.raises(KeyError):
        Spool().get("a", 0)


def test_no_two_shelves_share_anything():
    one, other = Spool(), Spool()
    one.put("a", 0, "mine")

    assert other.count("a") == 0


def test_a_shelf_that_is_forgotten_is_closed():
    spool = Spool()
    spool.put("a", 0, "x")

    del spool
    # An open connection would be a warning here, and warnings are errors.
    gc.collect()


def test_what_lies_on_a_shelf_is_not_in_memory():
    spool = Spool()
    tracemalloc.start()
    for number in range(200):
        spool.put("a", number, "x" * 100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2_000_000
