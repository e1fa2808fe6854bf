"""The public pages as HTML."""

import itertools
import re

import pytest
from bs4 import BeautifulSoup

from django.conf import settings as site_settings
from django.http import HttpRequest
from django.template import Context, RequestContext
from django.template.loader import select_template

from hsec_wagtail.blocks.today import today
from tests import factories as make

PAGES = [
    "section",
    "cards",
    "forum",
    "announced",
    "ended",
    "dormant",
    "topic",
    "empty-topic",
    "policy",
    "search",
    "search-none",
    "search-empty",
]

#: Of what the page around ours says, only that of our own base template can be tested.
in_our_own_frame = pytest.mark.skipif(
    hasattr(site_settings, "HSEC_BASE_TEMPLATE"), reason="the site has a base template of its own"
)


@pytest.fixture
def soup(client, front_site):
    """Return a function that fetches a page by its name and parses it."""

    def fetch(name: str) -> BeautifulSoup:
        response = client.get(front_site.addresses.get(name, name))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return fetch


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(element.get_text().split()) for element in soup.select(selector)]


@pytest.fixture
def soups(soup) -> dict[str, BeautifulSoup]:
    """Return every kind of page by its name."""
    return {name: soup(name) for name in PAGES}


def test_every_page_has_one_h1_and_headings_in_order(soups):
    for name, page in soups.items():
        levels = [int(element.name[1]) for element in page.find_all(re.compile(r"^h[1-6]$"))]

        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name


def test_no_page_has_inline_script_or_style_or_a_doubled_id(soups):
    for name, page in soups.items():
        ids = [element["id"] for element in page.select("[id]")]

        # What a search engine reads is data, not a script.
        assert page.select("script:not([type='application/ld+json']), style, [style]") == [], name
        assert [e for e in page.find_all() if any(a.startswith("on") for a in e.attrs)] == [], name
        assert sorted(ids) == sorted(set(ids)), name


def test_every_page_stands_in_one_main_landmark_after_a_skip_link(soups):
    for name, page in soups.items():
        first_link = page.body.find("a")

        assert page.html["lang"] == "en", name
        assert len(page.select("main")) == 1, name
        assert page.select_one(first_link["href"]).name == "main", name
        assert page.select_one("main .hsec h1"), name


def test_references_between_elements_hold_on_every_page(soups):
    for name, page in soups.items():
        pointing = ("aria-labelledby", "for", "aria-describedby")
        wanted = {e[a] for a in pointing for e in page.select(f"[{a}]")}
        wanted |= {a["href"][1:] for a in page.select('a[href^="#"]')}

        assert {one for one in wanted if page.find(id=one) is None} == set(), name


def test_section_shows_all_forums_in_full_below_their_anchors(soup):
    page = soup("section")

    assert texts(page, ".hsec-jump-links a") == [
        "Council of Seas",
        "Regional Centre",
        "League of Lamps",
        "Buoy Group",
    ]
    assert [e["id"] for e in page.select("section.hsec-forum")] == [
        "council",
        "centre",
        "lamps",
        "buoys",
    ]
    assert "signed the convention on nets" in page.find(id="council").get_text()
    assert texts(page, "#council h3")[0] == "What was done"


def test_section_with_one_forum_has_no_jump_links(soup, front_site):
    for name in ("announced", "ended", "dormant"):
        front_site.pages[name].unpublish()

    assert soup("section").select(".hsec-jump-links") == []


def test_section_in_cards_links_to_each_forum(soup, front_site):
    forum = front_site.pages["cards"].get_first_child()
    page = soup("cards")

    assert texts(page, ".hsec-card h2") == ["Forum 0", "Forum 1", "Forum 2"]
    assert page.select_one(".hsec-card a")["href"] == forum.get_url()
    assert page.select(".hsec-forum") == []


@pytest.mark.parametrize("name", ["section", "announced"])
def test_announced_forum_says_when_it_is_expected(soup, name):
    status = soup(name).select_one(".hsec-status--announced")

    assert " ".join(status.get_text().split()) == "Announced Expected: 2005"
    assert status.find("time")["datetime"] == "2005"


def test_announced_forum_is_never_empty(soup):
    assert "Coming soon" in soup("section").find(id="centre").get_text()


def test_old_anchor_still_leads_to_its_forum(soup, front_site):
    forum = front_site.pages["forum"]
    forum.anchor = "sea-council"
    forum.save_revision().publish()

    page = soup("section")

    assert page.find(id="council").find_next("section")["id"] == "sea-council"


def test_date_modified_is_the_last_real_change_with_its_note(soup):
    modified = soup("section").select_one("dl.hsec-modified")

    assert modified.find("time")["datetime"] == "2004-04-30"
    assert texts(modified, "dd") == ["30 April 2004", "Added the Council."]


