"""Workbooks and linked data."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
from pyld import jsonld

from hsec_wagtail.models import Initiative, SiteRecordSettings, SiteRecordWords
from hsec_wagtail.record.formats.fields import FIELDS
from tests.docs.pages import PAGES, rows, section
from tests.record.formats.reading import content

SCHEMA = "https://schema.org/"


def workbook(client: Any, record: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(client, record, "xlsx/")))


def test_a_workbook_has_the_columns_and_a_sheet_that_describes_them(client, record):
    sheet, columns = workbook(client, record).worksheets

    names = [field.name for field in FIELDS]
    assert [cell.value for cell in next(sheet.rows)] == names
    assert [row[0].value for row in columns.rows] == names
    assert sheet.freeze_panes == "A2"


def test_no_cell_of_a_workbook_is_a_formula(client, record):
    sheet = workbook(client, record).worksheets[0]

    assert {cell.data_type for row in sheet.rows for cell in row if cell.value} == {"s"}
    assert "=1+1 is what it said." in [row[2].value for row in sheet.rows]


def test_characters_that_xml_cannot_say_do_not_break_a_workbook(client, record):
    Initiative.objects.update(text="a\x0bb\ufffe")

    assert workbook(client, record).worksheets[0]["C2"].value == "a b "


def test_a_row_has_slugs_and_ids_beside_titles(client, record):
    data = json.loads(content(client, record, "json/?text=signed"))
    (item,) = data["initiatives"]

    assert (item["forum"], item["forum_slug"]) == ("United Nations", "un")
    assert item["topic_slugs"] == ["arms", "children"]
    (page,) = record.get_children().filter(slug="un")
    assert item["page_id"] == str(page.pk)
    assert item["updated"] == "2026-01-05T09:30:00Z"


def test_linked_data_are_works_in_the_words_of_schema_org(client, record):
    data = json.loads(content(client, record, "json-ld/?forum=un"))
    assert data["@context"] == SCHEMA.rstrip("/")

    # The vocabulary alone: the context itself would be fetched.
    (dataset,) = jsonld.expand({**data, "@context": {"@vocab": SCHEMA}})

    works = dataset[f"{SCHEMA}hasPart"]
    assert dataset["@type"] == [f"{SCHEMA}Dataset"]
    assert {kind for work in works for kind in work["@type"]} == {f"{SCHEMA}CreativeWork"}
    spans = [[one["@value"] for one in work[f"{SCHEMA}temporalCoverage"]] for work in works]
    assert spans == [["2004-02"], ["1999-06-30", "2000"], ["199X"]]
    assert works[0][f"{SCHEMA}creativeWorkStatus"] == [{"@value": "active"}]
    about = [one[f"{SCHEMA}name"][0]["@value"] for one in works[0][f"{SCHEMA}about"]]
    assert about == ["United Nations", "Small arms"]


def test_linked_data_name_the_licence(client, record):
    url = "https://creativecommons.org/licenses/by/4.0/"
    said = SiteRecordSettings.objects.create(site=record.get_site())
    SiteRecordWords.objects.create(record=said, locale=record.locale, licence_url=url)

    assert json.loads(content(client, record, "json-ld/"))["license"] == url


def test_the_fields_are_documented_in_the_words_of_the_page():
    table = section(PAGES["docs/reference/initiatives.md"], "Fields")

    found = [(name.strip("`"), text) for name, text in rows(table)]
    assert found == [(field.name, str(field.description)) for field in FIELDS]
