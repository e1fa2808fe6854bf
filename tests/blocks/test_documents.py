import pytest

from hsec_wagtail.blocks import DocumentsBlock
from hsec_wagtail.blocks.codes import language_name
from tests.blocks.faults import draft_faults, publish_faults


def show(*items, **context):
    block = DocumentsBlock()
    return block.render(block.to_python({"heading": "Reports", "documents": list(items)}), context)


def test_document_is_shown_with_type_size_and_language(document):
    document.get_file_size()

    html = show({"document": document.pk, "title": "Rapport", "language": "fr"})

    assert f'href="{document.url}" hreflang="fr">Rapport</a>' in html
    assert "(PDF, 2.0\xa0KB, French)" in html


def test_document_has_its_own_title_without_another(document):
    assert ">Annual report</a>" in show({"document": document.pk})


def test_language_of_the_page_is_not_said(document):
    assert "French" not in show(
        {"document": document.pk, "title": "R", "language": "fr"}, hsec_language="fr"
    )


def test_size_that_is_not_known_costs_no_query(document, django_assert_num_queries):
    type(document).objects.update(file_size=None)
    block = DocumentsBlock()
    value = block.to_python({"documents": [{"document": document.pk, "title": "Report"}]})

    with django_assert_num_queries(0):
        html = block.render(value, {})

    assert "(PDF)" in html


def test_deleted_document_leaves_its_title(root_page):
    html = show({"document": 987654, "title": "Lost"})

    assert "Lost" in html
    assert "<a" not in html


def test_deleted_document_does_not_block_publishing(root_page):
    block = DocumentsBlock()
    raw = {"documents": [{"document": 987654, "title": "Lost"}, {"document": 987654, "title": ""}]}

    cleaned = block.clean(block.to_python(raw))

    assert [item["title"] for item in cleaned["documents"]] == ["Lost"]


def test_draft_keeps_an_item_that_is_only_begun(root_page):
    block = DocumentsBlock()

    assert len(block.clean_deferred(block.to_python({"documents": [{}]}))["documents"]) == 1


def test_language_has_to_be_a_code(document):
    raw = {"documents": [{"document": document.pk, "language": "French!"}]}

    assert publish_faults(DocumentsBlock(), raw) == {
        "documents": {
            0: {"language": ["“French!” is no code of a language. Choose one from the list."]}
        }
    }
    assert draft_faults(DocumentsBlock(), raw) == {}
    assert "hreflang" not in show({"document": document.pk, "language": '"><script>'})


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [("fr", "en", "French"), ("en", "fr", "anglais"), ("iu", "en", "Inuktitut"), ("zz", "en", "zz"), ("??", "en", "??")],
)  # fmt: skip
def test_language_has_its_name_in_the_language_of_the_page(code, language, expected):
    assert language_name(code, language=language) == expected


def test_api_names_the_document(document):
    document.get_file_size()
    block = DocumentsBlock()
    value = block.to_python(
        {"documents": [{"type": "item", "id": "d1", "value": {"document": document.pk}}]}
    )

    (item,) = block.get_api_representation(value)["documents"]

    assert item["id"] == "d1"
    assert item["document"] == {
        "id": document.pk,
        "title": "Annual report",
        "url": document.url,
        "file_type": "pdf",
        "size": 2048,
    }


def test_search_finds_the_title_of_the_document(document):
    block = DocumentsBlock()

    content = block.get_searchable_content(
        block.to_python({"documents": [{"document": document.pk}]})
    )

    assert "Annual report" in content
