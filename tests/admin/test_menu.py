"""The menu of the section in the admin: what is in it for whom."""

import pytest

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from wagtail import hooks
from wagtail.admin.menu import MenuItem, settings_menu

from hsec_wagtail.admin.menu import MENU_HOOK, section_menu
from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture(autouse=True)
def registered():
    """Load the addresses of the site, as the first request does: viewsets are registered by that."""
    assert get_resolver().url_patterns


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def names(user):
    """Return the names of the items that ``user`` has in the menu, in its order."""
    items = section_menu().menu.menu_items_for_request(request_of(user))
    return [str(item.label) for item in sorted(items, key=lambda item: item.order)]


PAGES = ["Sections", "Forums", "Topics", "Policy pages"]


def test_a_superuser_has_all_before_there_is_a_page(superuser):
    assert names(superuser) == [
        *PAGES, "Initiatives", "Quick links", "Import runs", "Public record",
    ]  # fmt: skip


def test_an_editor_of_a_section_has_pages_and_quick_links(section):
    assert names(user_with("change_page", name="editor", page=section)) == [*PAGES, "Quick links"]


def test_a_moderator_has_the_pages(section):
    moderator = user_with("publish_page", name="moderator", page=section)

    assert names(moderator)[:4] == PAGES


def test_who_may_see_runs_only_has_them_only(section):
    user = user_with(name="auditor")
    user.user_permissions.add(Permission.objects.get(codename="view_importrun"))

    assert names(user) == ["Import runs"]


@pytest.mark.parametrize("rights", [(), ("change_page",)])
def test_without_rights_on_our_pages_there_is_no_menu(section, home, rights):
    blog = home.add_child(instance=type(home)(title="Blog"))
    user = user_with(*rights, name="other", page=blog)

    assert set(PAGES) & set(names(user)) == set()


def test_another_module_adds_its_item_by_the_hook(superuser):
    with hooks.register_temporarily(MENU_HOOK, lambda: MenuItem("Initiatives", "/", order=50)):
        assert names(superuser)[4] == "Initiatives"


def test_the_settings_of_the_record_are_in_this_menu_only(superuser):
    labels = [str(one.label) for one in settings_menu.menu_items_for_request(request_of(superuser))]

    assert not {"Public record", "Import runs"} & set(labels)


def test_the_menu_asks_once_whether_there_are_pages(section):
    make.forum_page(section)
    request = request_of(user_with("change_page", name="editor", page=section))
    menu = section_menu()
    menu.is_shown(request)

    with CaptureQueriesContext(connection) as queries:
        menu.render_component(request)

    assert len(queries) == 0
