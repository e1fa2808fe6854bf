"""What stored fields lead to."""

from __future__ import annotations

from hsec_wagtail.importer.document.references import find_references


def test_ids_are_found_in_blocks_lists_and_text():
    fields = {
        "title": "1",
        "lead": '<p>a <a id="1" linktype="page">b</a></p>',
        "body": [
            {"type": "link", "id": "x", "value": {"label": "a", "page": 2, "document": 11}},
            {"type": "image", "id": "x", "value": {"image": {"image": 21, "decorative": True}}},
            {"type": "paragraph", "id": "x", "value": '<a linktype="document" id="12">a</a>'},
            {"type": "paragraph", "id": "x", "value": '<embed embedtype="image" id="22" alt=""/>'},
            {
                "type": "initiatives",
                "id": "x",
                "value": {
                    "initiatives": [
                        {
                            "type": "item",
                            "id": "x",
                            "value": {"topics": [{"type": "item", "id": "x", "value": 3}]},
                        }
                    ]
                },
            },
        ],
    }

    found = find_references([fields, {"links": [{"type": "link", "value": {"page": 4}}]}])

    assert (found.pages, found.documents, found.images) == ({1, 2, 3, 4}, {11, 12}, {21, 22})


def test_what_is_no_id_is_not_taken_for_one():
    fields = {"show_in_menus": True, "page": True, "lead": '<p id="5">1</p> linktype="page"'}

    found = find_references([fields])

    assert (found.pages, found.documents, found.images) == (set(), set(), set())
