"""Nodes to stored fields and back: the same, for every document and every kind of node."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.from_fields import (
    Ids,
    LinkTargets,
    Loss,
    restore_group,
    restore_page,
)
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import Document, Page
from hsec_wagtail.importer.document.to_fields import Fields, group_fields, page_fields, resolve
from tests.importer.roundtrips import files, loaded, sections


def settled(document: Document) -> LinkTargets:
    """Give the pages and files of ``document`` ids as a site would, and return what these stand for."""
    named: dict[str, dict[int, nodes.File]] = {"document": {}, "image": {}}
    for pk, (kind, file) in enumerate(files(document), 1):
        file.settle(pk)
        named[kind][pk] = file
    keys = {pk: page.key for pk, page in enumerate(document.page.walk(), 1)}
    return LinkTargets(keys, {}, named["document"], named["image"])


def stored(page: Page, targets: LinkTargets) -> Fields:
    """Return the fields of ``page`` as a site stores them."""
    ids = {key: pk for pk, key in targets.keys.items()}
    return resolve(page_fields(page, source_key="s"), ids)


def restored(document: Document, targets: LinkTargets) -> list[tuple[Page, list[Loss]]]:
    """Return the pages of ``document`` as they come back from a site."""
    ids = Ids()
    return [
        restore_page(
            page.type, stored(page, targets), key=page.key, slug=page.slug, targets=targets, ids=ids
        )
        for page in document.page.walk()
    ]


@given(sections())
def test_what_a_site_stores_comes_back_as_nodes_that_store_the_same(data):
    document = loaded(data)
    targets = settled(document)

    for page, (again, losses) in zip(
        document.page.walk(), restored(document, targets), strict=True
    ):
        assert [loss for loss in losses if not loss.kept] == []
        assert stored(again, targets) == stored(page, targets)


@given(sections())
def test_what_came_back_once_comes_back_the_same(data):
    document = loaded(data)
    targets = settled(document)
    once = [page for page, _ in restored(document, targets)]

    ids = Ids()
    twice = [
        restore_page(
            page.type, stored(page, targets), key=page.key, slug=page.slug, targets=targets, ids=ids
        )[0]
        for page in once
    ]

    assert twice == once


@given(sections())
def test_groups_of_links_come_back_as_they_were(data):
    document = loaded(data)
    targets = settled(document)
    ids = Ids()

    for group in document.navigation:
        fields = resolve(group_fields(group, scope="s"), {})
        again, losses = restore_group(
            fields, key=str(group.key), slug=group.slug, targets=targets, ids=ids
        )

        assert losses == []
        assert group_fields(again, scope="s") == fields


FILE = {"title": "Annual report", "filename": "report.pdf", "sha1": "a" * 40}
IDS = [f"{n:08}-0000-4000-8000-000000000000" for n in range(20)]
NODES: list[dict[str, Any]] = [
    {"type": "paragraph", "html": '<p>See <a href="https://example.org/">this</a>.<br/>Now.</p>'},
    {"type": "heading", "text": "Aims", "anchor": "our-aims", "level": 3},
    {
        "type": "initiatives",
        "intro": "<p>Actions:</p>",
        "grouping": "year",
        "items": [
            {
                "id": IDS[1],
                "html": "<p>Signed the treaty.</p>",
                "dates": [
                    {"id": IDS[2], "edtf": "1999-06", "label": "signed", "text": "June 1999"}
                ],
                "topics": ["one", "two"],
                "topic_ids": [IDS[3], IDS[4]],
            }
        ],
    },
    {
        "type": "members",
        "intro": "<p>The members:</p>",
        "display": "text",
        "items": [
            {
                "id": IDS[1],
                "name": "Norvania",
                "country": "NO",
                "role": "observer",
                "since": "1999",
                "until": "2001-04",
            }
        ],
    },
    {"type": "link", "label": "A site", "url": "https://example.org/"},
    {"type": "link", "label": "A page", "page": "one"},
    {"type": "link", "label": "A document", "document": FILE},
    {"type": "link", "label": "Not known yet"},
    {
        "type": "notice",
        "kind": "correction",
        "html": "<p>Corrected.</p>",
        "starts": "2031-01-02",
        "ends": "2031-02-03",
    },
    {
        "type": "funding",
        "title": "Small grants",
        "html": "<p>What for.</p>",
        "opens": "2031-01-02",
        "closes": "2031-02-03",
        "eligibility": "<p>Who.</p>",
        "how_to_apply": "<p>How.</p>",
        "url": "https://example.org/grants",
    },
    {"type": "quote", "text": "Two\nlines.", "attribution": "A minister"},
    {
        "type": "table",
        "caption": "Missions",
        "header": "both",
        "rows": [["Year", "<b>Number</b>"], ["2001", "4"]],
        "row_ids": [IDS[1], IDS[2]],
        "cell_ids": [[IDS[3], IDS[4]], [IDS[5], IDS[6]]],
    },
    {
        "type": "contact",
        "name": "Bureau",
        "address": "4 Quay\nPort",
        "email": "a@example.org",
        "phone": "+999 555",
        "url": "https://example.org/",
    },
    {"type": "details", "summary": "What is meant?", "html": "<ul><li>This</li></ul>"},
    {
        "type": "documents",
        "heading": "Reports",
        "items": [{"id": IDS[1], "file": FILE, "title": "The report", "language": "fr"}],
    },
    {
        "type": "image",
        "file": FILE,
        "alt": "A harbour",
        "decorative": False,
        "caption": "The harbour of Port Norva",
    },
    {"type": "raw", "block": "timeline", "value": {"title": "Since 1999", "years": [1999, 2001]}},
]


def page_of(node: dict[str, Any]) -> Document:
    """Return a section with ``node`` in its body, and two topics."""
    topics = [{"type": "topic", "key": key, "title": key} for key in ("one", "two")]
    page = {
        "type": "section",
        "key": "top",
        "title": "Top",
        "body": [{**node, "id": IDS[0]}],
        "children": topics,
    }
    return loaded({"format": "hsec-section/1", "page": page})


@pytest.mark.parametrize(
    "node", [pytest.param(node, id=f"{n}-{node['type']}") for n, node in enumerate(NODES)]
)
def test_a_node_comes_back_whole(node):
    document = page_of(node)
    targets = settled(document)

    ((page, losses), *_) = restored(document, targets)

    set_keys(document)
    assert [loss for loss in losses if not loss.kept] == []
    assert without_keys(page.body[0]) == without_keys(document.page.body[0])


def test_the_nodes_that_come_back_whole_are_of_all_types_but_lists():
    """A plain list is stored as text; there it is a paragraph that holds a list."""
    types = {node.model_fields["type"].default for node in get_args(nodes.BodyNode)}

    assert {node["type"] for node in NODES} == types - {"list"}


def without_keys(value: Any) -> Any:
    """Return ``value`` without the keys of nodes, which no site stores: ids are made of them."""
    if isinstance(value, nodes.Node | nodes.File):
        return {name: without_keys(part) for name, part in value.__dict__.items() if name != "key"}
    return [without_keys(part) for part in value] if isinstance(value, list) else value