def test_topic_lists_the_initiatives_filed_under_it_from_everywhere(soup, front_site):
    page = soup("topic")
    link = page.select_one(".hsec-filed__source a")
    path, anchor = link["href"].split("#")

    assert texts(page, ".hsec-filed__text") == ["signed the convention on nets"] * 4
    assert path == front_site.pages["forum"].get_url()
    assert soup(path).find(id=anchor)


def test_topic_without_initiatives_says_so(soup):
    assert "No initiatives are filed" in soup("empty-topic").get_text()


def test_quick_links_are_inherited_and_a_link_without_target_is_text(soup):
    page = soup("forum")

    assert texts(page, "aside h2") == ["Current agenda", "Elsewhere"]
    assert texts(page, "aside a") == ["Nets", "The Council (example.org)"]
    assert texts(page, "aside li > span") == ["Not there yet"]


def test_search_finds_pages_and_is_kept_out_of_search_engines(soup):
    page = soup("search")

    assert "Council of Seas" in texts(page, ".hsec-results__title")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex, follow"
    assert page.select_one(".hsec [role=search] input")["value"] == "council"
    assert page.select_one('link[rel="canonical"]') is None


def test_search_without_results_helps(soup):
    assert "Nothing in this section matches “zzz”" in soup("search-none").get_text()


def test_search_goes_on_to_further_pages(soup, front_site, settings):
    settings.HSEC_SEARCH_PAGE_SIZE = 1

    page = soup(front_site.addresses["search"] + "&page=2")

    assert [a["href"] for a in page.select(".hsec-pagination a")] == [
        "?q=council&page=1",
        "?q=council&page=3",
    ]


def test_search_repeats_what_was_typed_only_as_text(soup, front_site):
    page = soup(front_site.addresses["section"] + '?q="><script>alert(1)</script>')

    assert page.select("script") == []
    assert page.select_one(".hsec [role=search] input")["value"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        pytest.param("Short & “exact”", "Short & “exact”", id="the editor's"),
        pytest.param("", "The Council & its friends.", id="made from the lead"),
    ],
)
def test_description_for_search_engines(soup, front_site, description, expected):
    page = front_site.pages["forum"]
    page.search_description = description
    page.save_revision().publish()

    assert soup("forum").select_one('meta[name="description"]')["content"] == expected


@pytest.mark.skipif(not site_settings.WAGTAIL_I18N_ENABLED, reason="the site has one language")
def test_page_names_its_own_address_and_its_translations(soup, front_site, home, french):
    home.copy_for_translation(french).save_revision().publish()
    page = front_site.pages["section"]
    translation = page.copy_for_translation(french)
    translation.save_revision().publish()

    head = soup("section").head

    assert head.select_one('link[rel="canonical"]')["href"] == page.full_url
    assert {e["hreflang"]: e["href"] for e in head.select('link[rel="alternate"][hreflang]')} == {
        "en": page.full_url,
        "fr": translation.full_url,
        "x-default": page.full_url,
    }


def test_page_in_one_language_names_no_translation(soup):
    assert soup("section").select('link[rel="alternate"][hreflang]') == []


def test_page_of_another_language_says_so(client, french_site):
    response = client.get(french_site.addresses["section"])
    wrapper = BeautifulSoup(response.content, "html.parser").select_one("main .hsec")

    assert wrapper is not None
    assert wrapper["lang"] == "fr"


@pytest.mark.parametrize("name", ["section", "cards", "forum", "topic", "policy"])
@pytest.mark.parametrize("context_class", [Context, RequestContext])
def test_templates_need_no_context_processor(rf, front_site, name, context_class):
    page = front_site.pages[name]
    request: HttpRequest = rf.get("/")
    values = page.get_context(request)
    if context_class is Context:
        del values["request"]
        context = Context(values)
    else:
        context = RequestContext(request, values, processors=[])
    template = select_template(page.get_template(request)).template

    html = template.render(context)

    assert page.title in html


@in_our_own_frame
def test_furniture_of_a_french_page_is_french_for_a_french_reader(client, french_site):
    response = client.get(french_site.addresses["section"], headers={"accept-language": "fr-CA"})
    page = BeautifulSoup(response.content, "html.parser")

    assert texts(page, ".hsec-jump-links h2") == ["Sur cette page"]
    assert texts(page, ".hsec-modified dt") == ["Date de modification", "Ce qui a changé"]
    assert texts(page, ".hsec-status--announced") == ["Annoncé Prévu : 2005"]
    assert page.html is not None
    assert page.html["lang"] == "fr"


