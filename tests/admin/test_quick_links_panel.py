"""The page editor says which quick links appear beside the page, and why."""

import pytest
from bs4 import BeautifulSoup

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hsec_wagtail.models import quick_links, quick_links_panel
from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture
def editor(client, section):
    """Return a user, logged in, who may edit and add pages of the section."""
    user = user_with("change_page", "add_page", name="editor", page=section)
    client.force_login(user)
    return user


def told(client, url):
    """Return the panel as (name, why) and the names that are linked."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    (panel,) = page.select("section[id*=quick_links_beside_this_page]")
    lines = [" ".join(line.get_text(" ").split()) for line in panel.select("li")]
    return lines, [link.get_text(strip=True) for link in panel.select("li a")]


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_inherited_groups_name_the_page_they_come_from_and_are_linked_if_one_may_edit_them(
    client, editor, section, home
):
    forum = make.forum_page(section, live=False)
    make.quick_links("Agenda", page=section)
    make.quick_links("Site menu", slug="menu")
    policy = make.policy_page(home)
    make.quick_links("Far", page=policy)

    assert told(client, edit(forum)) == (
        [
            "Agenda – inherited from “Human security”",
            "Site menu – of the whole site, where its templates name “menu”",
        ],
        ["Agenda"],
    )


def test_groups_of_the_page_itself_come_before_those_above_and_drafts_are_told_apart(
    client, editor, section, home
):
    forum = make.forum_page(section)
    make.quick_links("Agenda", page=section)
    make.quick_links("Own", page=forum)
    make.quick_links("Begun", page=section, live=False)
    make.quick_links("Begun above", page=home, live=False)

    lines, _links = told(client, edit(forum))

    assert lines == ["Own – of this page", "Begun – inherited from “Human security”"]


def test_a_new_page_is_told_what_it_will_inherit(client, editor, section):
    make.quick_links("Agenda", page=section)

    url = reverse("wagtailadmin_pages:add", args=["hsec_wagtail", "forumpage", section.pk])
    lines, _links = told(client, url)

    assert lines == ["Agenda – inherited from “Human security”"]


def test_a_translation_is_told_whose_groups_it_shows(client, superuser, section, french):
    client.force_login(superuser)
    make.quick_links("Agenda", page=section)
    translation = section.copy_for_translation(french, copy_parents=True)

    lines, _links = told(client, edit(translation))

    assert lines == ["Agenda – of the translation “Human security” of this page (English)"]


def test_it_tells_what_the_page_shows(section, home, french, rf):
    forum = make.forum_page(section)
    groups = [
        make.quick_links("Home", page=home),
        make.quick_links("Agenda", page=section),
        make.quick_links("Liens", page=forum, locale=french),
    ]
    request = rf.get("/")

    for page in (home, section, forum):
        shown = [one["heading"] for one in quick_links.of_page(page, request=request)]
        found = quick_links.beside(page, site_id=None, request=request).shown
        assert [str(one) for one in found] == shown
    assert len(groups) == 3


def test_the_panel_costs_three_queries_at_most(section, home):
    request = RequestFactory().get("/")
    request.user = user_with("change_page", name="editor", page=section)
    forum = make.forum_page(section)
    forum.get_url_parts(request)
    request.user.has_perm("wagtailcore.change_page")
    for number in range(9):
        make.quick_links(f"Agenda {number}", page=section)
        make.quick_links(f"Draft {number}", page=forum, live=False)
        make.quick_links(f"Menu {number}")

    with CaptureQueriesContext(connection) as queries:
        shown = quick_links_panel._told(forum, section, request)

    assert [len(found) for found in shown.values()] == [9, 9, 9]
    page_rights = [one for one in queries if "grouppagepermission" in one["sql"]]
    assert len(queries) - len(page_rights) <= 3
