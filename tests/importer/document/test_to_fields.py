"""Documents as StreamField data: ids that stay, references by key, and a form to compare by."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import Page, load_document
from hsec_wagtail.importer.document.to_fields import FORM, page_fields, resolve, unresolve
from hsec_wagtail.importer.planning.raw_blocks import canonical, fingerprint
from tests.importer import samples
from tests.importer.strategies import documents

_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["<b>a</b>", "&nbsp;b", "<br/>"]),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=10,
)


def pages(data: dict[str, Any]) -> list[Page]:
    document = load_document(data, name="x")
    set_keys(document)
    return list(document.page.walk())


def ids(value: Any) -> list[str]:
    """Return the ids of all blocks and items in raw StreamField data."""
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [found for part in value.values() for found in ids(part)]
    return [found for part in value for found in ids(part)] if isinstance(value, list) else []


def test_a_page_becomes_fields():
    council = pages(samples.section())[1]

    fields = page_fields(council, source_key="sample")

    assert (fields["title"], fields["short_name"], fields["status"]) == (
        "Council of the North",
        "CN",
        "active",
    )
    assert [block["type"] for block in fields["body"]] == ["paragraph", "initiatives", "link"]
    assert fields["body"][0]["value"] == "<p>The council meets each spring.</p>"
    assert fields["body"][2]["value"] == {
        "label": "The council's site",
        "page": None,
        "url": "https://example.org/",
        "document": None,
    }


def test_a_plain_list_is_a_paragraph():
    node = {"type": "list", "ordered": True, "items": [{"html": "a"}, {"html": "<p>b</p>"}]}
    (page,) = pages(
        {
            "format": "hsec-section/1",
            "page": {"type": "section", "key": "k", "title": "T", "body": [node]},
        }
    )

    (block,) = page_fields(page, source_key="s")["body"]

    assert block["value"].replace(" ", "") == "<ol><li>a</li><li>b</li></ol>"


def test_a_paragraph_of_nothing_is_no_block():
    node = {"type": "paragraph", "html": "<script>x</script>"}
    (page,) = pages(
        {
            "format": "hsec-section/1",
            "page": {"type": "section", "key": "k", "title": "T", "body": [node]},
        }
    )

    assert page_fields(page, source_key="s")["body"] == []


@given(documents())
def test_block_ids_are_unique_on_a_page_and_stay(data):
    for one, other in zip(pages(data), pages(data), strict=True):
        fields = page_fields(one, source_key="s")

        assert len(set(ids(fields["body"]))) == len(ids(fields["body"]))
        assert page_fields(other, source_key="s") == fields


def test_another_source_has_other_ids():
    (first, *_) = pages(samples.section())[1:]

    one = page_fields(first, source_key="a")
    other = page_fields(first, source_key="b")

    assert not set(ids(one["body"])) & set(ids(other["body"]))


def test_references_become_ids_and_keys_again():
    council = pages(samples.section())[1]
    fields = page_fields(council, source_key="sample")

    resolved = resolve(fields, {"peace": 7})

    topics = resolved["body"][1]["value"]["initiatives"][0]["value"]["topics"]
    assert [topic["value"] for topic in topics] == [7]
    assert unresolve(resolved, {7: "peace"}) == fields


def test_a_page_that_is_not_there_goes_from_lists_and_is_none_in_fields():
    council = pages(samples.section())[1]

    resolved = resolve(page_fields(council, source_key="sample"), {})

    assert resolved["body"][1]["value"]["initiatives"][0]["value"]["topics"] == []
    assert resolved["body"][2]["value"]["page"] is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param('<p data-block-key="a1">x</p>', "<p>x</p>", id="keys of the editor"),
        pytest.param("<p><strong>x</strong></p>", "<p><b>x</b></p>", id="strong"),
        pytest.param("a&nbsp;<br/>", "a\u00a0<br>", id="spelling"),
        pytest.param({"a": "", "b": None, "c": []}, {}, id="nothing"),
    ],
)
def test_what_an_editor_s_form_changes_by_itself_is_no_difference(one, other):
    assert canonical(one) == canonical(other) or (canonical(one) or None) == (
        canonical(other) or None
    )


@given(_values)
def test_the_canonical_form_is_its_own(value):
    assert canonical(canonical(value)) == canonical(value)


@given(documents())
def test_the_fingerprint_is_that_of_the_canonical_form(data):
    fields = page_fields(pages(data)[0], source_key="s")

    assert fingerprint(fields) == fingerprint(canonical(fields))


def test_whoever_changes_what_a_page_gives_raises_the_form():
    """A site that was imported before is looked at again only if the form is another one."""
    document = load_document(samples.section(), name="sample")
    set_keys(document)
    fields = [page_fields(page, source_key="sample") for page in document.page.walk()]
    said = json.dumps(fields, ensure_ascii=False, sort_keys=True)

    assert (FORM, hashlib.sha256(said.encode()).hexdigest()[:16]) == (2, "131a9e94bee8cdf6")
