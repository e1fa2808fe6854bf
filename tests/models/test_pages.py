import datetime as dt

import pytest

from django.test import RequestFactory

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import ForumPage, Initiative, PolicyPage, SectionPage, TopicPage
from tests import factories as make


def context_of(page, path="/"):
    return page.get_context(RequestFactory().get(path))


def test_each_page_type_is_served(client, section):
    forum = make.forum_page(section, body=[make.paragraph("<p>Forum text.</p>")])
    topic = make.topic_page(section)
    policy = make.policy_page(section)

    pages = [section, forum, topic, policy]
    contents = [client.get(page.url).content.decode() for page in pages]

    for page, content in zip(pages, contents, strict=True):
        assert f'<h1 class="hsec-page__title">{page.title}</h1>' in content


@pytest.mark.parametrize(
    ("model", "children"),
    [
        (SectionPage, {SectionPage, ForumPage, TopicPage, PolicyPage}),
        (ForumPage, {PolicyPage}),
        (TopicPage, {PolicyPage}),
        (PolicyPage, {PolicyPage}),
    ],
)
def test_pages_hold_what_makes_sense(model, children):
    assert set(model.allowed_subpage_models()) == children


def test_a_section_may_be_anywhere(home):
    assert SectionPage.can_create_at(home)


@pytest.mark.parametrize("model", [ForumPage, TopicPage, PolicyPage])
def test_only_a_section_may_be_outside_a_section(home, model):
    assert not model.can_create_at(home)


def test_the_site_s_own_template_comes_first(section, monkeypatch):
    monkeypatch.setattr(SectionPage, "template", "site/section.html")

    templates = section.get_template(RequestFactory().get("/"))

    assert templates == ["site/section.html", "hsec_wagtail/section_page.html"]


def test_a_section_shows_its_children_by_type(section):
    forum = make.forum_page(section)
    topic = make.topic_page(section)
    policy = make.policy_page(section)
    below = make.section_page(section, title="Below")

    context = context_of(section)

    assert context["forums"] == [forum]
    assert [page.pk for page in context["topics"]] == [topic.pk]
    assert [page.pk for page in context["policies"]] == [policy.pk]
    assert [page.pk for page in context["subsections"]] == [below.pk]


def test_a_page_shows_the_policies_below_it(section):
    forum = make.forum_page(section)
    policy = make.policy_page(forum)

    context = context_of(type(forum).objects.get(pk=forum.pk))

    assert [page.pk for page in context["policies"]] == [policy.pk]


def test_forums_stand_in_the_order_of_the_tree(section):
    first = make.forum_page(section, title="First")
    second = make.forum_page(section, title="Second")
    second.move(first, pos="left")

    assert [forum.title for forum in context_of(section)["forums"]] == ["Second", "First"]


def test_drafts_are_hidden(section):
    make.forum_page(section, live=False)

    assert context_of(section)["forums"] == []


def test_an_unpublished_change_is_hidden(section):
    forum = make.forum_page(section, title="United Nations")
    forum.title = "Secret name"
    forum.save_revision()

    assert [forum.title for forum in context_of(section)["forums"]] == ["United Nations"]


def test_private_forums_are_hidden(section):
    forum = make.forum_page(section)
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert context_of(section)["forums"] == []


def test_a_private_section_shows_its_forums_to_those_who_may_read_it(section):
    forum = make.forum_page(section)
    PageViewRestriction.objects.create(page=section, restriction_type="login")

    assert context_of(section)["forums"] == [forum]


def test_forums_are_ready_to_be_shown(section, django_assert_num_queries):
    make.forum_page(
        section,
        short_name="UN",
        lead=f"<p>{make.page_link(section, 'up')}</p>",
        body=[make.paragraph(f"<p>{make.page_link(section, 'again')}</p>")],
    )

    (forum,) = context_of(section)["forums"]

    with django_assert_num_queries(0):
        assert forum.lead_html == f'<p><a href="{section.url}">up</a></p>'
        assert f'<p><a href="{section.url}">again</a></p>' in str(forum.body)


def test_a_page_that_is_being_created_can_be_previewed(home):
    page = SectionPage(title="New", slug="new")
    page.path, page.depth = home.path + "0001", home.depth + 1
    page.locale = home.locale
    page.set_url_path(home)

    response = page.make_preview_request(preview_mode="")

    assert response.status_code == 200


def test_a_draft_may_hold_an_expected_date_that_cannot_be_read(section):
    forum = ForumPage(title="Centre", status="announced", expected="soon", live=False)

    section.add_child(instance=forum)

    assert ForumPage.objects.get(pk=forum.pk).expected == "soon"


def test_a_draft_that_is_published_without_its_form_has_its_dates_as_edtf(section):
    """As Wagtail does it from its lists, and with the approval of a page."""
    words = ["avril 2004", "next spring", "04/05/2004", "1999-2000"]
    members = make.members("Norway")
    members["value"]["members"][0]["value"] |= {"since": "June 1999", "until": ""}
    forum = make.forum_page(
        section,
        live=False,
        expected="spring 2005",
        body=[make.initiatives(make.initiative("<p>Signed it.</p>", dates=words)), members],
    )
    forum.save_revision()

    forum.get_latest_revision().publish()

    forum.refresh_from_db()
    (initiative,) = forum.body[0].value["initiatives"]
    assert [date["edtf"] for date in initiative["dates"]] == [
        "2004-04", "next spring", "04/05/2004", "1999/2000",
    ]  # fmt: skip
    assert forum.body[1].value["members"][0]["since"] == "1999-06"
    assert forum.expected == "2005-21"
    assert Initiative.objects.get().dates.get(position=0).precision == "month"


def test_date_modified_is_shown_and_not_the_day_of_publication(client, section):
    section.changed = dt.date(2004, 9, 13)
    section.change_note = "Added the G8."
    section.save()

    content = client.get(section.url).content.decode()

    assert 'datetime="2004-09-13"' in content
    assert "Added the G8." in content


def test_old_anchors_lead_to_the_forum(client, section):
    forum = make.forum_page(section, short_name="UN")
    forum.anchor = "united-nations"
    forum.save()

    content = client.get(section.url).content.decode()

    assert 'id="united-nations"' in content
    assert 'id="un"' in content


def test_a_french_page_is_served_in_french(client, section, french):
    home = section.get_parent()
    home.copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)
    translated.title = "Sécurité humaine"
    translated.save_revision().publish()

    content = client.get(translated.url, headers={"accept-language": "fr"}).content.decode()

    assert "Sécurité humaine" in content
    assert translated.anchor == section.anchor
