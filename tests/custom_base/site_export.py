"""An export of a site's own page types: what they add is named, what they share is kept."""

from __future__ import annotations

from hsec_wagtail import importer
from hsec_wagtail.importer.document.schema import dump_document
from hsec_wagtail.importer.messages import said
from tests import factories as make


def test_pages_of_the_site_s_own_types_are_exported(home):
    section = make.section_page(home, audience="teachers")
    forum = make.forum_page(section, region="North", short_name="CN")

    (export,) = importer.export(section)

    assert [page.type for page in export.document.page.walk()] == ["section", "forum"]
    assert export.document.page.children[0].short_name == "CN"
    assert said(export.warnings) == [
        f"'Human security' ({section.pk}): audience: 'teachers' is left out: a document has no such field.",
        f"'United Nations' ({forum.pk}): region: 'North' is left out: a document has no such field.",
    ]


def test_an_export_comes_back_the_same(home, tmp_path):
    section = make.section_page(home)
    make.forum_page(section, body=[make.paragraph()], seo_title="UN", show_in_menus=True)
    (first,) = importer.export(section)
    (path := tmp_path / "export.json").write_text(dump_document(first.document))
    section.delete()

    importer.run(path)

    (second,) = importer.export("/human-security/")
    assert dump_document(second.document) == dump_document(first.document)
