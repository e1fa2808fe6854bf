"""What the records of imports can be asked."""

import pytest

from django.contrib.contenttypes.models import ContentType

from hsec_wagtail.models import ForumPage, ImportItem, ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return ImportRun.objects.create(source_name="a.html")


def file_item(run, action, *, undone=False):
    return ImportItem.objects.create(
        run=run,
        position=run.items.count(),
        action=action,
        content_type=ContentType.objects.get_for_model(ForumPage),
        object_id="1",
        key=action,
        language="en",
        title=action,
        undone=undone,
    )


def test_applied_items_are_those_that_wrote_what_the_source_has(run):
    for action in ImportItem.Action:
        file_item(run, action)

    assert list(run.items.applied().values_list("action", flat=True)) == [
        "create",
        "update",
        "merge",
        "conflict",
    ]


def test_an_item_that_was_undone_is_not_applied(run):
    file_item(run, ImportItem.Action.CREATE, undone=True)

    assert not ImportItem.objects.applied().exists()
