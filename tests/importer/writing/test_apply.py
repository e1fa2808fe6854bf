"""Writing a plan: what pages are made of besides their texts."""

from __future__ import annotations

import pytest

from wagtail.models import Page, Site

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.models import ForumPage, PolicyPage, QuickLinksSnippet
from tests.importer import samples

pytestmark = pytest.mark.django_db


def test_the_anchor_is_made_of_the_short_name(home, tmp_path):
    service.run(samples.write(tmp_path, samples.section()))

    assert ForumPage.objects.get(slug="council-of-the-north").anchor == "cn"


def test_a_page_that_changes_and_gets_its_first_page_below_counts_it(home, tmp_path):
    service.run(samples.write(tmp_path, samples.section()))
    document = samples.section()
    policy = {"type": "policy", "key": "plan", "title": "Plan"}
    document["page"]["children"][1].update(title="Grand Alliance", children=[policy])

    service.run(samples.write(tmp_path, document))

    forum = ForumPage.objects.get(slug="alliance")
    assert list(forum.get_children()) == [PolicyPage.objects.get().page_ptr]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_navigation_of_a_second_site_has_the_slug_that_its_templates_name(
    home, root_page, tmp_path
):
    second = root_page.add_child(instance=Page(title="Second", slug="second"))
    site = Site.objects.create(hostname="second.example", root_page=second)
    source = samples.write(tmp_path, samples.section())

    for parent in (home, second):
        service.run(source, options=ImportOptions(parent=parent))

    menus = QuickLinksSnippet.objects.filter(slug="main-menu")
    assert [menu.site for menu in menus] == [home.get_site(), site]
