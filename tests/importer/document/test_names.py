"""The grammars of names, and that every name in a document has one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.importer.document import nodes, schema
from hsec_wagtail.importer.document.keys import key_from, set_keys, slug_from
from hsec_wagtail.importer.document.names import BLOCK_ID, KEY, SLUG, SOURCE_NAME
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.errors import DocumentError

ATTACK = '"><img src=x onerror=alert(1)>'
ID_ATTACK = (
    f"'{ATTACK}' is not a block id; use letters from a to z, digits, hyphens and underscores."
)
KEY_ATTACK = (
    f"'{ATTACK}' is not a key; use letters, digits, hyphens, underscores, dots, colons and slashes."
)


def document(*body: dict[str, Any], **page: Any) -> dict[str, Any]:
    top = {"type": "section", "key": "k", "title": "T", "body": list(body), **page}
    return {"format": "hsec-section/1", "page": top}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            document({"type": "paragraph", "html": "a", "id": ATTACK}),
            f"x: page.body[0].id: {ID_ATTACK}",
            id="id of a block",
        ),
        pytest.param(
            document({"type": "list", "items": [{"html": "a", "id": ATTACK}]}),
            f"x: page.body[0].items[0].id: {ID_ATTACK}",
            id="id of an item",
        ),
        pytest.param(
            document({"type": "table", "rows": [["a"]], "cell_ids": [[ATTACK]]}),
            f"x: page.body[0].cell_ids[0][0]: {ID_ATTACK}",
            id="id of a cell",
        ),
        pytest.param(
            document({"type": "raw", "block": "map", "value": [{"id": ATTACK, "value": "a"}]}),
            f"x: document: page k.body[0].value[0].id: {ID_ATTACK}",
            id="id in a site's own block",
        ),
        pytest.param(document(key=ATTACK), f"x: page.key: {KEY_ATTACK}", id="key of a page"),
        pytest.param(
            document({"type": "paragraph", "html": "a", "key": ATTACK}),
            f"x: page.body[0].key: {KEY_ATTACK}",
            id="key of a node",
        ),
        pytest.param(
            document(quick_links=[{"heading": "a", "key": ATTACK}]),
            f"x: page.quick_links[0].key: {KEY_ATTACK}",
            id="key of quick links",
        ),
        pytest.param(
            document({"type": "initiatives", "items": [{"html": "a", "topics": [ATTACK]}]}),
            f"x: page.body[0].items[0].topics[0]: {KEY_ATTACK}",
            id="topic",
        ),
        pytest.param(
            document({"type": "link", "label": "a", "url": 'page:k#"x'}),
            "x: page.body[0].url: '\"x' is not a part of a page; write its anchor, without blanks, quotation"
            " marks or angle brackets.",
            id="part of a page",
        ),
        pytest.param(
            document({"type": "documents", "items": [{"language": "<b>"}]}),
            "x: page.body[0].items[0].language: '<b>' is not a language code; use one such as en or fr-CA.",
            id="language",
        ),
        pytest.param(
            {**document(), "source": {"name": "a", "key": "a\nb"}},
            "x: source.key: 'a\\nb' is not the name of a source; it holds a line break or another control"
            " character.",
            id="key of a source",
        ),
    ],
)
def test_a_name_that_is_none_is_refused_at_its_place(data, message):
    with pytest.raises(DocumentError) as refused:
        load_document(data, name="x")

    assert str(refused.value) == f"{message}\nCorrect the document."


@pytest.mark.parametrize(
    "key", ["oas", "a/b:c.d_e-1", "réseau", "हिन्दी", "网络", "сеть", "page-1"], ids=ascii
)
def test_keys_are_of_any_script(key):
    assert load_document(document(key=key), name="x").page.key == key


@given(st.text())
def test_keys_that_are_made_of_titles_fit(title):
    assert KEY.fits(key_from(title))
    assert SLUG.fits(slug_from(title))


@given(st.text(), st.text())
def test_keys_and_ids_that_are_made_for_nodes_fit(text, label):
    node = nodes.Paragraph(html=text)
    group = nodes.LinkGroup(heading=label[:255], links=[nodes.Link(label=label[:255] or "a")])
    page = schema.Page(type="section", key="k", title="T", body=[node], quick_links=[group])

    set_keys(schema.Document(page=page))

    assert all(KEY.fits(one.key or "") for one in (node, group, group.links[0]))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2F)).filter(str.strip))
def test_no_markup_is_a_name(text):
    markup = f"<{text}>"

    assert not any(grammar.fits(markup) for grammar in (BLOCK_ID, KEY, SLUG))


def test_the_name_of_a_file_may_have_blanks_and_marks():
    assert SOURCE_NAME.fits("Réseau (1999) \u201cold\u201d & new.html")
