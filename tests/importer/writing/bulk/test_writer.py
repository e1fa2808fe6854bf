"""The bulk writer: what it sends, refuses, hands on, and how much it asks of the database."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from treebeard.exceptions import PathOverflow

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Comment, Page, Revision
from wagtail.search.backends.base import BaseIndex, BaseSearchBackend
from wagtail.search.models import IndexEntry
from wagtail.signals import page_published, published

from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator
from hsec_wagtail.importer.writing.bulk.content import is_ordinary
from hsec_wagtail.models import ForumPage, QuickLinksSnippet
from hsec_wagtail.models.table_rows import reserve_ids
from hsec_wagtail.page_models import page_model
from tests import factories
from tests.importer.writing.bulk.test_bulk import (
    DATA,
    assert_same_rows,
    change,
    dump,
    logged,
    undone,
    write_revision,
)

pytestmark = pytest.mark.django_db


def everything(page):
    return True


def forums(section, count, **fields):
    """Write ``count`` forums below ``section`` in bulk, and return them."""
    writer = BulkWriter(user=None, log_data=lambda page: DATA)
    paths = PathAllocator()
    pages = []
    for pk in writer.reserve(Page, count):
        body = json.dumps([factories.paragraph(f"<p>About {pk}.</p>")])
        given = {"title": f"Forum {pk}", "slug": f"forum-{pk}", "body": body, **fields}
        pages.append(ForumPage(pk=pk, **given))
    for page in pages:
        paths.place(page, section.pk)
    writer.insert(pages, publish=everything)
    paths.flush()
    return pages


@pytest.fixture
def section(home):
    return factories.section_page(home)


def connected(signal, receiver, request):
    signal.connect(receiver)
    request.addfinalizer(lambda: signal.disconnect(receiver))


@pytest.fixture
def heard(request):
    """Return what signals told: their name, the page, and what else they have to say."""
    said = []

    def on_save(sender, instance, created, **kwargs):
        if isinstance(instance, ForumPage):
            said.append(("post_save", instance, created))

    def on_publish(sender, instance, revision, **kwargs):
        said.append(("page_published", instance, revision.pk))

    def on_any_publish(sender, instance, revision, **kwargs):
        said.append(("published", instance, revision.pk))

    connected(post_save, on_save, request)
    connected(page_published, on_publish, request)
    connected(published, on_any_publish, request)
    return said


def test_signals_are_sent_when_the_transaction_is_committed(
    section, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        (page,) = forums(section, 1)
        before = list(heard)

    revision = page.latest_revision_id
    assert before == []
    assert heard == [
        ("post_save", page, True),
        ("page_published", page, revision),
        ("published", page, revision),
    ]


def test_a_receiver_that_fails_keeps_no_page_from_being_announced(
    section, heard, request, django_capture_on_commit_callbacks
):
    def fail(**kwargs):
        raise RuntimeError

    connected(page_published, fail, request)

    with django_capture_on_commit_callbacks(execute=True):
        pages = forums(section, 2)

    assert [page for name, page, _ in heard if name == "page_published"] == pages


def test_nothing_is_written_or_sent_when_the_transaction_is_rolled_back(
    section, heard, django_capture_on_commit_callbacks
):
    expected = dump()

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        forums(section, 2)
        transaction.set_rollback(True)

    assert heard == []
    assert_same_rows(dump(), expected)


def test_what_a_receiver_of_pre_save_changes_is_written(section, request):
    def shorten(sender, instance, **kwargs):
        if isinstance(instance, ForumPage):
            instance.short_name = "S"

    connected(pre_save, shorten, request)

    forums(section, 1)

    assert ForumPage.objects.get().short_name == "S"


def test_the_number_of_statements_does_not_depend_on_that_of_the_pages(section):
    forums(section, 1)
    with CaptureQueriesContext(connection) as few:
        forums(section, 2)
    with CaptureQueriesContext(connection) as many:
        forums(section, 40)

    assert len(many) == len(few) <= 60


def statements(queries):
    """Return how many there are besides the updates of Wagtail's search backends for SQLite and MariaDB, one for each entry."""
    updates = re.compile("UPDATE .wagtailsearch_indexentry.")
    return sum(updates.match(query["sql"]) is None for query in queries)