@pytest.mark.parametrize("name", ["forum", "announced", "ended", "topic", "policy"])
def test_page_that_is_shown_alone_says_that_its_section_is_historical(soup, front_site, name):
    page = front_site.pages[name]
    page.body = []
    page.save_revision().publish()

    assert texts(soup(name), ".hsec-archive .hsec-notice") == ["Historical For the record."]
    assert len(soup(name).select(".hsec-notice")) == 2


def test_historical_notice_is_not_repeated(soup):
    assert soup("announced").get_text().count("For the record.") == 1
    assert soup("section").get_text().count("For the record.") == 1
    assert soup("search").get_text().count("For the record.") == 0


def test_editors_have_wagtail_s_userbar_and_the_public_does_not(client, superuser, front_site):
    address = front_site.addresses["section"]

    public = client.get(address).content.decode()
    client.force_login(superuser)
    editor = client.get(address).content.decode()

    assert ("wagtail-userbar" in public, "wagtail-userbar" in editor) == (False, True)


def test_copied_page_repeats_no_id_and_the_older_one_keeps_its_own(soup, front_site):
    older = front_site.pages["forum"]
    link = '<p><a href="#overview">Overview</a></p>'
    older.body = [
        {"type": "heading", "value": {"text": "Overview", "anchor": "overview", "level": "2"}},
        {"type": "paragraph", "value": link},
        {
            "type": "initiatives",
            "value": {"initiatives": [{"type": "item", "id": "old-id", "value": {"text": "<p>Did it.</p>"}}]},
        },
    ]  # fmt: skip
    older.save_revision().publish()
    copy = older.copy(update_attrs={"slug": "copy", "title": "A copy"})
    copy.move(front_site.pages["section"], pos="first-child")

    page = soup("section")

    ids = [element["id"] for element in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    first, second = page.select(f"#{older.anchor}, #{copy.anchor}")
    assert (first["id"], second["id"]) == (copy.anchor, "council")
    for forum, end in ((first, "-2"), (second, "")):
        assert forum.select_one(f"h3#overview{end}")
        assert forum.select_one(f'a[href="#overview{end}"]')
        assert forum.select_one(f"li#old-id{end}")


@in_our_own_frame
def test_no_heading_has_an_id_of_our_templates(soup, front_site):
    page = front_site.pages["section"]
    ids = [element["id"] for name in ("section", "topic") for element in soup(name).select("[id]")]
    ours = [one for one in ids if one.startswith("hsec-") and "." not in one]
    for place in (page, front_site.pages["topic"]):
        place.body = [
            ("heading", {"text": anchor, "anchor": anchor, "level": "2"})
            for anchor in dict.fromkeys(ours)
        ]
        place.save_revision().publish()

    assert {"hsec-main", "hsec-topics", "hsec-jump-links", "hsec-filed"} <= set(ours)
    for name in ("section", "topic"):
        shown = [element["id"] for element in soup(name).select("[id]")]
        assert sorted(shown) == sorted(set(shown))


def test_lists_of_pages_say_what_each_is_about_without_a_description(client, home):
    section = make.section_page(home)
    make.topic_page(section, title="Nets", body=[make.paragraph("<p>Nets at sea.</p>")])
    make.policy_page(section, title="Grants", lead="<p>Grants for keepers.</p>")
    make.forum_page(section, body=[make.paragraph("<p>Council of harbours.</p>")])
    section.layout = "cards"
    section.save()

    page = BeautifulSoup(client.get(section.url).content, "html.parser")
    found = BeautifulSoup(client.get(section.url, {"q": "harbours"}).content, "html.parser")
    forum = BeautifulSoup(client.get(section.get_children().last().url).content, "html.parser")

    assert texts(page, ".hsec-page-list__text") == ["Nets at sea.", "Grants for keepers."]
    assert texts(page, ".hsec-card__text") == ["Council of harbours."]
    assert texts(found, ".hsec-results__text") == ["Council of harbours."]
    (description,) = forum.select("meta[name=description]")
    assert description["content"] == "Council of harbours."


def test_breadcrumb_of_a_search_leads_back_to_the_section(soup, front_site):
    page = soup("search")

    section = front_site.pages["section"]
    links = [(a["href"], a.get_text()) for a in page.select(".hsec-breadcrumb a")]
    assert links[-1] == (section.get_url(), section.title)
    assert texts(page, ".hsec-breadcrumb [aria-current]") == ["Search results"]


def test_a_printout_says_where_and_when_it_was_made(soups, front_site):
    for name in ("section", "forum", "search"):
        (printed,) = texts(soups[name], ".hsec-printed")
        page = front_site.pages.get(name)
        section = front_site.pages["section"]
        address = page.full_url if page else f"{section.view_full_url('search')}?q=council"

        assert printed.startswith(f"Address of this page: {address} As it stood on: ")
        (day,) = soups[name].select(".hsec-printed time")
        assert day["datetime"] == today().isoformat()
