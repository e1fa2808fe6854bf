"""The topics that the edit form offers to tick."""

import pytest

from django.urls import reverse

from hsec_wagtail.models import TopicPage
from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add(page):
    return reverse("wagtailadmin_pages:add", args=["hsec_wagtail", "forumpage", page.pk])


def ask(client, at):
    return client.get(reverse("hsec_topic_choices"), {"at": at})


def titles(response):
    return [topic["title"] for topic in response.json()["topics"]]


def translated(page, locale, title):
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = copy.draft_title = title
    copy.save()
    return copy


def test_topics_of_the_section_are_offered_and_no_others(admin, home, section):
    other = make.section_page(home, title="Sea", slug="sea")
    make.topic_page(other, title="Nets", slug="nets")
    make.topic_page(section, title="Mines", slug="mines")
    forum = make.forum_page(section)

    assert titles(ask(admin, edit(forum))) == ["Mines"]
    assert titles(ask(admin, add(section))) == ["Mines"]


def test_topics_are_offered_in_the_language_of_the_page(admin, section, french):
    mines = make.topic_page(section, title="Mines", slug="mines")
    arms = make.topic_page(section, title="Small arms", slug="arms")
    in_french = translated(mines, french, "Les mines")
    forum = make.forum_page(section).copy_for_translation(french)

    topics = ask(admin, edit(forum)).json()["topics"]

    assert topics == [
        {"id": in_french.pk, "title": "Les mines", "same": [mines.pk]},
        {"id": arms.pk, "title": "Small arms", "same": []},
    ]


def test_a_page_in_no_section_has_none(admin, home):
    assert ask(admin, edit(home)).json() == {"topics": []}


@pytest.mark.parametrize("at", ["", "/", "/nowhere/", "/admin/", "/admin/pages/999999/edit/"])
def test_other_places_have_none(admin, section, at):
    assert ask(admin, at).status_code == 404


def test_an_editor_is_offered_topics_only_where_he_may_edit(client, section):
    make.topic_page(section, title="Mines", slug="mines")
    mine = make.forum_page(section)
    other = make.forum_page(section, title="Other", slug="other")
    client.force_login(user_with("change_page", name="editor", page=mine))

    assert titles(ask(client, edit(mine))) == ["Mines"]
    # Wagtail leads who may not do something back to its home page, with a message.
    assert ask(client, edit(other)).status_code == 302
    assert ask(client, add(section)).status_code == 302


def test_who_is_not_logged_in_is_offered_nothing(client, section):
    assert ask(client, edit(section)).status_code == 302


def test_queries_do_not_grow_with_the_topics(admin, section, django_assert_max_num_queries):
    forum = make.forum_page(section)
    ask(admin, edit(forum))
    for number in range(30):
        make.topic_page(section, title=f"Topic {number}", slug=f"topic-{number}")

    with django_assert_max_num_queries(12):
        response = ask(admin, edit(forum))

    assert len(titles(response)) == 30 == TopicPage.objects.count()
