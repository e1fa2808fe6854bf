"""The public history follows what happens to pages, and keeps nothing that was not public."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import PublishedVersion, RecordVersion
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.history.noting import note_versions
from hsec_wagtail.record.keeping import at_end, rebuild, register
from tests import factories as make


def publish(page: Any, **fields: Any) -> Any:
    """Publish ``page`` with ``fields`` as an editor does."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def restrict(page: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def told(page_id: int) -> list[tuple[str, str, bool]]:
    rows = PublishedVersion.objects.filter(page=page_id).order_by("pk")
    return [(row.kind, row.title, row.listed) for row in rows]


def test_a_published_page_has_a_version(section):
    (version,) = PublishedVersion.objects.filter(page=section.pk)

    assert (version.kind, version.title, version.until) == ("published", "Human security", None)
    assert (version.section_id, version.parent_id) == (section.pk, section.get_parent().pk)


def test_a_draft_leaves_no_version(section):
    forum = make.forum_page(section, live=False)
    shown = make.forum_page(section, title="OAS", slug="oas")
    shown.title = "A secret plan"
    shown.save_revision()

    assert not PublishedVersion.objects.filter(page=forum.pk).exists()
    assert told(shown.pk) == [("published", "OAS", True)]


def test_only_another_day_of_change_makes_a_change(section):
    forum = make.forum_page(section, title="OAS")
    forum = publish(forum, title="OAS!")
    forum = publish(forum, changed=date(2004, 5, 1), change_note="New members.")
    publish(forum, title="OAS?")

    assert told(forum.pk) == [
        ("published", "OAS", True),
        ("minor", "OAS!", False),
        ("changed", "OAS!", True),
        ("minor", "OAS?", False),
    ]
    ends = PublishedVersion.objects.filter(page=forum.pk).order_by("pk").values_list("until", "at")
    assert [until for until, _ in ends][:-1] == [at for _, at in ends][1:]


def test_a_note_is_corrected_in_its_place(section):
    forum = publish(make.forum_page(section), changed=date(2004, 5, 1), change_note="New membres.")
    publish(forum, change_note="New members.")

    change = PublishedVersion.objects.get(page=forum.pk, kind="changed")
    assert change.note == "New members."


def test_publishing_the_same_again_makes_no_version(section):
    forum = make.forum_page(section)
    publish(forum)
    publish(forum)

    assert len(told(forum.pk)) == 1


def test_an_unpublished_page_is_withdrawn_and_comes_back(section):
    forum = make.forum_page(section, title="OAS")
    forum.unpublish()
    assert told(forum.pk) == [("published", "OAS", False), ("withdrawn", "OAS", True)]

    publish(forum)
    assert told(forum.pk) == [
        ("published", "OAS", True),
        ("withdrawn", "OAS", True),
        ("published", "OAS", True),
    ]


def test_nothing_is_kept_from_the_time_of_a_restriction(section):
    forum = make.forum_page(section, title="OAS")
    restriction = restrict(section)
    publish(forum, title="Secret")
    restriction.delete()
    publish(forum, title="OAS again")

    versions = PublishedVersion.objects.filter(page=forum.pk)
    assert told(forum.pk) == [
        ("published", "OAS", True),
        ("private", "", False),
        ("published", "Secret", True),
        ("minor", "OAS again", False),
    ]
    # It was public again for the moment between the end of the restriction and the new title.
    private = versions.get(kind="private")
    assert private.content is None


def test_a_page_that_was_never_public_leaves_nothing(section):
    restrict(section)
    forum = make.forum_page(section)
    forum.delete()

    assert not PublishedVersion.objects.filter(page=forum.pk).exists()


def test_a_withdrawn_page_that_becomes_private_loses_its_name(section):
    forum = make.forum_page(section, title="OAS")
    forum.unpublish()
    restrict(forum)

    assert told(forum.pk)[-1] == ("private", "", True)


def test_of_a_deleted_page_only_its_last_title_stays(section):
    forum = make.forum_page(section, title="OAS", lead="<p>Words.</p>")
    pk = forum.pk
    publish(forum, title="OAS today", changed=date(2004, 5, 1), change_note="A name.").delete()

    *before, last = PublishedVersion.objects.filter(page=pk).order_by("pk")
    assert (last.kind, last.title, last.listed, last.section_id) == (
        "withdrawn",
        "OAS today",
        True,
        section.pk,
    )
    assert {(row.title, row.note, row.content, row.listed) for row in before} == {
        ("", "", None, False)
    }


