"""Where a section goes, and what the site's rules say to it."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.errors import ApplyError, PlanError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import PolicyPage, SectionPage
from tests.importer import samples

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["²", "9" * 30], ids=["no decimal", "too large"])
def test_a_number_that_is_no_id_is_no_parent(home, tmp_path, name):
    with pytest.raises(PlanError, match="There is no page"):
        service.run(samples.write(tmp_path, samples.section()), options=ImportOptions(parent=name))


def test_a_page_below_one_that_may_not_hold_it_is_refused(home, tmp_path):
    document = samples.section()
    below = {"type": "section", "key": "below", "title": "A section below a forum"}
    document["page"]["children"][0]["children"] = [below]

    with pytest.raises(PlanError, match="a forum page may not hold a section page"):
        service.run(samples.write(tmp_path, document))

    assert not SectionPage.objects.exists()


def test_pages_deeper_than_the_tree_are_refused(home, tmp_path):
    document = samples.section(navigation=[])
    page = document["page"] = {**document["page"], "quick_links": []}
    for n in range(45):
        page["children"] = [{"type": "section", "key": f"s{n}", "title": f"Section {n}"}]
        (page,) = page["children"]
    parent = home
    for n in range(18):
        parent = parent.add_child(instance=SectionPage(title=f"Above {n}", slug=f"above-{n}"))

    with pytest.raises(ApplyError, match="nested deeper than the tree"):
        service.run(samples.write(tmp_path, document), options=ImportOptions(parent=parent))


@pytest.mark.urls("tests.urls_with_languages")
def test_two_documents_for_one_language_of_the_site_are_not_both_taken(home, french, tmp_path):
    canadian = {**samples.french(), "language": "fr-CA"}
    sources = [
        samples.write(tmp_path, document, f"{n}.json")
        for n, document in enumerate([samples.section(), samples.french(), canadian])
    ]

    report = service.run(sources)

    assert said(report.warnings) == [
        "Pages in 'fr-CA' are left out: the site has no such language under Settings, Locales.",
    ]


def test_pages_are_offered_only_if_they_may_hold_the_section(home, tmp_path, monkeypatch):
    section = home.add_child(instance=SectionPage(title="Filled", slug="filled"))
    section.add_child(instance=PolicyPage(title="No place for it", slug="no-place"))
    monkeypatch.setattr(SectionPage, "max_count_per_parent", 1)

    with pytest.raises(PlanError) as refused:
        service.run(
            samples.write(tmp_path, samples.section()), options=ImportOptions(parent=str(home.pk))
        )

    assert "Pages that may: Filled" in str(refused.value)
    assert "No place for it" not in str(refused.value)
    assert home.title not in str(refused.value).partition("Pages that may")[2]


def test_a_language_without_addresses_of_its_own_is_named(home, french, tmp_path):
    sources = [
        samples.write(tmp_path, document, f"{n}.json")
        for n, document in enumerate([samples.section(), samples.french()])
    ]

    warnings = said(service.run(sources).warnings)

    assert [text for text in warnings if text.startswith("Pages in 'fr' will have addresses")]


@pytest.mark.urls("tests.urls_with_languages")
def test_a_language_in_the_addresses_needs_no_warning(home, french, tmp_path):
    sources = [
        samples.write(tmp_path, document, f"{n}.json")
        for n, document in enumerate([samples.section(), samples.french()])
    ]

    assert said(service.run(sources).warnings) == []
