from django.test import RequestFactory

from wagtail.models import PageViewRestriction

from hsec_wagtail.models.topics import topic_initiatives
from tests import factories as make


def texts(topic):
    return [entry["html"] for entry in topic_initiatives(topic, RequestFactory().get("/"))]


def filed(topic, text="<p>Ratified it.</p>", **fields):
    return make.initiatives(make.initiative(text, topics=[topic], **fields))


def test_initiatives_of_all_forums_are_listed_newest_first(section):
    topic = make.topic_page(section)
    make.forum_page(section, title="A", body=[filed(topic, "old", dates=["1999"])])
    make.forum_page(
        section, title="B", body=[filed(topic, "none"), filed(topic, "new", dates=["2004-04"])]
    )
    make.forum_page(section, title="C", body=[filed(topic, "open", dates=["2001/.."])])

    assert texts(topic) == ["new", "open", "old", "none"]


def test_an_entry_says_where_it_stands(section):
    topic = make.topic_page(section)
    block = filed(topic, dates=[("2000-06", "ratified", "")])
    forum = make.forum_page(section, short_name="UN", body=[block])

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))

    assert entry == {
        "html": "<p>Ratified it.</p>",
        "dates": [{"edtf": "2000-06", "label": "ratified", "text": ""}],
        "page": {"title": forum.title, "url": forum.url, "anchor": "un"},
        "block_id": block["value"]["initiatives"][0]["id"],
    }


def test_a_date_that_the_text_gives_is_marked_there(section):
    topic = make.topic_page(section)
    make.forum_page(
        section, body=[filed(topic, "<p>In June 2000.</p>", dates=[("2000-06", "", "June 2000")])]
    )

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))

    assert entry["html"] == '<p>In <time datetime="2000-06">June 2000</time>.</p>'
    assert entry["dates"] == []


def test_a_date_that_cannot_be_read_is_listed_as_it_was_typed(section):
    topic = make.topic_page(section)
    make.forum_page(
        section, body=[filed(topic, dates=[("springtime", "signed", ""), ("2000", "", "")])]
    )

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))

    assert [date["edtf"] for date in entry["dates"]] == ["springtime", "2000"]


def test_initiatives_of_other_topics_are_not_listed(section):
    topic, other = make.topic_page(section), make.topic_page(section, title="Other")
    make.forum_page(section, body=[filed(other, "other"), filed(topic, "this")])

    assert texts(topic) == ["this"]


def test_drafts_are_not_listed(section):
    topic = make.topic_page(section)
    make.forum_page(section, live=False, body=[filed(topic)])

    assert texts(topic) == []


def test_the_live_text_is_listed_while_a_draft_says_otherwise(section):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic, "live")])
    forum.body = [("paragraph", "draft")]
    forum.save_revision()

    assert texts(topic) == ["live"]


def test_private_pages_are_not_listed(section):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic)])
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert texts(topic) == []


def test_an_initiative_on_any_of_our_pages_is_listed(section):
    topic = make.topic_page(section)
    make.policy_page(section, body=[filed(topic)])

    assert texts(topic) == ["<p>Ratified it.</p>"]
