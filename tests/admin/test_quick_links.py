"""Quick links in the admin: rights, copies, deletion, search."""

import pytest

from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, streamfield

from hsec_wagtail.models import QuickLinksSnippet
from tests import factories as make

SNIPPETS = "wagtailsnippets_hsec_wagtail_quicklinkssnippet"


@pytest.fixture
def other(home):
    return make.section_page(home, title="Other section", slug="other")


def permission(codename):
    return Permission.objects.get(codename=codename)


@pytest.fixture
def editor(client, section, django_user_model):
    """Return a user, logged in, who may edit the section and nothing else."""
    user = django_user_model.objects.create_user("editor", "editor@example.org", "password")
    group = Group.objects.create(name="Section editors")
    group.permissions.add(permission("access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=section, permission=permission("change_page")
    )
    user.groups.add(group)
    client.force_login(user)
    return user


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def status(client, name, *args):
    """Return whether the view is shown; Wagtail sends away who may not see it."""
    return client.get(reverse(f"{SNIPPETS}:{name}", args=args)).status_code == 200


def form(**fields):
    links = streamfield([("link", {"label": "On", "page": "", "url": "https://example.org/"})])
    return nested_form_data({"heading": "Links", "slug": "", "page": "", "links": links, **fields})


def test_who_may_edit_the_page_may_edit_its_groups_and_no_others(client, editor, section, other):
    mine = make.quick_links("Mine", page=make.forum_page(section))
    theirs, general = make.quick_links("Theirs", page=other), make.quick_links("General")

    listed = client.get(reverse(f"{SNIPPETS}:list")).content.decode()

    assert [heading for heading in ("Mine", "Theirs", "General") if heading in listed] == ["Mine"]
    for name in ("edit", "delete", "copy", "history", "usage"):
        shown = [one.heading for one in (mine, theirs, general) if status(client, name, one.pk)]
        assert shown == ["Mine"], name


def test_the_model_s_permission_is_not_enough_for_a_page_one_may_not_edit(client, editor, other):
    editor.user_permissions.add(permission("change_quicklinkssnippet"))

    assert not status(client, "edit", make.quick_links("Theirs", page=other).pk)
    assert status(client, "edit", make.quick_links("General").pk)


def test_a_group_is_put_only_beside_a_page_that_one_may_edit(client, editor, section, other):
    for page in (section.pk, other.pk, ""):
        client.post(reverse(f"{SNIPPETS}:add"), form(page=str(page)))

    assert [group.page_id for group in QuickLinksSnippet.objects.all()] == [section.pk]


def test_a_group_is_published_only_by_who_may_publish_the_page(client, editor, section):
    group = make.quick_links("Mine", page=section, live=False)
    url = reverse(f"{SNIPPETS}:edit", args=[group.pk])
    data = form(page=str(section.pk), **{"action-publish": "1"})

    client.post(url, data)
    group.refresh_from_db()
    before = group.live
    rights = editor.groups.get()
    GroupPagePermission.objects.create(
        group=rights, page=section, permission=permission("publish_page")
    )
    client.post(url, data)
    group.refresh_from_db()

    assert (before, group.live) == (False, True)


def test_a_copy_proposes_a_free_slug(admin, section):
    group = make.quick_links("Menu", slug="site-menu", page=section)

    html = admin.get(reverse(f"{SNIPPETS}:copy", args=[group.pk])).content.decode()

    assert 'value="site-menu-2"' in html


def test_groups_are_found_by_the_labels_of_their_links(admin, section):
    make.quick_links("Beside", page=section, links=[make.quick_link("Derelict nets")])
    make.quick_links("Other", page=section)

    html = admin.get(reverse(f"{SNIPPETS}:list") + "?q=derelict").content.decode()

    assert "Beside" in html
    assert "Other" not in html


def test_copying_a_section_copies_its_groups(section, home):
    forum = make.forum_page(section)
    links = [make.quick_link("Council", page=forum), make.quick_link("Home", page=home)]
    make.quick_links("Menu", page=section, links=links)
    make.quick_links("Beside", page=forum)

    copy = section.copy(recursive=True, to=home, update_attrs={"slug": "copy"})

    menu = QuickLinksSnippet.objects.get(page=copy)
    copied_forum = copy.get_children().get()
    assert (menu.heading, menu.slug, menu.live) == ("Menu", "menu-2", True)
    assert [child["value"]["page"] for child in menu.links.raw_data] == [copied_forum.pk, home.pk]
    assert QuickLinksSnippet.objects.get(page=copied_forum).heading == "Beside"


def test_a_copy_stays_a_group_of_its_site(section, home):
    site = home.get_site()
    make.quick_links("Menu", page=section, site=site)

    copy = section.copy(to=home, update_attrs={"slug": "copy"})

    group = QuickLinksSnippet.objects.get(page=copy)
    assert (group.site, group.slug) == (site, "menu-2")


def test_copying_a_page_alone_copies_its_own_groups_only(section, home):
    make.quick_links("Menu", page=section)
    make.quick_links("Beside", page=make.forum_page(section))

    section.copy(to=home, update_attrs={"slug": "copy"})

    assert QuickLinksSnippet.objects.count() == 3


def test_copying_in_the_admin_copies_the_groups_once(admin, section, home):
    make.quick_links("Menu", page=section)
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": home.pk, "copy_subpages": 1}

    admin.post(reverse("wagtailadmin_pages:copy", args=[section.pk]), data)

    assert list(QuickLinksSnippet.objects.values_list("page__slug", flat=True)) == [
        "human-security",
        "copy",
    ]


@pytest.mark.parametrize(("choice", "left"), [("keep", ["Beside"]), ("delete", [])])
def test_deleting_a_page_asks_what_becomes_of_its_groups(admin, section, choice, left):
    make.quick_links("Beside", page=make.forum_page(section))
    url = reverse("wagtailadmin_pages:delete", args=[section.pk])

    asked = admin.post(url, {"next": ""}).content.decode()

    assert "What becomes of them?" in asked
    assert type(section).objects.filter(pk=section.pk).exists()
    admin.post(url, {"next": "", "hsec_groups": choice})
    assert not type(section).objects.filter(pk=section.pk).exists()
    assert [str(group) for group in QuickLinksSnippet.objects.all()] == left