def test_what_is_said_of_a_deleted_subsection_goes_to_the_section_above(section):
    below = make.section_page(section, title="Arms", slug="arms")
    forum = make.forum_page(below, title="OAS")
    pks = [below.pk, forum.pk]
    below.delete()

    rows = PublishedVersion.objects.filter(page__in=pks, listed=True)
    assert {row.section_id for row in rows} == {section.pk}
    assert {row.title for row in rows} == {"Arms", "OAS"}


def test_a_deletion_costs_nothing_more_for_each_page_than_wagtail_itself(home):
    def statements(number: int) -> int:
        section = make.section_page(home, title=f"S{number}", slug=f"s{number}")
        for one in range(number):
            make.forum_page(section, title=f"F{one}", slug=f"f{one}")
        versions = RecordVersion.objects.count()
        with CaptureQueriesContext(connection) as queries:
            section.delete()
        assert RecordVersion.objects.count() == versions + 1
        return len(queries)

    # Wagtail unpublishes and logs each, and takes it out of its indexes.
    assert statements(7) - statements(3) <= 4 * 16


def test_a_block_that_registers_nothing_is_marked_as_a_change(home):
    versions = RecordVersion.objects.count()
    with at_end():
        pass

    assert RecordVersion.objects.count() == versions + 1


def test_pages_deleted_by_a_query_are_noted_where_each_was(section, home):
    other = make.section_page(home, title="Arms", slug="arms")
    pages = [make.forum_page(one, title="OAS", slug="oas") for one in (section, other)]
    make.forum_page(other, live=False)
    type(pages[0]).objects.filter(pk__in=[page.pk for page in pages]).delete()

    rows = PublishedVersion.objects.filter(listed=True, kind="withdrawn").order_by("pk")
    assert [(row.page_id, row.section_id, row.parent_id) for row in rows] == [
        (page.pk, above.pk, above.pk) for page, above in zip(pages, (section, other), strict=True)
    ]


def test_a_page_that_moved_is_listed_where_it_is(section, home):
    other = make.section_page(home, title="Arms", slug="arms")
    forum = make.forum_page(section, title="OAS")
    forum.move(other, pos="last-child")

    rows = PublishedVersion.objects.filter(page=forum.pk).order_by("pk")
    assert [(row.kind, row.parent_id, row.section_id) for row in rows] == [
        ("published", section.pk, other.pk),
        ("minor", other.pk, other.pk),
    ]


def test_an_alias_is_in_no_list(section):
    forum = make.forum_page(section, title="OAS")
    alias = forum.create_alias(update_slug="oas-2")
    alias.unpublish()

    assert [listed for _kind, _title, listed in told(alias.pk)] == [False, False]


def test_a_rebuilt_register_begins_the_history_and_changes_nothing_twice(section):
    PublishedVersion.objects.all().delete()
    rebuild()
    rebuild()

    assert told(section.pk) == [("published", "Human security", True)]


@pytest.mark.parametrize("change", ["new", "withdrawn"])
def test_the_number_of_statements_does_not_grow(section, change):
    pages = [make.forum_page(section, title=f"F{n}", slug=f"f{n}") for n in range(6)]
    if change == "new":
        PublishedVersion.objects.all().delete()
    else:
        type(pages[0]).objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
        for page in pages:
            page.refresh_from_db()

    def statements(some: list[Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            note_versions(some, private=())
        return len(queries)

    assert statements(pages[:1]) == statements(pages[1:])


def test_a_write_reads_pages_and_restrictions_once(section):
    pages = f"FROM {connection.ops.quote_name(base_page_model()._meta.db_table)}"

    with CaptureQueriesContext(connection) as queries:
        register([section.pk])

    asked = [query["sql"] for query in queries]
    assert len([sql for sql in asked if pages in sql and "draft_title" in sql]) == 1
    assert len([sql for sql in asked if PageViewRestriction._meta.db_table in sql]) == 1
