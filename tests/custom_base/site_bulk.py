"""Pages that the importer writes in bulk, on a site with a base page model of its own."""

import json

import pytest

from django.core.management import call_command
from django.urls import reverse

from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator
from hsec_wagtail.page_models import base_page_model, page_model
from tests import factories as make


@pytest.fixture
def forum(home):
    writer = BulkWriter(user=None, log_data=lambda page: {})
    paths = PathAllocator()
    section_id, forum_id = writer.reserve(base_page_model(), 2)
    body = json.dumps([make.paragraph("<p>Ratified it.</p>"), make.link("Home", page=home)])
    section = page_model("section")(pk=section_id, title="Security", slug="security")
    forum = page_model("forum")(
        pk=forum_id, title="Nations", slug="nations", audience="all", region="North", body=body
    )
    paths.place(section, home.pk)
    paths.place(forum, section_id)
    writer.insert([section, forum], publish=lambda page: True)
    paths.flush()
    return page_model("forum").objects.get(pk=forum_id)


def test_the_fields_of_the_site_are_written_and_the_page_is_served(client, forum):
    content = client.get(forum.url).content.decode()

    assert (forum.audience, forum.region) == ("all", "North")
    assert "Ratified it." in content
    assert base_page_model().find_problems() == ([], [], [], [], [])


def test_the_revision_is_one_of_a_page_and_can_be_published_again(forum):
    revision = forum.get_latest_revision()

    revision.publish()

    forum.refresh_from_db()
    assert revision.base_content_type.model_class() is base_page_model()
    assert (forum.region, forum.live_revision_id) == ("North", revision.pk)


def test_the_indexes_are_as_if_built_anew(forum):
    def rows():
        entries = IndexEntry.objects.filter(object_id=str(forum.pk))
        references = ReferenceIndex.objects.filter(object_id=str(forum.pk))
        return [
            *entries.values_list("title", "autocomplete", "body"),
            *references.order_by("content_path").values_list("to_object_id", "content_path"),
        ]

    expected = rows()

    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)

    assert len(expected) == 2
    assert rows() == expected


def test_editors_can_open_it(client, forum, superuser):
    client.force_login(superuser)

    assert client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).status_code == 200
