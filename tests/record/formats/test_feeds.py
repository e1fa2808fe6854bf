"""Feeds of the initiatives that changed last."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import feedparser
import jsonschema
import pytest

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from hsec_wagtail.models import Initiative
from hsec_wagtail.models.register import no_moment
from hsec_wagtail.page_models import page_model
from hsec_wagtail.record.formats.table import FORMATS, answer
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.keeping import find_untrue
from hsec_wagtail.record.rows import last_change
from tests import factories as make
from tests.record.formats.reading import content

DATE = {"type": "string", "format": "date-time"}
#: What https://www.jsonfeed.org/version/1.1/ asks for, of the members that ours has.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "language": {"type": "string"},
        "authors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "minProperties": 1,
                "additionalProperties": False,
            },
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:"},
                    "url": {"type": "string", "format": "uri"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": DATE,
                    "date_modified": DATE,
                    "language": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def atom(client: Any, section: Any, query: str = "") -> Any:
    feed = feedparser.parse(content(client, section, f"atom/{query}"))
    assert not feed.bozo
    return feed


def json_feed(client: Any, section: Any, query: str = "") -> Any:
    return json.loads(content(client, section, f"json-feed/{query}"))


def test_an_atom_feed_names_its_filter_and_links_to_the_list_and_to_itself(client, record):
    feed = atom(client, record, "?forum=un&from=1999").feed

    assert feed.title == "Initiatives: Human security – United Nations, from 1999"
    base = f"{record.full_url}initiatives/"
    links = {link.rel: link.href for link in feed.links}
    assert links == {
        "alternate": f"{base}?forum=un&from=1999",
        "self": f"{base}atom/?forum=un&from=1999",
    }
    assert feed.updated == "2026-01-05T09:30:00+00:00"
    assert feed.author == settings.WAGTAIL_SITE_NAME


def test_an_entry_says_all_of_an_initiative(client, record):
    (entry,) = atom(client, record, "?text=signed").entries

    assert entry.title == "Signed the treaty, and said so."
    assert entry.summary == (
        "<p>Signed the treaty, and said so.</p><p>30 June 1999 (signed); 2000</p>"
    )
    assert [tag.term for tag in entry.tags] == ["United Nations", "Small arms", "Children; youth"]
    assert entry.published == entry.updated == "2026-01-05T09:30:00+00:00"


def test_entries_are_sorted_by_their_last_change(client, record):
    (un,) = record.get_children().filter(slug="un").specific()
    first = [entry.title for entry in atom(client, record).entries][:2]
    un.changed = date(2026, 6, 1)
    un.save_revision().publish()

    then = [entry.title for entry in atom(client, record).entries][:2]

    assert first == ["Chaired the committee.", "Takes part since."]
    assert then == ["Ratified the treaty.", "Signed the treaty, and said so."]


def test_ids_stay_when_the_page_is_renamed_and_are_not_those_of_a_copy(client, record):
    (un,) = record.get_children().filter(slug="un").specific()
    before = {entry.id for entry in atom(client, record, "?forum=un").entries}
    un.slug = "united-nations"
    un.save_revision().publish()
    un.copy(update_attrs={"title": "Copy", "slug": "copy"})

    after = {entry.id for entry in atom(client, record, "?forum=united-nations").entries}
    copied = {entry.id for entry in atom(client, record, "?forum=copy").entries}

    assert after == before
    assert len(copied | before) == 6
    assert all(one.startswith("urn:uuid:") for one in before)


def test_a_json_feed_is_one_and_says_what_the_atom_feed_says(client, record):
    feed = json_feed(client, record, "?topic=arms")

    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    other = atom(client, record, "?topic=arms")
    assert feed["title"] == other.feed.title
    assert [(item["id"], item["title"]) for item in feed["items"]] == [
        (entry.id, entry.title) for entry in other.entries
    ]


def test_a_feed_has_the_hundred_that_changed_last(client, section):
    items = [make.initiative(f"<p>{n}.</p>", dates=["2001"]) for n in range(101)]
    make.forum_page(section, body=[make.initiatives(*items)])

    assert len(atom(client, section).entries) == 100
    assert len(json_feed(client, section)["items"]) == 100


def test_the_number_of_queries_does_not_depend_on_that_of_the_initiatives(client, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            atom(client, record)
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(10):
        items = [make.initiative(f"<p>{n}.</p>", dates=["2001"]) for n in range(6)]
        make.forum_page(record, title=f"Forum {number}", body=[make.initiatives(*items)])

    assert queries() == few


def test_characters_that_xml_cannot_say_do_not_break_a_feed(client, record):
    Initiative.objects.update(text="a\x0bb\ufffe & <c>")

    assert {entry.title for entry in atom(client, record).entries} == {"a b  & <c>"}


def test_a_feed_is_in_the_language_of_its_section(rf, french, record):
    translated = record.copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()

    found = InitiativeList(translated, QueryDict())
    response = answer(FORMATS["json-feed"], found, translated, rf.get("/"))
    feed = json.loads(b"".join(response))

    assert feed["language"] == "fr"
    assert feed["title"] == "Initiatives : Human security"


PUBLISHED = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
LAST = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "changed", "last", "expected"),
    [
        (PUBLISHED, None, LAST, PUBLISHED),
        (PUBLISHED, date(2004, 6, 10), LAST, PUBLISHED),
        (PUBLISHED, date(2026, 6, 1), LAST, datetime(2026, 6, 1, tzinfo=UTC)),
        (PUBLISHED, date(2027, 6, 1), LAST, LAST),
        (None, None, None, no_moment()),
    ],
    ids=["published", "changed before it came here", "changed", "to be changed", "unknown"],
)
def test_the_last_change_is_what_editors_marked_since_it_came_here(first, changed, last, expected):
    page = page_model("forum")(first_published_at=first, changed=changed, last_published_at=last)

    assert last_change(page) == expected


@pytest.mark.django_db
def test_a_site_without_time_zones_has_a_last_change(settings):
    settings.USE_TZ = False
    page = page_model("forum")(
        first_published_at=datetime(2026, 1, 5), changed=date(2026, 6, 1), last_published_at=None
    )

    assert last_change(page) == datetime(2026, 6, 1)


def test_the_register_keeps_the_last_change_true(record):
    assert set(Initiative.objects.filter(forum__slug="oas").values_list("updated", flat=True)) == {
        datetime(2026, 3, 2, tzinfo=UTC)
    }
    assert list(find_untrue()) == []
