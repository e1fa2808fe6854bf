"""The packaged neighbourhood of the archived page: what it names, around the pages of human security."""

import pytest
import yaml
from bs4 import BeautifulSoup

from django.core.management import call_command

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.reading.files.packaged import packaged_files
from hsec_wagtail.page_models import page_model
from tests.test_fixture_human_security import NAVIGATION, TRAIL, own_text, shape

NEIGHBOURS = ["policy-discussions", "programs", "resources", "policy-publications"]
LINKED = {
    "nav-international-policy": "international-policy",
    "nav-policy-discussions": "policy-discussions",
    "nav-programs": "programs",
    "nav-resources": "resources",
}

every_language = pytest.mark.parametrize("language", ["en", "fr"])


def load(name: str, language: str) -> doc.Document:
    """Return the packaged document ``name`` in ``language``."""
    data = dict(packaged_files(name))[f"{name}/{language}.yaml"]
    return doc.load_document(yaml.safe_load(data), name=name)


def test_the_languages_have_one_structure():
    english, french = (
        load("international-policy", language).model_dump(exclude={"trail"})
        for language in ("en", "fr")
    )

    assert shape(french) == shape(english)


@every_language
def test_the_section_holds_human_security_as_it_is_packaged_alone(language):
    children = load("international-policy", language).page.children

    assert [child.key for child in children[1:]] == NEIGHBOURS
    assert children[0] == load("human-security", language).page


@every_language
def test_trail_and_section_are_the_trail_of_the_archived_page(language):
    document = load("international-policy", language)

    above, section = TRAIL[language]
    assert document.trail == [above]
    assert document.page.title.casefold() == section.casefold()


@every_language
def test_keys_are_those_of_one_page_each(language):
    keys = [page.key for page in load("international-policy", language).page.walk()]

    assert len(keys) == len(set(keys))


@every_language
def test_neighbours_are_said_to_be_named_and_nothing_is_promised(language):
    said = {"en": "archived page", "fr": "page archivée"}[language]

    for page in load("international-policy", language).page.children[1:]:
        assert page.status == "active"
        assert said in own_text(page), page.key
        assert 40 <= len(page.search_description) <= 160, page.key


@every_language
def test_labels_of_the_menu_lead_to_the_pages_that_are_there(language):
    (group,) = load("international-policy", language).navigation

    assert [link.label for link in group.links] == NAVIGATION[language]
    assert {link.key: link.page for link in group.links if link.page} == LINKED


def test_every_page_of_an_import_answers_and_says_that_it_is_of_the_past(client, home, french):
    home.copy_for_translation(french).save_revision().publish()
    call_command("hsec_import", "international-policy", verbosity=0)

    pages = page_model("section").objects.filter(depth=3)
    assert pages.count() == 2
    for section in pages:
        for page in section.get_descendants(inclusive=True).live():
            response = client.get(page.url, headers={"accept-language": page.locale.language_code})
            soup = BeautifulSoup(response.content, "html.parser")

            assert response.status_code == 200
            assert len(soup.select(".hsec-notice--historical:not(.hsec-archive)")) == 1, page.title