def test_the_number_of_statements_of_an_update_does_not_depend_on_that_of_the_pages(section):
    few = [change(page.pk) for page in forums(section, 2)]
    many = [change(page.pk) for page in forums(section, 38)]
    for page in [*few, *many]:
        page.title = f"{page.title}, changed"
    writer = BulkWriter(user=None, log_data=lambda page: DATA)

    with CaptureQueriesContext(connection) as of_few:
        writer.update(few, publish=everything)
    with CaptureQueriesContext(connection) as of_many:
        writer.update(many, publish=everything)

    assert statements(of_many) == statements(of_few) <= 60


@pytest.mark.except_mysql("InnoDB's full text search finds a row after the commit")
def test_a_search_finds_new_pages_and_what_changed_on_them(section):
    (page,) = forums(section, 1)
    changed = change(page.pk)
    changed.title = "Landmines"

    before = list(Page.objects.search("Forum"))
    BulkWriter(user=None, log_data=lambda page: DATA).update([changed], publish=everything)

    assert [one.pk for one in before] == [page.pk]
    assert [one.pk for one in Page.objects.search("Landmines")] == [page.pk]
    assert not list(Page.objects.search("Forum"))


def test_the_tree_is_sound_and_the_indexes_are_as_if_built_anew(section):
    call_command("update_index", verbosity=0)
    forums(section, 3)
    forums(section, 2)
    factories.forum_page(section, title="By hand")
    expected = dump()

    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)

    assert Page.find_problems() == ([], [], [], [], [])
    assert_same_rows(dump(), expected)


def norms():
    rows = IndexEntry.objects.order_by("object_id").values_list("object_id", "title_norm")
    return {object_id: pytest.approx(norm) for object_id, norm in rows}


