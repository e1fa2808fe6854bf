import pytest

from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import Page
from wagtail.rich_text import expand_db_html, features
from wagtail.rich_text.pages import PageLinkHandler

from hsec_wagtail.blocks.expansion import expand_many
from hsec_wagtail.blocks.references import References


@pytest.fixture
def sources(page, draft_page, document):
    return [
        "<p>No link.</p>",
        f'<p><a linktype="page" id="{page.pk}">Treaties</a> &amp; <a id="{page.pk}" linktype="page">again</a></p>',
        '<p><a linktype="page" id="987654">gone</a></p>',
        f'<p><a linktype="page" id="{draft_page.pk}">draft</a></p>',
        f'<p><a linktype="document" id="{document.pk}">report</a></p>',
        '<p><a linktype="document" id="987654">gone</a></p>',
        '<p><a href="https://example.org/?a=1&amp;b=2">outside</a> <a href="mailto:a@example.org">mail</a></p>',
        '<p><a href="#here">here</a><a name="old"></a><a linktype="what" id="1">unknown</a></p>',
        '<p><embed embedtype="image" id="987654" format="left" alt="x"/></p>',
        "",
    ]


def test_html_is_what_wagtail_makes_of_each(sources):
    assert expand_many(sources) == [expand_db_html(source) for source in sources]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_html_is_what_wagtail_makes_with_translations(sources, page, french, settings, language):
    page.copy_for_translation(french, copy_parents=True)
    Page.objects.filter(locale=french).update(live=True)
    settings.WAGTAIL_I18N_ENABLED = True

    with translation.override(language):
        expanded = [html.replace(' hreflang="en"', "") for html in expand_many(sources)]
        assert expanded == [expand_db_html(source) for source in sources]


def test_link_leads_to_the_original_while_its_translation_is_a_draft(page, french, settings):
    page.copy_for_translation(french, copy_parents=True)
    settings.WAGTAIL_I18N_ENABLED = True
    source = f'<a linktype="page" id="{page.pk}">x</a>'

    with translation.override("fr"):
        assert expand_many([source]) == [f'<a href="{page.url}" hreflang="en">x</a>']


def test_link_leads_to_the_language_of_the_page_that_shows_it(page, french, settings):
    translated = page.copy_for_translation(french, copy_parents=True)
    Page.objects.filter(locale=french).update(live=True)
    settings.WAGTAIL_I18N_ENABLED = True
    source = f'<a linktype="page" id="{page.pk}">x</a>'

    with translation.override("en"):
        (html,) = expand_many([source], references=References(french.pk))

    assert html == f'<a href="{Page.objects.get(pk=translated.pk).url}">x</a>'


def test_none_is_empty_text():
    assert expand_many([None]) == [""]


@pytest.mark.parametrize(
    "broken",
    [
        '<p>a <a linktype="document" id="1"',
        '<p>a <a linktype="page" id="1"',
        '<embed embedtype="image"',
    ],
)
def test_tag_that_is_not_closed_harms_no_other_text(broken, page):
    sound = f'<p><a linktype="page" id="{page.pk}">x</a></p>'

    assert expand_many([broken, sound]) == [expand_db_html(broken), expand_db_html(sound)]


@pytest.mark.parametrize("page_id", ["", "abc", "1 OR 1=1", "²"])
def test_link_with_an_impossible_id_leads_nowhere(page_id, root_page):
    assert expand_many([f'<a linktype="page" id="{page_id}">x</a>']) == ["<a>x</a>"]


@pytest.mark.parametrize("i18n", [False, True], ids=["one language", "several languages"])
def test_queries_do_not_grow_with_the_sources(
    home, document, settings, french, i18n, django_assert_max_num_queries
):
    from django.db import connection

    settings.WAGTAIL_I18N_ENABLED = i18n
    pages = [home.add_child(instance=Page(title=f"P{n}", slug=f"p{n}")) for n in range(30)]
    for page in pages[::2]:
        page.copy_for_translation(french, copy_parents=True)
    sources = [
        f'<a linktype="page" id="{page.pk}">x</a><a linktype="document" id="{document.pk}">y</a>'
        for page in pages
    ]

    assert page.url  # fills the cache of sites
    counts = []
    for number in (3, 30):
        with translation.override("fr"), CaptureQueriesContext(connection) as queries:
            expand_many(sources[:number])
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 5


def test_queries_do_not_grow_without_a_cache(home, settings):
    from django.db import connection

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    pages = [home.add_child(instance=Page(title=f"P{n}", slug=f"p{n}")) for n in range(30)]
    sources = [f'<a linktype="page" id="{page.pk}">x</a>' for page in pages]

    counts = []
    for number in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            expand_many(sources[:number])
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_site_s_own_page_links_are_respected(page, monkeypatch):
    class OwnHandler(PageLinkHandler):
        @classmethod
        def expand_db_attributes_many(cls, attrs_list):
            return [f'<a class="own" href="/{attrs["id"]}">' for attrs in attrs_list]

    monkeypatch.setitem(features.get_link_types(), "page", OwnHandler)
    from wagtail.rich_text import get_rewriter

    get_rewriter.cache_clear()
    try:
        expanded = expand_many([f'<a linktype="page" id="{page.pk}">x</a>', "plain"])
    finally:
        monkeypatch.undo()
        get_rewriter.cache_clear()

    assert expanded == [f'<a class="own" href="/{page.pk}">x</a>', "plain"]
