"""The names above a section where it was found: kept with it, or made pages."""

import json

import pytest

from hsec_wagtail.importer import ImportOptions, preview, run, undo, verify
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.names import SLUG
from hsec_wagtail.importer.document.section import DocumentSection
from hsec_wagtail.importer.document.trail import below_its_trail
from hsec_wagtail.page_models import page_model

TRAIL = ["The world\u00a0: all of it", "Sea policy"]


@pytest.fixture
def source(tmp_path):
    """Return a document whose section stood below two pages."""
    forum = {"type": "forum", "key": "council", "title": "Council"}
    page = {"type": "section", "key": "nets", "title": "Nets", "children": [forum]}
    document = {"format": "hsec-section/1", "language": "en", "trail": TRAIL, "page": page}
    path = tmp_path / "nets.json"
    path.write_text(json.dumps(document))
    return path


def titles(page) -> list[str]:
    above = page.get_ancestors(inclusive=True).filter(depth__gt=2)
    return list(above.values_list("title", flat=True))


def test_trail_is_kept_with_the_section(home, source):
    run(source, options=ImportOptions(parent=home))

    section = page_model("section").objects.get()
    assert section.trail == "\n".join(TRAIL)
    assert titles(section) == ["Nets"]


def test_trail_that_an_editor_changed_stays(home, source):
    run(source, options=ImportOptions(parent=home))
    section = page_model("section").objects.get()
    section.trail = "Fishing"
    section.save_revision().publish()
    source.write_text(source.read_text().replace('"Council"', '"Council of Seas"'))

    run(source, options=ImportOptions(parent=home))

    section.refresh_from_db()
    assert section.trail == "Fishing"
    assert page_model("forum").objects.get().title == "Council of Seas"


def test_trail_becomes_pages_on_demand(home, source):
    report = run(source, options=ImportOptions(parent=home, trail=True))

    section = page_model("section").objects.get(title="Nets")
    above = ["The world : all of it", "Sea policy"]
    assert titles(section) == [*above, "Nets"]
    assert titles(page_model("forum").objects.get()) == [*above, "Nets", "Council"]
    assert set(page_model("section").objects.values_list("trail", flat=True)) == {""}
    assert verify(report.run).complete


def test_pages_of_a_trail_are_found_again_and_undone(home, source):
    options = ImportOptions(parent=home, trail=True)
    report = run(source, options=options)

    assert run(source, options=options).run is None
    assert report.run is not None
    assert {one.outcome for one in undo(report.run)} == {"deleted"}
    assert not page_model("section").objects.exists()


def test_section_without_a_trail_has_no_pages_above(home, source):
    source.write_text(source.read_text().replace(json.dumps(TRAIL), "[]"))

    report = preview(source, options=ImportOptions(parent=home, trail=True))

    assert report.counts["create"] == 2


def test_slugs_of_the_pages_of_a_trail_have_no_marks():
    page = doc.Page(type="section", key="nets", title="Nets")
    section = DocumentSection(doc.Document(page=page, trail=["मानव सुरक्षा"]))

    outlines = list(below_its_trail(section).outlines())

    assert [SLUG.fits(outline.slug) for outline in outlines] == [True, True]
