"""The fields of an object now: from its row or from a revision they are the same."""

from __future__ import annotations

from datetime import date

import pytest

from wagtail.models import Revision

from hsec_wagtail.importer.writing.object_fields import fields_of_revision, fields_of_row
from hsec_wagtail.models import ForumPage, TopicPage
from tests import factories as make

pytestmark = pytest.mark.django_db

NAMES = ("title", "short_name", "changed", "body", "anchor_aliases")


@pytest.fixture
def forum(home):
    section = make.section_page(home)
    paragraph = {**make.paragraph(), "id": "b-1"}
    return make.forum_page(section, short_name="UN", changed=date(2001, 2, 3), body=[paragraph])


def test_the_fields_of_a_row_are_those_of_a_revision_made_of_it(forum):
    revision = Revision.objects.get(pk=forum.save_revision().pk)
    row = ForumPage.objects.get(pk=forum.pk)

    assert fields_of_row(row, NAMES) == fields_of_revision(ForumPage, revision.content, NAMES)


def test_blocks_are_raw_data_and_days_are_text(forum):
    fields = fields_of_row(ForumPage.objects.get(pk=forum.pk), ("body", "changed"))

    assert fields == {
        "body": [{"type": "paragraph", "value": "<p>Text.</p>", "id": "b-1"}],
        "changed": "2001-02-03",
    }


def test_what_a_model_does_not_have_is_nothing(home):
    topic = make.topic_page(make.section_page(home))
    row = TopicPage.objects.get(pk=topic.pk)

    assert fields_of_row(row, ["short_name"]) == {"short_name": None}


def test_what_a_revision_does_not_have_is_nothing_or_no_blocks():
    assert fields_of_revision(ForumPage, {}, ["title", "body"]) == {"title": None, "body": []}
