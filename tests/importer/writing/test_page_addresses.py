import pytest

from wagtail.models import Page

from hsec_wagtail.importer.errors import PlanError
from hsec_wagtail.importer.writing.target import find_parent
from tests import factories as make


@pytest.fixture
def section(home):
    return make.section_page(home, title="Topics", slug="topics")


@pytest.fixture
def translated(section, french):
    page = section.copy_for_translation(french, copy_parents=True)
    page.slug = "themes"
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


@pytest.mark.parametrize(
    "address", ["/topics/", "topics", "http://localhost/topics/", "https://localhost:8000/topics/?x=1#y"]
)  # fmt: skip
def test_a_parent_is_named_by_its_address(section, address):
    assert find_parent(address).pk == section.pk


@pytest.mark.parametrize("address", ["http://elsewhere.example/topics/", "/nowhere/"])
def test_an_address_of_another_host_or_of_no_page_is_refused(section, address):
    with pytest.raises(PlanError):
        find_parent(address)


@pytest.mark.urls("tests.urls_with_languages")
@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("/en/web/topics/", "topics"),
        ("/en/web/topics", "topics"),
        ("http://localhost/fr/web/themes/", "themes"),
        ("/fr/web/themes/", "themes"),
        ("/fr/themes/", "themes"),
        ("/topics/", "topics"),
    ],
)
def test_an_address_may_have_the_prefix_that_the_site_gives_it(section, translated, address, slug):
    assert find_parent(address).slug == slug


@pytest.mark.urls("tests.urls_with_languages")
def test_the_address_that_a_page_has_names_it(section, translated):
    assert find_parent(translated.get_full_url()).pk == translated.pk
