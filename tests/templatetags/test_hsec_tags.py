import pytest
from bs4 import BeautifulSoup

from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from wagtail.models import PageViewRestriction

from tests import factories as make


def render(text, **context):
    context.setdefault("request", RequestFactory().get("/"))
    return Template("{% load hsec_tags %}" + text).render(Context(context))


def test_the_style_sheet_is_linked():
    assert (
        render("{% hsec_css %}")
        == '<link rel="stylesheet" href="/static/hsec_wagtail/css/hsec.css">'
    )


def test_the_style_sheet_can_be_left_out(settings):
    settings.HSEC_CSS = False

    assert render("{% hsec_css %}") == ""


def test_the_breadcrumb_goes_from_the_site_s_first_page_to_this_one(section, home):
    forum = make.forum_page(section)

    html = render("{% hsec_breadcrumb %}", page=forum)

    places = [html.index(text) for text in (home.title, section.title, forum.title)]
    assert places == sorted(places)
    assert f'href="{section.url}"' in html
    assert f'href="{forum.url}"' not in html


def test_the_breadcrumb_shows_the_trail_of_a_section_as_text_where_no_page_has_the_name(home):
    above = make.section_page(home, title="Sea policy", trail="The world\nSEA policy")
    section = make.section_page(above, title="Nets", trail="The world\nSea\u00a0policy\n\nFishing")
    forum = make.forum_page(section)

    soup = BeautifulSoup(render("{% hsec_breadcrumb %}", page=forum), "html.parser")

    shown = [(one.name, one.get_text(strip=True)) for one in soup.select("li > *")]
    assert shown == [
        ("a", home.title),
        ("span", "The world"),
        ("a", "Sea policy"),
        ("span", "Fishing"),
        ("a", "Nets"),
        ("span", forum.title),
    ]
    assert [one.get_text(strip=True) for one in soup.select("[aria-current]")] == [forum.title]


def test_the_breadcrumb_of_a_section_shows_its_own_trail(home):
    section = make.section_page(home, title="Nets", trail="Sea policy")

    html = render("{% hsec_breadcrumb %}", page=section)

    assert html.index(home.title) < html.index("Sea policy") < html.index("Nets")


def test_a_draft_above_is_left_out_of_the_breadcrumb(section):
    forum = make.forum_page(section)
    section.live = False
    section.save()

    assert section.title not in render("{% hsec_breadcrumb %}", page=forum)


def test_the_breadcrumb_costs_one_query_at_any_depth(section, django_assert_num_queries):
    page = section
    for number in range(5):
        page = make.section_page(page, title=f"Section {number}")
    render("{% hsec_breadcrumb %}", page=page)

    with django_assert_num_queries(1):  # the site of the request; the page remembers those above it
        render("{% hsec_breadcrumb %}", page=page)


def test_without_a_page_nothing_is_shown(home):
    tags = "{% hsec_breadcrumb %}{% hsec_languages %}{% hsec_quick_links %}"

    assert render(tags, page=None).strip() == ""
    assert render(tags, page="a word").strip() == ""


def test_quick_links_are_inherited(section):
    forum = make.forum_page(section)
    make.quick_links("On this", page=section, links=[make.quick_link("Section", page=section)])

    html = render("{% hsec_quick_links %}", page=forum)

    assert "On this" in html
    assert f'href="{section.url}"' in html


def test_quick_links_by_slug_need_no_page(home):
    make.quick_links("Navigation", slug="site-navigation")

    assert "Navigation" in render('{% hsec_quick_links "site-navigation" %}')
    assert render('{% hsec_quick_links "other" %}') == ""


def test_quick_links_by_slug_are_those_of_the_page_s_language(section, french):
    make.quick_links("Navigation", slug="nav")
    make.quick_links("La navigation", slug="nav", locale=french)
    page = section.copy_for_translation(french, copy_parents=True)

    assert "La navigation" in render('{% hsec_quick_links "nav" %}', page=page)


def test_quick_links_as_a_list(section):
    make.quick_links("Navigation", slug="nav")

    text = '{% hsec_quick_links_list "nav" as groups %}{{ groups.0.heading }}'

    assert render(text, page=section) == "Navigation"


def test_languages_link_to_the_published_translations(section, french):
    section.get_parent().copy_for_translation(french).save_revision().publish()
    translated = section.copy_for_translation(french)

    before = render("{% hsec_languages %}", page=section)
    translated.save_revision().publish()
    html = render("{% hsec_languages %}", page=type(section).objects.get(pk=section.pk))

    assert "français" not in before.lower()

    assert "français" in html.lower()
    assert 'hreflang="fr"' in html


def test_languages_cost_one_query_one_for_privacy_and_one_for_the_site(
    section, french, django_assert_num_queries
):
    section.copy_for_translation(french, copy_parents=True).save_revision().publish()
    render("{% hsec_languages %}", page=section)

    page = type(section).objects.get(pk=section.pk)
    with django_assert_num_queries(3):
        render("{% hsec_languages %}", page=page)


def test_a_private_original_is_not_the_canonical_address(section, french):
    alias = section.copy_for_translation(french, copy_parents=True, alias=True)
    section.refresh_from_db()

    public, address = render("{% hsec_canonical %}", page=alias), section.full_url
    section.slug = "members"
    section.save()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    private = render("{% hsec_canonical %}", page=type(alias).objects.get(pk=alias.pk))

    assert public == address
    assert private == alias.full_url != section.full_url


def test_one_language_needs_no_switch(section, settings):
    settings.WAGTAIL_I18N_ENABLED = False

    assert render("{% hsec_languages %}", page=section).strip() == ""


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", "2004-04", "April 2004"),
        ("fr", "2004-04", "avril 2004"),
        ("en", "no date", "no date"),
        ("en", "", ""),
        ("en", None, ""),
    ],
)
def test_a_date_is_said_in_the_active_language(language, value, words):
    with translation.override(language):
        assert render("{{ value|hsec_date }}", value=value) == words


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("2004-04", '<time datetime="2004-04">April 2004</time>'),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_date_is_a_time_where_html_has_one(value, html):
    assert render("{% hsec_time value %}", value=value) == html


def test_an_interval_is_plain_text():
    assert "<time" not in render('{% hsec_time "1999/2000" %}')


@pytest.mark.urls("tests.urls_with_languages")
def test_the_home_link_has_the_prefix_of_the_site_and_the_language(rf, home, french):
    home.copy_for_translation(french).save_revision().publish()

    with translation.override("fr"):
        french_link = render("{% hsec_home %}", request=rf.get("/fr/web/"))

    assert render("{% hsec_home %}", request=rf.get("/en/web/")) == "/en/web/"
    assert french_link == "/fr/web/"
