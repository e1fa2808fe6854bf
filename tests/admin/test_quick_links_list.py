"""The list of quick links says where each group is shown and which of its links are dead."""

import csv

import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import PageViewRestriction

from tests import factories as make
from tests.admin.users import user_with

LIST = "wagtailsnippets_hsec_wagtail_quicklinkssnippet:list"


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def told(client, query="?export=csv"):
    """Return (shown beside, dead links) of each group by its heading."""
    answer = client.get(reverse(LIST) + query).getvalue().decode()
    rows = csv.DictReader(answer.splitlines())
    return {row["Heading"]: (row["Shown beside"], row["Dead links"]) for row in rows}


def test_a_group_is_shown_beside_its_page_and_those_below_without_groups_of_their_own(
    admin, section, home
):
    forum = make.forum_page(section, title="Council")
    for number in range(3):
        make.topic_page(section, title=f"Topic {number}")
    make.policy_page(section, title="Draft", live=False)
    make.quick_links("Agenda", page=section)
    make.quick_links("Own", page=forum)
    make.quick_links("Begun", page=section, live=False)
    make.quick_links("Above", page=home)
    make.quick_links("Menu")

    assert {name: shown for name, (shown, _dead) in told(admin).items()} == {
        "Agenda": "Human security and 3 pages below",
        "Own": "Council",
        "Begun": "nowhere: a draft",
        "Above": f"nowhere; its page is “{home.title}”",
        "Menu": "where templates of all sites name it",
    }


def test_translations_show_the_group_of_their_original(admin, section, french):
    make.quick_links("Agenda", page=section)
    section.copy_for_translation(french, copy_parents=True).save_revision().publish()

    assert told(admin)["Agenda"][0] == "Human security and 1 translation"


def test_dead_links_are_named_with_the_reason(admin, section):
    gone, draft = make.topic_page(section, title="Gone"), make.topic_page(section, title="Draft")
    private = make.topic_page(section, title="Private")
    links = [
        make.quick_link("Live", page=section),
        make.quick_link("Web", url="https://example.org/"),
        make.quick_link("Deleted", page=gone),
        make.quick_link("Draft", page=draft),
        make.quick_link("Members", page=private),
        make.quick_link("Soon"),
        make.quick_link("Odd", url="example.org"),
    ]
    make.quick_links("Agenda", page=section, links=links)
    gone.delete()
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert told(admin)["Agenda"][1] == (
        "Deleted: the page is deleted; Draft: the page is not published;"
        " Members: not everybody may read the page; Soon: no target yet;"
        " Odd: the address cannot be used"
    )


def test_groups_are_filtered_by_language(admin, section, french):
    make.quick_links("Agenda", page=section)
    make.quick_links("Ordre du jour", page=section, locale=french)

    page = BeautifulSoup(admin.get(reverse(LIST) + "?locale=fr").content, "html.parser")

    (row,) = page.select("table.listing tbody tr")
    assert "Ordre du jour" in row.get_text()
    assert "Français" in row.get_text()


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_queries_do_not_grow_with_groups_links_and_pages(client, section, query):
    client.force_login(user_with("change_page", name="editor", page=section))

    def count():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse(LIST) + query)
            assert b"".join(answer) if answer.streaming else answer.content
        return len(queries)

    def add(number):
        page = make.topic_page(section, title=f"Topic {number}")
        links = [make.quick_link("On", page=page), make.quick_link("Soon")]
        make.quick_links(f"Agenda {number}", page=page, links=links)

    add(0)
    add(1)
    count()
    few = count()
    for number in range(2, 12):
        add(number)

    assert count() == few
