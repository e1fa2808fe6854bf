"""Old links to a part of a section's page lead to where the part is now."""

import pytest
from bs4 import BeautifulSoup

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import MovedPart
from tests import factories as make


@pytest.fixture
def other(home):
    """Return another section."""
    return make.section_page(home, title="Other section")


def page_of(client, section):
    return BeautifulSoup(client.get(section.url).content, "html.parser")


def moved_ids(client, section):
    """Return the ids in the list of moved parts, and where the links there lead."""
    found = page_of(client, section).select('[aria-labelledby="hsec-moved"]')
    ids = [tag["id"] for one in found for tag in one.select("li [id]")]
    return ids, [tag["href"] for one in found for tag in one.select("a")]


def move(page, parent):
    """Move the page as the database has it, and return it as it then is."""
    stored = type(page).objects.get(pk=page.pk)
    stored.move(type(parent).objects.get(pk=parent.pk), pos="last-child")
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("layout", ["full", "cards"])
def test_section_that_a_part_left_keeps_its_anchors_and_leads_on(client, home, other, layout):
    section = make.section_page(home, layout=layout)
    forum = make.forum_page(section, anchor="un", anchor_aliases=["old-un"])

    forum = move(forum, other)

    assert moved_ids(client, section) == (["old-un", "un"], [forum.url])
    assert page_of(client, other).select_one("#un")
    assert moved_ids(client, other) == ([], [])


def test_each_section_that_a_part_left_leads_on(client, home, section, other):
    third = make.section_page(home, title="Third")
    forum = make.forum_page(section, anchor="un")

    forum = move(move(forum, other), third)

    assert moved_ids(client, section) == moved_ids(client, other) == (["un"], [forum.url])


def test_moving_back_forgets_that_it_left(client, section, other):
    forum = make.forum_page(section, anchor="un")

    move(move(forum, other), section)

    assert moved_ids(client, section) == ([], [])
    assert MovedPart.objects.get().section_id == other.pk


def test_moving_within_the_section_is_no_leaving(section):
    forum, after = make.forum_page(section), make.forum_page(section, title="After")

    forum.move(after, pos="right")

    assert not MovedPart.objects.exists()


def test_anchor_that_another_part_uses_now_stays_with_that_part(client, section, other):
    forum = make.forum_page(section, anchor="un", anchor_aliases=["nations"])
    forum = move(forum, other)
    make.forum_page(section, title="Newcomer", anchor="un")

    assert moved_ids(client, section) == (["nations"], [forum.url])


def test_heading_does_not_take_the_anchor_of_a_part_that_left(client, section, other):
    forum = move(make.forum_page(section, anchor="un"), other)
    make.forum_page(section, title="Newcomer", body=[make.heading("UN", anchor="un")])

    ids = [tag["id"] for tag in page_of(client, section).select("[id]")]

    assert moved_ids(client, section) == (["un"], [forum.url])
    assert len(ids) == len(set(ids))


def test_part_that_is_not_live_or_private_is_not_named(client, section, other):
    forum = move(make.forum_page(section, anchor="un"), other)
    restriction = PageViewRestriction.objects.create(page=other, restriction_type="login")

    assert moved_ids(client, section) == ([], [])
    restriction.delete()
    forum.unpublish()
    assert moved_ids(client, section) == ([], [])


def test_draft_that_nobody_can_have_linked_to_is_not_remembered(section, other):
    move(make.forum_page(section, live=False), other)

    assert not MovedPart.objects.exists()


def test_deleting_the_part_or_the_section_forgets_the_move(section, other):
    first = move(make.forum_page(section), other)
    move(make.forum_page(section, title="Second"), other)

    first.delete()
    assert MovedPart.objects.count() == 1

    type(section).objects.get(pk=section.pk).delete()
    assert not MovedPart.objects.exists()
