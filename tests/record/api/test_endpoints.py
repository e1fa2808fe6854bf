"""The endpoints of the record: what they list, how they are filtered, and what they refuse."""

import json

import pytest
from jsonschema import Draft202012Validator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from hsec_wagtail.blocks.today import today
from hsec_wagtail.record.formats.fields import FIELDS
from tests import factories as make

LISTS = {
    "initiatives": "Initiative",
    "memberships": "Membership",
    "forums": "Forum",
    "topics": "Topic",
    "quick-links": "QuickLinks",
}


def said(answer, field="text"):
    return [item[field] for item in answer["items"]]


ASKED = {
    "": ["Signed in April 2004.", "Paid for clearance.", "Lends ships."],
    "?forum=un": ["Signed in April 2004.", "Paid for clearance."],
    "?forum=un&forum=osce&text=ships": ["Lends ships."],
    "?topic=small-arms": ["Signed in April 2004."],
    "?from=2002&to=2003": ["Paid for clearance."],
    "?status=active&language=en&locale=en&limit=1&offset=1": ["Paid for clearance."],
    "?status=ended": [],
    "?language=fr": [],
    "?offset=1000000000": [],
}
MEMBERS = {
    "": ["Canada", "League", "Norway"],
    "?country=CA": ["Canada"],
    "?role=observer&forum=un": ["League"],
    "?forum=osce": [],
    # Nobody is left out whose beginning or end is not known.
    "?on=1995": ["Norway"],
    "?on=2003-05-31": ["Canada", "Norway"],
    "?on=2003-06": ["Canada"],
    "?on=2010": ["Canada", "League"],
}


def test_initiatives_are_filtered(get, record):
    assert {query: said(get(f"initiatives/{query}")) for query in ASKED} == ASKED


def test_memberships_are_filtered(get, record):
    found = {query: said(get(f"memberships/{query}"), "name") for query in MEMBERS}

    assert found == MEMBERS


def test_memberships_on_a_day_are_those_that_the_members_of_the_section_have(client, get, record):
    days = ["1995", "2003-05-31", "2003-06", "2004-06", "2010", today().isoformat(), "2999"]

    of_api = {day: said(get(f"memberships/?on={day}"), "name") for day in days}

    view = f"{record['section'].url}members/json/"
    of_view = {}
    for day in days:
        content = client.get(view, {"as-of": day}).getvalue()
        of_view[day] = sorted(one["name"] for one in json.loads(content)["memberships"])
    assert of_api == of_view
    # About 2005 may be 2004, and what ended on an unknown day is over today.
    assert [day for day in days if "League" in of_api[day]] == ["2004-06", "2010"]


def test_an_initiative_says_what_the_page_shows_with_addresses(get, record):
    first = get("initiatives/")["items"][0]

    un = {"id": record["un"].pk, "title": "United Nations", "slug": "un"}
    un["url"] = record["un"].get_full_url()
    assert first["page"] == first["forum"] == un
    assert first["url"] == f"{un['url']}#{first['id']}"
    assert [topic["url"] for topic in first["topics"]] == [record["topic"].get_full_url()]
    assert record["topic"].get_url() in first["html"]
    assert first["dates"] == [
        {
            "edtf": "2004-04",
            "words": "April 2004",
            "precision": "month",
            "earliest": "2004-04-01",
            "latest": "2004-04-30",
            "label": "signed",
            "text": "April 2004",
        }
    ]
    # What the downloads have, the API has too; words of dates, slugs and ids stand in the objects.
    inside = {"dates_in_words", "forum_slug", "topic_slugs", "page_id"}
    assert {field.name for field in FIELDS} - inside <= set(first)


def test_a_row_is_found_by_itself(client, get, record):
    for name in ("initiatives", "memberships"):
        first = get(f"{name}/")["items"][0]

        assert client.get(first["meta"]["detail_url"]).json() == first
        get(f"{name}/{'9' * 30}/x/", status=404)


def test_a_membership_names_its_country_in_its_language(get, record):
    (member,) = get("memberships/?country=NO")["items"]

    assert (member["country_name"], member["until"]["words"]) == ("Norway", "May 2003")


def test_forums_and_topics_say_how_much_the_record_has_of_them(get, record):
    (un, osce), (topic,) = get("forums/")["items"], get("topics/")["items"]

    assert [(one["slug"], one["initiatives"], one["memberships"]) for one in (un, osce)] == [
        ("un", 2, 3),
        ("osce", 1, 0),
    ]
    assert (topic["initiatives"], topic["lead"]) == (1, "<p>About arms.</p>")
    assert topic["section"]["id"] == record["section"].pk
    assert topic["meta"]["detail_url"].endswith(f"/api/v2/pages/{topic['id']}/")
    assert said(get("forums/?text=united"), "slug") == ["un"]
    assert get("topics/?status=ended")["items"] == []