def test_the_norms_of_titles_are_those_of_a_rebuilt_index(home):
    call_command("update_index", verbosity=0)
    forums(home, 2, title="One long title of a forum for security")
    new = {str(pk): norm for pk, norm in norms().items() if int(pk) > home.pk}

    call_command("update_index", verbosity=0)

    assert len(new) == 2
    assert norms() == {**norms(), **new}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        pytest.param(
            "title", "x" * 256,
            "Ensure this value has at most 255 characters (it has 256).", id="too long",
        ),
        pytest.param("title", "", "This field cannot be blank.", id="blank"),
        pytest.param("status", "gone", "Value 'gone' is not a valid choice.", id="no choice"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_its_field_is_refused_with_page_and_field(
    section, field, value, message
):
    with pytest.raises(ValidationError) as error:
        forums(section, 1, **{field: value})

    assert list(error.value.message_dict) == [field]
    assert error.value.message_dict[field][0].endswith(f": {message}")


@pytest.fixture
def own_clean(monkeypatch):
    """Let the site have a ``clean()`` of its own on forums; return the pages it was called for."""
    cleaned = []

    def clean(self):
        super(ForumPage, self).clean()
        cleaned.append(self.pk)

    monkeypatch.setattr(ForumPage, "clean", clean, raising=False)
    return cleaned


def test_pages_with_a_clean_of_the_site_s_own_go_through_it(section, own_clean):
    (page,) = forums(section, 1)

    page.refresh_from_db()
    actions = Page.objects.get(pk=page.pk).get_latest_revision().content["title"]
    assert page.pk in own_clean
    assert (page.live, page.live_revision_id, actions) == (
        True,
        page.latest_revision_id,
        page.title,
    )


def give_comment(page, user):
    Comment.objects.create(page=page, user=user, text="Sure?", contentpath="title")


def give_alias(page, user):
    page.create_alias(update_slug="alias")


def give_schedule(page, user):
    revision = page.save_revision()
    later = timezone.now() + timedelta(days=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=later)


def give_nothing(page, user):
    pass


def change_slug(pk):
    page = change(pk)
    page.slug = "another"
    return page


@pytest.mark.except_mysql("a rollback does not give back ids")
@pytest.mark.parametrize(
    ("prepare", "changed"),
    [
        pytest.param(give_comment, change, id="with a comment"),
        pytest.param(give_alias, change, id="with an alias"),
        pytest.param(give_schedule, change, id="with a schedule"),
        pytest.param(give_nothing, change_slug, id="with another slug"),
    ],
)
def test_unusual_pages_are_left_to_wagtail(
    section, superuser, prepare, changed, django_capture_on_commit_callbacks
):
    (page,) = forums(section, 1)
    prepare(page, superuser)
    # Aliases and redirects follow after the commit.
    with undone():
        with django_capture_on_commit_callbacks(execute=True), logged():
            write_revision(changed(page.pk), user=superuser, publish=everything)
        expected = dump()

    with django_capture_on_commit_callbacks(execute=True), logged():
        writer = BulkWriter(user=superuser, log_data=lambda page: DATA)
        writer.update([changed(page.pk)], publish=everything)

    assert_same_rows(dump(), expected)


def test_the_next_page_made_by_hand_gets_an_id_of_its_own(section):
    pages = forums(section, 2)

    page = factories.forum_page(section, title="By hand")
    page.save_revision().publish()

    assert page.pk == pages[-1].pk + 1


@pytest.mark.except_mysql("there are no sequences to reserve ids with")
def test_ids_of_deleted_pages_are_not_used_again(section):
    (page,) = forums(section, 1)
    taken = page.pk
    ForumPage.objects.get(pk=taken).delete()

    assert reserve_ids(Page, 2) == [taken + 1, taken + 2]


def test_pages_come_after_those_that_are_there(section):
    factories.forum_page(section, title="First")
    forums(section, 2)
    forums(section, 1)

    paths = [page.path for page in section.get_children()]
    assert paths == [f"{section.path}000{number}" for number in (1, 2, 3, 4)]


def test_a_tree_too_deep_is_refused(section):
    longest = Page._meta.get_field("path").max_length
    Page.objects.filter(pk=section.pk).update(path="0" * longest)

    with pytest.raises(PathOverflow):
        PathAllocator().place(ForumPage(pk=9, slug="a"), section.pk)


def test_pages_written_chunk_by_chunk_know_each_other(home):
    writer = BulkWriter(user=None, log_data=lambda page: DATA)
    paths = PathAllocator()
    parent_id, child_id = writer.reserve(Page, 2)
    for pk, above, target in [(parent_id, home.pk, child_id), (child_id, parent_id, parent_id)]:
        link = factories.link("There")
        link["value"]["page"] = target
        given = {"title": "Forum", "slug": "forum", "body": json.dumps([link])}
        page = ForumPage(pk=pk, **given)
        paths.place(page, above)
        writer.insert([page], publish=everything)
        paths.flush()
    expected = dump()

    call_command("rebuild_references_index", verbosity=0)

    child = ForumPage.objects.get(pk=child_id)
    assert child.get_url() == "/forum/forum/"
    assert Page.objects.get(pk=parent_id).numchild == 1
    assert_same_rows(dump(), expected)


class RecordingIndex(BaseIndex):
    taken: list[tuple[str, list[str]]] = []

    def add_items(self, model, items):
        self.taken.append((model.__name__, [item.title for item in items]))


class SearchBackend(BaseSearchBackend):
    """A search service elsewhere."""

    index_class = RecordingIndex


def test_a_search_service_hears_of_the_pages_after_the_commit(
    section, settings, django_capture_on_commit_callbacks
):
    RecordingIndex.taken.clear()
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "tests.importer.writing.bulk.test_writer"}
    }

    with django_capture_on_commit_callbacks(execute=True):
        pages = forums(section, 2)
        before = list(RecordingIndex.taken)

    assert before == []
    assert RecordingIndex.taken == [("ForumPage", [page.title for page in pages])]


def test_editors_can_edit_and_trace_what_was_written(client, section, superuser):
    (page,) = forums(section, 1)
    client.force_login(superuser)

    names = ["pages:edit", "pages:history", "pages:usage"]
    answers = [client.get(reverse(f"wagtailadmin_{name}", args=[page.pk])) for name in names]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.parametrize("kind", ["section", "forum", "topic", "policy", "links"])
def test_models_of_this_app_are_written_in_bulk(kind):
    model = QuickLinksSnippet if kind == "links" else page_model(kind)

    assert is_ordinary(model)
