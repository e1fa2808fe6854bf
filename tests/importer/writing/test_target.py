"""Where a section goes, and what the site's rules say to it."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.errors import ApplyError, PlanError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import SectionPage
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
