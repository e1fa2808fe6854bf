"""Other pages are named to everybody only if everybody may read them."""

import pytest

from django.test import RequestFactory, override_settings
from django.urls import include, path

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.models import PageViewRestriction

from hsec_wagtail.blocks import LinkBlock
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models import QuickLinksSnippet, quick_links
from tests import factories as make
from tests.urls import urlpatterns as site_urls


class QuickLinksAPIViewSet(BaseAPIViewSet):
    model = QuickLinksSnippet


api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesAPIViewSet)
api.register_endpoint("quick-links", QuickLinksAPIViewSet)
urlpatterns = [path("api/v2/", include((api.get_urlpatterns(), "wagtailapi"))), *site_urls]


@pytest.fixture
def section(home):
    return make.section_page(home)


@pytest.fixture
def private(section):
    """Return a topic below a private page."""
    above = make.section_page(section, title="Members", slug="members")
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    return make.topic_page(above, title="Secret talks", slug="secret-talks")


def test_a_page_below_a_private_one_may_not_be_named(section, private):
    assert may_be_named(section)
    assert not may_be_named(private)
    assert not may_be_named(private.get_parent())
    assert not may_be_named(make.topic_page(section, title="Draft", slug="draft", live=False))
    assert not may_be_named(None)


def test_privacy_of_a_list_costs_one_query(section, private, django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(1):
        named = [may_be_named(page, request=request) for page in (section, private, section)]

    assert named == [True, False, True]


@pytest.mark.parametrize("endpoint", ["pages/?fields=*", "quick-links/?fields=*"])
@override_settings(ROOT_URLCONF=__name__)
def test_the_api_names_no_private_page(client, section, private, endpoint):
    body = [
        make.link("The talks", page=private),
        make.initiatives(make.initiative("<p>Talked.</p>", topics=[private])),
    ]
    make.forum_page(section, title="Council", body=body)
    make.quick_links("Beside", page=private, links=[make.quick_link("Talks", page=private)])

    said = client.get(f"/api/v2/{endpoint}").content.decode()

    assert ("Council" in said) or ("Beside" in said)
    assert "Secret talks" not in said
    assert "secret-talks" not in said


def test_a_link_without_a_label_does_not_name_a_private_page(section, private):
    def resolve(page):
        value = LinkBlock().to_python({"label": "", "page": page.pk, "url": "", "document": None})
        return value.resolve()

    assert resolve(section).label == "Human security"
    assert (resolve(private).label, resolve(private).url) == ("", "")


def test_a_quick_link_without_a_label_does_not_name_a_private_page(section, private):
    links = [make.quick_link("", page=section), make.quick_link("", page=private)]
    make.quick_links("Beside", page=section, links=links)

    (group,) = quick_links.of_page(section)

    assert [link["label"] for link in group["links"]] == ["Human security"]


def test_a_private_translation_is_not_named(client, section, french):
    section.get_parent().copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)
    translated.slug = "confidentiel"
    translated.save_revision().publish()
    PageViewRestriction.objects.create(page=translated, restriction_type="login")

    assert "confidentiel" not in client.get(section.url).content.decode()