def test_a_section_lists_its_own_and_those_below_it(get, home, record):
    other = make.section_page(home, title="Other", slug="other")
    make.forum_page(other, slug="g8", body=[make.initiatives(make.initiative("<p>Met.</p>"))])

    assert said(get(f"initiatives/?section={other.pk}")) == ["Met."]
    assert get(f"initiatives/?section={record['section'].pk}")["meta"]["total_count"] == 3
    assert said(get(f"forums/?section={other.pk}"), "slug") == ["g8"]


def test_the_slug_of_a_forum_without_initiatives_is_no_error(get, section, record):
    make.forum_page(section, title="Empty", slug="empty")

    assert get("initiatives/?forum=empty")["meta"]["total_count"] == 0
    assert get("initiatives/?forum=empty&forum=osce")["meta"]["total_count"] == 1


REFUSED_BY_ALL = {
    "limit=21": "limit",
    "limit=-1": "limit",
    "limit=1&limit=2": "limit",
    "offset=99999999999999999999": "offset",
    "section=0": "section",
    "section=999999": "section",
    "locale=xx": "locale",
    "locale=%00": "locale",
    "unheard=1": "unheard",
    "forum[]=un": "forum[]",
    "fields=id": "fields",
}
REFUSED = {
    "initiatives/?from=0": "from",
    "initiatives/?from=": "from",
    "initiatives/?to=2OO4": "to",
    "initiatives/?from=2004&to=1999": "from",
    "initiatives/?forum=nowhere": "forum",
    "initiatives/?forum=%00": "forum",
    f"initiatives/?forum={'x' * 10000}": "forum",
    "initiatives/?topic=un": "topic",
    "initiatives/?status=great": "status",
    f"initiatives/?text={'x' * 10000}": "text",
    f"initiatives/?{'forum=un&' * 101}": "forum",
    "memberships/?on=2001-02-30": "on",
    "memberships/?on=0000": "on",
    "memberships/?on=2001%0A": "on",
    "memberships/?country=ca": "country",
    "memberships/?role=king": "role",
    "memberships/?forum=nowhere": "forum",
    "quick-links/?slug=%00": "slug",
    "quick-links/?limit=x": "limit",
}


@pytest.mark.parametrize("name", ["initiatives", "memberships", "forums", "topics"])
def test_what_cannot_be_asked_of_any_list_is_refused_by_name(get, section, name):
    said = {query: get(f"{name}/?{query}", status=400)["message"] for query in REFUSED_BY_ALL}

    assert [query for query, word in REFUSED_BY_ALL.items() if word not in said[query]] == []


def test_what_cannot_be_asked_of_a_list_is_refused_by_name(get, record):
    said = {address: get(address, status=400)["message"] for address in REFUSED}

    assert {address: message.partition(":")[0] for address, message in said.items()} == REFUSED


def test_any_text_has_an_answer(get, record):
    for text in ("%00", "%ED%A0%80", "%27%22%25_", "%F0%9F%92%A3", ""):
        get(f"initiatives/?text={text}")
        get(f"forums/?text={text}")


def test_nothing_of_a_private_forum_is_said(client, get, section, record):
    body = record["un"].body.raw_data
    secret = make.forum_page(section, title="Secret", slug="secret", body=list(body))
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    make.quick_links("Beside secret", page=secret)

    for name in LISTS:
        assert "ecret" not in client.get(f"/api/v2/{name}/").content.decode()
    assert get("initiatives/")["meta"]["total_count"] == 3
    assert get("memberships/")["meta"]["total_count"] == 3
    get("initiatives/?forum=secret", status=400)
    get("memberships/?forum=secret", status=400)
    block = body[0]["value"]["initiatives"][0]["id"]
    get(f"initiatives/{secret.pk}/{block}/", status=404)


def test_a_private_section_has_no_record(get, section, record):
    PageViewRestriction.objects.create(page=section, restriction_type="login")

    assert [get(f"{name}/")["items"] for name in LISTS] == [[]] * len(LISTS)
    get(f"initiatives/?section={section.pk}", status=400)


def test_answers_are_as_described(get, record):
    make.quick_links("Menu", page=record["section"])
    components = get("openapi/")["components"]

    for name, described in LISTS.items():
        schema = {"$ref": f"#/components/schemas/{described}", "components": components}
        items = get(f"{name}/")["items"]
        assert items
        for item in items:
            Draft202012Validator(schema).validate(item)


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_costs_as_many_queries_as_a_short_one(client, section, record, name):
    counts = []
    for round_ in range(2):
        for number in range(4 * round_ + 1):
            slug = f"more-{round_}-{number}"
            topic = make.topic_page(section, title=slug, slug=f"t-{slug}")
            told = make.initiative(
                f"<p>{make.page_link(topic)}</p>", dates=["2001"], topics=[topic]
            )
            body = [make.initiatives(told), make.members("Canada")]
            make.forum_page(section, title=slug, slug=slug, body=body)
            make.quick_links("Links", page=section, links=[make.quick_link("On", page=topic)])
        client.get(f"/api/v2/{name}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v2/{name}/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20
