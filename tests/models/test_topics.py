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
        "language": "",
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


def publish_translation(page, locale):
    translated = page.copy_for_translation(locale, copy_parents=True)
    translated.save_revision().publish()
    return translated


def test_a_translated_page_files_under_the_topic_of_its_language(section, french):
    topic = make.topic_page(section)
    forum = make.forum_page(section, title="Council", body=[filed(topic)])
    sujet, conseil = publish_translation(topic, french), publish_translation(forum, french)

    (english,) = topic_initiatives(topic, RequestFactory().get("/"))
    (entry,) = topic_initiatives(sujet, RequestFactory().get("/"))

    assert english["page"]["url"] == forum.url
    assert (entry["page"]["url"], entry["language"]) == (conseil.url, "")


def test_a_page_whose_language_has_no_such_topic_files_under_the_original_and_says_its_language(
    client, section, french
):
    topic = make.topic_page(section)
    parent = publish_translation(section, french)
    make.forum_page(parent, title="Conseil", body=[filed(topic, "<p>Ratifié.</p>")], locale=french)

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))

    assert entry["language"] == "fr"
    html = client.get(topic.url).content.decode()
    assert '<div class="hsec-filed__text" lang="fr">' in html
    assert 'lang="fr" hreflang="fr">Conseil</a> (French)' in html


def test_an_alias_of_a_listed_page_is_not_listed(section):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic, "once")])
    for slug in ("first", "second"):
        forum.create_alias(update_slug=slug)

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))

    assert entry["page"]["url"] == forum.url


def test_an_alias_is_listed_where_its_original_may_not_be(section, home):
    topic = make.topic_page(section)
    members = make.section_page(home, title="Members", slug="members")
    forum = make.forum_page(members, body=[filed(topic, "once")])
    PageViewRestriction.objects.create(page=members, restriction_type="login")
    for slug in ("first", "second"):
        forum.create_alias(parent=section, update_slug=slug)

    assert texts(topic) == ["once"]


def test_an_aliased_topic_shows_what_its_original_does(section, home):
    topic = make.topic_page(section)
    make.forum_page(section, body=[filed(topic, "one"), filed(topic, "two")])
    other = make.section_page(home, title="Other", slug="other")

    alias = topic.create_alias(parent=other)

    assert texts(alias) == texts(topic) == ["one", "two"]


def test_a_copied_section_files_under_its_own_topics(section, home):
    topic = make.topic_page(section)
    make.forum_page(section, body=[filed(topic, "one"), filed(topic, "two")])

    copy = section.copy(recursive=True, to=home, update_attrs={"slug": "copy", "title": "Copy"})

    copied_topic = copy.get_children().type(type(topic)).get().specific
    copied = topic_initiatives(copied_topic, RequestFactory().get("/"))
    assert texts(topic) == [entry["html"] for entry in copied] == ["one", "two"]
    assert {entry["page"]["url"] for entry in copied} == {"/copy/united-nations/"}


def test_aliases_of_a_whole_section_are_not_listed_twice(section, home):
    topic = make.topic_page(section)
    make.forum_page(section, body=[filed(topic, "one")])

    alias = section.create_alias(recursive=True, parent=home, update_slug="alias")

    aliased_topic = alias.get_children().type(type(topic)).get().specific
    assert texts(topic) == texts(aliased_topic) == ["one"]


def test_a_synchronised_tree_shows_the_same_initiatives_at_its_own_addresses(section, french):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic, "one")])
    sujet = topic.copy_for_translation(french, copy_parents=True, alias=True)
    conseil = forum.copy_for_translation(french, copy_parents=True, alias=True)

    (entry,) = topic_initiatives(sujet, RequestFactory().get("/"))

    assert texts(topic) == ["one"]
    assert entry["page"]["url"] == conseil.url


def test_a_translation_is_not_listed_beside_its_original(section, french):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic, "one")])
    publish_translation(forum, french)

    assert texts(topic) == ["one"]


def test_an_initiative_of_a_copied_page_is_listed_once_until_its_text_changes(section):
    topic = make.topic_page(section)
    forum = make.forum_page(section, body=[filed(topic, "one")])
    copy = forum.copy(update_attrs={"slug": "copy", "title": "Copy"})

    (entry,) = topic_initiatives(topic, RequestFactory().get("/"))
    copy.body.raw_data[0]["value"]["initiatives"][0]["value"]["text"] = "two"
    copy.save()

    assert entry["page"]["url"] == forum.url
    assert texts(topic) == ["one", "two"]


def test_a_page_may_file_under_a_topic_of_another_section(section, home):
    other = make.section_page(home, title="Other", slug="other")
    topic = make.topic_page(section)
    make.topic_page(other, title="Another", slug="another")
    make.forum_page(other, body=[filed(topic, "one")])

    assert texts(topic) == ["one"]
