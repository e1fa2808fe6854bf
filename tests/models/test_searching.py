import pytest

from wagtail.models import PageViewRestriction

from tests import factories as make


def titles(response):
    return [page.title for page in response.context["search"]["results"]]


def test_words_of_a_body_are_found(client, section):
    make.forum_page(section, body=[make.paragraph("<p>On landmines.</p>")])
    make.forum_page(section, title="Other")

    response = client.get(section.url, {"q": "landmines"})

    assert titles(response) == ["United Nations"]
    assert response.context["search"]["count"] == 1
    assert response.context["search"]["query"] == "landmines"


def test_results_stay_out_of_search_engines(client, section):
    assert client.get(section.url, {"q": "x"})["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(section.url)


def test_pages_outside_the_section_are_not_found(client, section, home):
    other = make.section_page(home, title="Elsewhere")
    make.forum_page(other, title="Landmines")

    assert titles(client.get(section.url, {"q": "landmines"})) == []


def test_drafts_are_not_found(client, section):
    make.forum_page(section, title="Landmines", live=False)

    assert titles(client.get(section.url, {"q": "landmines"})) == []


def test_private_pages_are_not_found(client, section):
    forum = make.forum_page(section, title="Landmines")
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert titles(client.get(section.url, {"q": "landmines"})) == []


@pytest.mark.parametrize("query", ["", "   ", "\x00"])
def test_an_empty_search_finds_nothing(client, section, query):
    response = client.get(section.url, {"q": query})

    assert (response.status_code, response.context["search"]["count"]) == (200, 0)


@pytest.mark.parametrize(
    "query", ['"', "a AND", "(", "-", "*", "é" * 5000, "<script>", "a' OR 1=1 --", ":"]
)
def test_any_text_may_be_searched_for(client, section, query):
    assert client.get(section.url, {"q": query}).status_code == 200


def test_results_are_shown_in_pages(client, section, settings):
    settings.HSEC_SEARCH_PAGE_SIZE = 2
    for number in range(3):
        make.forum_page(section, title=f"Landmines {number}")

    second = client.get(section.url, {"q": "landmines", "page": "2"})

    assert len(titles(second)) == 1
    assert second.context["search"]["count"] == 3


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "2"])
def test_a_page_of_results_that_is_not_there_is_not_found(client, section, page):
    assert client.get(section.url, {"q": "x", "page": page}).status_code == 404
