from datetime import timedelta

import pytest

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from wagtail.models import Page, Revision, Site

from hsec_wagtail.models import QuickLinksSnippet, quick_links
from tests import factories as make


def headings(groups):
    return [group["heading"] for group in groups]


def test_a_page_shows_its_own_links_in_order(section):
    make.quick_links("Second", page=section, sort_order=2)
    make.quick_links("First", page=section, sort_order=1)

    assert headings(quick_links.of_page(section)) == ["First", "Second"]


def test_a_page_without_links_shows_those_of_the_nearest_page_above(section, home):
    below = make.section_page(section, title="Below")
    forum = make.forum_page(below)
    make.quick_links("Home", page=home)
    make.quick_links("Section", page=section)

    assert headings(quick_links.of_page(forum)) == ["Section"]


def test_drafts_are_not_shown(section):
    make.quick_links("Draft", page=section, live=False)

    assert quick_links.of_page(section) == []


def test_links_of_another_language_are_not_shown(section, french):
    make.quick_links("Liens", page=section, locale=french)

    assert quick_links.of_page(section) == []


def test_a_link_leads_to_a_page_a_url_or_nowhere_yet(section):
    forum = make.forum_page(section)
    draft = make.forum_page(section, title="Draft", slug="draft", live=False)
    make.quick_links(
        page=section,
        links=[
            make.quick_link("Forum", page=forum),
            make.quick_link("Section", page=section),
            make.quick_link("Outside", url="https://example.org/"),
            make.quick_link("Draft", page=draft),
            make.quick_link("Unknown"),
        ],
    )

    (group,) = quick_links.of_page(section)

    shown = [(link["label"], link["url"], link["host"], link["current"]) for link in group["links"]]
    assert shown == [
        ("Forum", forum.url, "", False),
        ("Section", section.url, "", True),
        ("Outside", "https://example.org/", "example.org", False),
        ("Draft", "", "", False),
        ("Unknown", "", "", False),
    ]


def test_the_links_of_many_pages_cost_as_much_as_those_of_one(section, django_assert_num_queries):
    forums = [make.forum_page(section, title=f"Forum {number}") for number in range(5)]
    for forum in forums:
        make.quick_links(forum.title, page=forum, links=[make.quick_link("On", page=section)])

    assert section.url  # fills the cache of sites
    with django_assert_num_queries(2):
        found = quick_links.of_pages(forums)

    assert {forum.pk: [forum.title] for forum in forums} == {
        pk: headings(groups) for pk, groups in found.items()
    }


def test_a_group_is_found_by_its_slug(section):
    make.quick_links("Navigation", slug="site-navigation")

    assert headings(quick_links.named("site-navigation", locale_id=section.locale_id)) == [
        "Navigation"
    ]


def test_the_slug_is_made_from_the_heading(db):
    slugs = [
        make.quick_links("See also").slug,
        make.quick_links("See also").slug,
        make.quick_links("").slug,
    ]

    assert slugs == ["see-also", "see-also-2", "quick-links"]


def test_a_slug_is_refused_that_another_group_has(db, home):
    make.quick_links("See also")
    other = QuickLinksSnippet(heading="More", slug="see-also", locale=home.locale)

    with pytest.raises(ValidationError) as caught:
        other.full_clean()

    assert "slug" in caught.value.message_dict


@pytest.fixture
def translated(section, french):
    """Return the French section."""
    page = section.copy_for_translation(french, copy_parents=True)
    page.save_revision().publish()
    return page


def test_a_translation_shows_the_translated_group_though_it_names_the_original(
    section, translated, french
):
    make.quick_links("See also", page=section, links=[make.quick_link("Here", page=section)])
    make.quick_links(
        "Voir aussi", page=section, locale=french, links=[make.quick_link("Ici", page=section)]
    )

    (english,), (group,) = quick_links.of_page(section), quick_links.of_page(translated)

    assert english["heading"] == "See also"
    assert (group["heading"], group["language"]) == ("Voir aussi", "")
    assert group["links"] == [
        {"label": "Ici", "url": translated.url, "host": "", "current": True, "language": ""}
    ]


def test_a_page_without_groups_in_its_language_shows_those_of_its_original_and_says_so(
    section, translated, client, settings
):
    settings.ROOT_URLCONF = "tests.urls_with_languages"
    topic = make.topic_page(section)
    make.quick_links("See also", page=section, links=[make.quick_link("Arms", page=topic)])

    (group,) = quick_links.of_page(translated)

    assert (group["heading"], group["language"]) == ("See also", "en")
    assert group["links"] == [
        {"label": "Arms", "url": topic.url, "host": "", "current": False, "language": "en"}
    ]
    html = client.get(translated.url).content.decode()
    assert '<nav class="hsec-quick-links" lang="en"' in html
    assert 'hreflang="en">Arms</a>' in html


def test_groups_in_the_page_s_language_come_before_nearer_ones_in_another(
    section, translated, french
):
    forum = make.forum_page(section)
    forum_fr = forum.copy_for_translation(french)
    make.quick_links("Near", page=forum)
    make.quick_links("Loin", page=translated, locale=french)

    assert headings(quick_links.of_page(forum_fr)) == ["Loin"]


