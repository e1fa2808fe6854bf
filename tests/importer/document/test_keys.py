"""Keys: the same for the same words, whatever stands around them."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.document.keys import ascii_slug, block_id, key_from, set_keys
from hsec_wagtail.importer.document.schema import Document, load_document


def document(*body: dict[str, str]) -> Document:
    page = {"type": "section", "key": "k", "title": "T", "body": list(body)}
    links = [{"label": "Home"}, {"label": "Home"}]
    data = {
        "format": "hsec-section/1",
        "page": page,
        "navigation": [{"slug": "menu", "links": links}],
    }
    loaded = load_document(data, name="sample")
    set_keys(loaded)
    return loaded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Réseau de la sécurité humaine", "reseau-de-la-securite-humaine"),
        ("Lysøen & Œuvre", "lysoen-oeuvre"),
        ("…", "page"),
        ("naïve – a “test”, it’s", "naive-a-test-its"),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_key_is_ascii(text, expected):
    assert key_from(text) == expected


@pytest.mark.parametrize(
    "text", ["чистые-озёра", "بحيرات-نظيفة", "きれいな湖", "깨끗한-호수", "स्वच्छ-झीलें"]
)
def test_a_key_keeps_the_letters_of_other_scripts(text):
    assert key_from(text.replace("-", " ")) == text


def test_a_slug_in_ascii_has_the_latin_letters_alone():
    assert ascii_slug("Чистые озёра UN") == "un"


def test_a_node_keeps_its_key_wherever_it_stands():
    one, two = (
        {"type": "paragraph", "html": "<p>One.</p>"},
        {"type": "paragraph", "html": "<p>Two.</p>"},
    )

    before = [node.key for node in document(one, two).page.body]
    after = [node.key for node in document(two, one).page.body]

    assert before == after[::-1]


def test_equal_nodes_are_numbered():
    one = {"type": "paragraph", "html": "<p>One.</p>"}

    first, second = document(one, one).page.body

    assert second.key == f"{first.key}-2"


def test_equal_links_of_a_navigation_are_numbered():
    assert [link.key for link in document().navigation[0].links] == ["home", "home-2"]


def test_equal_navigations_are_numbered():
    page = {"type": "section", "key": "k", "title": "T"}
    navigation = [
        {},
        {},
        {"heading": "Menu"},
        {"slug": "menu"},
        {"key": "menu-2"},
        {"slug": "m" * 100},
    ]
    data = {
        "format": "hsec-section/1",
        "page": page,
        "navigation": [*navigation, {"slug": "m" * 100}],
    }
    loaded = load_document(data, name="sample")

    set_keys(loaded)

    assert [group.key for group in loaded.navigation] == [
        "page", "page-2", "menu", "menu-3", "menu-2", "m" * 100, "m" * 98 + "-2",
    ]  # fmt: skip


def test_a_key_that_was_given_is_not_given_again():
    one = {"type": "paragraph", "html": "<p>One.</p>"}
    key = document(one).page.body[0].key
    assert key

    keys = [node.key for node in document(one, {**one, "key": key}).page.body]

    assert keys == [f"{key}-2", key]


def test_block_ids_never_change():
    assert block_id("page", "node") == "24ef2b31-907f-571a-9c5e-4dd776c79882"
