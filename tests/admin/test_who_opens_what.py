"""Who may open what the app adds to the admin: each address of it, asked for by each kind of user."""

import pytest

from django.contrib.auth.models import Permission

from tests.admin.users import user_with

#: Read a date and offer the usual labels: nothing of the site.
FOR_ALL = {"/admin/hsec-dates/read/", "/admin/hsec-dates/labels/"}


@pytest.fixture
def may_open(client, opened):
    """Return a function that returns the addresses that answer a user."""

    def addresses(user):
        if user is not None:
            client.force_login(user)
        return {address for address in opened if client.get(address).status_code == 200}

    return addresses


def named(addresses, *names):
    return {address for address in addresses if any(name in address for name in names)}


def test_nobody_opens_anything_without_signing_in(may_open):
    assert may_open(None) == set()


def test_a_user_of_the_public_site_opens_nothing(may_open, django_user_model):
    assert may_open(django_user_model.objects.create_user("reader", password="x")) == set()


def test_the_right_to_enter_the_admin_opens_no_page_of_ours(may_open):
    assert may_open(user_with(name="clerk")) == FOR_ALL


@pytest.mark.parametrize(
    ("codename", "names"),
    [
        ("view_importrun", ("/hsec-import-runs/", "/hsec-runs/")),
        ("view_initiative", ("/hsec-initiatives/",)),
    ],
)
def test_a_permission_opens_what_it_names_and_no_more(may_open, codename, names):
    user = user_with(name="auditor")
    user.user_permissions.add(Permission.objects.get(codename=codename))

    found = may_open(user) - FOR_ALL

    assert found
    assert named(found, *names) == found


def test_an_editor_of_another_section_opens_no_group_and_no_hints_of_this_one(
    may_open, home, section
):
    other = home.add_child(instance=type(section)(title="Other", slug="other"))

    found = may_open(user_with("change_page", name="neighbour", page=other))

    assert named(found, "/edit/", "/delete/", "/history/", "/hsec-hints/", "/hsec-runs/") == set()


def test_an_editor_of_the_section_opens_lists_reports_and_groups_but_no_runs(may_open, section):
    found = may_open(user_with("change_page", name="editor", page=section))

    for name in ("forum-pages/", "reports/hsec-", "quicklinkssnippet/edit/", "quicklinkssnippet/"):
        assert named(found, name)
    assert named(found, "/hsec-import-runs/", "/hsec-runs/", "/hsec-initiatives/") == set()
