"""Pages in the API say all that their templates show, and a list of them costs as much as one."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make


def fields(get, page):
    return get(f"pages/{page.pk}/")


def test_rich_text_comes_with_the_addresses_of_its_links(get, section):
    topic = make.topic_page(section)
    text = f"<p>On {make.page_link(topic)}.</p>"
    table = {"caption": "", "header": "row", "rows": [make.item([make.item(text)])]}
    body = [
        make.paragraph(text),
        make.notice(text),
        make.initiatives(make.initiative(text), intro=text),
        make.block("table", table),
    ]

    said = fields(get, make.forum_page(section, lead=text, body=body))

    html = f'<p>On <a href="{topic.get_url()}">a page</a>.</p>'
    paragraph, notice, told, shown = said["body"]
    assert said["lead"] == paragraph["value"] == text
    assert [said["lead_html"], paragraph["html"], notice["value"]["text_html"]] == [html] * 3
    assert told["value"]["intro_html"] == html
    assert told["value"]["initiatives"][0]["text_html"] == html
    assert shown["value"]["rows_html"] == [[html]]


def test_a_page_says_its_way_its_dates_and_its_status_in_words(get, home, section):
    section.trail = f"The Department\n{home.title}"
    section.save()
    forum = make.forum_page(section, status="ended", changed="2004-04-17")
    policy = make.policy_page(forum, lead="<p>What we print.</p>")
    make.policy_page(forum, title="Draft", slug="draft", live=False)

    said = fields(get, forum)

    assert said["breadcrumb"] == [
        {"title": home.title, "url": home.get_full_url()},
        {"title": "The Department", "url": ""},
        {"title": section.title, "url": section.get_full_url()},
        {"title": forum.title, "url": forum.get_full_url()},
    ]
    assert (said["changed_in_words"], said["status_in_words"]) == (
        "17 April 2004",
        "ended (historical)",
    )
    assert said["policies"] == [
        {
            "id": policy.pk,
            "title": "Publications",
            "url": policy.get_full_url(),
            "summary": "What we print.",
        }
    ]


def test_a_section_says_what_is_below_it_and_its_record(get, section):
    topic = make.topic_page(section)
    below = make.section_page(section, title="Below", slug="below")
    make.forum_page(section, short_name="UN")

    said = fields(get, section)

    assert [one["id"] for one in said["topics"]] == [topic.pk]
    assert [one["id"] for one in said["subsections"]] == [below.pk]
    assert [(one["short_name"], one["anchor"]) for one in said["forums"]] == [("UN", "un")]
    assert said["record"][0]["url"] == section.view_full_url("initiatives")
    assert said["moved_parts"] == []


def test_a_page_says_its_translations(get, section, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    other = section.copy_for_translation(french, copy_parents=True)
    other.save_revision().publish()

    said = fields(get, section)["translations"]

    assert [(one["locale"], one["id"]) for one in said] == [("en", section.pk), ("fr", other.pk)]


EACH_COSTS = "inherited_notices moved_parts".split()


@pytest.mark.parametrize("kind", ["section", "forum", "topic", "policy"])
def test_a_long_list_of_pages_costs_as_many_queries_as_a_short_one(client, home, kind):
    model = type(getattr(make, f"{kind}_page")(make.section_page(home, slug="top")))
    names = [field.name for field in model.api_fields if field.name not in EACH_COSTS]
    # "_": Wagtail's own meta.locale costs a query for each page.
    address = f"/api/v2/pages/?type={model._meta.label}&fields=_,{','.join(names)}"
    counts = []
    for count in (1, 4):
        for number in range(count):
            name = f"{count}-{number}"
            section = make.section_page(home, title=name, slug=name)
            topic = make.topic_page(section, lead="<p>Lead.</p>")
            linked = f"<p>{make.page_link(topic)}</p>"
            told = make.initiatives(make.initiative(linked, topics=[topic], dates=["2001"]))
            forum = make.forum_page(section, lead=linked, body=[told, make.paragraph(linked)])
            make.policy_page(forum, lead=linked)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, answer.content
        counts.append(len(queries))

    assert counts[0] == counts[1]
