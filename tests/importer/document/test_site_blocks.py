"""A site's own blocks in a document: described by the site, or kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.conversion import Ids
from hsec_wagtail.importer.document.field_texts import repeats, texts
from hsec_wagtail.importer.document.from_fields import restore_page
from hsec_wagtail.importer.document.from_rich_text import LinkTargets
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.references import find_references
from hsec_wagtail.importer.document.schema import Document, Page, load_document
from hsec_wagtail.importer.document.site_blocks import (
    register_site_block,
    site_block_parts,
    unregister_site_block,
)
from hsec_wagtail.importer.document.texts import page_leaves
from hsec_wagtail.importer.document.to_fields import page_fields, resolve
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.planning.align import aligned
from hsec_wagtail.importer.planning.diff import differences
from hsec_wagtail.importer.planning.merge import merge
from hsec_wagtail.importer.reading.ledger import Ledger

PARTS = {
    "title": "plain",
    "style": "setting",
    "steps": [{"on": "day", "text": "rich", "page": "page", "picture": "image"}],
    "more": {"url": "url", "since": "edtf", "paper": "document"},
}
PICTURE = {"title": "Pier", "filename": "pier.png", "sha1": "a" * 40}


@pytest.fixture
def timeline() -> Iterator[None]:
    """A block ``timeline`` that the site describes."""
    register_site_block("timeline", PARTS)
    yield
    unregister_site_block("timeline")


def value(**changes: Any) -> dict[str, Any]:
    """Return the value of a timeline in a document: seven words for people."""
    step = {
        "on": "2001-02-03",
        "text": "<p>Two words.</p>",
        "page": "page:ports",
        "picture": PICTURE,
    }
    return {
        "title": "Years of <peace> work",
        "style": "wide",
        "steps": [{"type": "item", "id": "s1", "value": step}],
        "more": {"url": "https://example.org/", "since": "1999", "paper": None},
        **changes,
    }


def section(*body: dict[str, Any]) -> Document:
    page = {
        "type": "section",
        "key": "top",
        "title": "Top",
        "body": list(body),
        "children": [{"type": "policy", "key": "ports", "title": "Ports"}],
    }
    document = load_document({"format": "hsec-section/1", "page": page}, name="x")
    set_keys(document)
    return document


def raw(**changes: Any) -> dict[str, Any]:
    return {"type": "raw", "block": "timeline", "value": value(**changes)}


def stored(page: Page) -> Any:
    return resolve(page_fields(page, source_key="s"), {"ports": 7})["body"][0]["value"]


@pytest.mark.usefixtures("timeline")
def test_its_words_are_counted():
    document = section(raw())

    assert Ledger.of_document(document).words == len(
        "Top Years of peace work Two words Ports".split()
    )


def test_all_strings_of_a_block_that_the_site_does_not_describe_count():
    document = section({"type": "raw", "block": "map", "value": {"place": "Old Port", "zoom": 3}})

    assert [leaf.text for leaf in page_leaves(document.page)] == ["Top", "Old Port"]


@pytest.mark.usefixtures("timeline")
def test_its_parts_reach_the_site_as_ours_do():
    document = section(raw(title=" Two\x00  blanks ", steps=[
        {"type": "item", "id": "s1", "value": {"text": "<h2>Loud</h2>", "page": "page:ports", "picture": PICTURE}},
    ]))  # fmt: skip
    node = document.page.body[0]
    assert isinstance(node, nodes.RawBlock)
    node.settle("a" * 40, 5)

    assert stored(document.page) == {
        "title": "Two blanks",
        "style": "wide",
        "steps": [{"type": "item", "id": "s1", "value": {"text": "<p>Loud</p>", "page": 7, "picture": 5}}],
        "more": {"url": "https://example.org/", "since": "1999", "paper": None},
    }  # fmt: skip


@pytest.mark.usefixtures("timeline")
def test_what_it_leads_to_is_found():
    step = {"text": '<p><a linktype="document" id="4">x</a></p>', "page": 7, "picture": 5}
    block = {"type": "timeline", "id": "t", "value": {"steps": [{"type": "item", "value": step}]}}

    found = find_references([{"body": [block]}])

    assert (found.pages, found.documents, found.images) == ({7}, {4}, {5})


@pytest.mark.usefixtures("timeline")
def test_it_comes_back_from_the_site_as_it_was():
    document = section(raw())
    node = document.page.body[0]
    assert isinstance(node, nodes.RawBlock)
    node.settle("a" * 40, 5)
    fields = resolve(page_fields(document.page, source_key="s"), {"ports": 7})

    targets = LinkTargets(keys={7: "ports"}, images={5: nodes.File(**PICTURE)})
    page, losses = restore_page("section", fields, key="top", slug="", targets=targets, ids=Ids())

    assert losses == []
    assert page.body[0].model_dump()["value"] == value()


def test_a_block_that_the_site_does_not_describe_comes_back_with_a_warning():
    odd = {"any": ["thing", {"goes": True}], "text": "<p data-block-key='x'>Kept</p>"}
    document = section({"type": "raw", "block": "map", "id": "m", "value": odd})
    fields = page_fields(document.page, source_key="s")

    page, losses = restore_page(
        "section", fields, key="top", slug="", targets=LinkTargets(), ids=Ids()
    )

    assert page.body[0].model_dump()["value"] == odd
    assert [(loss.path, loss.kept) for loss in losses] == [("body.m", True)]


@pytest.mark.usefixtures("timeline")
def test_items_keep_their_ids_and_an_editors_part_stays_in_a_merge():
    base = page_fields(section(raw()).page, source_key="s")
    theirs = page_fields(section(raw(title="Years of quiet work")).page, source_key="s")
    found = aligned(base, theirs)
    ours = page_fields(section(raw(style="narrow")).page, source_key="s")
    ours["body"][0]["id"] = base["body"][0]["id"]

    merged = merge(base, found.fields, ours)

    (block,) = merged.fields["body"]
    assert merged.conflicts == ()
    assert block["id"] == base["body"][0]["id"]
    assert (block["value"]["title"], block["value"]["style"]) == ("Years of quiet work", "narrow")


@pytest.mark.usefixtures("timeline")
def test_a_difference_leaves_out_how_it_is_shown():
    base = page_fields(section(raw()).page, source_key="s")

    (one,) = differences({**base, "body": []}, base)

    assert "Two words." in one.after
    assert "wide" not in one.after


@pytest.mark.usefixtures("timeline")
def test_texts_of_what_is_stored_are_named_by_their_paths():
    block = {"type": "timeline", "id": "t", "value": value()}

    assert {path: text.strip() for path, text in texts({"body": [block]}).items()} == {
        "body.t.title": "Years of <peace> work",
        "body.t.steps.s1.text": "Two words.",
    }


def test_items_that_say_nothing_have_keys_of_their_own():
    bare = [{"type": "raw", "block": "map", "value": {"zoom": zoom}} for zoom in (1, 2)]

    first, second = section(*bare).page.body
    alone = section(bare[1]).page.body[0]

    assert first.key != second.key
    assert alone.key == second.key


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"more": {"url": "javascript:alert(1)"}}, "more.url", id="address"),
        pytest.param({"more": {"since": "soon"}}, "more.since", id="date"),
        pytest.param({"steps": [{"page": "ports"}]}, "names no page", id="page without its scheme"),
        pytest.param({"steps": [{"page": "page:gone"}]}, "names the page 'gone'", id="unknown page"),
        pytest.param({"steps": [{"picture": {"sha1": "x"}}]}, "picture", id="file"),
        pytest.param({"style": "<script>x</script>"}, "<script> may not be stored", id="a script as setting"),
        pytest.param({"note": '<img src=x onerror="y">'}, "onerror of <img>", id="a handler in what is not described"),
        pytest.param({"note": '<a href="java\tscript:x">y</a>'}, "href of <a>", id="an odd scheme"),
        pytest.param({"note": "<img src=x "}, "does not end", id="a tag that does not end"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("timeline")
def test_what_its_parts_may_not_hold_is_refused(changes, message):
    with pytest.raises(DocumentError, match=r"body\[0\]") as refused:
        section(raw(**changes))

    assert message in str(refused.value)


def test_a_block_of_ours_cannot_come_as_one_of_the_site_s():
    with pytest.raises(DocumentError, match="'paragraph' is a block of every site"):
        section({"type": "raw", "block": "paragraph", "value": "<script>x</script>"})


@pytest.mark.parametrize("parts", ["words", {"a": 1}, [], ["plain", "rich"], {"": "plain"}, None])
def test_a_description_of_another_form_is_refused(parts):
    with pytest.raises(ValueError, match="is no kind of part"):
        list(site_block_parts(parts))


def test_a_list_called_dates_repeats_nothing_but_in_an_initiative():
    assert repeats("body.b1.initiatives.i1.dates.d1.text")
    assert not repeats("body.b1.dates.d1.text")
    assert not repeats("body.b1.steps.s1.dates.d1.text")
