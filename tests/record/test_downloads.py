"""The list of initiatives as files: the same rows, whatever the format."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

from tests import factories as make


@pytest.fixture
def record(section):
    topics = [make.topic_page(section, title=title) for title in ("Small arms", "Children")]
    items = [
        make.initiative(
            "<p>Signed &amp; ratified it.</p>",
            dates=[("1999-06", "signed", ""), "2000"],
            topics=topics,
        ),
        make.initiative("<p>=1+1 is what it said.</p>", dates=["soon"]),
    ]
    make.forum_page(section, title="United Nations", slug="un", body=[make.initiatives(*items)])
    make.forum_page(
        section,
        title="OAS",
        slug="oas",
        body=[make.initiatives(make.initiative("<p>Chaired.</p>"))],
    )
    return section


def body(client: Any, section: Any, path: str) -> str:
    response = client.get(f"{section.url}initiatives/{path}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def rows(client: Any, section: Any, query: str = "") -> list[dict[str, str]]:
    text = body(client, section, f"csv/{query}")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_row_of_the_csv_says_all_of_an_initiative(client, record):
    row = rows(client, record)[0]

    assert row["text"] == "Signed & ratified it."
    assert (row["dates"], row["dates_in_words"]) == ("1999-06; 2000", "June 1999 (signed); 2000")
    assert (row["forum"], row["topics"]) == ("United Nations", "Small arms; Children")
    assert row["url"] == f"{record.full_url}un/#{row['id']}"


def test_the_csv_begins_with_a_byte_order_mark_and_has_no_formula(client, record):
    text = body(client, record, "csv/")

    assert text.startswith("\ufeff")
    assert ",'=1+1 is what it said.," in text


@pytest.mark.parametrize("query", ["", "?forum=un", "?text=chaired", "?from=2000", "?text=nothing"])
def test_csv_json_and_the_list_have_the_same_initiatives(client, record, query):
    page = client.get(f"{record.url}initiatives/{query}")
    listed = [shown.url.rpartition("#")[2] for shown in page.context_data["initiatives"]]
    data = json.loads(body(client, record, f"json/{query}"))

    assert [row["id"] for row in rows(client, record, query)] == listed
    assert [item["id"] for item in data["initiatives"]] == listed
    assert data["count"] == len(listed)


def test_the_name_of_a_file_says_its_filter(client, record):
    response = client.get(f"{record.url}initiatives/csv/?forum=un&from=1999")

    assert response["Content-Disposition"] == (
        'attachment; filename="human-security-initiatives-un-1999.csv"'
    )


@pytest.mark.parametrize("path", ["xml/", "csv/more/", "csv/csv/"])
def test_a_file_that_is_not_there_is_not_found(client, record, path):
    assert client.get(f"{record.url}initiatives/{path}").status_code == 404


def test_the_number_of_queries_does_not_depend_on_that_of_the_initiatives(client, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            body(client, record, "csv/")
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    items = [make.initiative(f"<p>{n}.</p>", dates=["2001"]) for n in range(60)]
    make.forum_page(record, title="Many", body=[make.initiatives(*items)])

    assert queries() == few


def test_a_forum_that_is_not_published_is_not_named_above_a_policy_that_is(client, section):
    above = make.forum_page(section, title="Not yet known")
    items = make.initiatives(make.initiative("<p>Chaired it.</p>"))
    make.policy_page(above, title="Policy", body=[items])
    above.unpublish()

    (row,) = rows(client, section)
    listed = client.get(f"{section.url}initiatives/").content.decode()

    assert (row["forum"], row["page"]) == ("", "Policy")
    assert "Not yet known" not in listed
    assert "Policy" in listed


def test_a_page_that_goes_while_the_file_is_sent_is_left_out(client, record):
    response = client.get(f"{record.url}initiatives/csv/")
    Page.objects.filter(slug="oas").update(live=False)

    assert "Chaired" not in b"".join(response.streaming_content).decode()
