"""Other pages, documents and images are named to everybody only if everybody may read them."""

import pytest

from django.core.files.base import ContentFile
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from hsec_wagtail.blocks import DocumentItemBlock, LinkBlock
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


@pytest.mark.parametrize(
    "endpoint", ["pages/?type=hsec_wagtail.ForumPage&fields=*", "quick-links/?fields=*"]
)
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


def test_the_groups_of_a_private_page_are_not_shown_beside_its_public_translation(section, french):
    section.get_parent().copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)
    translated.save_revision().publish()
    make.quick_links("Secret links", page=section)
    assert [group["heading"] for group in quick_links.of_page(translated)] == ["Secret links"]

    PageViewRestriction.objects.create(page=section, restriction_type="login")

    assert quick_links.of_page(translated) == []


@pytest.fixture
def private_collection(root_page):
    """Return a collection below a private one."""
    above = Collection.get_first_root_node().add_child(name="Members")
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    return above.add_child(name="Minutes")


@pytest.fixture
def minutes(private_collection):
    file = ContentFile(b"x", name="secret-minutes.pdf")
    return get_document_model().objects.create(
        title="Secret minutes", file=file, collection=private_collection
    )


@pytest.fixture
def portrait(private_collection):
    return get_image_model().objects.create(
        title="Secret portrait",
        file=get_test_image_file(filename="secret-portrait.png"),
        collection=private_collection,
    )


def test_a_document_of_a_private_collection_may_not_be_named(minutes, portrait, document):
    assert may_be_named(document)
    assert not may_be_named(minutes)
    assert not may_be_named(portrait)


def documents(*pairs):
    """Return a list of documents and a link to each, without or with a title of the editor's."""
    items = [make.item({"document": one.pk, "title": title}) for one, title in pairs]
    links = [
        make.block("link", {"label": title, "document": one.pk, "page": None, "url": ""})
        for one, title in pairs
    ]
    return [make.block("documents", {"documents": items}), *links]


def test_a_page_does_not_name_a_private_document(client, section, minutes, document):
    forum = make.forum_page(section, body=documents((minutes, ""), (document, "")))

    said = client.get(forum.url).content.decode()

    assert "Annual report" in said
    assert "Secret minutes" not in said
    assert "secret-minutes" not in said


def test_a_private_document_is_linked_under_the_editor_s_title(client, section, minutes):
    forum = make.forum_page(section, body=documents((minutes, "Minutes, for members")))

    said = client.get(forum.url).content.decode()

    assert said.count("Minutes, for members</a>") == 2
    assert "Secret minutes" not in said


@override_settings(ROOT_URLCONF=__name__)
def test_the_api_names_no_private_document_or_image(client, section, minutes, portrait, image):
    pictures = [
        make.block("image", {"image": {"image": one.pk, "alt_text": "x", "decorative": False}})
        for one in (portrait, image)
    ]
    make.forum_page(section, body=[*documents((minutes, "Minutes")), *pictures])

    said = client.get("/api/v2/pages/?type=hsec_wagtail.ForumPage&fields=*").content.decode()

    assert "Harbour" in said
    assert "secret" not in said.lower()


def test_the_title_of_a_private_document_is_not_searched(minutes, document):
    block = DocumentItemBlock()
    values = [block.to_python({"document": one.pk}) for one in (minutes, document)]

    assert [block.get_searchable_content(value) for value in values] == [[], ["Annual report"]]


def test_privacy_of_many_documents_costs_the_same(client, section, minutes, document):
    counts = []
    for number in (1, 9):
        body = documents(*[(minutes, ""), (document, "")] * number)
        forum = make.forum_page(section, title=f"Forum {number}", body=body)
        client.get(forum.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(forum.url)
        counts.append(len(queries))

    assert counts[0] == counts[1]