def test_a_named_group_is_that_of_the_language_whatever_its_slug_there(section, french):
    english = make.quick_links("Navigation", slug="site-navigation", page=section)
    (original,) = quick_links.named("site-navigation", locale_id=french.pk)
    copy = english.copy_for_translation(french)
    copy.heading, copy.slug = "Menu", "menu-du-site"
    copy.save()

    (group,) = quick_links.named("site-navigation", locale_id=french.pk)

    assert (original["heading"], original["language"]) == ("Navigation", "en")
    assert (group["heading"], group["language"]) == ("Menu", "")


@pytest.fixture
def second_site(root_page):
    page = root_page.add_child(instance=Page(title="Second", slug="second"))
    return Site.objects.create(hostname="second.example", root_page=page)


def shown_on(hostname, locale_id):
    request = RequestFactory().get("/", headers={"host": hostname})
    return headings(quick_links.named("site-navigation", locale_id=locale_id, request=request))


def test_each_site_shows_its_own_group_else_the_one_for_all(home, second_site, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make.quick_links("Everywhere", slug="site-navigation")
    make.quick_links("Second", slug="site-navigation", site=second_site)

    assert shown_on("localhost", home.locale_id) == ["Everywhere"]
    assert shown_on("second.example", home.locale_id) == ["Second"]


def test_group_of_one_site_is_not_shown_on_another(home, second_site, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make.quick_links("First", slug="site-navigation", site=home.get_site())

    assert shown_on("second.example", home.locale_id) == []
    assert headings(quick_links.named("site-navigation", locale_id=home.locale_id)) == ["First"]


def draft_with_slug(heading, slug):
    """Return published quick links whose draft has another slug."""
    snippet = make.quick_links(heading)
    snippet.slug = slug
    # As another draft was that nobody had saved yet when this one was checked.
    snippet.save_revision(clean=False)
    return snippet


def schedule(draft):
    """Have the latest revision of ``draft`` be due."""
    due = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=due)


def test_a_slug_is_refused_that_a_draft_of_another_group_has(db, home):
    draft_with_slug("First", "wanted")
    other = QuickLinksSnippet(heading="Second", slug="wanted", locale=home.locale)

    with pytest.raises(ValidationError) as caught:
        other.full_clean()

    assert "slug" in caught.value.message_dict


def test_a_group_keeps_its_slug_although_a_draft_of_another_has_it(db):
    owner = make.quick_links("Owner", slug="wanted")
    draft_with_slug("Other", "wanted")

    owner.full_clean()

    assert owner.slug == "wanted"


def test_publishing_on_a_schedule_survives_two_drafts_of_one_slug(section):
    groups = [draft_with_slug(name, "wanted") for name in ("First", "Second")]
    page = make.policy_page(section, live=False)
    page.save_revision()
    for draft in (*groups, page):
        schedule(draft)

    call_command("publish_scheduled")

    slugs = [QuickLinksSnippet.objects.get(pk=group.pk).slug for group in groups]
    assert slugs == ["wanted", "wanted-2"]
    page.refresh_from_db()
    assert page.live


def test_translations_may_share_a_slug(home, french):
    english = make.quick_links("Navigation", slug="site-navigation", locale=home.locale)

    copy = english.copy_for_translation(french)
    copy.save()

    assert copy.slug == "site-navigation"


def test_links_stay_when_their_page_is_deleted(section):
    snippet = make.quick_links("Quick links", page=section)

    section.delete()
    snippet.refresh_from_db()

    assert snippet.page is None


def test_the_group_is_previewed_as_pages_show_it(section):
    snippet = make.quick_links(
        "Quick links", page=section, links=[make.quick_link("On", page=section)]
    )

    response = snippet.make_preview_request()

    assert response.status_code == 200
    assert f'href="{section.url}"' in response.rendered_content


def test_a_link_without_a_label_whose_page_is_gone_is_no_empty_bullet(section, client):
    forum = make.forum_page(section)
    make.quick_links("Beside", page=section, links=[make.quick_link("", page=forum)])
    forum.delete()

    assert quick_links.of_page(section) == []
    assert "hsec-quick-links" not in client.get(section.url).content.decode()


def test_a_translation_shows_the_groups_of_its_original_and_gets_no_copies(section, french):
    make.quick_links("Agenda", page=section)

    translation = section.copy_for_translation(french, copy_parents=True)

    assert QuickLinksSnippet.objects.count() == 1
    for page in (section, translation):
        assert headings(quick_links.of_page(page)) == ["Agenda"]


def test_pages_in_several_languages_show_together_what_each_shows_alone(section, french):
    make.quick_links("Agenda", page=section)
    pages = [section, section.copy_for_translation(french, copy_parents=True)]

    shown = quick_links.of_pages(pages)

    assert [headings(shown[page.pk]) for page in pages] == [["Agenda"], ["Agenda"]]
